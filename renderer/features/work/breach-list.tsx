import { UnstyledButton } from '@mantine/core';
import { useRef } from 'react';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Breach } from '#shared/rules/image-breaches.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { focusCanvas } from './canvas-focus.ts';
import { labelName } from './label-name.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import classes from './breach-list.module.css';

interface Props {
  labels: LabelSet;
  canvas: ImageCanvas;
  breaches: readonly Breach[];
}

/** Of more than this many the count is told; a list nobody reads to its end is no help. */
const shownMost = 100;

/** What breaks a rule, each line leading to its shape; nothing at all while nothing does. */
export function BreachList({ labels, canvas, breaches }: Props) {
  const t = useText();
  const format = useFormat();
  const words = useBreachWords(labels);
  const at = useRef(-1);
  const selection = useCanvasValue(canvas, 'selection', (present) => present.selection);

  const jump = (place: number) => {
    const breach = breaches[place];
    if (!breach) return;
    at.current = place;
    canvas.settle();
    canvas.select(breach.shapes);
    // Far enough away that what lies around is seen too: `fit-selection` leaves a margin.
    if (breach.shapes.length > 0) canvas.command('fit-selection');
    focusCanvas();
  };
  const step = (by: 1 | -1) => {
    if (breaches.length === 0) return;
    // From where the selection is: the list changes as one works.
    const here = breaches.findIndex(({ shapes }) => shapes[0] !== undefined && shapes[0] === selection[0]);
    const from = here < 0 ? Math.min(at.current, breaches.length) : here;
    jump((Math.max(from, by > 0 ? -1 : 0) + by + breaches.length) % breaches.length);
  };
  const when = () => breaches.length > 0 && !dialogIsOpen();
  useActions({
    'work.breach-next': { run: () => step(1), when },
    'work.breach-previous': { run: () => step(-1), when },
  });

  if (breaches.length === 0) return null;
  return (
    <section className={classes.breaches} aria-label={t('work.breaches.title')}>
      <h2 className={classes.head}>
        {t('work.breaches.title')}
        <span className={classes.count}>{format.number(breaches.length, 0)}</span>
        <span className={classes.key}>
          <KeyHint of="work.breach-next" keys="F8" />
        </span>
      </h2>
      <ul className={classes.list}>
        {breaches.slice(0, shownMost).map((breach, place) => (
          <li key={`${breach.rule} ${breach.shapes.join()} ${breach.name ?? ''}`}>
            <UnstyledButton
              className={classes.row}
              data-here={breach.shapes[0] !== undefined && breach.shapes[0] === selection[0]}
              onClick={() => jump(place)}
            >
              <span className={classes.words}>{words(breach, canvas)}</span>
            </UnstyledButton>
          </li>
        ))}
        {breaches.length > shownMost && (
          <li className={classes.more}>{t('work.breaches.more', { count: breaches.length - shownMost })}</li>
        )}
      </ul>
    </section>
  );
}

/** A breach in words: what it is about and what was found. */
function useBreachWords(labels: LabelSet): (breach: Breach, canvas: ImageCanvas) => string {
  const t = useText();
  const format = useFormat();
  const figure = (value: number | null) => (value === null ? '' : format.number(value, 2));
  return ({ rule, shapes, name, found, limit }, canvas) => {
    const shape = canvas.doc.shapes.find(({ id }) => id === shapes[0]);
    const label = labelName(labels, shape?.label ?? null) ?? t('work.objects.noClass');
    const about = rule === 'requiredTags' ? (labelName(labels, name) ?? '') : titleOf(labels, shape?.label, name);
    return t(`work.breaches.rules.${rule}`, { label, name: about, found: figure(found), limit: figure(limit) });
  };
}

function titleOf(labels: LabelSet, key: string | null | undefined, name: string | null): string {
  const specs = labels.find((label) => label.key === key)?.attributes ?? [];
  return specs.find((spec) => spec.name === name)?.title ?? name ?? '';
}
