import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { JudgementId, TaskId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';

import type { Judgement } from '#shared/domain/work.ts';

export interface JudgementRow {
  id: string;
  entry_id: string;
  seq: number;
  task_id: string;
  project_id: string | null;
  judgement: string | null;
  before_machine: number | null;
  machine_answer: string | null;
  sealed_at: string;
  erased: string;
}

export function judgementFromRow(row: JudgementRow): Judgement {
  return {
    id: row.id as JudgementId,
    taskId: row.task_id as TaskId,
    judgement: row.judgement === null ? null : (JSON.parse(row.judgement) as Json),
    beforeMachine: row.before_machine === 1,
    machineAnswer: row.machine_answer === null ? null : (JSON.parse(row.machine_answer) as Json),
    sealedAt: row.sealed_at,
  };
}

export function insertJudgement(db: WriteDb, row: JudgementRow): void {
  db.run(
    `INSERT INTO judgement (id, entry_id, seq, task_id, project_id, judgement, before_machine, machine_answer, sealed_at, erased)
     VALUES (:id, :entry_id, :seq, :task_id, :project_id, :judgement, :before_machine, :machine_answer, :sealed_at, :erased)`,
    { ...row },
  );
}

export function clearJudgement(db: WriteDb, id: string): void {
  db.run('DELETE FROM judgement WHERE id = ?', [id]);
}

/** Sealed judgements of a task in the order of sealing. */
export function listJudgements(db: ReadDb, taskId: string): JudgementRow[] {
  return db.all<JudgementRow>('SELECT * FROM judgement WHERE task_id = ? ORDER BY seq', [taskId]);
}
