import type { Money } from '../domain/money.ts';
import type { PayTerms } from '../domain/project.ts';
import type { Day } from '../domain/time.ts';
import { amountOfPieces, commissionAfterReturns, lessMoney, sumMoney } from '../rules/pay.rules.ts';
import { termsFor } from '../rules/projects.rules.ts';
import { orderOfKinds, ratedTime } from './paid-time.metric.ts';
import { promisedPay, type ProjectDay } from './promised-pay.metric.ts';

/** Work of the period that may be paid by the piece: a task first submitted in it, or work done elsewhere. */
export interface PaidPiece {
  id: string;
  projectId: string | null;
  taskKind: string | null;
  day: Day;
  count: number;
  /** For each time it came back, at whatever time, how many of its pieces that was about: all of them where nobody said. */
  returns: readonly number[];
}

/** A recall: which work it takes, in which order, and how many pieces. */
export interface RecallOfWork {
  id: string;
  projectId: string | null;
  /** The day it came; null when that lies outside the period. */
  day: Day | null;
  pieces: number;
  statedLoss: Money | null;
  works: readonly { pieceId: string; count: number }[];
}

/** Time of a day that is paid by time, of one kind of task. */
export interface PaidTime {
  projectId: string | null;
  /** null where the kind is not known: then the terms for all are those it is paid by. */
  taskKind: string | null;
  day: Day;
  paidMs: number;
}

export interface PayPeriod<T extends PayTerms> {
  pieces: readonly PaidPiece[];
  /** In the order of writing. */
  recalls: readonly RecallOfWork[];
  time: readonly PaidTime[];
  /** Terms of a project for any kind of task, in the order of writing. */
  termsOf(projectId: string): readonly T[];
}

/** A deduction, announced with a return or recorded by itself, and the work it is for. */
export interface Deduction {
  entryId: string;
  projectId: string | null;
  amount: Money;
  /** null where it names no work. */
  pieceId: string | null;
}

/** What came of one piece of work. Amounts are null when no terms by the piece were in force on its day. */
export interface PieceOutcome<T> {
  piece: PaidPiece;
  terms: T | null;
  recalled: number;
  promised: Money | null;
  lostToRecall: Money | null;
  lostToReturns: Money | null;
  expected: Money | null;
}

export interface ProjectPay {
  projectId: string | null;
  pieces: number;
  recalledPieces: number;
  piecesWithoutTerms: number;
  /** Pieces, milliseconds paid by time and what both were promised by kind of task: they sum to the whole. Empty where no work names a kind. */
  kinds: { taskKind: string | null; pieces: number; paidMs: number; promised: Money[] }[];
  promised: Money[];
  lostToRecalls: Money[];
  lostToReturns: Money[];
  expected: Money[];
}

export interface PayAccount<T> {
  projects: ProjectPay[];
  outcomes: PieceOutcome<T>[];
  /** Recalls that took something in this period. */
  recalls: ReadonlySet<string>;
  /** Terms that were in force for any of it. */
  terms: ReadonlySet<T>;
}

/**
 * Pay of a period by project.
 *
 * promised = sum of pieces x the rate in force on the working day of each for its kind of task + time paid by time at that day's rate for the kind of
 * task it was spent on (see paid-time.metric.ts; time of which no kind is known is paid by the terms for all);
 * lost to recalls = the promised pay of recalled pieces, where they were earned, or the loss announced, on the day of the recall;
 * lost to returns = what the penalty schedule in force takes of pieces that were not recalled;
 * expected = promised - lost to recalls - lost to returns.
 *
 * A recall takes the work it names in its order, up to its number of pieces, and nothing twice; pieces beyond those it names cost the rate
 * in force on the day of the recall. Amounts by the piece are whole minor units; a penalty is rounded once for each piece of work;
 * time is summed exactly and rounded once for each project and kind.
 */
export function payAccount<T extends PayTerms>(period: PayPeriod<T>): PayAccount<T> {
  const used = new Set<T>();
  const inForce = rateFinder(period, used);
  const taken = recalledWork(period.recalls);
  const outcomes = period.pieces.map((piece) => outcomeOf(piece, inForce(piece), taken.get(piece.id)));
  const unnamed = lossesBeyondNamedWork(period.recalls, taken.beyond, inForce);
  const recalls = new Set(unnamed.map(({ recallId }) => recallId));
  for (const { piece } of outcomes) for (const id of taken.get(piece.id)?.by ?? []) recalls.add(id);

  const ids = new Set<string | null>();
  for (const { projectId } of [...period.pieces, ...period.time, ...unnamed]) ids.add(projectId);
  const byProject = groups(outcomes, ({ piece }) => piece.projectId);
  const timeByProject = groups(period.time, ({ projectId }) => projectId);
  const lossByProject = groups(unnamed, ({ projectId }) => projectId);
  const projects = [...ids].map((projectId) =>
    projectPay(projectId, {
      outcomes: byProject.get(projectId) ?? [],
      time: timeOf(period, timeByProject.get(projectId) ?? [], used),
      losses: lossByProject.get(projectId) ?? [],
    }),
  );
  return { projects, outcomes, recalls, terms: used };
}

