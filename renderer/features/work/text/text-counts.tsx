import { Tooltip } from '@mantine/core';
import type { LengthUnit, TextRules } from '#shared/domain/text.ts';
import { hasHan, usualUnit, type TextLengths } from '#shared/text/text-lengths.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import classes from './text-counts.module.css';

interface Props {
  lengths: TextLengths;
  text: () => string;
  /** What is asked: while nothing is written, it is counted as that would be. */
  asked: string;
  rules: TextRules;
}

const units: readonly LengthUnit[] = ['words', 'characters', 'han', 'sentences'];

/** The length in every unit; that of the project first among them, with its limits. Hovering says how each is counted. */
export function TextCounts({ lengths, text, asked, rules }: Props) {
  const t = useText();
  const format = useFormat();
  const written = text();
  const sample = written.trim() === '' ? asked : written;
  const chosen = rules.lengthUnit ?? usualUnit(sample);
  // Without a Chinese character, counting as Chinese word processors do is counting words.
  const shown = units.filter((unit) => unit !== 'han' || unit === chosen || hasHan(sample));
  return (
    <ul className={classes.counts} aria-label={t('work.text.counts.title')}>
      {shown.map((unit) => {
        const mine = unit === chosen;
        const limits = mine ? rules : {};
        const over = limits.longest !== undefined && lengths[unit] > limits.longest;
        return (
          <li
            key={unit}
            className={classes.count}
            data-mine={mine || undefined}
            data-over={over || undefined}
            data-unit={unit}
          >
            <Tooltip label={t(`work.text.counts.how.${unit}`)} multiline maw={320}>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what it says on hover is for keys, too */}
              <span tabIndex={0}>
                {t(`work.text.counts.${unit}`, {
                  count: lengths[unit],
                  formatted: format.number(lengths[unit], 0),
                })}
                {limits.longest !== undefined && ` / ${format.number(limits.longest, 0)}`}
                {limits.shortest !== undefined &&
                  ` (${t('work.text.counts.shortest', { formatted: format.number(limits.shortest, 0) })})`}
              </span>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
