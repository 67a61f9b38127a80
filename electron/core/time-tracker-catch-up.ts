import { shortestVisitMs } from '#shared/rules/time.rules.ts';
import { workingDayOf, workingDayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import {
  readTrackerState,
  type RunningSpanRow,
  writeTrackerState,
} from '#electron/repositories/running-time.repository.ts';
import type { Ledger } from './ledger/ledger-types.ts';
import type { Ids } from './ports.ts';
import { type ClockLook, type ClockNews, isNews, newsBetween } from './time-clock-watch.ts';
import { type EndedBy, measuredMs, type RunningSpan, type RunningSpans, touchedMs } from './time-tracker-spans.ts';

export interface CatchUpDeps {
  ledger: Ledger;
  ids: Ids;
  settings(db: ReadDb): { dayStartHour: number; idleAfterMinutes: number };
}

/** Ends a stretch; a glance at a task is not worth an entry. */
export function endOrDrop(
  spans: RunningSpans,
  tx: WriteDb,
  span: RunningSpanRow,
  lengthMs: number,
  endedBy: EndedBy,
  look: ClockLook,
): void {
  if (span.automatic === 1 && lengthMs < shortestVisitMs) spans.drop(tx, span);
  else spans.end(tx, span, lengthMs, endedBy, look);
}

/** Writes down what happened between two looks, and ends what it ended. Answers whether anything was written. */
export function catchUp(
  deps: CatchUpDeps,
  spans: RunningSpans,
  tx: WriteDb,
  before: ClockLook,
  look: ClockLook,
): boolean {
  const recovered = recover(deps, spans, tx, look);
  const news = newsBetween(before, look);
  if (news.slept > 0) afterSleep(deps, spans, tx, before, look, news);
  if (news.jumped !== 0) afterJump(deps, spans, tx, look, news.jumped);
  const idle = endIdle(deps, spans, tx, look);
  const closed = closeDays(deps, spans, tx, look);
  return recovered || isNews(news) || idle || closed;
}

/** Ends what another process left behind; presence of the same working day goes on. */
function recover(deps: CatchUpDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook): boolean {
  const { dayStartHour } = deps.settings(tx);
  const strays = spans.strays(tx);
  for (const row of strays) {
    const sameDay =
      row.start_ms <= look.wall &&
      workingDayOf(row.start_ms, look.zone, dayStartHour) === workingDayOf(look.wall, look.zone, dayStartHour);
    if (row.lane === 'presence' && sameDay) spans.adopt(row, look);
    else endOrDrop(spans, tx, row, row.automatic === 1 ? row.touched_ms : row.alive_ms, 'recovered', look);
  }
  return strays.length > 0;
}

function afterSleep(
  deps: CatchUpDeps,
  spans: RunningSpans,
  tx: WriteDb,
  before: ClockLook,
  look: ClockLook,
  news: ClockNews,
): void {
  const { dayStartHour } = deps.settings(tx);
  const sameDay =
    workingDayOf(before.wall, look.zone, dayStartHour) === workingDayOf(look.wall, look.zone, dayStartHour);
  for (const span of spans.list(tx)) {
    if (span.lane === 'presence' && sameDay) {
      // The person was there, whatever the machine did: the sleep belongs to the stretch.
      spans.lengthen(span, news.uncounted);
    } else {
      endOrDrop(spans, tx, span, measuredMs(span, before), 'suspend', look);
    }
  }
  const awake = before.wall + (look.monotonic - before.monotonic) + news.uncounted;
  const until = Math.max(before.wall, Math.min(awake, look.wall));
  recordClock(deps, tx, 'suspend', news.slept, [before.wall, until], [look.zone, look.zone]);
}

function afterJump(deps: CatchUpDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook, jumped: number): void {
  const wallBefore = look.wall - jumped;
  for (const span of spans.list(tx)) {
    const length = measuredMs(span, look);
    // Set back, the clock says that all of it was earlier; set forward, that what came before it stands.
    const start_ms = jumped < 0 ? Math.round(look.wall - length) : span.start_ms;
    spans.end(tx, { ...span, start_ms }, length, 'clock', look);
    spans.renew(tx, span, look.wall, look.monotonic, look);
  }
  const hole: [number, number | null] = jumped > 0 ? [wallBefore, look.wall] : [look.wall, null];
  recordClock(deps, tx, 'jump', jumped, hole, [look.zone, look.zone]);
}

function recordClock(
  deps: CatchUpDeps,
  tx: WriteDb,
  what: 'jump' | 'suspend' | 'zone',
  movedMs: number,
  [start, end]: [number, number | null],
  [zoneBefore, zoneAfter]: [string, string],
): void {
  deps.ledger.append(tx, [
    {
      kind: 'clock.changed',
      body: { what, moved_ms: Math.round(movedMs), zone_before: zoneBefore, zone_after: zoneAfter },
      occurredStart: new Date(start).toISOString(),
      occurredEnd: end === null ? null : new Date(end).toISOString(),
      source: 'measured',
      // Each is a happening of its own; that it concerns the ledger's clock is the second subject.
      subjects: [deps.ids.uuid(), deps.ledger.self(tx)],
    },
  ]);
}

function endIdle(deps: CatchUpDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook): boolean {
  const idle = spans.list(tx).filter((span) => isIdle(deps, tx, span, look));
  for (const span of idle) endOrDrop(spans, tx, span, touchedMs(span), 'idle', look);
  return idle.length > 0;
}

/**
 * Cuts what runs at the beginning of a working day, closes the day before with a checkpoint, and writes down a zone that is not
 * the one last known, also when it changed while the program was not running.
 */
function closeDays(deps: CatchUpDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook): boolean {
  const { dayStartHour } = deps.settings(tx);
  const today = workingDayOf(look.wall, look.zone, dayStartHour);
  const { start } = workingDayWindow(today, look.zone, dayStartHour);
  let wrote = false;
  for (const span of spans.list(tx)) {
    const yesterdayMs = start - span.start_ms;
    // What touches keep alive is cut when it is touched on the new day; else it may still turn out to have been idle.
    const knownMs = span.automatic === 1 ? touchedMs(span) : measuredMs(span, look);
    if (yesterdayMs <= 0 || knownMs <= yesterdayMs) continue;
    spans.end(tx, span, yesterdayMs, 'day-close', look);
    spans.renew(tx, span, start, span.startMonotonic + yesterdayMs, look);
    wrote = true;
  }
  const state = readTrackerState(tx);
  if (state?.day === today && state.zone === look.zone) return wrote;
  if (state !== undefined && state.zone !== look.zone) {
    recordClock(deps, tx, 'zone', 0, [look.wall, null], [state.zone, look.zone]);
    wrote = true;
  }
  if (state !== undefined && state.day < today) {
    wrote = deps.ledger.closeWorkingDay(tx, new Date(start).toISOString()) !== null || wrote;
  }
  writeTrackerState(tx, { day: today, zone: look.zone });
  return wrote;
}

/** Whether a stretch that touches keep alive was not touched for as long as its owner set. */
export function isIdle(deps: CatchUpDeps, db: ReadDb, span: RunningSpan, look: ClockLook): boolean {
  return span.automatic === 1 && look.monotonic - span.touchMonotonic >= deps.settings(db).idleAfterMinutes * 60_000;
}