type Dated = { projectId: string | null; taskKind?: string | null; day: Day };

/** Terms in force on a day; looked up once for each project, kind of task and day. */
function rateFinder<T extends PayTerms>(period: PayPeriod<T>, used: Set<T>): (of: Dated) => T | null {
  const known = new Map<string, T | null>();
  return ({ projectId, taskKind = null, day }) => {
    if (projectId === null) return null;
    const key = `${projectId} ${day} ${taskKind ?? ''}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = termsFor(period.termsOf(projectId), taskKind, day);
    known.set(key, found);
    if (found !== null) used.add(found);
    return found;
  };
}

/** How many of a piece of work were recalled, how many of them at a loss that was stated as a sum, and by which recalls. */
interface Taken {
  recalled: number;
  stated: number;
  by: string[];
}

function recalledWork(recalls: readonly RecallOfWork[]): Map<string, Taken> & { beyond: Map<string, number> } {
  const taken = new Map<string, Taken>();
  const beyond = new Map<string, number>();
  for (const { id, pieces, statedLoss, works } of recalls) {
    let left = pieces > 0 ? pieces : works.reduce((sum, { count }) => sum + count, 0);
    for (const { pieceId, count } of works) {
      const before = taken.get(pieceId) ?? { recalled: 0, stated: 0, by: [] };
      const now = Math.min(left, count - before.recalled);
      left -= Math.min(left, count);
      if (now <= 0) continue;
      before.recalled += now;
      if (statedLoss !== null) before.stated += now;
      before.by.push(id);
      taken.set(pieceId, before);
    }
    beyond.set(id, left);
  }
  return Object.assign(taken, { beyond });
}

function outcomeOf<T extends PayTerms>(piece: PaidPiece, terms: T | null, taken: Taken | undefined): PieceOutcome<T> {
  const recalled = Math.min(taken?.recalled ?? 0, piece.count);
  const none = { promised: null, lostToRecall: null, lostToReturns: null, expected: null };
  if (terms === null || terms.rate.per !== 'piece') return { piece, terms, recalled, ...none };
  const rate = terms.rate.amount;
  const promised = amountOfPieces(rate, piece.count);
  const lostToRecall = amountOfPieces(rate, recalled - Math.min(taken?.stated ?? 0, recalled));
  const lostToReturns = takenByPenalty(rate, piece.count - recalled, piece.returns, terms.returnPenalty);
  const expected = { minor: promised.minor - lostToRecall.minor - lostToReturns.minor, currency: rate.currency };
  return { piece, terms, recalled, promised, lostToRecall, lostToReturns, expected };
}

/**
 * What a penalty takes of so many pieces. Which of a batch came back again is told by nobody: a return is taken to be about pieces that came back
 * before, as rounds are, so that of 40 pieces with returns of 10 and of 4, four came back twice, six once and 30 never.
 */
function takenByPenalty(
  rate: Money,
  pieces: number,
  returns: readonly number[],
  penalty: PayTerms['returnPenalty'],
): Money {
  const { currency } = rate;
  if (penalty === null) return { minor: 0, currency };
  const most = returns.map((about) => Math.min(about, pieces)).sort((a, b) => b - a);
  const taken = most.map((about, at) => {
    const commission = amountOfPieces(rate, about - (most[at + 1] ?? 0));
    return commission.minor - commissionAfterReturns(commission, at + 1, penalty).minor;
  });
  return { minor: taken.reduce((sum, minor) => sum + minor, 0), currency };
}

interface Loss {
  recallId: string;
  projectId: string | null;
  /** Pieces that no named work stands for. */
  pieces: number;
  amount: Money | null;
}

/** What recalls of this period took beyond the work they name, or altogether where a sum was announced. */
function lossesBeyondNamedWork<T extends PayTerms>(
  recalls: readonly RecallOfWork[],
  beyond: ReadonlyMap<string, number>,
  inForce: (of: Dated) => T | null,
): Loss[] {
  return recalls.flatMap(({ id, projectId, day, statedLoss }) => {
    const pieces = beyond.get(id) ?? 0;
    if (day === null || (pieces === 0 && statedLoss === null)) return [];
    if (statedLoss !== null) return [{ recallId: id, projectId, pieces, amount: statedLoss }];
    const rate = inForce({ projectId, day })?.rate;
    const amount = rate?.per === 'piece' ? amountOfPieces(rate.amount, pieces) : null;
    return [{ recallId: id, projectId, pieces, amount }];
  });
}

/** Time of one project, with the rate each kind of it has on its day. */
function timeOf<T extends PayTerms>(period: PayPeriod<T>, time: readonly PaidTime[], used: Set<T>): TimeOfDay[] {
  return [...Map.groupBy(time, ({ day }) => day)].flatMap(([day, times]) => {
    const { projectId } = times[0]!;
    const rated = ratedTime(times, projectId === null ? [] : period.termsOf(projectId), day);
    return rated.map(({ taskKind, paidMs, rate, terms }) => {
      if (terms !== null) used.add(terms);
      return { projectId: projectId as ProjectDay['projectId'], taskKind, rate, pieces: 0, paidMs };
    });
  });
}

type TimeOfDay = ProjectDay & { taskKind: string | null };

interface ProjectParts {
  outcomes: readonly PieceOutcome<PayTerms>[];
  time: readonly TimeOfDay[];
  losses: readonly Loss[];
}

function projectPay(projectId: string | null, { outcomes, time, losses }: ProjectParts): ProjectPay {
  const of = (pick: (outcome: PieceOutcome<PayTerms>) => Money | null) => outcomes.map(pick).filter(isMoney);
  const kinds = kindsDone(outcomes, time);
  const promised = sumMoney(kinds.flatMap((kind) => kind.promised));
  const lostToRecalls = sumMoney([
    ...of((outcome) => outcome.lostToRecall),
    ...losses.map(({ amount }) => amount).filter(isMoney),
  ]);
  const lostToReturns = sumMoney(of((outcome) => outcome.lostToReturns));
  const count = (pick: (outcome: PieceOutcome<PayTerms>) => number) =>
    outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
  return {
    projectId,
    pieces: count(({ piece }) => piece.count),
    recalledPieces: count(({ recalled }) => recalled) + losses.reduce((sum, { pieces }) => sum + pieces, 0),
    piecesWithoutTerms: count(({ piece, terms }) => (terms === null ? piece.count : 0)),
    kinds: kinds.some(({ taskKind }) => taskKind !== null) ? kinds : [],
    promised,
    lostToRecalls,
    lostToReturns,
    expected: lessMoney(promised, [...lostToRecalls, ...lostToReturns]),
  };
}

/** By kind in order of name, work of none last. */
function kindsDone(outcomes: readonly PieceOutcome<PayTerms>[], time: readonly TimeOfDay[]): ProjectPay['kinds'] {
  const piecesOf = groups(outcomes, ({ piece }) => piece.taskKind);
  const timeOfKind = groups(time, ({ taskKind }) => taskKind);
  return [...new Set([...piecesOf.keys(), ...timeOfKind.keys()])].sort(orderOfKinds).map((taskKind) => {
    const [pieces, hours] = [piecesOf.get(taskKind) ?? [], timeOfKind.get(taskKind) ?? []];
    return {
      taskKind,
      pieces: pieces.reduce((sum, { piece }) => sum + piece.count, 0),
      paidMs: hours.reduce((sum, { paidMs }) => sum + paidMs, 0),
      promised: sumMoney([...pieces.map((each) => each.promised).filter(isMoney), ...promisedPay(hours).promised]),
    };
  });
}

const isMoney = (amount: Money | null): amount is Money => amount !== null;

function groups<T>(all: readonly T[], keyOf: (each: T) => string | null): Map<string | null, T[]> {
  const found = new Map<string | null, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = found.get(key);
    if (group === undefined) found.set(key, [each]);
    else group.push(each);
  }
  return found;
}

/**
 * What of the deductions the penalty schedule took already: for each piece of work the smaller of what the schedule takes for its returns and what
 * was deducted for it in the same currency. Expected pay is less by it already, so it explains nothing further.
 */
export function deductedBySchedule(
  outcomes: readonly Pick<PieceOutcome<PayTerms>, 'piece' | 'lostToReturns'>[],
  deductions: readonly Deduction[],
): { projectId: string | null; amount: Money }[] {
  const byPiece = groups(
    deductions.filter(({ pieceId }) => pieceId !== null),
    ({ pieceId }) => pieceId,
  );
  return outcomes.flatMap(({ piece, lostToReturns }) => {
    if (lostToReturns === null || lostToReturns.minor <= 0) return [];
    const same = (byPiece.get(piece.id) ?? []).filter(({ amount }) => amount.currency === lostToReturns.currency);
    const deducted = same.reduce((sum, { amount }) => sum + amount.minor, 0);
    const minor = Math.min(deducted, lostToReturns.minor);
    return minor > 0 ? [{ projectId: piece.projectId, amount: { minor, currency: lostToReturns.currency } }] : [];
  });
}
