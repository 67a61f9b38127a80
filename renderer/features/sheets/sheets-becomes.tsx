import { Checkbox, Select, TextInput } from '@mantine/core';
import type { ProjectId } from '#shared/domain/ids.ts';
import { type RowKind, rowKind, type SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { activity, paid, waitingFor } from '#shared/domain/time.ts';
import { returnStage } from '#shared/domain/work.ts';
import { asksForKind, kindsOf } from '#shared/rules/projects.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { usualCurrencies } from '#renderer/lib/money-input.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { FieldRow, Section } from '#renderer/ui/form.tsx';
import { SheetProjects } from './sheets-projects.tsx';
import type { Seen } from './use-sheet.ts';
import classes from './sheets.module.css';

interface Props {
  seen: Seen;
  mapping: SheetMapping;
  onChange: (next: Partial<SheetMapping>) => void;
}

type Time = NonNullable<SheetMapping['time']>;
/** Stands for terms that hold for all kinds; the select can't hold null. */
const forAll = '';
const plainTime: Time = { lane: 'activity', what: 'annotating', paid: 'by-piece' };

/** What each row becomes, and what is the same for all rows. */
export function SheetBecomes({ seen, mapping, onChange }: Props) {
  const t = useText();
  const projects = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects ?? [];
  const { becomes } = mapping;
  const terms = projects.find(({ id }) => id === mapping.project)?.terms ?? [];
  // One kind for all rows: where they are of several projects, it would be that of one.
  const kinds = mapping.projects || !asksForKind(terms) ? [] : kindsOf(terms);
  const has = (...asked: RowKind[]) => asked.some((kind) => becomes.includes(kind));
  const setKinds = (chosen: string[]) => {
    if (chosen.length === 0) return;
    const time = chosen.includes('time') ? (mapping.time ?? plainTime) : mapping.time;
    onChange({ becomes: rowKind.options.filter((kind) => chosen.includes(kind)), time });
  };
  return (
    <Section title={t('sheets.becomes.title')} lead={t('sheets.becomes.lead')}>
      <Checkbox.Group aria-label={t('sheets.becomes.title')} value={becomes} onChange={setKinds}>
        <div className={classes.kinds}>
          {rowKind.options.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`sheets.kinds.${kind}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <FieldRow>
        <Select
          label={t(mapping.projects ? 'sheets.becomes.otherProject' : 'sheets.becomes.project')}
          placeholder={t('sheets.becomes.noProject')}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={mapping.project}
          clearable
          onChange={(project) => onChange({ project: project as ProjectId | null, taskKind: null })}
        />
        {has('time', 'work') && kinds.length > 0 && (
          <Select
            label={t('elsewhere.kind')}
            data={[
              ...kinds.map((value) => ({ value, label: value })),
              { value: forAll, label: t('elsewhere.kindAll') },
            ]}
            value={mapping.taskKind ?? forAll}
            allowDeselect={false}
            onChange={(kind) => onChange({ taskKind: kind === forAll ? null : kind })}
          />
        )}
        {has('pay-received', 'pay-announced') && (
          <Select
            label={t('sheets.becomes.currency')}
            data={[...new Set([...usualCurrencies, ...Intl.supportedValuesOf('currency')])]}
            value={mapping.currency}
            searchable
            onChange={(currency) => onChange({ currency })}
          />
        )}
        {has('accuracy', 'return', 'recall') && (
          <Select
            label={t('sheets.becomes.stage')}
            data={returnStage.options.map((value) => ({ value, label: t(`returns.stages.${value}`) }))}
            value={mapping.stage}
            clearable
            onChange={(stage) => onChange({ stage: stage as SheetMapping['stage'] })}
          />
        )}
        {has('accuracy') && !mapping.fields.released && (
          <DayField
            label={t('sheets.becomes.released')}
            value={mapping.releasedOn ?? ''}
            onChange={(released: string) => onChange({ releasedOn: released || null })}
          />
        )}
        {has('work') && !mapping.fields.name && (
          <TextInput
            label={t('sheets.becomes.workName')}
            value={mapping.workName ?? ''}
            maxLength={500}
            onChange={(event) => onChange({ workName: event.currentTarget.value || null })}
          />
        )}
        <Select
          label={t('sheets.becomes.zone')}
          description={t('sheets.becomes.zoneHint')}
          data={[...new Set([mapping.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
          value={mapping.zone}
          searchable
          allowDeselect={false}
          limit={100}
          onChange={(zone) => zone !== null && onChange({ zone })}
        />
      </FieldRow>
      <SheetProjects seen={seen} mapping={mapping} onChange={onChange} />
      {has('time') && <TimeWhat time={mapping.time ?? plainTime} onChange={(time) => onChange({ time })} />}
    </Section>
  );
}

function TimeWhat({ time, onChange }: { time: Time; onChange: (time: Time) => void }) {
  const t = useText();
  const choices = [
    { value: 'presence present', label: t('day.present') },
    ...activity.options.map((value) => ({ value: `activity ${value}`, label: t(`day.activities.${value}`) })),
    ...waitingFor.options.map((value) => ({ value: `waiting ${value}`, label: t(`day.waiting.${value}`) })),
  ];
  return (
    <FieldRow>
      <Select
        label={t('sheets.becomes.what')}
        data={choices}
        value={`${time.lane} ${time.what}`}
        allowDeselect={false}
        onChange={(value) => {
          const [lane, what] = (value ?? '').split(' ');
          onChange({ ...time, lane, what } as Time);
        }}
      />
      <Select
        label={t('sheets.becomes.paid')}
        data={paid.options.map((value) => ({ value, label: t(`day.paid.${value}`) }))}
        value={time.paid}
        allowDeselect={false}
        onChange={(value) => onChange({ ...time, paid: value as Time['paid'] })}
      />
    </FieldRow>
  );
}
