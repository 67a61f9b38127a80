import type { ProposalCounts } from '#shared/metrics/machine.metric.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';

/** What a submission says became of a machine's proposals. */
export interface MachineSubmissionRow {
  submission_id: string;
  entry_id: string;
  seq: number;
  task_id: string;
  project_id: string;
  proposed: number;
  accepted: number;
  corrected: number;
  rejected: number;
  undecided: number;
  by_hand: number;
  labels_changed: number;
  iou_millionths: number;
  iou_known: number;
  moved_milli_px: number;
  moved_known: number;
  shifted_us: number;
  shifted_known: number;
  transcript_characters: number;
  transcript_edits: number;
}

export function insertMachineSubmission(db: WriteDb, row: MachineSubmissionRow): void {
  db.run(
    `INSERT INTO machine_submission (submission_id, entry_id, seq, task_id, project_id, proposed, accepted, corrected, rejected,
       undecided, by_hand, labels_changed, iou_millionths, iou_known, moved_milli_px, moved_known,
       shifted_us, shifted_known, transcript_characters, transcript_edits)
     VALUES (:submission_id, :entry_id, :seq, :task_id, :project_id, :proposed, :accepted, :corrected, :rejected,
       :undecided, :by_hand, :labels_changed, :iou_millionths, :iou_known, :moved_milli_px, :moved_known,
       :shifted_us, :shifted_known, :transcript_characters, :transcript_edits)`,
    { ...row },
  );
}

export function clearMachineSubmission(db: WriteDb, submissionId: string): void {
  db.run('DELETE FROM machine_submission WHERE submission_id = ?', [submissionId]);
}

// The last word of each task on its machine's proposals: a revision tells of the same proposals again.
const lastWords = (projectId: string | undefined) => `FROM machine_submission AS last
      WHERE ${projectId === undefined ? '' : 'project_id = ? AND'} NOT EXISTS (
        SELECT 1 FROM machine_submission AS later WHERE later.task_id = last.task_id AND later.seq > last.seq)`;

const of = (projectId: string | undefined): SqlValue[] => (projectId === undefined ? [] : [projectId]);

/** Entries of the last words on machines' proposals, in the order of sealing. */
export function lastMachineEntries(db: ReadDb, projectId: string | undefined): string[] {
  const rows = db.all<{ id: string }>(`SELECT entry_id AS id ${lastWords(projectId)} ORDER BY seq`, of(projectId));
  return rows.map(({ id }) => id);
}

/** The last words on machines' proposals of tasks that somebody judged. */
export function lastMachineSubmissionsJudged(db: ReadDb, projectId: string | undefined): MachineSubmissionRow[] {
  return db.all<MachineSubmissionRow>(
    `SELECT * ${lastWords(projectId)} AND task_id IN (SELECT task_id FROM judgement)`,
    of(projectId),
  );
}

/** The last words on machines' proposals added up, and of how many tasks they are. */
export function machineSums(db: ReadDb, projectId: string | undefined): { tasks: number; counts: ProposalCounts } {
  const sum = (column: string) => `coalesce(sum(${column}), 0) AS ${column}`;
  const columns = ['proposed', 'accepted', 'corrected', 'rejected', 'undecided', 'by_hand', 'labels_changed'];
  const measures = ['iou_millionths', 'iou_known', 'moved_milli_px', 'moved_known', 'shifted_us', 'shifted_known'];
  const transcripts = ['transcript_characters', 'transcript_edits'];
  const row = db.get<MachineSubmissionRow & { tasks: number }>(
    `SELECT count(*) AS tasks, ${[...columns, ...measures, ...transcripts].map(sum).join(', ')} ${lastWords(projectId)}`,
    of(projectId),
  )!;
  return { tasks: row.tasks, counts: countsFromRow(row) };
}

export function countsFromRow(row: MachineSubmissionRow): ProposalCounts {
  return {
    proposed: row.proposed,
    accepted: row.accepted,
    corrected: row.corrected,
    rejected: row.rejected,
    undecided: row.undecided,
    byHand: row.by_hand,
    labelsChanged: row.labels_changed,
    iouMillionths: row.iou_millionths,
    iouKnown: row.iou_known,
    movedMilliPx: row.moved_milli_px,
    movedKnown: row.moved_known,
    shiftedMicros: row.shifted_us,
    shiftedKnown: row.shifted_known,
    transcriptCharacters: row.transcript_characters,
    transcriptEdits: row.transcript_edits,
  };
}

/** A sealed judgement as figures need it. */
export interface JudgedRow {
  entry_id: string;
  task_id: string;
  judgement: string | null;
  before_machine: number | null;
  machine_answer: string | null;
}

/** Judgements of a project or of all, those of one task beside each other in the order of sealing. */
export function judgementsByTask(db: ReadDb, projectId: string | undefined): JudgedRow[] {
  return db.all<JudgedRow>(
    `SELECT entry_id, task_id, judgement, before_machine, machine_answer FROM judgement
      ${projectId === undefined ? '' : 'WHERE project_id = ?'} ORDER BY task_id, seq`,
    projectId === undefined ? [] : [projectId],
  );
}

/** A task of text that somebody judged, with its item as JSON and what was submitted of it last. */
export interface JudgedTextRow {
  task_id: string;
  submission_id: string | null;
  item: string;
}

const judgedTextTasks = (projectId: string | undefined) => `FROM text_item JOIN task ON task.id = text_item.task_id
      WHERE ${projectId === undefined ? '' : 'task.project_id = ? AND'} task.id IN (SELECT task_id FROM judgement)`;

/** Tasks of text that somebody judged. */
export function judgedTexts(db: ReadDb, projectId: string | undefined): JudgedTextRow[] {
  return db.all<JudgedTextRow>(
    `SELECT task.id AS task_id, task.submission_id, text_item.item ${judgedTextTasks(projectId)}`,
    of(projectId),
  );
}

/** Entries of the submissions of judged tasks of text. */
export function judgedTextEntries(db: ReadDb, projectId: string | undefined): string[] {
  const rows = db.all<{ id: string }>(
    `SELECT entry_id AS id FROM submission WHERE id IN (SELECT task.submission_id ${judgedTextTasks(projectId)})`,
    of(projectId),
  );
  return rows.map(({ id }) => id);
}
