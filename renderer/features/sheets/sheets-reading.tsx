import { NumberInput, Select } from '@mantine/core';
import { type SheetEncoding, sheetDelimiter, sheetEncoding, type SheetReading } from '#shared/domain/sheet-mapping.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FieldRow, Section } from '#renderer/ui/form.tsx';
import { shapeWords } from './sheets-words.ts';
import type { Seen } from './use-sheet.ts';
import classes from './sheets.module.css';

interface Props {
  seen: Seen;
  /** What stands below was decided about an earlier table. */
  remembered: boolean;
  onReread: (reading: Partial<SheetReading>) => void;
}

const delimiterKeys = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** What was found out about the file, to be changed where it was found out wrongly. */
export function SheetReadingPart({ seen, remembered, onReread }: Props) {
  const t = useText();
  const format = useFormat();
  const rows = seen.sheets.find(({ name }) => name === seen.sheet)?.rows ?? 0;
  const below = Math.max(0, rows - seen.headerRow);
  return (
    <Section title={t('sheets.reading.title')}>
      <p className={classes.facts}>
        {t('sheets.reading.facts', {
          count: below,
          rows: format.number(below, 0),
          columns: format.number(seen.columns.length, 0),
          bytes: format.bytes(seen.file.bytes),
        })}
        {seen.shape && ` ${t('sheets.reading.shape', { shape: shapeWords(t, seen.shape) })}`}
        {seen.file.takenAt && ` ${t('sheets.reading.takenBefore', { when: format.dateTime(seen.file.takenAt) })}`}
        {remembered && ` ${t('sheets.reading.remembered')}`}
      </p>
      <FieldRow>
        {seen.sheets.length > 1 && (
          <Select
            label={t('sheets.reading.sheet')}
            data={seen.sheets.map(({ name }) => name)}
            value={seen.sheet}
            allowDeselect={false}
            onChange={(sheet) => onReread({ sheet, headerRow: null })}
          />
        )}
        {seen.encoding && (
          <Select
            label={t('sheets.reading.encoding')}
            description={t('sheets.reading.encodingHint')}
            data={sheetEncoding.options.map((value) => ({ value, label: t(`sheets.encodings.${value}`) }))}
            value={seen.encoding}
            allowDeselect={false}
            onChange={(encoding) => onReread({ encoding: encoding as SheetEncoding })}
          />
        )}
        {seen.delimiter && (
          <Select
            label={t('sheets.reading.delimiter')}
            data={sheetDelimiter.options.map((value) => ({
              value,
              label: t(`sheets.delimiters.${delimiterKeys[value]}`),
            }))}
            value={seen.delimiter}
            allowDeselect={false}
            onChange={(delimiter) => onReread({ delimiter: delimiter as SheetReading['delimiter'] })}
          />
        )}
        <NumberInput
          label={t('sheets.reading.header')}
          min={1}
          max={Math.max(1, rows)}
          allowDecimal={false}
          value={seen.headerRow}
          onChange={(row) => typeof row === 'number' && row >= 1 && onReread({ headerRow: row })}
          className={classes.short}
        />
      </FieldRow>
    </Section>
  );
}
