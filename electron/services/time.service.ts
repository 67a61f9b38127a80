import type { ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, ProjectId, TaskId, TimeSpanId } from '#shared/domain/ids.ts';
import type { Activity, Day, Instant, Lane, Paid, TimeSpan, WaitingFor } from '#shared/domain/time.ts';
import { type AccountSpan, dayGaps, dayTotals } from '#shared/metrics/day-account.metric.ts';
import { promisedPay, type ProjectDay } from '#shared/metrics/promised-pay.metric.ts';
import { clip, type Interval } from '#shared/metrics/intervals.metric.ts';
import { ratedTime, timeByKind } from '#shared/metrics/paid-time.metric.ts';
import { termsFor } from '#shared/rules/projects.rules.ts';
import { fitsLane, isWork } from '#shared/rules/time.rules.ts';
import { workingDayOf, workingDayWindow } from '#shared/rules/working-day.rules.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { RunningNow, TimeTracker } from '#electron/core/time-tracker.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { listPayTerms, projectExists, type RecordedTerms } from '#electron/repositories/projects.repository.ts';
import {
  clockHolesIn,
  dismissedGapsIn,
  dismissGap,
  kindOfTime,
  lastStartBefore,
  piecesIn,
  timeSpanFromRow,
  timeSpansIn,
} from '#electron/repositories/time.repository.ts';

export interface TimeDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  tracker: TimeTracker;
  settings(db: ReadDb): { dayStartHour: number };
}

/** Time: what is measured by itself, what is stated afterwards, and the account of a day. */
export function createTimeService(
  deps: TimeDeps,
): Handlers<
  | 'time.state'
  | 'time.task'
  | 'time.touch'
  | 'time.leave'
  | 'time.switch'
  | 'time.wait'
  | 'time.clock'
  | 'time.log'
  | 'time.day'
  | 'time.lastDay'
  | 'time.answerGap'
> {
  const { db, tracker } = deps;

  return {
    'time.state': () => stateNow(deps),

    'time.task': ({ taskId }) => ({
      now: new Date(deps.clock.now()).toISOString(),
      taskMs: tracker.taskTimeMs(db.read, taskId),
    }),

    'time.touch': (input, context) => {
      if (tracker.touch(input)) context.changed('time', 'ledger');
      return {};
    },

    'time.leave': () => {
      tracker.leave();
      return {};
    },

    'time.switch': ({ activity, projectId, taskId, tag }) => {
      tracker.switchTo(activity === null ? null : { activity, projectId, taskId: taskId ?? null, tag: tag ?? null });
      return {};
    },

    'time.wait': (input) => {
      if (!tracker.wait(input.for, input.on, input.projectId ?? null)) throw new AppError('time/nothing-running');
      return {};
    },

    'time.clock': (input) => {
      if (!tracker.clock(input.in)) throw new AppError('time/nothing-running');
      return {};
    },

    'time.log': (input) =>
      db.transaction((tx) => {
        if (!fitsLane(input.lane, input.what)) throw new AppError('host/bad-input', { path: 'what', problem: 'lane' });
        if (input.projectId !== null && !projectExists(tx, input.projectId)) throw new AppError('projects/not-found');
        return state(deps, tx, input);
      }),

    'time.day': ({ day }) => accountOf(deps, day ?? tracker.today(db.read)),

    'time.lastDay': () => {
      const zone = deps.clock.zone();
      const { dayStartHour } = deps.settings(db.read);
      const today = workingDayWindow(tracker.today(db.read), zone, dayStartHour);
      const last = lastStartBefore(db.read, today.start);
      return { day: last === null ? null : workingDayOf(last, zone, dayStartHour) };
    },

    'time.answerGap': ({ start, end, answer, projectId }) => {
      db.transaction((tx) => {
        refuseBackwards(start, end);
        if (answer.lane === 'nothing') {
          dismissGap(tx, { start: Date.parse(start), end: Date.parse(end) });
          return;
        }
        if (projectId !== null && !projectExists(tx, projectId)) {
          throw new AppError('host/bad-input', { path: 'projectId', problem: 'unknown' });
        }
        const { lane, what, paid } = answer;
        state(deps, tx, { lane, what, paid, start, end, projectId, taskId: null, tag: null });
      });
      return {};
    },
  };
}

function refuseBackwards(start: Instant, end: Instant): void {
  if (Date.parse(end) <= Date.parse(start)) throw new AppError('ledger/ends-before-start');
}

/** Writes down a stretch that its owner states. */
function state(deps: TimeDeps, tx: WriteDb, span: ParsedInput<'time.log'>) {
  refuseBackwards(span.start, span.end);
  const timeSpanId = deps.ids.uuid() as TimeSpanId;
  const [entry] = deps.ledger.append(tx, [
    {
      kind: 'time.spent',
      body: {
        lane: span.lane,
        what: span.what,
        paid: span.paid,
        project: span.projectId,
        task: span.taskId,
        ...(span.taskKind ? { task_kind: span.taskKind } : {}),
        tag: span.tag,
        ended_by: 'stated',
      },
      occurredStart: span.start,
      occurredEnd: span.end,
      source: 'stated',
      subjects: [timeSpanId, ...[span.projectId, span.taskId].filter((id) => id !== null)],
    },
  ]);
  return { timeSpanId, entryId: entry!.id };
}

function stateNow(deps: TimeDeps) {
  const { db, tracker } = deps;
  const { spans, look } = tracker.running(db.read);
  const activity = spans.find(({ lane }) => lane === 'activity');
  const presence = spans.find(({ lane }) => lane === 'presence');
  return {
    now: new Date(look.wall).toISOString(),
    day: tracker.today(db.read),
    presence: presence === undefined ? null : runningOf(presence),
    activity: activity === undefined ? null : runningOf(activity),
    waiting: spans.filter(({ lane }) => lane === 'waiting').map(runningOf),
  };
}

