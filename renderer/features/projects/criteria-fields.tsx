import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Criterion } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './projects.module.css';

interface Props {
  criteria: readonly Criterion[];
  onChange: (criteria: Criterion[]) => void;
}

const most = 50;

/** What answers are compared and rated by: what it is called, how it is answered, between which bounds. */
export function CriteriaFields({ criteria, onChange }: Props) {
  const t = useText();
  const change = (place: number, next: Criterion) =>
    onChange(criteria.map((known, at) => (at === place ? next : known)));
  return (
    <div className={classes.criteria} role="group" aria-label={t('projects.rules.texts.criteria')}>
      <span className={classes.name}>{t('projects.rules.texts.criteria')}</span>
      <span className={classes.quiet}>{t('projects.rules.texts.criteriaHint')}</span>
      {criteria.map((criterion, place) => (
        <CriterionRow
          // A name may change; the place is what stays.
          // oxlint-disable-next-line react/no-array-index-key
          key={place}
          criterion={criterion}
          onChange={(next) => change(place, next)}
          onRemove={() => onChange(criteria.filter((_, at) => at !== place))}
        />
      ))}
      <div>
        <Button
          variant="subtle"
          size="xs"
          disabled={criteria.length >= most}
          onClick={() => onChange([...criteria, { name: freeName(criteria), input: 'likert' }])}
        >
          {t('projects.rules.texts.criterionAdd')}
        </Button>
      </div>
    </div>
  );
}

function CriterionRow({
  criterion,
  onChange,
  onRemove,
}: {
  criterion: Criterion;
  onChange: (criterion: Criterion) => void;
  onRemove: () => void;
}) {
  const t = useText();
  const { input } = criterion;
  const bound = (name: 'min' | 'max', usual: number) => (
    <NumberInput
      className={classes.bound}
      size="xs"
      aria-label={t(`projects.rules.texts.bounds.${name}`)}
      placeholder={String(usual)}
      value={criterion[name] ?? ''}
      onChange={(value) => {
        const { [name]: _before, ...rest } = criterion;
        onChange(typeof value === 'number' ? { ...rest, [name]: value } : rest);
      }}
    />
  );
  return (
    <div className={classes.criterion}>
      <TextInput
        className={classes.grow}
        size="xs"
        aria-label={t('projects.rules.texts.criterionName')}
        placeholder={t('projects.rules.texts.criterionName')}
        value={criterion.title ?? criterion.name}
        maxLength={100}
        onChange={(event) => onChange({ ...criterion, title: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('projects.rules.texts.criterionInput')}
        data={(['likert', 'yes-no', 'number'] as const).map((value) => ({
          value,
          label: t(`projects.rules.texts.inputs.${value}`),
        }))}
        value={input}
        onChange={(event) => {
          const { name, title } = criterion;
          onChange({ name, ...(title !== undefined && { title }), input: event.currentTarget.value as typeof input });
        }}
      />
      {input !== 'yes-no' && bound('min', 1)}
      {input !== 'yes-no' && bound('max', 5)}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('projects.rules.texts.criterionRemove', { name: criterion.title ?? criterion.name })}
        onClick={onRemove}
      >
        <IconTrash size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </div>
  );
}

/** A name no other criterion has; its title is what is typed. */
function freeName(criteria: readonly Criterion[]): string {
  for (let n = criteria.length + 1; ; n += 1) {
    const name = `criterion-${n}`;
    if (!criteria.some((known) => known.name === name)) return name;
  }
}
