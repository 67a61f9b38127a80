import { Temporal } from 'temporal-polyfill';
import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { AccuracyBar } from '#shared/domain/project.ts';
import type { Day } from '#shared/domain/time.ts';
import type { Returned } from '#shared/domain/work.ts';
import { announcedAccuracy, ownCounts, type PieceFate } from '#shared/metrics/accuracy.metric.ts';
import { accuracyOfTasks, meetsBar, suspensionRiskDays } from '#shared/rules/accuracy.rules.ts';
import { inForceOn } from '#shared/rules/projects.rules.ts';
import { workingDayWindow } from '#shared/rules/working-day.rules.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { accuracyReports, type DatedReportRow } from '#electron/repositories/accuracy.repository.ts';
import { listAccuracyBars, projectExists } from '#electron/repositories/projects.repository.ts';
import { outcomeEntries, pieceOutcomes, type WorkWindow } from '#electron/repositories/works.repository.ts';

export interface AccuracyDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
  clock: Clock;
  dayStartHour(db: ReadDb): number;
}

/** Days that can be asked for at once: a quarter of a year. */
const mostDays = 100;
/** How far back the reported day before the first one asked for is looked for. */
const daysBefore = 31;

/** The client's accuracy figures beside the owner's own count. */
export function createAccuracyService(
  deps: AccuracyDeps,
): Handlers<'accuracy.report' | 'accuracy.days' | 'accuracy.mine'> {
  const { db } = deps;
  const windowOf = (day: Day) => workingDayWindow(day, deps.clock.zone(), deps.dayStartHour(db.read));

  return {
    'accuracy.report': (input) => {
      refuseImpossible(input);
      const reportId = deps.ids.uuid() as EntityId;
      return db.transaction((tx) => {
        refuseUnknownProject(tx, input.projectId);
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'accuracy.reported',
            body: {
              project: input.projectId,
              stage: input.stage,
              for_day: input.forDay,
              released_on: input.releasedOn,
              percent: input.percent,
              correct: input.correct,
              total: input.total,
              note: input.note,
            },
            occurredStart: input.heardAt,
            occurredEnd: null,
            source: 'stated',
            subjects: [reportId, input.projectId],
          },
        ]);
        return { reportId, entryId: entry!.id };
      });
    },

    'accuracy.days': ({ projectId, from, to }) => {
      refuseUnknownProject(db.read, projectId);
      const windows = daysBetween(from, to).map((day) => ({ day, ...windowOf(day) }));
      return daysOf(db.read, projectId, { from, to }, windows);
    },

    'accuracy.mine': ({ projectId, day }) => {
      refuseUnknownProject(db.read, projectId);
      const window = isoWindow(windowOf(day));
      const pieces = pieceOutcomes(db.read, projectId, window).map(({ entryId }) => entryId);
      const entries = [...new Set([...outcomeEntries(db.read, projectId, window), ...pieces])];
      return { entries: entries.slice(0, mostFigureEntries) as EntryId[] };
    },
  };
}

function refuseUnknownProject(db: ReadDb, projectId: string): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}

/** @throws AppError `accuracy/impossible` with what is wrong with the figure */
function refuseImpossible(input: ParsedInput<'accuracy.report'>): void {
  const refuse = (problem: string) => {
    throw new AppError('accuracy/impossible', { problem });
  };
  const counts = input.correct !== null && input.total !== null;
  if (input.percent === null && !counts) refuse('no-figure');
  if ((input.correct === null) !== (input.total === null)) refuse('half-a-count');
  if (counts && input.correct! > input.total!) refuse('more-correct-than-all');
  if (input.percent !== null && Number(input.percent) > 100) refuse('over-100');
  if (input.releasedOn < input.forDay) refuse('released-before');
}

function daysBetween(from: Day, to: Day): Day[] {
  const first = Temporal.PlainDate.from(from);
  const count = first.until(to).days + 1;
  if (count < 1 || count > mostDays) throw new AppError('accuracy/impossible', { problem: 'range' });
  return Array.from({ length: count }, (_, i) => first.add({ days: i }).toString());
}

const isoWindow = ({ start, end }: { start: number; end: number }): WorkWindow => ({
  from: new Date(start).toISOString(),
  to: new Date(end).toISOString(),
});

type DayWindow = { day: Day; start: number; end: number };

