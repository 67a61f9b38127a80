import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { EntryId, ProjectId, TimeSpanId, TrainingId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Money } from '#shared/domain/money.ts';
import { clip, subtract, union, unionLength, type Interval } from '#shared/metrics/intervals.metric.ts';
import { mixReader } from '#shared/metrics/time-mix.metric.ts';
import { effectiveRate, isUnpaid, trainingTime, worthOfTime } from '#shared/metrics/training.metric.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { calendarDay, dayPlus, daysBetween, workingDays } from '#shared/rules/working-day.rules.ts';
import type { AnyEntryDraft, EffectiveEntry, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { findAttachment } from '#electron/repositories/attachments.repository.ts';
import { moneyOf, payAmountsIn } from '#electron/repositories/pay.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { mixesOf } from '#electron/repositories/time-days.repository.ts';
import {
  activityIn,
  certificatesExpiring,
  countTrainings,
  listTrainings,
  timeEntriesOfTraining,
  trainingFromRow,
  trainingsIn,
} from '#electron/repositories/training.repository.ts';

export interface TrainingDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  dayStartHour(db: ReadDb): number;
}

/** Trainings: what was held, what it took, what it cost, and whether it was ever needed. */
export function createTrainingService(
  deps: TrainingDeps,
): Handlers<'training.record' | 'training.setNeeded' | 'training.list' | 'training.summary'> {
  const { db, ledger } = deps;
  return {
    'training.record': (input) => db.transaction((tx) => recordTraining(deps, tx, input)),

    'training.setNeeded': ({ trainingId, needed, reason }) => {
      db.transaction((tx) => {
        const entry = ledger.effective(tx, trainingId).findLast(({ kind }) => kind === 'training.held') as
          EffectiveEntry<'training.held'> | undefined;
        if (entry === undefined) throw new AppError('training/not-found');
        const values = { ...entry.body, needed } as Record<string, Json>;
        ledger.correct(tx, [{ type: 'amend', entryId: entry.corrections.at(-1) ?? entry.id, values }], reason);
      });
      return {};
    },

    'training.list': ({ projectId, offset, limit }) => ({
      total: countTrainings(db.read, projectId),
      trainings: listTrainings(db.read, projectId, offset ?? 0, limit ?? 100).map((row) =>
        trainingFromRow(row, timeEntriesOfTraining(db.read, row.id)),
      ),
    }),

    'training.summary': (input) => summaryOf(deps, input),
  };
}

function recordTraining(
  deps: TrainingDeps,
  tx: WriteDb,
  input: ParsedInput<'training.record'>,
): Output<'training.record'> {
  if (input.projectId !== null && !projectExists(tx, input.projectId)) throw new AppError('projects/not-found');
  const file = input.certificate?.file;
  if (file && findAttachment(tx, file.blob) === undefined) throw new AppError('attachments/not-found');
  const held = sessionsOf(input.sessions);
  const stands = held.flatMap((session) => clip(activityIn(tx, session), session));
  const open = subtract(held, stands);
  const trainingId = deps.ids.uuid() as TrainingId;
  const also = input.projectId === null ? [] : [input.projectId];
  const training: AnyEntryDraft = {
    kind: 'training.held',
    body: bodyOf(input, unionLength(held)),
    occurredStart: instantOf(held[0]!.start),
    occurredEnd: instantOf(held.at(-1)!.end),
    source: 'stated',
    subjects: [trainingId, ...also],
  };
  const [entry, ...times] = deps.ledger.append(tx, [
    training,
    ...open.map((stretch) => timeDraft(deps, input, stretch, [trainingId, ...also])),
  ]);
  return {
    trainingId,
    entryId: entry!.id,
    timeEntries: times.map(({ id }) => id),
    timeStoodMs: unionLength(held) - unionLength(open),
  };
}

/** The stretches in order. @throws AppError `ledger/ends-before-start`, and `ledger/overlap` where two of them do */
function sessionsOf(sessions: ParsedInput<'training.record'>['sessions']): Interval[] {
  const given = sessions.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }));
  for (const { start, end } of given) if (end <= start) throw new AppError('ledger/ends-before-start');
  given.sort((a, b) => a.start - b.start);
  given.forEach((session, at) => {
    const next = given[at + 1];
    if (next === undefined || next.start >= session.end) return;
    const [start, end] = [instantOf(next.start), instantOf(Math.min(session.end, next.end))];
    throw new AppError('ledger/overlap', { lane: 'activity', start, end });
  });
  return union(given);
}

const instantOf = (ms: number) => new Date(ms).toISOString();

function bodyOf(input: ParsedInput<'training.record'>, timeMs: number): EntryBody<'training.held'> {
  return {
    project: input.projectId,
    topic: input.topic,
    time_ms: timeMs,
    called_at: input.calledAt,
    mandatory: input.mandatory,
    paid: input.paid,
    retraining: input.retraining,
    fee: input.fee,
    travel_cost: input.travelCost,
    travel_ms: input.travelMs,
    certificate: input.certificate,
    needed: input.needed,
    note: input.note,
  };
}

