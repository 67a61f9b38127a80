import { NumberInput, UnstyledButton } from '@mantine/core';
import { useId, type KeyboardEvent } from 'react';
import type { Criterion } from '#shared/domain/text.ts';
import { scaleOf } from '#shared/rules/text-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { digitOf, judgingKey } from './judging/judging-keys.ts';
import classes from './rating-input.module.css';

interface Props {
  criterion: Criterion;
  value: number | boolean | undefined;
  onRate: (value: number | boolean) => void;
}

/** One question to be answered on a scale, with yes or no, or by a number. Digits, `y` and `n` answer, arrows move. */
export function RatingInput({ criterion, value, onRate }: Props) {
  const t = useText();
  const id = useId();
  const name = criterion.title ?? (criterion.name === 'overall' ? t('work.text.overall') : criterion.name);
  if (criterion.input === 'number') {
    return (
      <NumberInput
        className={classes.number}
        size="xs"
        label={name}
        value={typeof value === 'number' ? value : ''}
        {...(criterion.min !== undefined && { min: criterion.min })}
        {...(criterion.max !== undefined && { max: criterion.max })}
        clampBehavior="none"
        onChange={(next) => typeof next === 'number' && onRate(next)}
      />
    );
  }
  const choices = choicesOf(criterion);
  const at = choices.findIndex((choice) => choice === value);
  const onKeyDown = (event: KeyboardEvent) => {
    const key = judgingKey(event.nativeEvent);
    const by = key === 'more' || key === 'above' ? 1 : key === 'less' || key === 'below' ? -1 : null;
    const next = by === null ? typedChoice(digitOf(key), event, choices) : choices[Math.max(0, at + by)];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onRate(next);
    // At once: a Tab that comes before the next frame leads on from here.
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[choices.indexOf(next)]?.focus();
  };
  return (
    <div className={classes.rating} role="radiogroup" aria-labelledby={id} onKeyDown={onKeyDown} tabIndex={-1}>
      <span id={id} className={classes.name}>
        {name}
      </span>
      <span className={classes.choices}>
        {choices.map((choice, place) => (
          <UnstyledButton
            key={String(choice)}
            role="radio"
            aria-checked={choice === value}
            tabIndex={choice === value || (at < 0 && place === 0) ? 0 : -1}
            className={classes.choice}
            onClick={() => onRate(choice)}
          >
            {typeof choice === 'number' ? choice : t(choice ? 'work.text.yes' : 'work.text.no')}
          </UnstyledButton>
        ))}
      </span>
    </div>
  );
}

function choicesOf(criterion: Criterion): readonly (number | boolean)[] {
  if (criterion.input === 'yes-no') return [true, false];
  const { min, max } = scaleOf(criterion);
  return Array.from({ length: Math.max(1, Math.min(21, Math.round(max - min) + 1)) }, (_, step) => min + step);
}

function typedChoice(
  digit: string | null,
  { key, ctrlKey, altKey, metaKey }: KeyboardEvent,
  choices: readonly (number | boolean)[],
): number | boolean | undefined {
  if (choices[0] === true) return ctrlKey || altKey || metaKey ? undefined : { y: true, n: false }[key.toLowerCase()];
  return digit === null ? undefined : choices.find((choice) => choice === Number(digit));
}
