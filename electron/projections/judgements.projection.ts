import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearJudgement, insertJudgement } from '#electron/repositories/judgements.repository.ts';

/** The worker's own judgements, sealed. */
export const judgementsProjection: Projection = {
  kinds: ['judgement.sealed'],
  tables: ['judgement'],
  clear: clearJudgement,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'judgement.sealed'> | undefined;
    const task = entry?.body.task ?? entry?.subjects[1];
    if (entry === undefined || task === undefined) return;
    const { body } = entry;
    insertJudgement(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      task_id: task,
      project_id: body.project ?? entry.subjects[2] ?? null,
      judgement: body.judgement === undefined ? null : JSON.stringify(body.judgement),
      before_machine: body.before_machine === undefined ? null : Number(body.before_machine),
      machine_answer: body.machine_answer === undefined ? null : JSON.stringify(body.machine_answer),
      sealed_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
    });
  },
};
