import type { Money } from '#shared/domain/money.ts';
import type { Table, TableColumn } from '#shared/domain/table.ts';
import type { useText } from '#renderer/i18n/i18n.ts';

type Text = ReturnType<typeof useText>;
type Type = TableColumn['type'];
type CellOf<T extends Type> = Extract<TableColumn, { type: T }>['cells'][number];

/** What a column of a table on the screen puts into a file: typed values, where the screen shows words. */
export type Out<Row> =
  | { [T in Type]: { type: T; value: (row: Row) => CellOf<T> | undefined } }[Type]
  /** Amounts in several currencies: a column for each there is. */
  | { type: 'amounts'; value: (row: Row) => readonly Money[] };

/** A column of a table that can be exported; one without `out` stays on the screen. */
export interface OutColumn<Row> {
  header: string;
  out?: Out<Row> | undefined;
}

/** The zone that moments are written in: this machine's. */
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The rows of a table on the screen as they go into a file. */
export function tableOf<Row>(t: Text, name: string, rows: readonly Row[], columns: readonly OutColumn<Row>[]): Table {
  return { name, zone: zone(), columns: columns.flatMap((column) => columnsOf(t, rows, column)) };
}

function columnsOf<Row>(t: Text, rows: readonly Row[], { header: name, out }: OutColumn<Row>): TableColumn[] {
  if (!out) return [];
  const currencyName = t('ui.tables.currencyOf', { column: name });
  if (out.type === 'money') {
    return [{ type: 'money', name, currencyName, cells: rows.map((row) => out.value(row) ?? null) }];
  }
  if (out.type !== 'amounts') {
    const cells = rows.map((row) => out.value(row) ?? null);
    return [{ type: out.type, name, cells } as TableColumn];
  }
  const amounts = rows.map(out.value);
  const currencies = [...new Set(amounts.flat().map(({ currency }) => currency))];
  const of = (currency: string | undefined) =>
    amounts.map((each) => each.find((amount) => amount.currency === currency) ?? null);
  if (currencies.length <= 1) return [{ type: 'money', name, currencyName, cells: of(currencies[0]) }];
  return currencies.map((currency) => {
    const named = t('ui.tables.ofCurrency', { column: name, currency });
    return {
      type: 'money',
      name: named,
      currencyName: t('ui.tables.currencyOf', { column: named }),
      cells: of(currency),
    };
  });
}
