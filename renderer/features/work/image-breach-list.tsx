import { flushSync } from 'react-dom';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Breach } from '#shared/rules/image-breaches.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { BreachList } from './breach-list.tsx';
import { focusCanvas } from './canvas-focus.ts';
import { labelName } from './label-name.ts';
import { focusQuestionOf } from './question-focus.ts';
import { useCanvasValue } from './use-image-canvas.ts';

interface Props {
  labels: LabelSet;
  canvas: ImageCanvas;
  breaches: readonly Breach[];
}

/** What breaks a rule, each line leading to its shape; nothing at all while nothing does. */
export function ImageBreachList({ labels, canvas, breaches }: Props) {
  const words = useBreachWords(labels);
  const selection = useCanvasValue(canvas, 'selection', (present) => present.selection);
  const jump = (breach: Breach) => {
    const { shapes } = breach;
    canvas.settle();
    // At once, so that what is asked of it is on screen.
    flushSync(() => canvas.select(shapes));
    // Far enough away that what lies around is seen too: `fit-selection` leaves a margin.
    if (shapes.length > 0) canvas.command('fit-selection');
    if (!focusQuestionOf(breach)) focusCanvas();
  };
  return (
    <BreachList
      breaches={breaches}
      renderWords={(breach) => words(breach, canvas)}
      onJump={jump}
      isHere={({ shapes }) => shapes[0] !== undefined && shapes[0] === selection[0]}
    />
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
