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
}

export function insertMachineSubmission(db: WriteDb, row: MachineSubmissionRow): void {
  db.run(
    `INSERT INTO machine_submission (submission_id, entry_id, seq, task_id, project_id, proposed, accepted, corrected, rejected,
       undecided, by_hand, labels_changed, iou_millionths, iou_known, moved_milli_px, moved_known)
     VALUES (:submission_id, :entry_id, :seq, :task_id, :project_id, :proposed, :accepted, :corrected, :rejected,
       :undecided, :by_hand, :labels_changed, :iou_millionths, :iou_known, :moved_milli_px, :moved_known)`,
    { ...row },
  );
}

export function clearMachineSubmission(db: WriteDb, submissionId: string): void {
  db.run('DELETE FROM machine_submission WHERE submission_id = ?', [submissionId]);
}

/** The last word of each task on its machine's proposals: a revision tells of the same proposals again. */
export function lastMachineSubmissions(db: ReadDb, projectId: string | undefined): MachineSubmissionRow[] {
  const params: SqlValue[] = projectId === undefined ? [] : [projectId];
  return db.all<MachineSubmissionRow>(
    `SELECT * FROM machine_submission AS last
      WHERE ${projectId === undefined ? '' : 'project_id = ? AND'} NOT EXISTS (
        SELECT 1 FROM machine_submission AS later WHERE later.task_id = last.task_id AND later.seq > last.seq)
      ORDER BY seq`,
    params,
  );
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
