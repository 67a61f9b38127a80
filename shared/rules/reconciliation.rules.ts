import type { Money } from '../domain/money.ts';
import type { Day } from '../domain/time.ts';
import { sumMoney } from './pay.rules.ts';

/** A line of a client's statement. What it does not say is null and is not compared. */
export interface StatementRow {
  id: string | null;
  name: string | null;
  date: Day | null;
  count: number | null;
  amount: Money | null;
}

/** A piece of work as the ledger has it. */
export interface LedgerWork {
  /** Unique; how the caller finds it again. */
  key: string;
  /** Ids the statement may name it by. */
  ids: readonly string[];
  name: string;
  day: Day;
  count: number;
  /** What it should pay; null when no terms are known. */
  amount: Money | null;
}

export type Differing = 'date' | 'count' | 'amount';

export interface ReconciledRow {
  outcome: 'matched' | 'different' | 'extra';
  differs: Differing[];
  /** Keys of the work the row was held against; none for `extra`. */
  works: string[];
}

export interface Reconciliation {
  /** One for each row, in their order. */
  rows: ReconciledRow[];
  /** Keys of work that no row speaks of. */
  missing: string[];
}

/**
 * Holds a statement against the ledger.
 *
 * Rows that name their work are paired with one piece of work each: by id, by whole name, by file name, by file name without
 * its ending, and at each of these steps first with work of the same day. Rows that name nothing stand for their day: together they are
 * held against all work of that day that no other row was paired with; rows without a day against what is left after that. Every
 * row has exactly one outcome, and every piece of work is in a pair, in a day, or missing.
 *
 * The order of rows and of work does not matter: both are taken in an order of their own. Of two rows that say the same, either may
 * be the one that is extra.
 */
export function reconcile(rows: readonly StatementRow[], works: readonly LedgerWork[]): Reconciliation {
  const rowOrder = rows.map((_, at) => at).sort((a, b) => compare(rowText(rows[a]!), rowText(rows[b]!)));
  const workOrder = [...works].sort((a, b) => compare(workText(a), workText(b)));
  const free = new Set(workOrder);
  const result = new Map<number, ReconciledRow>();

  const named = rowOrder.filter((at) => rows[at]!.id !== null || rows[at]!.name !== null);
  pairNamed(rows, named, free, (at, work) => {
    free.delete(work);
    result.set(at, judged(differences([rows[at]!], [work]), [work]));
  });
  for (const at of named) if (!result.has(at)) result.set(at, extra);

  const unnamed = rowOrder.filter((at) => !result.has(at));
  for (const [date, group] of byDate(rows, unnamed)) {
    const left = [...free].filter(({ day }) => date === null || day === date);
    for (const work of left) free.delete(work);
    const of = group.map((at) => rows[at]!);
    const outcome = left.length === 0 ? extra : judged(differences(of, left), left);
    for (const at of group) result.set(at, outcome);
  }
  const missing = workOrder.filter((work) => free.has(work)).map(({ key }) => key);
  return { rows: rows.map((_, at) => result.get(at)!), missing };
}

const extra: ReconciledRow = { outcome: 'extra', differs: [], works: [] };

function judged(differs: Differing[], works: readonly LedgerWork[]): ReconciledRow {
  return { outcome: differs.length === 0 ? 'matched' : 'different', differs, works: works.map(({ key }) => key) };
}

const plain = (text: string) => text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
const fileName = (name: string) => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
const stem = (name: string) => fileName(name).replace(/\.[^.]{1,5}$/u, '');

/** By what a piece of work may be named, the surest first; a row is looked up by the same steps. */
const steps: readonly ((of: { ids: readonly string[]; name: string }) => string[])[] = [
  ({ ids }) => ids.map(plain),
  ({ name }) => [plain(name)],
  ({ name }) => [plain(fileName(name))],
  ({ name }) => [plain(stem(name))],
];

function pairNamed(
  rows: readonly StatementRow[],
  named: readonly number[],
  free: ReadonlySet<LedgerWork>,
  pair: (at: number, work: LedgerWork) => void,
): void {
  const paired = new Set<number>();
  for (const keysOf of steps) {
    const known = new Map<string, LedgerWork[]>();
    for (const work of free) {
      for (const key of new Set(keysOf(work))) {
        if (key !== '') known.set(key, [...(known.get(key) ?? []), work]);
      }
    }
    for (const sameDay of [true, false]) {
      for (const at of named) {
        if (paired.has(at)) continue;
        const row = rows[at]!;
        const said = [row.id, row.name].filter((name) => name !== null);
        const keys = said.flatMap((name) => keysOf({ ids: [name], name }));
        const fits = keys.flatMap((key) => known.get(key) ?? []).filter((work) => free.has(work));
        const work = sameDay ? fits.find(({ day }) => day === row.date) : fits[0];
        if (work === undefined) continue;
        paired.add(at);
        pair(at, work);
      }
    }
  }
}

/** Rows by their date in order, those without one last. */
function byDate(rows: readonly StatementRow[], at: readonly number[]): [Day | null, number[]][] {
  const groups = new Map<Day | null, number[]>();
  for (const each of at) {
    const { date } = rows[each]!;
    groups.set(date, [...(groups.get(date) ?? []), each]);
  }
  return [...groups].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : compare(a, b)));
}

/** In what rows and work differ; only what all of the rows say, and of amounts only what is known of all of the work. */
function differences(rows: readonly StatementRow[], works: readonly LedgerWork[]): Differing[] {
  const found: Differing[] = [];
  if (rows.some(({ date }) => date !== null && works.some(({ day }) => day !== date))) found.push('date');
  const counts = rows.map(({ count }) => count).filter((count) => count !== null);
  if (counts.length === rows.length && sum(counts) !== sum(works.map(({ count }) => count))) found.push('count');
  const stated = rows.map(({ amount }) => amount).filter((amount) => amount !== null);
  const known = works.map(({ amount }) => amount).filter((amount) => amount !== null);
  if (stated.length === rows.length && known.length === works.length && !sameMoney(stated, known)) found.push('amount');
  return found;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
const sameMoney = (a: readonly Money[], b: readonly Money[]) =>
  JSON.stringify(sumMoney(a).map(amountText)) === JSON.stringify(sumMoney(b).map(amountText));
const amountText = ({ minor, currency }: Money) => `${currency} ${minor}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const rowText = ({ id, name, date, count, amount }: StatementRow) =>
  JSON.stringify([date, id, name, count, amount && amountText(amount)]);
const workText = ({ day, name, count, amount, key }: LedgerWork) =>
  JSON.stringify([day, name, count, amount && amountText(amount), key]);
