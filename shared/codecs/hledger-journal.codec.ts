import type { Money } from '../domain/money.ts';
import type { Day } from '../domain/time.ts';
import { minorDigits } from '../rules/exchange-rates.rules.ts';
import { decimalOfMoney } from './tables.codec.ts';

/** Something that happened to pay. `expected` is computed: what the work of a period should bring by the terms. */
export interface JournalRecord {
  kind: 'expected' | 'announced' | 'received' | 'deducted';
  day: Day;
  /** A project's name, or null. */
  project: string | null;
  amount: Money;
  /** Where it came in, for `received`. */
  channel: string | null;
  /** Free text; each line becomes a comment of its own. */
  note: string | null;
  /** `name: value` pairs for the comments: the entry, the period ... */
  tags: readonly (readonly [name: string, value: string])[];
}

/**
 * The file's beginning: what is in it, and how each currency is written (`1000.00 CNY`), without which hledger would have to guess what a
 * comma or a point in an amount is.
 */
export function journalOpening(currencies: readonly string[]): string {
  const commodities = currencies.map((currency) => {
    const thousand = decimalOfMoney({ minor: 1000 * 10 ** minorDigits(currency), currency });
    // The point must stand there even where a currency has no decimals.
    return `commodity ${thousand}${thousand.includes('.') ? '' : '.'} ${currency}\n`;
  });
  return [
    '; Counterledger: pay by project, for hledger.\n',
    '; assets:owed is what the work should bring (expected) less what was received and deducted:\n',
    '; what is left there nobody has explained. What was only announced stands under memo:announced and balances itself.\n',
    'decimal-mark .\n',
    ...commodities,
  ].join('');
}

/**
 * A record as a balanced transaction:
 *
 *     2026-11-05 * 街景 | received
 *         ; entry: 0193...
 *         assets:received:WeChat    120.00 CNY
 *         assets:owed:街景           -120.00 CNY
 *
 * A sign that would mean something to hledger is written in its full width, so that any name can be read.
 */
export function journalEntry(record: JournalRecord): string {
  const project = accountName(record.project ?? '') || 'no project';
  const amount = decimalOfMoney(record.amount);
  const against = decimalOfMoney({ ...record.amount, minor: 0 - record.amount.minor });
  const [to, from] = accountsOf(record, project);
  // Not cleared: what is expected or announced has not come.
  const status = record.kind === 'received' || record.kind === 'deducted' ? '*' : '!';
  const comments = [
    ...record.tags.map(([name, value]) => `${name}: ${value}`),
    ...(record.note ?? '').split(/[\r\n\u2028\u2029]+/),
  ];
  return [
    `\n${record.day} ${status} ${description(record.project ?? 'no project')} | ${record.kind}\n`,
    ...comments
      .map(oneLine)
      .filter((line) => line !== '')
      .map((line) => `    ; ${line}\n`),
    `    ${to}  ${amount} ${record.amount.currency}\n`,
    `    ${from}  ${against} ${record.amount.currency}\n`,
  ].join('');
}

function accountsOf({ kind, channel }: JournalRecord, project: string): readonly [to: string, from: string] {
  const owed = `assets:owed:${project}`;
  switch (kind) {
    case 'expected':
      return [owed, `income:work:${project}`];
    case 'received':
      return [`assets:received:${accountName(channel ?? '') || 'somehow'}`, owed];
    case 'deducted':
      return [`expenses:deducted:${project}`, owed];
    case 'announced':
      return [`memo:announced:${project}`, 'memo:announced by clients'];
  }
}

const control = /[\p{Cc}\u2028\u2029]/gu;
/** White space of any kind and number as one space: two of them would end a name. */
const oneLine = (text: string) => text.replaceAll(control, ' ').replaceAll(/\s+/g, ' ').trim();

/** A name within an account's: a colon would begin a child, a semicolon a comment, brackets a virtual posting. */
export function accountName(name: string): string {
  return wide(oneLine(name), /[:;()[\]]/g);
}

/** A name within a description: a bar would part payee and note, a bracket give a code. */
const description = (name: string) => wide(oneLine(name), /[;|()*!]/g) || 'no project';

/** ASCII signs in their full width: U+FF01 to U+FF5E in the same order. */
function wide(text: string, signs: RegExp): string {
  return text.replaceAll(signs, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));
}
