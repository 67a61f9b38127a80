import type { Proposal } from '#shared/domain/annotation.ts';
import { certaintyOf } from '#shared/rules/queue-order.rules.ts';
import { undecidedProposals } from '#shared/rules/proposals.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { draftDoc, type SealedDoc } from './drafts.repository.ts';
import { setCertainty, type TaskRow } from './tasks.repository.ts';

/** What machines proposed for a photo, in order of its coming. */
export function listProposals(db: ReadDb, taskId: string): Proposal[] {
  const rows = db.all<{ proposal: string }>('SELECT proposal FROM proposal WHERE task_id = ? ORDER BY n', [taskId]);
  return rows.map((row) => JSON.parse(row.proposal) as Proposal);
}

/** Adds proposals to those of a photo; one that says the same as one that is there adds nothing. Answers how many were new. */
export function addProposals(db: WriteDb, taskId: string, proposals: readonly Proposal[]): number {
  const there = listProposals(db, taskId);
  const said = new Set(there.map(sayingOf));
  let n = there.length;
  for (const proposal of proposals) {
    const saying = sayingOf(proposal);
    if (said.has(saying)) continue;
    said.add(saying);
    db.run('INSERT INTO proposal (id, task_id, n, score, proposal) VALUES (?, ?, ?, ?, ?)', [
      proposal.id,
      taskId,
      n,
      proposal.score,
      JSON.stringify(proposal),
    ]);
    n += 1;
  }
  return n - there.length;
}

/**
 * Keeps how sure the machine is of what it proposes for a photo and nobody has decided about. Done when proposals come, not with every
 * decision: a photo that is worked on stays where it is in the queue.
 */
export function keepCertainty(
  db: WriteDb,
  task: Pick<TaskRow, 'id' | 'base_submission_id'>,
  sealedDoc: SealedDoc,
): void {
  const undecided = undecidedProposals(listProposals(db, task.id), draftDoc(db, task, sealedDoc));
  setCertainty(db, task.id, certaintyOf(undecided));
}

/** Forgets what was proposed for a photo. */
export function forgetProposals(db: WriteDb, taskId: string): void {
  db.run('DELETE FROM proposal WHERE task_id = ?', [taskId]);
  setCertainty(db, taskId, null);
}

const sayingOf = ({ label, geometry, score, model }: Proposal) => JSON.stringify([label, geometry, score, model]);
