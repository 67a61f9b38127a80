import { UnstyledButton } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { TextItem } from '#shared/domain/text.ts';
import { diffText } from '#shared/rules/text-diff.rules.ts';
import { characterErrorRate } from '#shared/rules/transcript-distance.rules.ts';
import { draftEdits } from '#shared/text/draft-edits.ts';
import { textBefore } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { textStore } from './text.store.ts';
import classes from './draft-changes.module.css';

/** The machine's draft against what stands there now, word by word, and how far apart they are; or the draft alone. */
export function DraftChanges({ item, text }: { item: TextItem; text: string }) {
  const t = useText();
  const format = useFormat();
  const original = textStore((state) => state.original);
  const late = useDeferredValue(text);
  const draft = textBefore(item, 'answer');
  const lines = useMemo(() => (original ? null : diffText(draft, late)), [draft, late, original]);
  const errors = useMemo(() => draftEdits(draft, late), [draft, late]);
  const rate = characterErrorRate(errors);
  const model = item.candidates[0]?.model;
  return (
    <section className={classes.machine} aria-label={t('work.text.machine.title')}>
      <h2 className={classes.head}>
        {original ? t('work.text.machine.original') : t('work.text.machine.title')}
        <UnstyledButton className={classes.switch} onClick={() => runBound('text.original')}>
          {original ? t('work.text.machine.showChanges') : t('work.text.machine.showOriginal')}
          <KeyHint of="text.original" keys="F5" />
        </UnstyledButton>
      </h2>
      <p className={classes.facts} data-edits={errors.edits}>
        <span title={t('work.text.machine.formula')}>
          {t('work.text.machine.edits', { count: errors.edits, formatted: format.number(errors.edits, 0) })}
          {Number.isFinite(rate) && ` · ${format.percent(rate, 1)}`}
        </span>
        {model && <span>{model}</span>}
        <UnstyledButton className={classes.back} onClick={() => runBound('text.original-back')}>
          {t('work.text.machine.back')}
        </UnstyledButton>
      </p>
      <div className={classes.text} dir="auto">
        {lines === null
          ? draft
          : lines.map((line, at) => (
              <div key={at} className={classes.line}>
                {line.parts.map((part, step) => {
                  if (part.what === 'removed') return <del key={step}>{part.text}</del>;
                  if (part.what === 'added') return <ins key={step}>{part.text}</ins>;
                  return <span key={step}>{part.text}</span>;
                })}
              </div>
            ))}
      </div>
    </section>
  );
}
