import { Select } from '@mantine/core';
import {
  type ColumnUse,
  dateFormat,
  durationUnit,
  numberFormat,
  percentScale,
  type RowKind,
  type SheetField,
  type SheetMapping,
} from '#shared/domain/sheet-mapping.ts';
import { isDateField, isNumberField, columnUseFor } from '#shared/rules/sheets-guess.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { Section } from '#renderer/ui/form.tsx';
import { fieldWords, gapWords } from './sheets-words.ts';
import type { Seen, SheetColumn } from './use-sheet.ts';
import classes from './sheets.module.css';

/** The fields each kind of row can use, the most needed first. */
const fieldsOf: Readonly<Record<RowKind, readonly SheetField[]>> = {
  time: ['start', 'end', 'day', 'duration', 'tag', 'status'],
  work: ['done', 'day', 'name', 'count', 'duration', 'start', 'note', 'status'],
  'pay-received': ['paidOn', 'amount', 'from', 'to', 'note', 'status'],
  'pay-announced': ['from', 'to', 'day', 'amount', 'promisedOn', 'note', 'status'],
  accuracy: ['day', 'percent', 'correct', 'total', 'released', 'note'],
  return: ['name', 'returnedAt', 'reason', 'rule', 'round', 'status'],
  recall: ['returnedAt', 'name', 'count', 'reason', 'rule', 'status'],
};

interface Props {
  seen: Seen;
  mapping: SheetMapping;
  onChange: (next: Partial<SheetMapping>) => void;
}

/** Which column says what, and how its cells are written. What only the owner can know is asked in amber. */
export function SheetColumns({ seen, mapping, onChange }: Props) {
  const t = useText();
  const fields = [...new Set(mapping.becomes.flatMap((kind) => fieldsOf[kind]))];
  const set = (field: SheetField, use: ColumnUse | undefined) => {
    const { [field]: _before, ...rest } = mapping.fields;
    onChange({ fields: use === undefined ? rest : { ...rest, [field]: use } });
  };
  const isUsed = (field: SheetField) =>
    mapping.fields[field] !== undefined || seen.gaps.some((gap) => gap.field === field);
  const part = (field: SheetField) => (
    <FieldColumn
      key={field}
      field={field}
      seen={seen}
      use={mapping.fields[field]}
      onChange={(use) => set(field, use)}
    />
  );
  return (
    <Section title={t('sheets.columns.title')} lead={t('sheets.columns.lead')}>
      <div className={classes.columns} role="group" aria-label={t('sheets.columns.title')}>
        {fields.filter(isUsed).map(part)}
      </div>
      {fields.every(isUsed) || (
        <details className={classes.more}>
          <summary>{t('sheets.columns.more')}</summary>
          <div className={classes.columns}>{fields.filter((field) => !isUsed(field)).map(part)}</div>
        </details>
      )}
      {mapping.fields.status && <Statuses seen={seen} mapping={mapping} onChange={onChange} />}
      <ul className={classes.gaps} aria-label={t('sheets.gaps.title')}>
        {seen.gaps
          .filter(({ why }) => why !== 'format' && why !== 'scale')
          .map(({ field, column, why }) => (
            <li key={`${why} ${field} ${column}`}>
              {field && `${fieldWords(t, field)}${t('sheets.gaps.colon')}`}
              {gapWords(t, why)} {column}
            </li>
          ))}
      </ul>
    </Section>
  );
}

interface FieldProps {
  field: SheetField;
  seen: Seen;
  use: ColumnUse | undefined;
  onChange: (use: ColumnUse | undefined) => void;
}

function FieldColumn({ field, seen, use, onChange }: FieldProps) {
  const t = useText();
  const column = seen.columns.find(({ name }) => name === use?.column);
  const choose = (name: string | null) => {
    const chosen = seen.columns.find((each) => each.name === name);
    onChange(chosen && columnUseFor(field, chosen.name, chosen.readings, { column: chosen.name }));
  };
  return (
    <div className={classes.field}>
      <Select
        label={fieldWords(t, field)}
        placeholder={t('sheets.columns.none')}
        data={seen.columns.map(({ name }) => name)}
        value={column?.name ?? null}
        clearable
        searchable
        onChange={choose}
      />
      {use && column && <Written field={field} use={use} column={column} onChange={onChange} />}
      {column && <span className={classes.samples}>{column.samples.slice(0, 3).join(' · ')}</span>}
    </div>
  );
}

