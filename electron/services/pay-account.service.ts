import type { Output } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { PayFigureName } from '#shared/contract/pay.contract.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import type { Day } from '#shared/domain/time.ts';
import {
  deductedBySchedule,
  type Deduction,
  payAccount,
  type PayAccount,
  type PayPeriod,
  type ProjectPay,
} from '#shared/metrics/pay-period.metric.ts';
import { lessMoney, sumMoney } from '#shared/rules/pay.rules.ts';
import { termsForTime } from '#shared/rules/projects.rules.ts';
import { type DatedWindow, daysBetween, workingDays } from '#shared/rules/working-day.rules.ts';
import type { Clock } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { payPeriodOf, type RecordedPayPeriod } from '#electron/repositories/pay-period.repository.ts';
import { type BonusMetRow, bonusesMetIn } from '#electron/repositories/pay-bonuses.repository.ts';
import { payDeductionsIn } from '#electron/repositories/pay-work.repository.ts';
import { moneyOf, payAmountsIn, type PayAmountRow } from '#electron/repositories/pay.repository.ts';
import type { RecordedTerms } from '#electron/repositories/projects.repository.ts';

export interface AccountDeps {
  db: Pick<Database, 'read'>;
  clock: Pick<Clock, 'zone'>;
  dayStartHour(db: ReadDb): number;
}

export interface Period {
  from: Day;
  to: Day;
}

/** As long as anybody would look at; a longer one is a slip of the hand. */
const longestPeriodDays = 3660;

export const windowOf = (days: readonly DatedWindow[]) => ({ start: days[0]!.start, end: days.at(-1)!.end });

interface Recorded {
  amounts: PayAmountRow[];
  deductions: Deduction[];
  /** What of the deductions is in expected pay already. */
  bySchedule: { projectId: string | null; amount: Money }[];
  bonuses: BonusMetRow[];
}

interface Account extends PayAccount<RecordedTerms>, Recorded {
  period: PayPeriod<RecordedTerms>;
}

interface WholeAccount extends Account {
  period: RecordedPayPeriod;
}

/** @throws AppError `host/bad-input` for a period that ends before it begins, or that is longer than ten years */
export function daysOf(deps: AccountDeps, { from, to }: Period): DatedWindow[] {
  const length = daysBetween(from, to);
  if (length < 0) throw new AppError('host/bad-input', { path: 'to', problem: 'before from' });
  if (length > longestPeriodDays)
    throw new AppError('host/bad-input', { path: 'to', problem: 'longer than ten years' });
  return workingDays(from, to, deps.clock.zone(), deps.dayStartHour(deps.db.read));
}

/** The account of a period with every piece of work by itself, for whoever asks which. */
export function wholeAccountOf(deps: AccountDeps, asked: Period): WholeAccount {
  const days = daysOf(deps, asked);
  const period = payPeriodOf(deps.db.read, days);
  return { ...accountOf(deps, asked, days, period), period };
}

export function accountOf(
  deps: AccountDeps,
  { from, to }: Period,
  days: readonly DatedWindow[],
  period: PayPeriod<RecordedTerms>,
): Account {
  const { read } = deps.db;
  const account = payAccount(period);
  const deductions = payDeductionsIn(read, { from, to }, windowOf(days));
  const bySchedule = deductedBySchedule(account.outcomes, deductions);
  const bonuses = bonusesMetIn(read, { from, to });
  return { ...account, period, amounts: payAmountsIn(read, { from, to }), deductions, bySchedule, bonuses };
}

export type Figures = Output<'pay.overview'>['total'];

export function figuresOf(
  pay: Omit<ProjectPay, 'projectId' | 'kinds'>,
  { amounts, deductions, bySchedule, bonuses }: Recorded,
): Figures {
  const of = (kind: PayAmountRow['kind']) =>
    sumMoney(
      amounts
        .filter((row) => row.kind === kind)
        .map(({ minor, currency }) => moneyOf(minor, currency))
        .filter((amount) => amount !== null),
    );
  const received = of('received');
  const deducted = sumMoney(deductions.map(({ amount }) => amount));
  const bonusesMet = sumMoney(
    bonuses.map(({ minor, currency }) => moneyOf(minor, currency)).filter((amount) => amount !== null),
  );
  const expected = sumMoney([...pay.expected, ...bonusesMet]);
  const difference = lessMoney(received, expected);
  return {
    pieces: pay.pieces,
    recalledPieces: pay.recalledPieces,
    piecesWithoutTerms: pay.piecesWithoutTerms,
    promised: pay.promised,
    lostToRecalls: pay.lostToRecalls,
    lostToReturns: pay.lostToReturns,
    bonusesMet,
    expected,
    announced: of('announced'),
    received,
    deducted,
    difference,
    unexplained: lessMoney(
      [...difference, ...deducted],
      bySchedule.map(({ amount }) => amount),
    ),
  };
}