const runningOf = (span: RunningNow) => ({
  what: span.what,
  start: new Date(span.start_ms).toISOString(),
  elapsedMs: Math.round(span.elapsedMs),
  projectId: span.project_id as ProjectId | null,
  taskId: span.task_id as TaskId | null,
  paid: span.paid,
});

/** A stretch of the day, from the ledger or under way. */
interface DaySpan {
  span: TimeSpan;
  entryId: EntryId | null;
  running: boolean;
  account: AccountSpan;
  /** As which kind it is paid, where it is paid by time. */
  taskKind: string | null;
}

/** The account of a working day, which begins and ends by the zone of now, also when the owner was elsewhere then. */
function accountOf(deps: TimeDeps, day: Day) {
  const read = deps.db.read;
  const { dayStartHour } = deps.settings(read);
  const window = workingDayWindow(day, deps.clock.zone(), dayStartHour);
  const spans = daySpans(deps, window);
  const accounts = spans.map(({ account }) => account);
  const pay = payOf(read, day, window, spans);
  const entryIds = spans.flatMap(({ entryId }) => (entryId === null ? [] : [entryId]));
  return {
    day,
    start: new Date(window.start).toISOString(),
    end: new Date(window.end).toISOString(),
    spans: spans.map(({ span, entryId, running, taskKind }) => ({ ...span, entryId, running, taskKind })),
    gaps: dayGaps(accounts, window, clockHolesIn(read, window), dismissedGapsIn(read, window)).map((gap) => ({
      start: new Date(gap.start).toISOString(),
      end: new Date(gap.end).toISOString(),
      why: gap.why,
    })),
    totals: dayTotals(accounts, window),
    ...promisedPay(pay.projects),
    entries: [...new Set([...entryIds, ...pay.entries])],
  };
}

function daySpans(deps: TimeDeps, window: Interval): DaySpan[] {
  const read = deps.db.read;
  const recorded = timeSpansIn(read, window).map((row): DaySpan => {
    const span = timeSpanFromRow(row);
    const { lane, what, paid, source } = span;
    const account = { start: row.start_ms, end: row.end_ms, lane, what, paid, source, endedBy: row.ended_by };
    return { span, entryId: row.entry_id as EntryId, running: false, account, taskKind: row.task_kind };
  });
  const { spans, look } = deps.tracker.running(read);
  const running = spans
    .map((row) => underWay(row, look.wall, kindOfTime(read, row)))
    .filter(({ account }) => account.start < window.end && account.end > window.start);
  return [...recorded, ...running].sort(
    (a, b) => a.account.start - b.account.start || laneOrder.indexOf(a.span.lane) - laneOrder.indexOf(b.span.lane),
  );
}

/** Of stretches that begin together, the wider lane comes first. */
const laneOrder: readonly Lane[] = ['presence', 'activity', 'waiting'];

/** A stretch under way as if it ended now. */
function underWay(row: RunningNow, now: number, taskKind: string | null): DaySpan {
  const start = row.start_ms;
  const end = Math.max(start, Math.min(start + Math.round(row.elapsedMs), Math.floor(now)));
  const { lane, what, paid }: { lane: Lane; what: 'present' | Activity | WaitingFor; paid: Paid } = row;
  return {
    span: {
      id: row.id as TimeSpanId,
      lane,
      what,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      paid,
      source: 'measured',
      projectId: row.project_id as ProjectId | null,
      taskId: row.task_id as TaskId | null,
      tag: row.tag,
    },
    entryId: null,
    running: true,
    taskKind,
    account: { start, end, lane, what, paid, source: 'measured', endedBy: null },
  };
}

/** What each project saw on a day, by which its pay is computed, and the entries that say so. */
function payOf(
  read: ReadDb,
  day: Day,
  window: Interval,
  spans: readonly DaySpan[],
): { projects: ProjectDay[]; entries: EntryId[] } {
  const pieces = piecesIn(read, window);
  const byTime = spans.filter(({ account: { lane, what, paid } }) => paid === 'by-time' && isWork(lane, what));
  const ids = new Set([...pieces.map((row) => row.project_id), ...byTime.map(({ span }) => span.projectId)]);
  const entries = pieces.map((row) => row.entry_id as EntryId);
  const projects = [...ids].flatMap((projectId): ProjectDay[] => {
    const own = pieces.filter((row) => row.project_id === projectId);
    const time = byTime.filter(({ span }) => span.projectId === projectId);
    const all = projectId === null ? [] : listPayTerms(read, projectId);
    const payBy = (terms: RecordedTerms | null, of: Pick<ProjectDay, 'rate' | 'pieces' | 'paidMs'>): ProjectDay => {
      if (terms !== null) entries.push(terms.entryId as EntryId);
      return { projectId: projectId as ProjectId | null, ...of };
    };
    const kinds = [...new Set(own.map((row) => row.task_kind))];
    const countOf = (kind: string | null) =>
      own.filter((row) => row.task_kind === kind).reduce((sum, { count }) => sum + count, 0);
    const times = timeByKind(
      time.flatMap(({ account, taskKind }) => clip([account], window).map((clipped) => ({ ...clipped, taskKind }))),
    );
    return [
      ...kinds.map((kind) => {
        const terms = termsFor(all, kind, day);
        return payBy(terms, { rate: terms?.rate ?? null, pieces: countOf(kind), paidMs: 0 });
      }),
      ...ratedTime(times, all, day).map(({ terms, rate, paidMs }) => payBy(terms, { rate, pieces: 0, paidMs })),
    ];
  });
  return { projects, entries };
}
