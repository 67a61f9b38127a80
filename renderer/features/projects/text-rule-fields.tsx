import { Button, Checkbox, FileButton, NumberInput, Select, TagsInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { lengthUnit, type TextRules } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { readCategoryLines, writeCategoryLines } from '#renderer/lib/category-lines.ts';
import { CriteriaFields } from './criteria-fields.tsx';
import { readRefusalLines, writeRefusalLines } from './refusal-lines.ts';
import classes from './projects.module.css';

interface Props {
  rules: TextRules;
  onChange: (rules: TextRules | undefined) => void;
}

type Flag = 'finishedSentences' | 'requireSource' | 'requireReason' | 'judgeFirst';

/** The rules of a project of texts, by what they are about: what is written, how it is sorted, how answers are judged, what is kept. */
export function TextRuleFields({ rules, onChange }: Props) {
  const t = useText();
  const set = <K extends keyof TextRules>(name: K, value: TextRules[K] | undefined) => {
    const { [name]: _before, ...rest } = rules;
    const next = value === undefined ? rest : { ...rest, [name]: value };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  const flag = (name: Flag) => (
    <Checkbox
      label={t(`projects.rules.texts.${name}`)}
      checked={rules[name] ?? false}
      onChange={(event) => set(name, event.currentTarget.checked || undefined)}
    />
  );
  const limit = (name: 'shortest' | 'longest', least: number) => (
    <NumberInput
      label={t(`projects.rules.texts.${name}`)}
      min={least}
      allowDecimal={false}
      value={rules[name] ?? ''}
      onChange={(value) => set(name, typeof value === 'number' && value >= 1 ? Math.round(value) : undefined)}
    />
  );
  const parts = (name: 'requiredParts' | 'forbiddenParts') => (
    <TagsInput
      label={t(`projects.rules.texts.${name}`)}
      description={t('projects.rules.texts.partsHint')}
      splitChars={[]}
      value={rules[name] ?? []}
      onChange={(words) => set(name, words.length > 0 ? words : undefined)}
    />
  );
  const unit = rules.lengthUnit ?? 'usual';
  return (
    <>
      <div className={classes.numbers}>
        <Select
          label={t('projects.rules.texts.lengthUnit')}
          data={(['usual', ...lengthUnit.options] as const).map((value) => ({
            value,
            label: t(`projects.rules.texts.units.${value}`),
          }))}
          value={unit}
          allowDeselect={false}
          onChange={(value) => set('lengthUnit', lengthUnit.safeParse(value).data)}
        />
        {limit('shortest', 0)}
        {limit('longest', 1)}
      </div>
      <p className={classes.quiet}>{t(`projects.rules.texts.methods.${unit}`)}</p>
      {parts('requiredParts')}
      {parts('forbiddenParts')}
      {flag('finishedSentences')}
      {flag('requireSource')}
      <LinesField
        label={t('projects.rules.texts.refusals')}
        description={t('projects.rules.texts.refusalsHint')}
        initial={writeRefusalLines(rules.refusals ?? [])}
        read={(lines) => {
          const read = readRefusalLines(lines);
          if (!read.ok) return t('projects.rules.texts.refusalWrong', { name: read.name });
          set('refusals', read.refusals.length > 0 ? read.refusals : undefined);
          return null;
        }}
      />
      <LinesField
        label={t('projects.rules.texts.categories')}
        description={t('projects.rules.texts.categoriesHint')}
        initial={writeCategoryLines(rules.categories ?? [])}
        file={t('projects.rules.texts.categoriesFile')}
        read={(lines) => {
          const read = readCategoryLines(lines);
          if (!read.ok) return t(`projects.rules.texts.categoryProblems.${read.problem}`, { name: read.name });
          set('categories', read.categories.length > 0 ? read.categories : undefined);
          return null;
        }}
      />
      <Checkbox
        label={t('projects.rules.texts.severalCategories')}
        checked={rules.severalCategories ?? false}
        onChange={(event) => set('severalCategories', event.currentTarget.checked || undefined)}
      />
      <CriteriaFields
        criteria={rules.criteria ?? []}
        onChange={(criteria) => set('criteria', criteria.length > 0 ? criteria : undefined)}
      />
      <div className={classes.numbers}>
        <Select
          label={t('projects.rules.texts.preferenceScale')}
          data={(['7', '3'] as const).map((value) => ({ value, label: t(`projects.rules.texts.scales.${value}`) }))}
          value={String(rules.preferenceScale ?? 7)}
          allowDeselect={false}
          onChange={(value) => set('preferenceScale', value === '3' ? 3 : 7)}
        />
        <Select
          label={t('projects.rules.texts.history')}
          data={(['full', 'summary', 'off'] as const).map((value) => ({
            value,
            label: t(`projects.rules.texts.histories.${value}`),
          }))}
          value={rules.history ?? 'full'}
          allowDeselect={false}
          onChange={(value) => set('history', value === 'summary' || value === 'off' ? value : undefined)}
        />
      </div>
      {flag('requireReason')}
      {flag('judgeFirst')}
    </>
  );
}

interface LinesProps {
  label: string;
  description: string;
  initial: string;
  /** What the button that takes lines from a file says; without it there is none. */
  file?: string;
  /** Takes the lines over, or answers what is wrong with them. */
  read: (lines: string) => string | null;
}

/** A list typed or pasted, one a line. What is wrong is told and not taken over. */
function LinesField({ label, description, initial, file, read }: LinesProps) {
  const [lines, setLines] = useState(initial);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (text: string) => {
    setLines(text);
    setWrong(read(text));
  };
  return (
    <div className={classes.lines}>
      <Textarea
        label={label}
        description={description}
        value={lines}
        error={wrong}
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
        onChange={(event) => take(event.currentTarget.value)}
      />
      {file !== undefined && (
        <FileButton accept=".txt,.csv,.tsv,.md,text/plain" onChange={(chosen) => void chosen?.text().then(take)}>
          {(props) => (
            <Button variant="subtle" size="xs" {...props}>
              {file}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  );
}
