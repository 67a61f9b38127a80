import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { PayFigureName } from '#shared/contract/pay.contract.ts';
import type { EntryId, PayId, ProjectId } from '#shared/domain/ids.ts';
import type { Currency, Money } from '#shared/domain/money.ts';
import type { Day } from '#shared/domain/time.ts';
import {
  deductedBySchedule,
  type Deduction,
  payAccount,
  type PayAccount,
  type PayPeriod,
  type ProjectPay,
} from '#shared/metrics/pay-period.metric.ts';
import { convertMoney, rateInForce } from '#shared/rules/exchange-rates.rules.ts';
import { lessMoney, sumMoney } from '#shared/rules/pay.rules.ts';
import { erasedMark, termsFor } from '#shared/rules/projects.rules.ts';
import { reconcile, type LedgerWork } from '#shared/rules/reconciliation.rules.ts';
import { type DatedWindow, daysAfterMonth, daysBetween, workingDays } from '#shared/rules/working-day.rules.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { findAttachment } from '#electron/repositories/attachments.repository.ts';
import { exchangeRates } from '#electron/repositories/exchange-rates.repository.ts';
import { payDeductionsIn, payReturnStands, payWorkStands } from '#electron/repositories/pay-work.repository.ts';
import { payPeriodOf, payPeriodSums, type RecordedPayPeriod } from '#electron/repositories/pay-period.repository.ts';
import {
  countPayRecords,
  listPayRecords,
  moneyOf,
  payAmountsIn,
  payRecordFromRow,
  type PayAmountRow,
} from '#electron/repositories/pay.repository.ts';
import { findProject, projectExists, type RecordedTerms } from '#electron/repositories/projects.repository.ts';

export interface PayDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  dayStartHour(db: ReadDb): number;
}

type PayOperation = 'overview' | 'entries' | 'list' | 'announce' | 'receive' | 'deduct' | 'reconcile';

/** Pay: what work should bring, what was announced, received and deducted, and a statement held against the ledger. */
export function createPayService(deps: PayDeps): Handlers<`pay.${PayOperation}`> {
  const { db } = deps;
  return {
    'pay.overview': (input) => overviewOf(deps, input),

    'pay.entries': ({ figure, projectId, ...period }) => {
      const found = entriesOf(wholeAccountOf(deps, period), figure, projectId);
      return { total: found.length, entries: found.slice(-mostEntries) };
    },

    'pay.list': ({ offset, limit, ...filter }) => ({
      total: countPayRecords(db.read, filter),
      records: listPayRecords(db.read, filter, offset ?? 0, limit ?? 100).map(payRecordFromRow),
    }),

    'pay.announce': (input) =>
      db.transaction((tx) => {
        refuseBackwards(input.periodFrom, input.periodTo);
        const { projectId: project, amount, note } = input;
        return record(deps, tx, input, {
          kind: 'pay.announced',
          body: {
            project,
            period_from: input.periodFrom,
            period_to: input.periodTo,
            amount,
            promised_on: input.promisedOn,
            note,
            attachments: input.attachments,
          },
        });
      }),

    'pay.receive': (input) =>
      db.transaction((tx) => {
        refuseBackwards(input.periodFrom, input.periodTo);
        const { projectId: project, amount, channel, note } = input;
        return record(deps, tx, input, {
          kind: 'pay.received',
          body: {
            project,
            period_from: input.periodFrom,
            period_to: input.periodTo,
            amount,
            channel,
            note,
            attachments: input.attachments,
          },
        });
      }),

    'pay.deduct': (input) =>
      db.transaction((tx) => {
        const { projectId: project, amount, reason, work, returned } = input;
        if (work !== null && !payWorkStands(tx, work.type, work.id)) {
          throw new AppError('returns/subject-not-found');
        }
        if (returned !== null && !payReturnStands(tx, returned)) throw new AppError('returns/not-found');
        const also = [work?.id ?? null, returned].filter((id) => id !== null);
        const body = { project, amount, reason, work, returned, attachments: input.attachments };
        return record(deps, tx, input, { kind: 'pay.deducted', body }, also);
      }),

    'pay.reconcile': (input) => reconciled(deps, input),
  };
}

/** What the ledger's list takes at once. */
const mostEntries = 5000;

type PayDraft = Pick<
  Extract<AnyEntryDraft, { kind: 'pay.announced' | 'pay.received' | 'pay.deducted' }>,
  'kind' | 'body'
>;

/** Writes down one thing that happened to pay. */
function record(
  deps: PayDeps,
  tx: WriteDb,
  said: Pick<ParsedInput<'pay.receive'>, 'projectId' | 'attachments' | 'happenedAt'>,
  draft: PayDraft,
  also: readonly string[] = [],
): { payId: PayId; entryId: EntryId } {
  if (said.projectId !== null && !projectExists(tx, said.projectId)) throw new AppError('projects/not-found');
  for (const { blob } of said.attachments) {
    if (findAttachment(tx, blob) === undefined) throw new AppError('attachments/not-found');
  }
  const payId = deps.ids.uuid() as PayId;
  const subjects = [payId, ...also, ...(said.projectId === null ? [] : [said.projectId])] as const;
  const [entry] = deps.ledger.append(tx, [
    { ...draft, occurredStart: said.happenedAt, occurredEnd: null, source: 'stated', subjects } as AnyEntryDraft,
  ]);
  return { payId, entryId: entry!.id };
}

