import { AppError } from '#shared/contract/errors.ts';
import type { SegmentId } from '#shared/domain/ids.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { listSegments, segmentFromRow } from '#electron/repositories/segments.repository.ts';

export interface SegmentsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
}

/** Segments: the parts of a project that pass or fail as one. */
export function createSegmentsService(deps: SegmentsDeps): Handlers<'segments.list' | 'segments.create'> {
  const { db } = deps;

  return {
    'segments.list': ({ projectId }) => {
      refuseUnknownProject(db.read, projectId);
      return { segments: listSegments(db.read, projectId).map(segmentFromRow) };
    },

    'segments.create': ({ projectId, name }) => {
      const segmentId = deps.ids.uuid() as SegmentId;
      db.transaction((tx) => {
        refuseUnknownProject(tx, projectId);
        deps.ledger.append(tx, [
          {
            kind: 'segment.created',
            body: { project: projectId, name },
            occurredStart: new Date(deps.clock.now()).toISOString(),
            occurredEnd: null,
            source: 'stated',
            subjects: [segmentId, projectId],
          },
        ]);
      });
      return { segmentId };
    },
  };
}

function refuseUnknownProject(db: ReadDb, projectId: string): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}
