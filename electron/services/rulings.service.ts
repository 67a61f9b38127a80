import { AppError } from '#shared/contract/errors.ts';
import type { RulingId } from '#shared/domain/ids.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { findGuideline } from '#electron/repositories/guidelines.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { listRulings, rulingFromRow } from '#electron/repositories/rulings.repository.ts';

export interface RulingsDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
}

/** Rulings: who answered what to which question about the rules. */
export function createRulingsService(deps: RulingsDeps): Handlers<'rulings.list' | 'rulings.add'> {
  const { db } = deps;

  return {
    'rulings.list': ({ projectId }) => {
      refuseUnknownProject(db.read, projectId);
      return { rulings: listRulings(db.read, projectId).map(rulingFromRow) };
    },

    'rulings.add': (input) => {
      const rulingId = deps.ids.uuid() as RulingId;
      db.transaction((tx) => {
        refuseUnknownProject(tx, input.projectId);
        if (input.guidelineId !== null && findGuideline(tx, input.guidelineId)?.project_id !== input.projectId) {
          throw new AppError('guidelines/not-found');
        }
        deps.ledger.append(tx, [
          {
            kind: 'ruling.given',
            body: {
              project: input.projectId,
              guideline: input.guidelineId,
              question: input.question,
              answer: input.answer,
              asked_of: input.askedOf,
            },
            occurredStart: input.answeredAt,
            occurredEnd: null,
            source: 'stated',
            subjects: [rulingId, input.projectId, ...(input.guidelineId === null ? [] : [input.guidelineId])],
          },
        ]);
      });
      return { rulingId };
    },
  };
}

function refuseUnknownProject(db: ReadDb, projectId: string): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}