/** Pieces of the days asked for, each with its working day; both are in order of time. */
function* fates(db: ReadDb, projectId: string, windows: readonly DayWindow[]): Iterable<PieceFate> {
  let at = 0;
  const whole = isoWindow({ start: windows[0]!.start, end: windows.at(-1)!.end });
  for (const piece of pieceOutcomes(db, projectId, whole)) {
    const done = Date.parse(piece.doneAt);
    while (done >= windows[at]!.end) at += 1;
    yield { ...piece, day: windows[at]!.day };
  }
}

type Report = Output<'accuracy.days'>['days'][number]['reports'][number];
type Bar = AccuracyBar | null;

function daysOf(
  db: ReadDb,
  projectId: string,
  { from, to }: { from: Day; to: Day },
  windows: readonly DayWindow[],
): Output<'accuracy.days'> {
  const bars = listAccuracyBars(db, projectId);
  const barOn = (day: Day): Bar => inForceOn(bars, day)?.bar ?? null;
  const before = Temporal.PlainDate.from(from).subtract({ days: daysBefore }).toString();
  const all = accuracyReports(db, projectId, before, to);
  const runs = runsByStage(all, barOn);
  const risky = new Set(runs.flatMap(({ risky: ids }) => ids));
  const mine = ownCounts(fates(db, projectId, windows));
  const reportsOf = Map.groupBy(
    all.filter(({ for_day }) => for_day >= from),
    ({ for_day }) => for_day,
  );
  const days = windows
    .filter(({ day }) => mine.has(day) || reportsOf.has(day))
    .map(({ day }) => {
      const bar = barOn(day);
      const own = mine.get(day) ?? null;
      return {
        day,
        bar,
        reports: (reportsOf.get(day) ?? []).map((row) => reportFromRow(row, bar, risky.has(row.id))),
        mine: own,
        mineMeetsBar:
          own === null || own.total === 0 || bar === null
            ? null
            : meetsBar(accuracyOfTasks(own.correct, own.total), bar),
      };
    })
    .reverse();
  const latest = runs.filter((run) => run.lasting !== null).sort((a, b) => (a.last < b.last ? 1 : -1))[0];
  return { days, risk: latest?.lasting ?? null };
}

function reportFromRow(row: DatedReportRow, bar: Bar, suspensionRisk: boolean): Report {
  const accuracy = announcedAccuracy(row);
  return {
    id: row.id as EntityId,
    entryId: row.entry_id as EntryId,
    stage: row.stage as Returned['stage'] | null,
    releasedOn: row.released_on ?? row.for_day,
    percent: row.percent,
    correct: row.correct,
    total: row.total,
    note: row.note,
    heardAt: row.heard_at,
    meetsBar: accuracy === null || bar === null ? null : meetsBar(accuracy, bar),
    suspensionRisk,
  };
}

/** The reports of one stage as a run of days. */
interface Run {
  /** Reports that raise the risk. */
  risky: string[];
  last: Day;
  /** Set when the last reported day raises it: the days below the bar up to it. */
  lasting: Output<'accuracy.days'>['risk'];
}

/** Each stage has its own figures, and its own days in a row; of several reports for a day the one written last counts. */
function runsByStage(rows: readonly DatedReportRow[], barOn: (day: Day) => Bar): Run[] {
  return [...Map.groupBy(rows, ({ stage }) => stage)].map(([stage, ofStage]) => {
    const byDay = new Map(ofStage.map((row) => [row.for_day, row]));
    const days = [...byDay.values()].flatMap((row) => {
      const accuracy = announcedAccuracy(row);
      return accuracy === null ? [] : [{ row, day: row.for_day, accuracy, bar: barOn(row.for_day) }];
    });
    const risky = new Set(suspensionRiskDays(days));
    const last = days.at(-1)?.day ?? '';
    const start = days.findLastIndex(({ accuracy, bar }) => bar === null || meetsBar(accuracy, bar)) + 1;
    const run = days.slice(start);
    return {
      risky: days.filter(({ day }) => risky.has(day)).map(({ row }) => row.id),
      last,
      lasting: risky.has(last)
        ? {
            stage: stage as Returned['stage'] | null,
            days: run.map(({ day }) => day),
            entries: run.map(({ row }) => row.entry_id as EntryId),
          }
        : null,
    };
  });
}
