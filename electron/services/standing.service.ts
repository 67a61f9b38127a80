import { AppError } from '#shared/contract/errors.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { EntityId, EntryId, ProjectId } from '#shared/domain/ids.ts';
import { keptAttachments } from '#electron/core/kept-attachments.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Handlers, Ids } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { countStanding, listStanding, type StandingWithNames } from '#electron/repositories/standing.repository.ts';
import { findWork, subjectFromColumns } from '#electron/repositories/works.repository.ts';

export interface StandingDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
}

/** Suspension, reinstatement, removal, transfers, and the decision to stop revising. */
export function createStandingService(deps: StandingDeps): Handlers<'standing.change' | 'standing.list'> {
  const { db } = deps;

  return {
    'standing.change': (input) => {
      const standingId = deps.ids.uuid() as EntityId;
      return db.transaction((tx) => {
        if (input.projectId !== null && !projectExists(tx, input.projectId)) throw new AppError('projects/not-found');
        if (input.work !== null && findWork(tx, input.work) === undefined) {
          throw new AppError('returns/subject-not-found');
        }
        const also = [input.projectId, input.work?.id ?? null].filter((id) => id !== null);
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'standing.changed',
            body: {
              project: input.projectId,
              what: input.what,
              work: input.work,
              until: input.until,
              reason: input.reason,
              paid: input.paid,
              attachments: keptAttachments(tx, input.attachments),
            },
            occurredStart: input.happenedAt,
            occurredEnd: null,
            source: 'stated',
            subjects: [standingId, ...also],
          },
        ]);
        return { standingId, entryId: entry!.id };
      });
    },

    'standing.list': ({ projectId, offset, limit }) => ({
      total: countStanding(db.read, projectId),
      changes: listStanding(db.read, projectId, offset ?? 0, limit ?? 100).map(changeFromRow),
    }),
  };
}

type Change = Output<'standing.list'>['changes'][number];

function changeFromRow(row: StandingWithNames): Change {
  return {
    id: row.id as EntityId,
    entryId: row.entry_id as EntryId,
    projectId: row.project_id as ProjectId | null,
    projectName: row.project_name,
    what: row.what as Change['what'],
    work: subjectFromColumns(row.work_type, row.work_id),
    workName: row.work_name,
    until: row.until,
    reason: row.reason ?? '',
    paid: row.paid === null ? null : row.paid === 1,
    attachments: JSON.parse(row.attachments) as Change['attachments'],
    happenedAt: row.happened_at,
  };
}
