import { Checkbox, NumberInput, Select, TagsInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CheckableRules, Modality } from '#shared/domain/project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { TextRuleFields } from './text-rule-fields.tsx';
import { readTokenLines, writeTokenLines } from './token-lines.ts';
import classes from './projects.module.css';

type RuleName = keyof CheckableRules;

/** Rules that are a number, by what they are about. */
const numbersOf = {
  image: ['fitTolerancePx', 'minBoxPx', 'duplicateIou'],
  audio: ['longestSegmentS', 'longestInnerSilenceS', 'shortestSegmentS', 'longestGapS', 'silenceDb'],
  text: [],
  elsewhere: ['fitTolerancePx', 'minBoxPx', 'longestSegmentS', 'longestInnerSilenceS'],
} as const satisfies Record<Modality, readonly RuleName[]>;
const flagsOf = {
  image: ['requireLabel', 'insideImage'],
  audio: ['requireLabel', 'requireTranscript'],
  text: [],
  elsewhere: ['requireLabel'],
} as const satisfies Record<Modality, readonly RuleName[]>;
const listsOf = {
  image: ['requiredAttributes', 'requiredTags'],
  audio: ['requiredAttributes'],
  text: [],
  elsewhere: ['requiredAttributes'],
} as const satisfies Record<Modality, readonly RuleName[]>;

/** How finely a number is chosen with the arrows, and how far it goes. */
const steps: Partial<Record<RuleName, { step: number; max?: number }>> = {
  duplicateIou: { step: 0.05, max: 1 },
  longestInnerSilenceS: { step: 0.1 },
  shortestSegmentS: { step: 0.1 },
  silenceDb: { step: 1, max: 60 },
};

interface Props {
  modality: Modality;
  rules: CheckableRules;
  onChange: (rules: CheckableRules) => void;
}

/** The rules a machine can check that mean something for this kind of media. */
export function RuleFields({ modality, rules, onChange }: Props) {
  const t = useText();
  const set = <K extends RuleName>(name: K, value: CheckableRules[K] | undefined) => {
    const { [name]: _before, ...rest } = rules;
    onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <fieldset className={classes.checks}>
      <legend>{t('projects.rules.title')}</legend>
      {modality === 'text' && <TextRuleFields rules={rules.text ?? {}} onChange={(text) => set('text', text)} />}
      {numbersOf[modality].length > 0 && (
        <div className={classes.numbers}>
          {numbersOf[modality].map((name) => (
            <NumberInput
              key={name}
              label={t(`projects.rules.${name}`)}
              min={0}
              {...steps[name]}
              value={rules[name] ?? ''}
              onChange={(value) => set(name, typeof value === 'number' && value > 0 ? value : undefined)}
            />
          ))}
        </div>
      )}
      {modality === 'audio' && <p className={classes.quiet}>{t('projects.rules.silenceHint')}</p>}
      {flagsOf[modality].map((name) => (
        <Checkbox
          key={name}
          label={t(`projects.rules.${modality === 'audio' && name === 'requireLabel' ? 'requireSegmentLabel' : name}`)}
          checked={rules[name] ?? false}
          onChange={(event) => set(name, event.currentTarget.checked || undefined)}
        />
      ))}
      {modality === 'audio' && (
        <Select
          className={classes.overlap}
          label={t('projects.rules.noOverlap')}
          data={(['free', 'tier', 'all'] as const).map((value) => ({
            value,
            label: t(`projects.rules.overlaps.${value}`),
          }))}
          value={rules.noOverlap ?? 'free'}
          onChange={(value) => set('noOverlap', value === 'tier' || value === 'all' ? value : undefined)}
        />
      )}
      {listsOf[modality].map((name) => (
        <TagsInput
          key={name}
          label={t(`projects.rules.${name}`)}
          value={rules[name] ?? []}
          onChange={(names) => set(name, names.length > 0 ? names : undefined)}
        />
      ))}
      {modality === 'audio' && <TokensField tokens={rules.tokens} onChange={(tokens) => set('tokens', tokens)} />}
    </fieldset>
  );
}

interface TokensProps {
  tokens: CheckableRules['tokens'];
  onChange: (tokens: CheckableRules['tokens']) => void;
}

/** The palette of tokens, one a line as classes are. */
function TokensField({ tokens, onChange }: TokensProps) {
  const t = useText();
  const [lines, setLines] = useState(writeTokenLines(tokens ?? []));
  const read = readTokenLines(lines);
  return (
    <Textarea
      label={t('projects.rules.tokens')}
      description={t('projects.rules.tokensHint')}
      value={lines}
      error={read.ok ? undefined : t('projects.rules.tokenWrong', { token: read.token })}
      autosize
      minRows={2}
      maxRows={10}
      spellCheck={false}
      onChange={(event) => {
        setLines(event.currentTarget.value);
        const now = readTokenLines(event.currentTarget.value);
        if (now.ok) onChange(now.tokens.length > 0 ? now.tokens : undefined);
      }}
    />
  );
}
