import { AppError } from '#shared/contract/errors.ts';
import type { AnnotationDoc, JournalRecord } from '#shared/domain/annotation.ts';
import { shapesAdded } from '#shared/rules/tasks.rules.ts';
import { emptyDoc, foldJournal } from '#shared/rules/undo-journal.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { setJournalState, type TaskRow } from './tasks.repository.ts';

/** A row of the undo journal: its place from 0 and the record as JSON text. */
interface DraftRow {
  n: number;
  record: string;
}

/** Reads what a submission sealed; null when it was erased or there is none such. */
export type SealedDoc = (db: ReadDb, submissionId: string) => AnnotationDoc | null;

/** What an annotation under way starts from and every change since. */
export interface Draft {
  base: AnnotationDoc;
  records: JournalRecord[];
}

/**
 * The draft of a task, in order from its beginning.
 * @throws AppError `drafts/unreadable` when a stored record is not JSON or one is missing
 */
export function readDraft(db: ReadDb, task: Pick<TaskRow, 'id' | 'base_submission_id'>, sealedDoc: SealedDoc): Draft {
  const rows = db.all<DraftRow>('SELECT n, record FROM draft_record WHERE task_id = ? ORDER BY n', [task.id]);
  const base = task.base_submission_id === null ? null : sealedDoc(db, task.base_submission_id);
  try {
    const records = rows.map((row, place) => {
      if (row.n !== place) throw new SyntaxError(`record ${place} is missing`);
      return JSON.parse(row.record) as JournalRecord;
    });
    return { base: base ?? emptyDoc, records };
  } catch (error) {
    throw new AppError('drafts/unreadable', { problem: (error as Error).message });
  }
}

/** The annotation as it stands. @throws AppError `drafts/unreadable` */
export function draftDoc(
  db: ReadDb,
  task: Pick<TaskRow, 'id' | 'base_submission_id'>,
  sealedDoc: SealedDoc,
): AnnotationDoc {
  const { base, records } = readDraft(db, task, sealedDoc);
  return foldJournal(records, base).doc;
}

/**
 * Appends records to a task's journal and keeps its length, shape count and state. Only an undo or redo needs the journal
 * read for that. Answers the new length.
 */
export function appendToDraft(
  db: WriteDb,
  task: Pick<TaskRow, 'id' | 'base_submission_id' | 'journal_length' | 'shape_count'>,
  records: readonly JournalRecord[],
  sealedDoc: SealedDoc,
): number {
  if (records.length === 0) return task.journal_length;
  records.forEach((record, i) => {
    db.run('INSERT INTO draft_record (task_id, n, record) VALUES (?, ?, ?)', [
      task.id,
      task.journal_length + i,
      JSON.stringify(record),
    ]);
  });
  const added = shapesAdded(records);
  const shapeCount = added === null ? draftDoc(db, task, sealedDoc).shapes.length : task.shape_count + added;
  const length = task.journal_length + records.length;
  setJournalState(db, task.id, length, Math.max(0, shapeCount));
  return length;
}

/**
 * Forgets a task's journal, because something in it was erased. What its current submission still holds becomes what the
 * annotation starts from.
 */
export function forgetDraft(db: WriteDb, taskId: string, sealedDoc: SealedDoc): void {
  db.run('DELETE FROM draft_record WHERE task_id = ?', [taskId]);
  const task = db.get<Pick<TaskRow, 'submission_id'>>('SELECT submission_id FROM task WHERE id = ?', [taskId]);
  if (task === undefined) return;
  const doc = task.submission_id === null ? null : sealedDoc(db, task.submission_id);
  db.run(
    'UPDATE task SET base_submission_id = ?, submitted_length = CASE WHEN submission_id IS NULL THEN NULL ELSE 0 END WHERE id = ?',
    [doc === null ? null : task.submission_id, taskId],
  );
  setJournalState(db, taskId, 0, doc?.shapes.length ?? 0);
}
