import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { deleteElsewhere, insertElsewhere } from '#electron/repositories/elsewhere.repository.ts';

/** Work done elsewhere by its entries, with their amendments. An erased count counts as one: something was done. */
export const elsewhereProjection: Projection = {
  kinds: ['work.elsewhere'],
  tables: ['elsewhere'],

  clear: (db, entity) => deleteElsewhere(db, entity),

  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'work.elsewhere'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertElsewhere(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? null,
      name: body.name ?? null,
      count: body.count ?? 1,
      task_kind: body.task_kind ?? null,
      time_ms: body.time_spent_ms ?? null,
      attachments: JSON.stringify(body.attachments ?? []),
      note: body.note ?? null,
      done_at: entry.occurredStart,
    });
  },
};
