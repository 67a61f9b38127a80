import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import {
  clearClockChange,
  clearTimeSpan,
  findTimeSpan,
  insertClockChange,
  insertTimeSpan,
  kindOfTime,
} from '#electron/repositories/time.repository.ts';
import { countStretch } from '#electron/repositories/time-days.repository.ts';

/** Stretches of time; an entry without an end has no length. */
export const timeSpansProjection: Projection = {
  kinds: ['time.spent'],
  tables: ['time_span', 'time_day'],
  clear(db, entity) {
    const row = findTimeSpan(db, entity);
    clearTimeSpan(db, entity);
    countStretch(db, row, -1);
  },
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'time.spent'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    const start = Date.parse(entry.occurredStart);
    const end = Date.parse(entry.occurredEnd ?? entry.occurredStart);
    const [paid, task] = [body.paid ?? null, body.task ?? null];
    const row = {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      lane: body.lane ?? null,
      what: body.what ?? null,
      paid,
      start_ms: start,
      end_ms: end,
      length_ms: end - start,
      source: entry.source,
      project_id: body.project ?? null,
      task_id: task,
      task_kind: kindOfTime(db, { task_id: task, paid }, body.task_kind),
      tag: body.tag ?? null,
      ended_by: body.ended_by ?? null,
      erased: JSON.stringify(entry.erased),
    };
    insertTimeSpan(db, row);
    countStretch(db, row, 1);
  },
};

/** What the clock did that explains holes in the record. */
export const clockChangesProjection: Projection = {
  kinds: ['clock.changed'],
  tables: ['clock_change'],
  clear: clearClockChange,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'clock.changed'> | undefined;
    if (entry === undefined) return;
    insertClockChange(db, {
      id: entity,
      entry_id: entry.id,
      what: entry.body.what ?? null,
      start_ms: Date.parse(entry.occurredStart),
      end_ms: Date.parse(entry.occurredEnd ?? entry.occurredStart),
    });
  },
};