function refuseBackwards(from: Day | null, to: Day | null): void {
  if (from !== null && to !== null && to < from) throw new AppError('ledger/ends-before-start');
}

interface Period {
  from: Day;
  to: Day;
}

/** As long as anybody would look at; a longer one is a slip of the hand. */
const longestPeriodDays = 3660;

interface Recorded {
  amounts: PayAmountRow[];
  deductions: Deduction[];
  /** What of the deductions is in expected pay already. */
  bySchedule: { projectId: string | null; amount: Money }[];
}

interface Account extends PayAccount<RecordedTerms>, Recorded {
  period: PayPeriod<RecordedTerms>;
}

interface WholeAccount extends Account {
  period: RecordedPayPeriod;
}

/** @throws AppError `host/bad-input` for a period that ends before it begins, or that is longer than ten years */
function daysOf(deps: PayDeps, { from, to }: Period): DatedWindow[] {
  const length = daysBetween(from, to);
  if (length < 0) throw new AppError('host/bad-input', { path: 'to', problem: 'before from' });
  if (length > longestPeriodDays)
    throw new AppError('host/bad-input', { path: 'to', problem: 'longer than ten years' });
  return workingDays(from, to, deps.clock.zone(), deps.dayStartHour(deps.db.read));
}

/** The account of a period with every piece of work by itself, for whoever asks which. */
function wholeAccountOf(deps: PayDeps, asked: Period): WholeAccount {
  const days = daysOf(deps, asked);
  const period = payPeriodOf(deps.db.read, days);
  return { ...accountOf(deps, asked, days, period), period };
}

function accountOf(
  deps: PayDeps,
  { from, to }: Period,
  days: readonly DatedWindow[],
  period: PayPeriod<RecordedTerms>,
): Account {
  const { read } = deps.db;
  const account = payAccount(period);
  const window = { start: days[0]!.start, end: days.at(-1)!.end };
  const deductions = payDeductionsIn(read, { from, to }, window);
  const bySchedule = deductedBySchedule(account.outcomes, deductions);
  return { ...account, period, amounts: payAmountsIn(read, { from, to }), deductions, bySchedule };
}

type Figures = Output<'pay.overview'>['total'];

