import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { Day } from '#shared/domain/time.ts';
import type { AccountSpan } from '#shared/metrics/day-account.metric.ts';
import { perHour } from '#shared/metrics/effective-pay.metric.ts';
import { promisedPay, type ProjectDay } from '#shared/metrics/promised-pay.metric.ts';
import { entriesBehind, type FigureSpan } from '#shared/metrics/figure-entries.metric.ts';
import { clip, type Interval, subtract, union, unionLength } from '#shared/metrics/intervals.metric.ts';
import { sumTotals, totalsByDay } from '#shared/metrics/period-account.metric.ts';
import { precisionLabour } from '#shared/metrics/precision-labour.metric.ts';
import { unpaidWorth } from '#shared/metrics/unpaid-worth.metric.ts';
import { underBar } from '#shared/metrics/what-if-bar.metric.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { termsFor } from '#shared/rules/projects.rules.ts';
import { isWork } from '#shared/rules/time.rules.ts';
import { dayAt, type DatedWindow, daysBetween, workingDays } from '#shared/rules/working-day.rules.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import type { TimeTracker } from '#electron/core/time-tracker.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import {
  certificatesInForce,
  type FigurePieceRow,
  firstWork,
  figurePiecesIn,
  figureReceived,
  figureReturnsIn,
  figureSpansIn,
} from '#electron/repositories/figures.repository.ts';
import { listPayTerms, type RecordedTerms } from '#electron/repositories/projects.repository.ts';

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
      const facts = factsOf(deps, from, to);
      const returns = figureReturnsIn(deps.db.read, facts.window);
      const received = figureReceived(deps.db.read, from, to);
      const expertise = [...certificatesInForce(deps.db.read, to), firstWork(deps.db.read)?.entryId].filter(
        (id) => id !== undefined,
      );
      const { entries, total } = entriesBehind({ ...facts, returns, received, expertise }, asked);
      return { entries: entries as EntryId[], total };
    },
  };
}

/** What is known of a period, before anything is computed. */
interface Facts {
  window: Interval;
  days: DatedWindow[];
  spans: FigureSpan[];
  pieces: FigurePieceRow[];
  /** Terms that were in force for any of it. */
  terms: ReadonlySet<RecordedTerms>;
  /** What one project saw on one day. */
  cells: Cell[];
}

interface Cell {
  day: Day;
  projectId: string | null;
  spans: FigureSpan[];
  pieces: number;
  returned: number;
  /** Time, and pieces by kind of task: each at the rate in force for it. */
  pay: ProjectDay[];
}

function factsOf(deps: FiguresDeps, from: Day, to: Day): Facts {
  if (daysBetween(from, to) < 0 || daysBetween(from, to) >= mostDays) {
    throw new AppError('host/bad-input', { path: 'to', problem: 'period' });
  }
  const read = deps.db.read;
  const days = workingDays(from, to, deps.clock.zone(), deps.settings(read).dayStartHour);
  const window = { start: days[0]!.start, end: days.at(-1)!.end };
  const spans = spansIn(deps, window);
  const pieces = figurePiecesIn(read, window);
  const terms = new Set<RecordedTerms>();
  const cells = cellsOf(read, { days, spans, pieces }, terms);
  return { window, days, spans, pieces, terms, cells };
}

/** Stretches of the ledger, and those under way as if they ended now. */
function spansIn({ db, tracker }: FiguresDeps, window: Interval): FigureSpan[] {
  const recorded = figureSpansIn(db.read, window).map((row): FigureSpan => {
    const { start, end, lane, what, paid, source } = row;
    return { start, end, lane, what, paid, source, endedBy: null, entryId: row.entry_id, projectId: row.project_id };
  });
  const { spans, look } = tracker.running(db.read);
  const running = spans.map((row): FigureSpan => {
    const start = row.start_ms;
    const end = Math.max(start, Math.min(start + Math.round(row.elapsedMs), Math.floor(look.wall)));
    const { lane, what, paid } = row as Pick<AccountSpan, 'lane' | 'what' | 'paid'>;
    return {
      start,
      end,
      lane,
      what,
      paid,
      source: 'measured',
      endedBy: null,
      entryId: null,
      projectId: row.project_id,
    };
  });
  return [...recorded, ...running.filter(({ start, end }) => start < window.end && end > window.start)];
}

/** A cell while it is filled: its pieces by kind of task. */
type CellOfKinds = Cell & { kinds: Map<string | null, number> };

