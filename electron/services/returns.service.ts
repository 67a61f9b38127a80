import { AppError } from '#shared/contract/errors.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { ReturnId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { ruleYoungerThanWork } from '#shared/rules/projects.rules.ts';
import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { findGuideline } from '#electron/repositories/guidelines.repository.ts';
import {
  attachmentExists,
  countReturned,
  findReturned,
  findReturnedWork,
  listReturned,
  returnedFromRow,
  type ReturnedWithWork,
} from '#electron/repositories/returns.repository.ts';

export interface ReturnsDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
}

/** Returns: work that was sent back for revision. A task's state follows by itself from what the ledger has. */
export function createReturnsService(deps: ReturnsDeps): Handlers<'returns.open' | 'returns.list' | 'returns.get'> {
  const { db } = deps;

  return {
    'returns.open': (input) => {
      const returnId = deps.ids.uuid() as ReturnId;
      return db.transaction((tx) => {
        const work = findReturnedWork(tx, input.subject.type, input.subject.id);
        if (work === undefined) throw new AppError('returns/subject-not-found');
        refuseUnknownReferences(tx, input, work.projectId);
        const also = [input.subject.id, work.taskId, input.guidelineId].filter((id) => id !== null);
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'return.received',
            body: bodyOf(input, work.projectId),
            occurredStart: input.receivedAt,
            occurredEnd: null,
            source: 'stated',
            subjects: [returnId, ...also],
          },
        ]);
        return { returnId, entryId: entry!.id };
      });
    },

    'returns.list': ({ projectId, offset, limit }) => ({
      total: countReturned(db.read, projectId),
      returns: listReturned(db.read, projectId, offset ?? 0, limit ?? 100).map(withWork),
    }),

    'returns.get': ({ returnId }) => {
      const row = findReturned(db.read, returnId);
      if (row === undefined) throw new AppError('returns/not-found');
      return returnedFromRow(row, row.work_type);
    },
  };
}

function refuseUnknownReferences(db: ReadDb, input: Omit<Returned, 'id'>, projectId: string | null): void {
  if (input.guidelineId !== null) {
    const guideline = findGuideline(db, input.guidelineId);
    const foreign = projectId !== null && guideline?.project_id !== projectId;
    if (guideline === undefined || foreign) throw new AppError('guidelines/not-found');
  }
  for (const { blob } of input.attachments) {
    if (!attachmentExists(db, blob)) throw new AppError('attachments/not-found');
  }
}

function bodyOf(input: Omit<Returned, 'id'>, projectId: string | null): EntryBody<'return.received'> {
  return {
    subject: input.subject,
    project: projectId as EntryBody<'return.received'>['project'],
    stage: input.stage,
    round: input.round,
    reason: input.reason,
    rule_cited: input.ruleCited,
    guideline: input.guidelineId,
    itemised: input.itemised,
    check: input.check,
    reviewer: input.reviewer,
    deadline: input.deadline,
    deduction: input.deduction,
    view: input.view,
    attachments: input.attachments,
  };
}

function withWork(row: ReturnedWithWork) {
  const sealedAt = row.work_done_at;
  return {
    ...returnedFromRow(row, row.work_type),
    workName: row.work_name,
    workDoneAt: row.work_done_at,
    projectName: row.project_name,
    ruleYoungerThanWork: ruleYoungerThanWork(
      { effectiveFrom: row.rule_effective_from, receivedAt: row.rule_received_at },
      {
        sealedAt,
        day: sealedAt === null || row.work_zone === null ? null : calendarDay(Date.parse(sealedAt), row.work_zone),
      },
    ),
  };
}