function figuresOf(pay: Omit<ProjectPay, 'projectId'>, { amounts, deductions, bySchedule }: Recorded): Figures {
  const of = (kind: PayAmountRow['kind']) =>
    sumMoney(
      amounts
        .filter((row) => row.kind === kind)
        .map(({ minor, currency }) => moneyOf(minor, currency))
        .filter((amount) => amount !== null),
    );
  const received = of('received');
  const deducted = sumMoney(deductions.map(({ amount }) => amount));
  const difference = lessMoney(received, pay.expected);
  return {
    pieces: pay.pieces,
    recalledPieces: pay.recalledPieces,
    piecesWithoutTerms: pay.piecesWithoutTerms,
    promised: pay.promised,
    lostToRecalls: pay.lostToRecalls,
    lostToReturns: pay.lostToReturns,
    expected: pay.expected,
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
const recordedOf = ({ amounts, deductions, bySchedule }: Recorded, projectId: string | null): Recorded => ({
  amounts: amounts.filter((row) => row.project_id === projectId),
  deductions: deductions.filter((each) => each.projectId === projectId),
  bySchedule: bySchedule.filter((each) => each.projectId === projectId),
});

const noPay = { pieces: 0, recalledPieces: 0, piecesWithoutTerms: 0 };
const noAmounts = { promised: [], lostToRecalls: [], lostToReturns: [], expected: [] };

function overviewOf(deps: PayDeps, input: ParsedInput<'pay.overview'>): Output<'pay.overview'> {
  const { read } = deps.db;
  const days = daysOf(deps, input);
  const account = accountOf(deps, input, days, payPeriodSums(read, days));
  const ids = new Set(
    [...account.projects, ...account.amounts.map(projectOfAmount), ...account.deductions].map(
      ({ projectId }) => projectId,
    ),
  );
  const rows = [...ids].map((projectId) => {
    const pay = account.projects.find((project) => project.projectId === projectId) ?? { ...noPay, ...noAmounts };
    const terms = projectId === null ? null : termsFor(account.period.termsOf(projectId), null, input.to);
    const promised = terms?.promisedPayment ?? null;
    return {
      projectId: projectId as ProjectId | null,
      projectName: projectId === null ? null : (findProject(read, projectId)?.name ?? erasedMark),
      ...figuresOf(pay, recordedOf(account, projectId)),
      bonuses: terms?.bonuses ?? [],
      promisedPayment: promised,
      promisedOn: promised?.after === 'month' ? daysAfterMonth(input.to, promised.days) : null,
    };
  });
  rows.sort(
    (a, b) => Number(a.projectId === null) - Number(b.projectId === null) || (a.projectId! < b.projectId! ? 1 : -1),
  );
  const sum = (pick: (pay: ProjectPay) => Money[]) => sumMoney(account.projects.flatMap(pick));
  const count = (pick: (pay: ProjectPay) => number) => account.projects.reduce((total, pay) => total + pick(pay), 0);
  const total = figuresOf(
    {
      pieces: count((pay) => pay.pieces),
      recalledPieces: count((pay) => pay.recalledPieces),
      piecesWithoutTerms: count((pay) => pay.piecesWithoutTerms),
      promised: sum((pay) => pay.promised),
      lostToRecalls: sum((pay) => pay.lostToRecalls),
      lostToReturns: sum((pay) => pay.lostToReturns),
      expected: sum((pay) => pay.expected),
    },
    account,
  );
  const converted = input.currency == null ? null : inOneCurrency(read, total, input.currency, input.to);
  return { rows, total, converted };
}

const projectOfAmount = (row: PayAmountRow) => ({ projectId: row.project_id });

/** Sums in one currency: each amount at the rate in force on a day, rounded once, then added up. */
function inOneCurrency(read: ReadDb, total: Figures, currency: Currency, on: Day) {
  const rates = exchangeRates(read);
  const withoutRate = new Set<Currency>();
  const entries = new Set<EntryId>();
  const convert = (amounts: readonly Money[]): Money | null => {
    let minor: number | null = 0;
    for (const amount of amounts) {
      const rate = amount.currency === currency ? null : rateInForce(rates, amount.currency, currency, on);
      if (rate !== null) entries.add(rate.entryId as EntryId);
      if (rate === null && amount.currency !== currency) {
        withoutRate.add(amount.currency);
        minor = null;
      } else if (minor !== null) minor += rate === null ? amount.minor : convertMoney(amount, rate).minor;
    }
    return minor === null ? null : { minor, currency };
  };
  const [expected, received] = [convert(total.expected), convert(total.received)];
  const difference = expected && received && { minor: received.minor - expected.minor, currency };
  return { currency, expected, received, difference, withoutRate: [...withoutRate].sort(), entries: [...entries] };
}

/** The entries behind a figure, oldest first, each once; of one project, of work without one (null) or of all. */
function entriesOf(account: WholeAccount, figure: PayFigureName, projectId: string | null | undefined): EntryId[] {
  const { period, outcomes, terms } = account;
  const mine = (id: string | null) => projectId === undefined || id === projectId;
  const work = () => {
    const rows = [...period.pieceRows, ...period.timeRows].filter((row) => mine(row.project_id));
    const inForce = [...terms].filter(({ entryId }) => mine(projectOfTerms(period, rows, entryId)));
    return [...rows.map(({ entry_id }) => entry_id), ...inForce.map(({ entryId }) => entryId)];
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
  const expected = () => [...work(), ...recalls(), ...returns()];
  const found: Record<PayFigureName, () => string[]> = {
    promised: work,
    lostToRecalls: recalls,
    lostToReturns: returns,
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

/** Whose terms an entry set, among the projects of some work. */
function projectOfTerms(period: RecordedPayPeriod, rows: readonly { project_id: string | null }[], entryId: string) {
  const ids = new Set(rows.map((row) => row.project_id));
  return [...ids].find((id) => id !== null && period.termsOf(id).some((terms) => terms.entryId === entryId)) ?? null;
}

/** A statement against the work of a period, whose amounts are what is expected of each piece after recalls and returns. */
function reconciled(deps: PayDeps, input: ParsedInput<'pay.reconcile'>): Output<'pay.reconcile'> {
  const { period, outcomes } = wholeAccountOf(deps, input);
  const known = new Map<string, { work: LedgerWork; entryId: EntryId }>();
  period.pieceRows.forEach((row, at) => {
    if (input.projectId !== undefined && row.project_id !== input.projectId) return;
    const { piece, expected } = outcomes[at]!;
    const name = row.name ?? erasedMark;
    const work = {
      key: row.id,
      ids: [row.id, row.entity_id],
      name,
      day: piece.day,
      count: piece.count,
      amount: expected,
    };
    known.set(row.id, { work, entryId: row.entry_id as EntryId });
  });
  const result = reconcile(
    input.rows,
    [...known.values()].map(({ work }) => work),
  );
  return {
    rows: result.rows.map(({ outcome, differs, works }) => {
      const held = works.map((key) => known.get(key)!);
      const days = new Set(held.map(({ work }) => work.day));
      return {
        outcome,
        differs,
        ledger:
          held.length === 0
            ? null
            : {
                day: days.size === 1 ? held[0]!.work.day : null,
                count: held.reduce((sum, { work }) => sum + work.count, 0),
                amounts: sumMoney(held.map(({ work }) => work.amount).filter((amount) => amount !== null)),
              },
        entries: held.map(({ entryId }) => entryId).slice(-mostEntries),
      };
    }),
    missing: result.missing.map((key) => {
      const { work, entryId } = known.get(key)!;
      return { name: work.name, day: work.day, count: work.count, amount: work.amount, entries: [entryId] };
    }),
  };
}
