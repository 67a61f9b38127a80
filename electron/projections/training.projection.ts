import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearTraining, insertTraining } from '#electron/repositories/training.repository.ts';

const flag = (value: boolean | null | undefined): number | null => (typeof value === 'boolean' ? Number(value) : null);
const textOf = (value: object | null | undefined): string | null => (value == null ? null : JSON.stringify(value));

/** Trainings. The time they took stands as entries of time. */
export const trainingProjection: Projection = {
  kinds: ['training.held'],
  tables: ['training'],
  clear: clearTraining,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'training.held'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertTraining(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? null,
      topic: body.topic ?? null,
      start_at: entry.occurredStart,
      end_at: entry.occurredEnd,
      day: calendarDay(Date.parse(entry.occurredStart), entry.zone),
      time_ms: body.time_ms ?? null,
      called_at: body.called_at ?? null,
      mandatory: flag(body.mandatory),
      paid: flag(body.paid),
      retraining: flag(body.retraining) ?? 0,
      fee: textOf(body.fee),
      travel_cost: textOf(body.travel_cost),
      travel_ms: body.travel_ms ?? null,
      certificate_name: body.certificate?.name ?? null,
      certificate_file: textOf(body.certificate?.file),
      certificate_expires: body.certificate?.expires ?? null,
      needed: flag(body.needed),
      note: body.note ?? null,
      source: entry.source,
      erased: JSON.stringify(entry.erased),
    });
  },
};