/** What each project saw on each day, with the terms in force then. */
function cellsOf(read: ReadDb, facts: Pick<Facts, 'days' | 'spans' | 'pieces'>, used: Set<RecordedTerms>): Cell[] {
  const cells = new Map<string, CellOfKinds>();
  const cell = (day: Day, projectId: string | null): CellOfKinds => {
    const key = `${day} ${projectId ?? ''}`;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const made = { day, projectId, spans: [], pieces: 0, returned: 0, pay: [], kinds: new Map() };
    cells.set(key, made);
    return made;
  };
  const { days } = facts;
  const places = new Map(days.map(({ day }, place) => [day, place]));
  for (const span of facts.spans) {
    if (!isWork(span.lane, span.what)) continue;
    const begins = dayAt(days, Math.max(span.start, days[0]!.start));
    let place = begins === undefined ? days.length : places.get(begins.day)!;
    for (; place < days.length && days[place]!.start < span.end; place += 1) {
      const { day, ...window } = days[place]!;
      cell(day, span.projectId).spans.push(...clip([span], window));
    }
  }
  for (const piece of facts.pieces) {
    const of = cell(dayAt(days, Date.parse(piece.at))!.day, piece.project_id);
    of.pieces += piece.count;
    of.kinds.set(piece.task_kind, (of.kinds.get(piece.task_kind) ?? 0) + piece.count);
    of.returned += Math.min(piece.count, piece.returns);
  }
  const termsOf = termsFinder(read);
  for (const each of cells.values()) {
    const projectId = each.projectId as ProjectId | null;
    const payFor = (kind: string | null, pieces: number, paidMs: number): ProjectDay => {
      const terms = projectId === null ? null : termsFor(termsOf(projectId), kind, each.day);
      if (terms !== null) used.add(terms);
      return { projectId, rate: terms?.rate ?? null, pieces, paidMs };
    };
    each.pay = [...each.kinds].map(([kind, pieces]) => payFor(kind, pieces, 0));
    const paidMs = unionLength(each.spans.filter(({ paid }) => paid === 'by-time'));
    if (paidMs > 0) each.pay.push(payFor(null, 0, paidMs));
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
  const byDay = totalsByDay(facts.spans, facts.days);
  const totals = sumTotals(byDay);
  const pay = payOf(facts.cells);
  const { promised } = pay;
  const received = sumMoney(figureReceived(read, from, to).map(({ amount }) => amount));
  const cellsByDay = grouped(facts.cells, ({ day }) => day);
  const worth = (ms: number) => unpaidWorth(ms, promised, totals.paid);
  return {
    from,
    to,
    totals,
    ...pay,
    received,
    perHour: {
      worked: perHour(promised, totals.worked),
      paid: perHour(promised, totals.paid),
      annotating: perHour(promised, totals.annotating),
    },
    receivedPerHour: perHour(received, totals.worked),
    unpaidWorth: worth(totals.unpaid),
    unpaidWorthByKind: Object.fromEntries(Object.entries(totals.unpaidByKind).map(([kind, ms]) => [kind, worth(ms)])),
    precision: precisionLabour(totals.revising, figureReturnsIn(read, facts.window).length),
    whatIf: bars.map((percent) => underBar(facts.cells.map(barDay), percent)),
    days: facts.days.map(({ day }, place) => {
      const own = payOf(cellsByDay.get(day) ?? []);
      return { day, totals: byDay[place]!, pieces: own.pieces, promised: own.promised };
    }),
    projects: projectsOf(deps, facts),
  };
}

const barDay = (cell: Cell) => ({ pieces: cell.pieces, returned: cell.returned, promised: payOf([cell]).promised });

/** The account of each project, by hours worked. */
function projectsOf(deps: FiguresDeps, { cells, spans: all }: Facts) {
  const work = all.filter((span) => isWork(span.lane, span.what));
  const paid = union(work.filter((span) => span.paid === 'by-time' || span.paid === 'by-piece'));
  const paidOrUnstated = union([...paid, ...work.filter((span) => span.paid === 'unstated')]);
  const projects = [...grouped(cells, ({ projectId }) => projectId)].map(([projectId, own]) => {
    const spans = own.flatMap((cell) => cell.spans);
    const worked = unionLength(spans);
    const pay = payOf(own);
    return {
      projectId: projectId as ProjectId | null,
      name: projectId === null ? null : deps.projectName(deps.db.read, projectId),
      worked,
      annotating: unionLength(spans.filter(({ what }) => what === 'annotating')),
      // Waiting for one project while another pays is not unpaid, as it is not in the whole.
      unpaid: unionLength(subtract(spans, paidOrUnstated)),
      unstated: unionLength(
        subtract(
          spans.filter((span) => span.paid === 'unstated'),
          paid,
        ),
      ),
      pieces: pay.pieces,
      returned: own.reduce((sum, { returned }) => sum + returned, 0),
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
