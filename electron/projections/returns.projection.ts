import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { countingReturnOf } from '#electron/repositories/piece-days.repository.ts';
import { clearClassesOfReturn, insertClassesOfReturn } from '#electron/repositories/returned-classes.repository.ts';
import { clearReturned, insertReturned, returnedSubject } from '#electron/repositories/returns.repository.ts';

const flag = (value: boolean | null | undefined): number | null => (typeof value === 'boolean' ? Number(value) : null);
const textOf = (value: object | null | undefined): string | null => (value == null ? null : JSON.stringify(value));

/** Returns of submissions and of work done elsewhere. */
export const returnsProjection: Projection = {
  kinds: ['return.received'],
  tables: ['returned'],
  clear(db, entity) {
    clearClassesOfReturn(db, entity);
    const subject = returnedSubject(db, entity);
    if (subject !== undefined) countingReturnOf(db, subject, () => clearReturned(db, entity));
  },
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'return.received'> | undefined;
    const subject = entry?.body.subject?.id ?? entry?.subjects[1];
    if (entry === undefined || subject === undefined) return;
    const { body } = entry;
    const row = {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      subject_type: body.subject?.type ?? null,
      subject_id: subject,
      project_id: body.project ?? null,
      stage: body.stage ?? null,
      round: body.round ?? null,
      reason: body.reason ?? null,
      rule_cited: body.rule_cited ?? null,
      guideline_id: body.guideline ?? null,
      pieces: body.pieces ?? null,
      itemised: flag(body.itemised),
      check_kind: body.check ?? null,
      reviewer: body.reviewer ?? null,
      deadline: body.deadline ?? null,
      deduction: textOf(body.deduction),
      view: body.view ?? null,
      attachments: textOf(body.attachments) ?? '[]',
      received_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
      objects: JSON.stringify(body.objects ?? []),
    };
    countingReturnOf(db, subject, () => insertReturned(db, row));
    insertClassesOfReturn(db, entity);
  },
};