/** What is recorded of one project, or of work without one. */
export const recordedOf = (
  { amounts, deductions, bySchedule, bonuses }: Recorded,
  projectId: string | null,
): Recorded => ({
  amounts: amounts.filter((row) => row.project_id === projectId),
  deductions: deductions.filter((each) => each.projectId === projectId),
  bySchedule: bySchedule.filter((each) => each.projectId === projectId),
  bonuses: bonuses.filter((row) => row.project_id === projectId),
});

/** The entries behind a figure, oldest first, each once; of one project, of work without one (null) or of all. */
export function entriesOf(
  account: WholeAccount,
  figure: PayFigureName,
  { projectId, taskKind }: { projectId: string | null | undefined; taskKind: string | null | undefined },
): EntryId[] {
  const { period, outcomes, terms } = account;
  const mine = (id: string | null) => projectId === undefined || id === projectId;
  const work = () => {
    const rows = [...period.pieceRows, ...period.timeRows].filter((row) => mine(row.project_id));
    const inForce = [...terms].filter(({ entryId }) => mine(projectOfTerms(period, rows, entryId)));
    return [...rows.map(({ entry_id }) => entry_id), ...inForce.map(({ entryId }) => entryId)];
  };
  const pieces = () =>
    period.pieceRows
      .filter(
        (row, at) => mine(row.project_id) && (taskKind === undefined || outcomes[at]!.piece.taskKind === taskKind),
      )
      .map(({ entry_id }) => entry_id);
  const promised = () => {
    if (taskKind === undefined) return work();
    const ofKind = outcomes.filter(({ piece }) => mine(piece.projectId) && piece.taskKind === taskKind);
    const time = period.timeRows.filter((row) => mine(row.project_id) && row.task_kind === taskKind);
    return [
      ...[...pieces(), ...time.map(({ entry_id }) => entry_id)],
      ...[...ofKind.map(({ terms: by }) => by), ...termsOfTime(period, taskKind, mine)].flatMap(
        (by) => by?.entryId ?? [],
      ),
    ];
  };
  const recalls = () => [
    ...period.recallRows
      .filter(({ id, project_id }) => account.recalls.has(id) && mine(project_id))
      .map(({ entry_id }) => entry_id),
    ...period.pieceRows
      .filter((row, at) => outcomes[at]!.recalled > 0 && mine(row.project_id))
      .map(({ entry_id }) => entry_id),
  ];
  const returns = () =>
    outcomes
      .filter(({ piece, lostToReturns }) => mine(piece.projectId) && (lostToReturns?.minor ?? 0) > 0)
      .flatMap(({ piece }) => period.returnEntries.get(piece.id) ?? []);
  const recorded = (kind: PayAmountRow['kind']) =>
    account.amounts.filter((row) => row.kind === kind && mine(row.project_id)).map(({ entry_id }) => entry_id);
  const deducted = () => account.deductions.filter(({ projectId: id }) => mine(id)).map(({ entryId }) => entryId);
  const bonusesMet = () => account.bonuses.filter((row) => mine(row.project_id)).map(({ entry_id }) => entry_id);
  const expected = () => [...work(), ...recalls(), ...returns(), ...bonusesMet()];
  const found: Record<PayFigureName, () => string[]> = {
    pieces,
    promised,
    lostToRecalls: recalls,
    lostToReturns: returns,
    bonusesMet,
    expected,
    announced: () => recorded('announced'),
    received: () => recorded('received'),
    deducted,
    difference: () => [...expected(), ...recorded('received')],
    unexplained: () => [...expected(), ...recorded('received'), ...deducted()],
  };
  // Entry ids are UUIDv7: they sort by the time of writing.
  return [...new Set(found[figure]())].sort() as EntryId[];
}

/** The terms time of a kind was paid by. */
const termsOfTime = (period: RecordedPayPeriod, kind: string | null, mine: (projectId: string | null) => boolean) =>
  period.time
    .filter(({ projectId, taskKind }) => taskKind === kind && mine(projectId))
    .map(({ projectId, day }) => (projectId === null ? null : termsForTime(period.termsOf(projectId), kind, day)));

/** Whose terms an entry set, among the projects of some work. */
function projectOfTerms(period: RecordedPayPeriod, rows: readonly { project_id: string | null }[], entryId: string) {
  const ids = new Set(rows.map((row) => row.project_id));
  return [...ids].find((id) => id !== null && period.termsOf(id).some((terms) => terms.entryId === entryId)) ?? null;
}