function timeDraft(
  deps: TrainingDeps,
  input: ParsedInput<'training.record'>,
  { start, end }: Interval,
  also: readonly string[],
): AnyEntryDraft {
  return {
    kind: 'time.spent',
    body: {
      lane: 'activity',
      what: 'training',
      // Nothing said is not the same as unpaid; the owner may say so later.
      paid: input.paid === null ? 'unstated' : input.paid ? 'by-time' : 'unpaid',
      project: input.projectId,
      task: null,
      tag: input.topic.slice(0, 200),
      ended_by: 'stated',
    },
    occurredStart: instantOf(start),
    occurredEnd: instantOf(end),
    source: 'stated',
    subjects: [deps.ids.uuid() as TimeSpanId, ...also],
  };
}

/** How far back the effective rate is taken from, and how far ahead certificates are looked at, in days. */
const [rateDays, soonDays, lapsedDays] = [90, 90, 30];

function summaryOf(deps: TrainingDeps, input: ParsedInput<'training.summary'>): Output<'training.summary'> {
  const { read } = deps.db;
  const trainings = trainingsIn(read, input).map((row) => trainingFromRow(row, []));
  const unpaid = trainings.filter(isUnpaid);
  const { timeMs, unpaidMs } = trainingTime(trainings);
  const entriesOf = (some: typeof trainings) => some.map(({ entryId }) => entryId as EntryId);
  const costs = (pick: (training: (typeof trainings)[number]) => Money | null) => {
    const some = trainings.filter((training) => pick(training) !== null);
    return { amounts: sumMoney(some.map((training) => pick(training)!)), entries: entriesOf(some) };
  };
  const travelled = trainings.filter(({ travelMs }) => travelMs !== null);
  const today = calendarDay(deps.clock.now(), deps.clock.zone());
  return {
    count: trainings.length,
    time: { ms: timeMs, entries: entriesOf(trainings) },
    unpaid: { ms: unpaidMs, entries: entriesOf(unpaid) },
    worth: worthOf(deps, input.ratePerHour, unpaidMs, entriesOf(unpaid)),
    fees: costs(({ fee }) => fee),
    travel: costs(({ travelCost }) => travelCost),
    travelTime: {
      ms: travelled.reduce((sum, { travelMs }) => sum + (travelMs ?? 0), 0),
      entries: entriesOf(travelled),
    },
    projects: byProject(trainings),
    expiring: certificatesExpiring(read, dayPlus(today, -lapsedDays), dayPlus(today, soonDays)).map((row) => ({
      trainingId: row.id as TrainingId,
      entryId: row.entry_id as EntryId,
      name: row.certificate_name ?? '',
      expires: row.certificate_expires!,
      daysLeft: daysBetween(today, row.certificate_expires!),
    })),
  };
}

/** What unpaid hours are worth, at the rate given or at what was received for all hours of work of the last days. */
function worthOf(
  deps: TrainingDeps,
  given: Money | null,
  unpaidMs: number,
  entries: EntryId[],
): Output<'training.summary'>['worth'] {
  if (given !== null) {
    return { amount: worthOfTime(unpaidMs, given), ratePerHour: given, from: 'given', entries };
  }
  const { read } = deps.db;
  const today = calendarDay(deps.clock.now(), deps.clock.zone());
  const from = dayPlus(today, 1 - rateDays);
  const days = workingDays(from, today, deps.clock.zone(), deps.dayStartHour(read));
  const reader = mixReader();
  const worked = mixesOf(read, days).reduce((sum, lengths) => sum + reader.totals(lengths).worked, 0);
  const received = payAmountsIn(read, { from, to: today }).filter(({ kind }) => kind === 'received');
  const sums = sumMoney(received.map(({ minor, currency }) => moneyOf(minor, currency)).filter((sum) => sum !== null));
  const rate = effectiveRate(sums, worked);
  if (rate === null) return null;
  const behind = [...entries, ...received.map(({ entry_id }) => entry_id as EntryId)];
  return { amount: worthOfTime(unpaidMs, rate), ratePerHour: rate, from: 'figures', entries: behind };
}

type Held = ReturnType<typeof trainingFromRow>;

function byProject(trainings: readonly Held[]): Output<'training.summary'>['projects'] {
  const groups = Map.groupBy(trainings, ({ projectId }) => projectId);
  return [...groups].map(([projectId, some]) => ({
    projectId: projectId as ProjectId | null,
    projectName: some[0]!.projectName,
    count: some.length,
    ...trainingTime(some),
    costs: sumMoney(some.flatMap(({ fee, travelCost }) => [fee, travelCost].filter((cost) => cost !== null))),
    entries: some.map(({ entryId }) => entryId as EntryId),
  }));
}
