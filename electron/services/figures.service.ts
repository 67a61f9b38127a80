import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { Day } from '#shared/domain/time.ts';
import { announcedAccuracy } from '#shared/metrics/accuracy.metric.ts';
import type { AccountSpan } from '#shared/metrics/day-account.metric.ts';
import { perHour, perHours } from '#shared/metrics/effective-pay.metric.ts';
import { promisedPay, type ProjectDay } from '#shared/metrics/promised-pay.metric.ts';
import { entriesBehind, type FigureSpan } from '#shared/metrics/figure-entries.metric.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import { sumTotals } from '#shared/metrics/period-account.metric.ts';
import { ratedTime } from '#shared/metrics/paid-time.metric.ts';
import { type MixLengths, mixReader, type MixSpan } from '#shared/metrics/time-mix.metric.ts';
import { precisionLabour } from '#shared/metrics/precision-labour.metric.ts';
import { unpaidWorth } from '#shared/metrics/unpaid-worth.metric.ts';
import { type BarDay, underBar } from '#shared/metrics/what-if-bar.metric.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { termsFor } from '#shared/rules/projects.rules.ts';
import { dayAt, type DatedWindow, daysBetween, workingDays } from '#shared/rules/working-day.rules.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import type { TimeTracker } from '#electron/core/time-tracker.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { accuracyReportsIn } from '#electron/repositories/accuracy.repository.ts';
import {
  certificatesInForce,
  firstWork,
  figureElsewhereIn,
  figurePiecesIn,
  figureReceived,
  figureReturnsIn,
  figureSpansIn,
} from '#electron/repositories/figures.repository.ts';
import { sealedPiecesIn } from '#electron/repositories/piece-days.repository.ts';
import { listPayTerms, type RecordedTerms } from '#electron/repositories/projects.repository.ts';
import { kindOfTime } from '#electron/repositories/time.repository.ts';
import { mixesOf } from '#electron/repositories/time-days.repository.ts';

export interface FiguresDeps {
  db: Database;
  clock: Clock;
  tracker: Pick<TimeTracker, 'running'>;
  settings(db: ReadDb): { dayStartHour: number };
  /** A project's name as known now; null when erased or not known. */
  projectName(db: ReadDb, projectId: string): string | null;
}

/** A year and a day: more would be read for nobody. */
const mostDays = 366;
const bars = ['95', '98', '99'] as const;

/** The figures of the pages Today and Week / Month, and the entries behind each. */
export function createFiguresService(deps: FiguresDeps): Handlers<'figures.period' | 'figures.entries'> {
  return {
    'figures.period': ({ from, to }) => accountOf(deps, from, to),

    'figures.entries': ({ from, to, ...asked }) => {
      const read = deps.db.read;
      const { window, terms } = factsOf(deps, from, to);
      const spans = spansIn(deps, window);
      const pieces = figurePiecesIn(read, window);
      const returns = figureReturnsIn(read, window);
      const received = figureReceived(read, from, to);
      const announced = accuracyReportsIn(read, from, to).map(({ entry_id: id }) => id);
      const expertise = [...certificatesInForce(read, to), firstWork(read)?.entryId].filter((id) => id !== undefined);
      const { entries, total } = entriesBehind(
        { spans, pieces, terms, returns, received, announced, expertise },
        asked,
      );
      return { entries: entries as EntryId[], total };
    },
  };
}

/** What is known of a period, before anything is computed. */
interface Facts {
  window: Interval;
  days: DatedWindow[];
  /** How long which stretches went on together, each day. */
  mixes: MixLengths[];
  reader: ReturnType<typeof mixReader>;
  /** Terms that were in force for any of it. */
  terms: ReadonlySet<RecordedTerms>;
  /** What one project saw on one day. */
  cells: Cell[];
}

interface Cell {
  day: Day;
  projectId: string | null;
  /** Milliseconds, as unions. */
  worked: number;
  annotating: number;
  unpaid: number;
  unstated: number;
  pieces: number;
  returned: number;
  /** Time, and pieces by kind of task: each at the rate in force for it. */
  pay: ProjectDay[];
}

/**
 * Reads the roll-ups that are kept with the entries, not the entries: a year of them is a few hundred rows. Days of a zone whose hours do not begin with a
 * quarter of an hour of UTC, as there were none since 1972, begin with the quarter.
 */
