import { Checkbox, MultiSelect, Select } from '@mantine/core';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FieldRow, Section } from '#renderer/ui/form.tsx';
import type { Seen } from './use-sheet.ts';
import classes from './sheets.module.css';

interface Props {
  seen: Seen;
  mapping: SheetMapping;
  everyone: boolean;
  onEveryone: (everyone: boolean) => void;
  onChange: (next: Partial<SheetMapping>) => void;
  onLookFor: (column: string | null) => void;
}

/** Whose rows there are, and which are mine. Names of others are looked at here and kept nowhere. */
export function SheetPeople({ seen, mapping, everyone, onEveryone, onChange, onLookFor }: Props) {
  const t = useText();
  const format = useFormat();
  const { people } = seen;
  return (
    <Section title={t('sheets.people.title')} lead={t('sheets.people.lead')}>
      <FieldRow>
        <Select
          label={t('sheets.people.column')}
          data={seen.columns.map(({ name }) => name)}
          value={everyone ? null : (mapping.me?.column ?? people?.column ?? null)}
          disabled={everyone}
          searchable
          onChange={(column) => {
            onLookFor(column);
            onChange({ me: null });
          }}
        />
        {people && !everyone && (
          <MultiSelect
            className={classes.grow}
            classNames={{ inputField: classes.bare ?? '' }}
            label={t('sheets.people.me')}
            description={t('sheets.people.count', { count: people.total, people: format.number(people.total, 0) })}
            data={people.list.map(({ name, rows }) => ({ value: name, label: `${name} (${format.number(rows, 0)})` }))}
            value={mapping.me?.names ?? []}
            searchable
            hidePickedOptions
            limit={100}
            maxValues={20}
            onChange={(names) => onChange({ me: names.length === 0 ? null : { column: people.column, names } })}
          />
        )}
      </FieldRow>
      <Checkbox
        label={t('sheets.people.everyone')}
        checked={everyone}
        onChange={(event) => {
          onEveryone(event.currentTarget.checked);
          if (event.currentTarget.checked) onChange({ me: null });
        }}
      />
    </Section>
  );
}
