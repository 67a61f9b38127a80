import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { EntryId, ProjectId, ReturnId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import { keptAttachments } from '#electron/core/kept-attachments.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { findGuideline } from '#electron/repositories/guidelines.repository.ts';
import {
  countReturned,
  findReturned,
  listReturned,
  returnedEntries,
  returnedFromRow,
  type ReturnedWithWork,
} from '#electron/repositories/returns.repository.ts';
import {
  findWork,
  listWorks,
  subjectFromColumns,
  type WorkRow,
  worksById,
} from '#electron/repositories/works.repository.ts';
import { youngerRule } from './returns-account.service.ts';

export interface ReturnsDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
}

/** Returns: work that was sent back for revision. A task's state follows by itself from what the ledger has. */
export function createReturnsService(
  deps: ReturnsDeps,
): Handlers<'returns.open' | 'returns.works' | 'returns.list' | 'returns.get' | 'returns.entries'> {
  const { db } = deps;

  return {
    'returns.open': (input) => {
      const returnId = deps.ids.uuid() as ReturnId;
      return db.transaction((tx) => {
        const work = findWork(tx, input.subject);
        if (work === undefined) throw new AppError('returns/subject-not-found');
        if (input.pieces !== null && input.pieces > work.pieces) {
          throw new AppError('host/bad-input', { path: 'pieces', problem: 'more than the work has' });
        }
        refuseUnknownReferences(tx, input, work.projectId);
        const also = [input.subject.id, work.taskId, input.guidelineId].filter((id) => id !== null);
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'return.received',
            body: bodyOf(input, work.projectId, keptAttachments(tx, input.attachments)),
            occurredStart: input.receivedAt,
            occurredEnd: null,
            source: 'stated',
            subjects: [returnId, ...also],
          },
        ]);
        return { returnId, entryId: entry!.id };
      });
    },

    'returns.works': ({ search, projectId, ids, limit }) => {
      const words = (search ?? '').split(/\s+/u).filter((word) => word !== '');
      const found = listWorks(db.read, { words, projectId }, limit ?? 100);
      const there = new Set(found.map(({ id }) => id));
      const wanted = worksById(
        db.read,
        (ids ?? []).filter((id) => !there.has(id)),
      );
      return { works: [...found, ...wanted].map(workFromRow) };
    },

    'returns.list': ({ offset, limit, ...filter }) => ({
      total: countReturned(db.read, filter),
      returns: listReturned(db.read, filter, offset ?? 0, limit ?? 100).map(withWork),
    }),

    'returns.entries': (filter) => ({
      total: countReturned(db.read, filter),
      entries: returnedEntries(db.read, filter, mostFigureEntries) as EntryId[],
    }),

    'returns.get': ({ returnId }) => {
      const row = findReturned(db.read, returnId);
      if (row === undefined) throw new AppError('returns/not-found');
      return returnedFromRow(row, row.work_type);
    },
  };
}

function workFromRow({ type, id, projectId, ...rest }: WorkRow) {
  return { ...rest, subject: subjectFromColumns(type, id)!, projectId: projectId as ProjectId | null };
}

function refuseUnknownReferences(db: ReadDb, input: Omit<Returned, 'id'>, projectId: string | null): void {
  if (input.guidelineId !== null) {
    const guideline = findGuideline(db, input.guidelineId);
    const foreign = projectId !== null && guideline?.project_id !== projectId;
    if (guideline === undefined || foreign) throw new AppError('guidelines/not-found');
  }
}

function bodyOf(
  input: Omit<Returned, 'id'>,
  projectId: string | null,
  attachments: BlobRef[],
): EntryBody<'return.received'> {
  return {
    subject: input.subject,
    project: projectId as EntryBody<'return.received'>['project'],
    stage: input.stage,
    round: input.round,
    reason: input.reason,
    rule_cited: input.ruleCited,
    guideline: input.guidelineId,
    objects: input.objects,
    pieces: input.subject.type === 'submission' ? null : input.pieces,
    itemised: input.itemised,
    check: input.check,
    reviewer: input.reviewer,
    deadline: input.deadline,
    deduction: input.deduction,
    view: input.view,
    attachments,
  };
}

function withWork(row: ReturnedWithWork) {
  return {
    ...returnedFromRow(row, row.work_type),
    entryId: row.entry_id as EntryId,
    workName: row.work_name,
    workDoneAt: row.work_done_at,
    projectName: row.project_name,
    ruleYoungerThanWork: youngerRule(row),
  };
}