function factsOf(deps: FiguresDeps, from: Day, to: Day): Facts {
  if (daysBetween(from, to) < 0 || daysBetween(from, to) >= mostDays) {
    throw new AppError('host/bad-input', { path: 'to', problem: 'period' });
  }
  const read = deps.db.read;
  const days = workingDays(from, to, deps.clock.zone(), deps.settings(read).dayStartHour);
  const window = { start: days[0]!.start, end: days.at(-1)!.end };
  const mixes = mixesOf(read, days, runningIn(deps, window));
  const reader = mixReader();
  const terms = new Set<RecordedTerms>();
  const cells = cellsOf(read, { window, days, mixes, reader }, terms);
  return { window, days, mixes, reader, terms, cells };
}

/** Stretches of the ledger, and those under way as if they ended now. */
function spansIn(deps: FiguresDeps, window: Interval): FigureSpan[] {
  const recorded = figureSpansIn(deps.db.read, window).map((row): FigureSpan => {
    const { start, end, lane, what, paid, source } = row;
    return { start, end, lane, what, paid, source, endedBy: null, entryId: row.entry_id, projectId: row.project_id };
  });
  return [...recorded, ...runningIn(deps, window)];
}

/** Stretches under way that reach into a window, as if they ended now. */
function runningIn({ db, tracker }: FiguresDeps, window: Interval): (FigureSpan & MixSpan)[] {
  const { spans, look } = tracker.running(db.read);
  return spans
    .map((row) => {
      const start = row.start_ms;
      const end = Math.max(start, Math.min(start + Math.round(row.elapsedMs), Math.floor(look.wall)));
      const { lane, what, paid } = row as Pick<AccountSpan, 'lane' | 'what' | 'paid'>;
      const of = { entryId: null, projectId: row.project_id, taskKind: kindOfTime(db.read, row) };
      return { start, end, lane, what, paid, source: 'measured' as const, endedBy: null, ...of };
    })
    .filter(({ start, end }) => start < window.end && end > window.start);
}

/** A cell while it is filled: its pieces, and its time paid by time, by kind of task. */
type CellOfKinds = Cell & { kinds: Map<string | null, number>; paidMs: Map<string | null, number> };

/** What each project saw on each day, with the terms in force then. */
function cellsOf(
  read: ReadDb,
  { window, days, mixes, reader }: Pick<Facts, 'window' | 'days' | 'mixes' | 'reader'>,
  used: Set<RecordedTerms>,
): Cell[] {
  const cells = new Map<string, CellOfKinds>();
  const cell = (day: Day, projectId: string | null): CellOfKinds => {
    const key = `${day} ${projectId ?? ''}`;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const none = { worked: 0, annotating: 0, unpaid: 0, unstated: 0, pieces: 0, returned: 0 };
    const made = { day, projectId, ...none, pay: [], kinds: new Map(), paidMs: new Map() };
    cells.set(key, made);
    return made;
  };
  mixes.forEach((lengths, place) => {
    for (const [mix, ms] of lengths) {
      for (const share of reader.projects(mix)) {
        const of = cell(days[place]!.day, share.projectId);
        of.worked += ms;
        if (share.annotating) of.annotating += ms;
        if (share.paidByTime) of.paidMs.set(share.taskKind, (of.paidMs.get(share.taskKind) ?? 0) + ms);
        if (share.unpaid) of.unpaid += ms;
        if (share.unstated) of.unstated += ms;
      }
    }
  });
  const addPieces = (day: Day, piece: { project_id: string | null; task_kind: string | null; pieces: number }) => {
    const of = cell(day, piece.project_id);
    of.pieces += piece.pieces;
    of.kinds.set(piece.task_kind, (of.kinds.get(piece.task_kind) ?? 0) + piece.pieces);
    return of;
  };
  sealedPiecesIn(read, days).forEach((pieces, place) => {
    for (const piece of pieces) addPieces(days[place]!.day, piece).returned += piece.returned;
  });
  for (const piece of figureElsewhereIn(read, window)) {
    const of = addPieces(dayAt(days, Date.parse(piece.at))!.day, { ...piece, pieces: piece.count });
    of.returned += piece.came_back;
  }
  const termsOf = termsFinder(read);
  for (const each of cells.values()) {
    const projectId = each.projectId as ProjectId | null;
    const all = projectId === null ? [] : termsOf(projectId);
    const payBy = (terms: RecordedTerms | null, of: Pick<ProjectDay, 'rate' | 'pieces' | 'paidMs'>): ProjectDay => {
      if (terms !== null) used.add(terms);
      return { projectId, ...of };
    };
    const times = [...each.paidMs].map(([taskKind, paidMs]) => ({ taskKind, paidMs }));
    each.pay = [
      ...[...each.kinds].map(([kind, pieces]) => {
        const terms = termsFor(all, kind, each.day);
        return payBy(terms, { rate: terms?.rate ?? null, pieces, paidMs: 0 });
      }),
      ...ratedTime(times, all, each.day).map(({ terms, rate, paidMs }) => payBy(terms, { rate, pieces: 0, paidMs })),
    ];
  }
  return [...cells.values()];
}

