import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, GuidelineId } from '#shared/domain/ids.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import { keptAttachments } from '#electron/core/kept-attachments.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import {
  countUnderGuidelines,
  entriesUnderGuideline,
  findGuideline,
  guidelineFromRow,
  listGuidelines,
} from '#electron/repositories/guidelines.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';

export interface GuidelinesDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
}

/** Guideline versions, each kept as it was received. */
export function createGuidelinesService(
  deps: GuidelinesDeps,
): Handlers<'guidelines.list' | 'guidelines.counts' | 'guidelines.entries' | 'guidelines.add'> {
  const { db } = deps;

  return {
    'guidelines.list': ({ projectId }) => {
      refuseUnknownProject(db.read, projectId);
      return { guidelines: listGuidelines(db.read, projectId).map(guidelineFromRow) };
    },

    'guidelines.counts': ({ projectId }) => {
      refuseUnknownProject(db.read, projectId);
      return { counts: countUnderGuidelines(db.read, projectId) };
    },

    'guidelines.entries': ({ guidelineId, what }) => {
      const guideline = findGuideline(db.read, guidelineId);
      if (guideline === undefined) throw new AppError('guidelines/not-found');
      return { entries: entriesUnderGuideline(db.read, guideline, what, mostFigureEntries) as EntryId[] };
    },

    'guidelines.add': (input) => {
      const guidelineId = deps.ids.uuid() as GuidelineId;
      db.transaction((tx) => {
        refuseUnknownProject(tx, input.projectId);
        deps.ledger.append(tx, [
          {
            kind: 'guideline.received',
            body: {
              project: input.projectId,
              version: input.version,
              text: input.text,
              effective_from: input.effectiveFrom,
              channel: input.channel,
              announced_by: input.announcedBy,
              rules: input.rules,
              attachments: keptAttachments(tx, input.attachments),
            },
            occurredStart: input.receivedAt,
            occurredEnd: null,
            source: 'stated',
            subjects: [guidelineId, input.projectId],
          },
        ]);
      });
      return { guidelineId };
    },
  };
}

function refuseUnknownProject(db: ReadDb, projectId: string): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}
