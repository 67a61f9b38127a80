import { UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { Facts } from '#renderer/ui/form.tsx';
import type { Held } from './compare-panel.tsx';
import { CompareSentence, type Said } from './compare-sentence.tsx';
import type { Difference } from './use-comparison.ts';
import classes from './compare-panel.module.css';

interface Props {
  taskId: TaskId;
  held: Held;
  /** What is measured of this kind of annotation, behind what is counted of every kind. */
  facts: readonly { name: string; value: string }[];
  said: Said;
  /** Said where nothing differs. */
  alike: string;
  renderWords: (difference: Difference) => ReactNode;
  /** Brings a difference into view. */
  onShow: (difference: Difference) => void;
  /** What is drawn over the stage while one is at a difference, or at none. */
  renderOver?: (here: Difference | undefined) => ReactNode;
}

/** Of more differences than this the count is told. */
const shownMost = 200;

/** What came of a comparison: counts and figures, a sentence to keep, and every difference to step through. */
export function CompareResult({ taskId, held, facts, said, alike, renderWords, onShow, renderOver }: Props) {
  const t = useText();
  const format = useFormat();
  const { compared, differences } = held.comparison;
  const [at, setAt] = useState<number | null>(null);

  const jump = (place: number) => {
    const difference = differences[place];
    if (!difference) return;
    setAt(place);
    onShow(difference);
  };
  const step = (by: 1 | -1) => {
    const from = at ?? (by > 0 ? -1 : 0);
    if (differences.length > 0) jump((from + by + differences.length) % differences.length);
  };
  const when = () => differences.length > 0;
  useActions({
    'work.compare-next': { run: () => step(1), when },
    'work.compare-previous': { run: () => step(-1), when },
  });

  return (
    <>
      {renderOver?.(at === null ? undefined : differences[at])}
      <Facts
        facts={[
          { name: t('work.compare.paired'), value: format.number(compared.pairs.length, 0) },
          { name: t('work.compare.missing'), value: format.number(compared.missing.length, 0) },
          { name: t('work.compare.extra'), value: format.number(compared.extra.length, 0) },
          {
            name: t('work.compare.classes'),
            value: format.number(compared.pairs.filter(({ classDiffers }) => classDiffers).length, 0),
          },
          ...facts,
        ]}
      />
      <CompareSentence taskId={taskId} {...said} file={held.file} />
      {differences.length === 0 && <p className={classes.none}>{alike}</p>}
      <ol className={classes.list} aria-label={t('work.compare.differences')}>
        {differences.slice(0, shownMost).map((difference, place) => (
          <li key={keyOf(difference)}>
            <UnstyledButton className={classes.row} data-here={place === at} onClick={() => jump(place)}>
              {renderWords(difference)}
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {differences.length > shownMost && (
        <p className={classes.none}>{t('work.breaches.more', { count: differences.length - shownMost })}</p>
      )}
    </>
  );
}

function keyOf(difference: Difference): string {
  switch (difference.what) {
    case 'pair':
      return difference.pair.mine.id;
    case 'missing':
      return `missing ${difference.reference.id}`;
    case 'extra':
      return difference.mine.id;
  }
}