/** Terms of a project, read once each. */
function termsFinder(read: ReadDb): (projectId: string) => RecordedTerms[] {
  const known = new Map<string, RecordedTerms[]>();
  return (projectId) => {
    const terms = known.get(projectId) ?? listPayTerms(read, projectId);
    known.set(projectId, terms);
    return terms;
  };
}

const payOf = (cells: readonly Cell[]) => promisedPay(cells.flatMap(({ pay }) => pay));

/** The account of a period whole. @throws AppError `host/bad-input` for days that make no period */
export function accountOf(deps: FiguresDeps, from: Day, to: Day) {
  const read = deps.db.read;
  const facts = factsOf(deps, from, to);
  const byDay = facts.mixes.map((lengths) => facts.reader.totals(lengths));
  const totals = sumTotals(byDay);
  const pay = payOf(facts.cells);
  const { promised } = pay;
  const received = sumMoney(figureReceived(read, from, to).map(({ amount }) => amount));
  const cellsByDay = grouped(facts.cells, ({ day }) => day);
  const barDays = barDaysOf(read, facts.cells, from, to);
  const worth = (ms: number) => unpaidWorth(ms, promised, totals.paid);
  return {
    from,
    to,
    totals,
    ...pay,
    received,
    perHour: perHours(promised, totals),
    receivedPerHour: perHours(received, totals),
    unpaidWorth: worth(totals.unpaid),
    unpaidWorthByKind: Object.fromEntries(Object.entries(totals.unpaidByKind).map(([kind, ms]) => [kind, worth(ms)])),
    precision: precisionLabour(totals.revising, figureReturnsIn(read, facts.window).length),
    whatIf: bars.map((percent) => underBar(barDays, percent)),
    days: facts.days.map(({ day }, place) => {
      const own = payOf(cellsByDay.get(day) ?? []);
      return { day, totals: byDay[place]!, pieces: own.pieces, promised: own.promised };
    }),
    projects: projectsOf(deps, facts),
  };
}

/** What each project saw on each day, with what the client said of it. */
function barDaysOf(read: ReadDb, cells: readonly Cell[], from: Day, to: Day): BarDay[] {
  const reports = grouped(accuracyReportsIn(read, from, to), (each) => `${each.for_day} ${each.project_id}`);
  return cells.map((cell) => {
    const said = (reports.get(`${cell.day} ${cell.projectId}`) ?? []).map(announcedAccuracy);
    const announced = said.filter((accuracy) => accuracy !== null);
    return { pieces: cell.pieces, returned: cell.returned, promised: payOf([cell]).promised, announced };
  });
}

/** The account of each project, by hours worked. */
function projectsOf(deps: FiguresDeps, { cells }: Facts) {
  const projects = [...grouped(cells, ({ projectId }) => projectId)].map(([projectId, own]) => {
    const sum = (pick: (cell: Cell) => number) => own.reduce((so, cell) => so + pick(cell), 0);
    const worked = sum((cell) => cell.worked);
    const pay = payOf(own);
    return {
      projectId: projectId as ProjectId | null,
      name: projectId === null ? null : deps.projectName(deps.db.read, projectId),
      worked,
      annotating: sum((cell) => cell.annotating),
      unpaid: sum((cell) => cell.unpaid),
      unstated: sum((cell) => cell.unstated),
      pieces: pay.pieces,
      returned: sum((cell) => cell.returned),
      promised: pay.promised,
      perHourWorked: perHour(pay.promised, worked),
    };
  });
  return projects.sort((a, b) => b.worked - a.worked || b.pieces - a.pieces);
}

function grouped<T, K>(all: readonly T[], keyOf: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
