import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import type { StatementColumns } from '#shared/domain/pay-statement.ts';
import { guessStatement, statementGaps } from '#shared/rules/statement-rows.rules.ts';
import type { CallContext, Clock } from '#electron/core/ports.ts';
import { readInThread } from '#electron/sheets/sheet-reader.ts';
import { columnLetters, type SheetRead } from '#electron/sheets/sheet-work.ts';

/** As many as a statement is held against the ledger by. */
const mostRows = 20_000;
const placesShown = 100;

/** Reads a client's statement: its columns at the first look, my rows once it is known what they are. Nothing is kept. */
export async function readStatement(
  { clock }: { clock: Pick<Clock, 'zone'> },
  { source, reading, columns, currency }: ParsedInput<'pay.readStatement'>,
  context: CallContext,
): Promise<Output<'pay.readStatement'>> {
  const task = { source, reading, mapping: null, zone: clock.zone(), ownerColumn: null };
  let read = await readInThread({ ...task, statement: columns }, context);
  const use = columns ?? guessStatement(read.guess, currency);
  // What was guessed without a doubt is read at once, so that most statements need no more than a look.
  if (columns === null && use.me === null && statementGaps(use).length === 0) {
    read = await readInThread({ ...task, statement: use }, context);
  }
  return described(read, use);
}

function described(read: SheetRead, use: StatementColumns): Output<'pay.readStatement'> {
  const { sheets, sheet, people, statement } = read;
  const placeOf = (row: number, column: string) => {
    const at = read.columns.findIndex(({ name }) => name === column);
    return `${sheet}!${at < 0 ? '' : columnLetters(at)}${row}`;
  };
  return {
    sheets,
    sheet,
    columns: read.columns.map(({ name, samples, readings: { dates, numbers } }) => ({ name, samples, dates, numbers })),
    use,
    people,
    gaps: statementGaps(use),
    rows: statement?.rows.slice(0, mostRows) ?? [],
    others: statement?.others ?? 0,
    wrong: (statement?.wrong ?? []).slice(0, placesShown).map(({ row, column, text, why }) => ({
      place: placeOf(row, column),
      text,
      why,
    })),
    wrongCells: statement?.wrong.length ?? 0,
  };
}
