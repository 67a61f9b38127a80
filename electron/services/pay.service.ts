import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, PayId, ProjectId } from '#shared/domain/ids.ts';
import type { Currency, Money } from '#shared/domain/money.ts';
import type { Day } from '#shared/domain/time.ts';
import type { ProjectPay } from '#shared/metrics/pay-period.metric.ts';
import { convertMoney, rateInForce } from '#shared/rules/exchange-rates.rules.ts';
import { latenessOf, sumMoney } from '#shared/rules/pay.rules.ts';
import { erasedMark, termsFor } from '#shared/rules/projects.rules.ts';
import { reconcile, type LedgerWork } from '#shared/rules/reconciliation.rules.ts';
import { calendarDay, daysAfterMonth } from '#shared/rules/working-day.rules.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { findAttachment } from '#electron/repositories/attachments.repository.ts';
import { exchangeRates } from '#electron/repositories/exchange-rates.repository.ts';
import { bonusesMetIn } from '#electron/repositories/pay-bonuses.repository.ts';
import { payReturnStands, payWorkStands } from '#electron/repositories/pay-work.repository.ts';
import { payPeriodSums } from '#electron/repositories/pay-period.repository.ts';
import {
  countPayRecords,
  listPayRecords,
  moneyOf,
  payRecordFromRow,
  type PayAmountRow,
} from '#electron/repositories/pay.repository.ts';
import { findProject, payTermsOn, projectExists } from '#electron/repositories/projects.repository.ts';
import {
  accountOf,
  daysOf,
  entriesOf,
  type Figures,
  figuresOf,
  recordedOf,
  wholeAccountOf,
  windowOf,
} from './pay-account.service.ts';
import { readStatement } from './pay-statement.service.ts';

export interface PayDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  dayStartHour(db: ReadDb): number;
}

type PayOperation =
  'meetBonus' | 'readStatement' | 'overview' | 'entries' | 'list' | 'announce' | 'receive' | 'deduct' | 'reconcile';

/** Pay: what work should bring, what was announced, received and deducted, and a statement held against the ledger. */
export function createPayService(deps: PayDeps): Handlers<`pay.${PayOperation}`> {
  const { db } = deps;
  return {
    'pay.overview': (input) => overviewOf(deps, input),

    'pay.entries': ({ figure, projectId, taskKind, ...period }) => {
      const found = entriesOf(wholeAccountOf(deps, period), figure, { projectId, taskKind });
      return { total: found.length, entries: found.slice(-mostEntries) };
    },

    'pay.list': ({ offset, limit, ...filter }) => {
      const within = { ...filter, window: windowOf(daysOf(deps, filter)) };
      return {
        total: countPayRecords(db.read, within),
        records: listPayRecords(db.read, within, offset ?? 0, limit ?? 100).map(payRecordFromRow),
      };
    },

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

    'pay.meetBonus': (input) => db.transaction((tx) => meetBonus(deps, tx, input)),

    'pay.readStatement': (input, context) => readStatement(deps, input, context),

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

/** Writes down that a bonus of the terms in force was met, with the amount they promise. */
function meetBonus(deps: PayDeps, tx: WriteDb, { projectId, name, from, to }: ParsedInput<'pay.meetBonus'>) {
  refuseBackwards(from, to);
  if (!projectExists(tx, projectId)) throw new AppError('projects/not-found');
  const bonus = payTermsOn(tx, projectId, to, null)?.bonuses.find((each) => each.name === name);
  if (bonus === undefined) throw new AppError('pay/no-such-bonus', { name });
  const known = bonusesMetIn(tx, { from, to }).some((row) => row.project_id === projectId && row.name === name);
  if (known) throw new AppError('pay/bonus-already-met', { name });
  const { amount } = bonus;
  const [entry] = deps.ledger.append(tx, [
    {
      kind: 'bonus.met',
      body: { project: projectId, name, period_from: from, period_to: to, amount },
      occurredStart: new Date(deps.clock.now()).toISOString(),
      occurredEnd: null,
      source: 'stated',
      subjects: [deps.ids.uuid() as PayId, projectId],
    },
  ]);
  return { entryId: entry!.id };
}

function refuseBackwards(from: Day | null, to: Day | null): void {
  if (from !== null && to !== null && to < from) throw new AppError('ledger/ends-before-start');
}

const noPay = { pieces: 0, recalledPieces: 0, piecesWithoutTerms: 0, kinds: [] };
const noAmounts = { promised: [], lostToRecalls: [], lostToReturns: [], expected: [] };

function overviewOf(deps: PayDeps, input: ParsedInput<'pay.overview'>): Output<'pay.overview'> {
  const { read } = deps.db;
  const days = daysOf(deps, input);
  const account = accountOf(deps, input, days, payPeriodSums(read, days));
  const ids = new Set(
    [...account.projects, ...[...account.amounts, ...account.bonuses].map(projectOfAmount), ...account.deductions].map(
      ({ projectId }) => projectId,
    ),
  );
  const today = calendarDay(deps.clock.now(), deps.clock.zone());
  const rows = [...ids].map((projectId) => {
    const pay = account.projects.find((project) => project.projectId === projectId) ?? { ...noPay, ...noAmounts };
    const terms = projectId === null ? null : termsFor(account.period.termsOf(projectId), null, input.to);
    const promised = terms?.promisedPayment ?? null;
    const promisedOn = promised?.after === 'month' ? daysAfterMonth(input.to, promised.days) : null;
    const recorded = recordedOf(account, projectId);
    const figures = figuresOf(pay, recorded);
    return {
      projectId: projectId as ProjectId | null,
      projectName: projectId === null ? null : (findProject(read, projectId)?.name ?? erasedMark),
      kinds: pay.kinds,
      ...figures,
      bonuses: (terms?.bonuses ?? []).map((bonus) => ({
        ...bonus,
        met: (recorded.bonuses.find(({ name }) => name === bonus.name)?.entry_id ?? null) as EntryId | null,
      })),
      promisedPayment: promised,
      promisedOn,
      late:
        promisedOn === null ? null : latenessOf(promisedOn, figures.expected, cameIn(deps, recorded.amounts), today),
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

/** What was received, each amount with the calendar day it came on; what was erased of one counts as nothing. */
function cameIn({ clock }: PayDeps, amounts: readonly PayAmountRow[]): { amount: Money; on: Day }[] {
  return amounts.flatMap((row) => {
    const amount = row.kind === 'received' ? moneyOf(row.minor, row.currency) : null;
    return amount === null ? [] : [{ amount, on: calendarDay(Date.parse(row.happened_at), clock.zone()) }];
  });
}

const projectOfAmount = (row: { project_id: string | null }) => ({ projectId: row.project_id });

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
