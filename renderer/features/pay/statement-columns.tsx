import { Checkbox, MultiSelect, Select } from '@mantine/core';
import type { ColumnUse, DateFormat, NumberFormat } from '#shared/domain/sheet-mapping.ts';
import type { StatementColumns, StatementField } from '#shared/domain/pay-statement.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FieldRow } from '#renderer/ui/form.tsx';
import type { StatementSeen, StatementTable } from './use-statement.ts';
import classes from './pay.module.css';

const fields: readonly StatementField[] = ['date', 'name', 'count', 'amount'];

/** What each column of a statement is, and whose rows are mine. */
export function StatementChoice({ table, seen }: { table: StatementTable; seen: StatementSeen }) {
  const t = useText();
  return (
    <>
      {seen.sheets.length > 1 && (
        <Select
          label={t('pay.statement.sheet')}
          data={seen.sheets.map(({ name }) => name)}
          value={seen.sheet}
          onChange={(sheet) => sheet && table.chooseSheet(sheet)}
          allowDeselect={false}
        />
      )}
      <Whose table={table} seen={seen} />
      <div className={classes.columns}>
        {fields.map((field) => (
          <Column key={field} field={field} seen={seen} onChange={table.choose} />
        ))}
      </div>
    </>
  );
}

/** Names of others are looked at here and kept nowhere. */
function Whose({ table, seen }: { table: StatementTable; seen: StatementSeen }) {
  const t = useText();
  const format = useFormat();
  const [known, remember] = useUiSetting('pay.statement.me', '');
  const { me } = seen.use;
  const { people } = seen;
  const remembered = people?.list.some(({ name }) => name === known) && me?.names.length === 0 ? known : null;
  return (
    <FieldRow>
      <Select
        label={t('pay.statement.whoseColumn')}
        data={seen.columns.map(({ name }) => name)}
        value={me?.column ?? null}
        placeholder={t('pay.statement.allMine')}
        onChange={(column) => table.choose({ me: column === null ? null : { column, names: [] } })}
        clearable
        searchable
      />
      {me && people && (
        <MultiSelect
          className={classes.grow}
          label={t('pay.statement.me')}
          description={t('pay.statement.people', { count: people.total })}
          data={people.list.map(({ name, rows }) => ({ value: name, label: `${name} (${format.number(rows, 0)})` }))}
          value={me.names}
          searchable
          hidePickedOptions
          limit={100}
          maxValues={20}
          onChange={(names) => {
            remember(names[0] ?? '');
            table.choose({ me: { column: me.column, names } });
          }}
        />
      )}
      {me && remembered !== null && (
        <Checkbox
          className={classes.remembered}
          label={t('pay.statement.lastMe', { name: remembered })}
          checked={false}
          onChange={() => table.choose({ me: { column: me.column, names: [remembered] } })}
        />
      )}
    </FieldRow>
  );
}

interface ColumnProps {
  field: StatementField;
  seen: StatementSeen;
  onChange: (next: Partial<StatementColumns>) => void;
}

/** Which column a field is in, and how it is written where two ways fit. */
function Column({ field, seen, onChange }: ColumnProps) {
  const t = useText();
  const use = seen.use[field];
  const column = seen.columns.find(({ name }) => name === use?.column);
  const formats: readonly (DateFormat | NumberFormat)[] =
    field === 'date' ? (column?.dates ?? []) : field === 'name' ? [] : (column?.numbers ?? []);
  const written = field === 'date' ? use?.date : use?.number;
  const formatted = (name: string, format: DateFormat | NumberFormat | undefined): ColumnUse => {
    if (format === undefined) return { column: name };
    return field === 'date'
      ? { column: name, date: format as DateFormat }
      : { column: name, number: format as NumberFormat };
  };
  const choose = (name: string | null) => {
    const chosen = seen.columns.find((each) => each.name === name);
    if (chosen === undefined) return onChange({ [field]: null });
    const possible = field === 'date' ? chosen.dates : field === 'name' ? [] : chosen.numbers;
    return onChange({ [field]: formatted(chosen.name, possible.length === 1 ? possible[0] : undefined) });
  };
  return (
    <div>
      <Select
        label={t(`pay.statement.kinds.${field}`)}
        description={column?.samples.slice(0, 2).join(' · ') ?? t('pay.statement.notThere')}
        data={seen.columns.map(({ name }) => name)}
        value={use?.column ?? null}
        onChange={choose}
        clearable
        searchable
      />
      {use && formats.length > 1 && (
        <Select
          aria-label={t('pay.statement.written', { field: t(`pay.statement.kinds.${field}`) })}
          placeholder={t('pay.statement.howWritten')}
          data={formats.map((value) => ({
            value,
            label: t(
              field === 'date' ? `sheets.dates.${value as DateFormat}` : `sheets.numbers.${value as NumberFormat}`,
            ),
          }))}
          value={written ?? null}
          error={written === undefined}
          onChange={(value) => value && onChange({ [field]: formatted(use.column, value as DateFormat) })}
          allowDeselect={false}
        />
      )}
    </div>
  );
}
