import type { Proposal } from '#shared/domain/annotation.ts';
import { certaintyOf } from '#shared/rules/queue-order.rules.ts';
import { undecidedProposals } from '#shared/rules/proposals.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { draftDoc, type SealedDoc } from './drafts.repository.ts';
import { setCertainty, type TaskRow } from './tasks.repository.ts';

/** What machines proposed for a photo or a recording, in order of its coming. */
export function listProposals(db: ReadDb, taskId: string): Proposal[] {
  const rows = db.all<{ proposal: string }>('SELECT proposal FROM proposal WHERE task_id = ? ORDER BY n', [taskId]);
  return rows.map((row) => JSON.parse(row.proposal) as Proposal);
}

/** Adds proposals to those of a photo; one that says the same as one that is there adds nothing. Answers how many were new. */
export function addProposals(db: WriteDb, taskId: string, proposals: readonly Proposal[]): number {
  const there = listProposals(db, taskId);
  const said = new Set(there.map(sayingOf));
  const fresh = proposals.filter((proposal) => {
    const saying = sayingOf(proposal);
    return !said.has(saying) && said.add(saying);
  });
  insertProposals(db, taskId, there.length, fresh);
  return fresh.length;
}

function insertProposals(db: WriteDb, taskId: string, from: number, proposals: readonly Proposal[]): void {
  proposals.forEach((proposal, place) => {
    db.run('INSERT INTO proposal (id, task_id, n, score, proposal) VALUES (?, ?, ?, ?, ?)', [
      proposal.id,
      taskId,
      from + place,
      proposal.score,
      JSON.stringify(proposal),
    ]);
  });
}

/**
 * Exchanges what one model proposes for a task. Those of its proposals that were taken or turned down stay, and so does the id of one that
 * is proposed again in the same words. One whose id another has is left out. Other models are not touched.
 */
export function replaceProposals(
  db: WriteDb,
  task: Pick<TaskRow, 'id' | 'base_submission_id'>,
  { model, proposals }: { model: string; proposals: readonly Proposal[] },
  sealedDoc: SealedDoc,
): { proposals: number; added: number } {
  const there = listProposals(db, task.id);
  const others = there.filter((each) => each.model !== model);
  const own = there.filter((each) => each.model === model);
  const undecided = new Set(undecidedProposals(own, draftDoc(db, task, sealedDoc)).map(({ id }) => id));
  const before = new Map(own.map((each) => [sayingOf(each), each]));
  const now = own.filter(({ id }) => !undecided.has(id));
  const said = new Set(now.map(sayingOf));
  const ids = new Set([...others, ...now].map(({ id }) => id));
  db.run('DELETE FROM proposal WHERE task_id = ?', [task.id]);
  let added = 0;
  for (const given of proposals) {
    const saying = sayingOf({ ...given, model });
    if (said.has(saying)) continue;
    const proposal = before.get(saying) ?? { ...given, model };
    if (ids.has(proposal.id) || isTaken(db, proposal.id)) continue;
    said.add(saying);
    ids.add(proposal.id);
    now.push(proposal);
    if (!before.has(saying)) added += 1;
  }
  insertProposals(db, task.id, 0, [...others, ...now]);
  return { proposals: now.length, added };
}

const isTaken = (db: ReadDb, id: string): boolean =>
  db.get('SELECT 1 AS there FROM proposal WHERE id = ?', [id]) !== undefined;

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

const sayingOf = ({ label, geometry, text, score, model }: Proposal) =>
  JSON.stringify([label, geometry, text ?? null, score, model]);