interface WrittenProps {
  field: SheetField;
  use: ColumnUse;
  column: SheetColumn;
  onChange: (use: ColumnUse) => void;
}

/** How the cells of a column are written: known, or asked. */
function Written({ field, use, column, onChange }: WrittenProps) {
  const t = useText();
  const asked = (missing: boolean) => (missing ? { error: t('sheets.columns.ask') } : {});
  const label = `${fieldWords(t, field)}, ${t('sheets.columns.written')}`;
  if (isDateField(field)) {
    return (
      <Select
        aria-label={label}
        data={dateFormat.options.map((value) => ({ value, label: t(`sheets.dates.${value}`) }))}
        value={use.date ?? null}
        {...asked(use.date === undefined)}
        onChange={(date) => date && onChange({ ...use, date: date as NonNullable<ColumnUse['date']> })}
      />
    );
  }
  if (field !== 'duration' && !isNumberField(field)) return null;
  const needsNumber = field !== 'duration' || (use.unit !== undefined && !use.unit.includes(':'));
  // A number that reads the same either way is not asked about.
  const showNumber = needsNumber && (column.readings.numbers.length !== 1 || use.number === undefined);
  return (
    <>
      {field === 'duration' && (
        <Select
          aria-label={label}
          data={durationUnit.options.map((value) => ({ value, label: t(`sheets.units.${value}`) }))}
          value={use.unit ?? null}
          {...asked(use.unit === undefined)}
          onChange={(unit) => unit && onChange({ ...use, unit: unit as NonNullable<ColumnUse['unit']> })}
        />
      )}
      {field === 'percent' && (use.scale === undefined || column.readings.belowOne) && (
        <Select
          aria-label={`${label} %`}
          data={percentScale.options.map((value) => ({ value, label: t(`sheets.scales.${value}`) }))}
          value={use.scale ?? null}
          {...asked(use.scale === undefined)}
          onChange={(scale) => scale && onChange({ ...use, scale: scale as NonNullable<ColumnUse['scale']> })}
        />
      )}
      {showNumber && (
        <Select
          aria-label={`${label} 1.234`}
          data={numberFormat.options.map((value) => ({ value, label: t(`sheets.numbers.${value}`) }))}
          value={use.number ?? null}
          {...asked(use.number === undefined)}
          onChange={(number) => number && onChange({ ...use, number: number as NonNullable<ColumnUse['number']> })}
        />
      )}
    </>
  );
}

const meanings = ['accepted', 'rejected', 'neither', 'leave-out'] as const;

/** What the words of the status column mean: pay is taken of accepted rows only, returns and recalls of rejected ones. */
function Statuses({ seen, mapping, onChange }: Props) {
  const t = useText();
  const column = seen.columns.find(({ name }) => name === mapping.fields.status?.column);
  const values = [...new Set([...mapping.statuses.map(({ value }) => value), ...(column?.samples ?? [])])];
  const meaning = (value: string) => mapping.statuses.find((each) => each.value === value)?.means ?? 'neither';
  return (
    <div className={classes.columns} role="group" aria-label={t('sheets.statuses.title')}>
      {values.map((value) => (
        <Select
          key={value}
          label={t('sheets.statuses.of', { value })}
          data={meanings.map((means) => ({ value: means, label: t(`sheets.statuses.${means}`) }))}
          value={meaning(value)}
          allowDeselect={false}
          onChange={(means) =>
            onChange({
              statuses: [
                ...mapping.statuses.filter((each) => each.value !== value),
                { value, means: means as (typeof meanings)[number] },
              ],
            })
          }
        />
      ))}
    </div>
  );
}
