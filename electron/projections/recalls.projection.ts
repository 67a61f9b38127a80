import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearRecall, insertRecall, insertRecalledWork } from '#electron/repositories/recalls.repository.ts';

/** Recalls and the work they name. */
export const recallsProjection: Projection = {
  kinds: ['recall.received'],
  tables: ['recall', 'recalled_work'],
  clear: clearRecall,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'recall.received'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertRecall(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? entry.subjects[1] ?? null,
      level: body.level ?? null,
      segment_id: body.segment ?? null,
      pieces: body.pieces ?? null,
      stage: body.stage ?? null,
      reason: body.reason ?? null,
      rule_cited: body.rule_cited ?? null,
      stated_loss: body.stated_loss == null ? null : JSON.stringify(body.stated_loss),
      attachments: JSON.stringify(body.attachments ?? []),
      received_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
    });
    (body.works ?? []).forEach(({ type, id }, position) =>
      insertRecalledWork(db, { recall_id: entity, entry_id: entry.id, position, work_type: type, work_id: id }),
    );
  },
};
