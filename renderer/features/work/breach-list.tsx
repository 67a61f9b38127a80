import { UnstyledButton } from '@mantine/core';
import { memo, useCallback, useRef, type ReactNode } from 'react';
import type { RuleBreach } from '#shared/rules/answer-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import classes from './breach-list.module.css';

/** A breach of any kind of annotation; `at` is where, for those that are about a place and not a shape as a whole. */
type AnyBreach = RuleBreach<string> & { at?: { field?: string; start: number } | null };

interface Props<B extends AnyBreach> {
  breaches: readonly B[];
  /** The same function from one drawing to the next keeps what it made of a breach. */
  renderWords: (breach: B) => ReactNode;
  /** Selects what it is about and brings it into view. */
  onJump: (breach: B, place: number) => void;
  /** Whether it is about what is selected. */
  isHere?: (breach: B) => boolean;
  /** What stands behind its words; kept in the same way. */
  renderBeside?: (breach: B) => ReactNode;
  className?: string | undefined;
}

/** Of more than this many the count is told; a list nobody reads to its end is no help. */
const shownMost = 100;

/** What breaks a rule, each line leading to its place; nothing at all while nothing does. */
export function BreachList<B extends AnyBreach>({
  breaches,
  renderWords,
  onJump,
  isHere,
  renderBeside,
  className = classes.breaches,
}: Props<B>) {
  const t = useText();
  const format = useFormat();
  const at = useRef(-1);

  const latest = useRef({ breaches, onJump });
  latest.current = { breaches, onJump };
  const jump = useCallback((place: number) => {
    const breach = latest.current.breaches[place];
    if (!breach) return;
    at.current = place;
    latest.current.onJump(breach, place);
  }, []);
  const step = (by: 1 | -1) => {
    if (breaches.length === 0) return;
    const last = breaches[at.current];
    // From where one jumped last, or from where the selection is: the list changes as one works.
    const here = last && isHere?.(last) ? at.current : breaches.findIndex((each) => isHere?.(each));
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
    <section className={className} aria-label={t('work.breaches.title')}>
      <h2 className={classes.head}>
        {t('work.breaches.title')}
        <span className={classes.count}>{format.number(breaches.length, 0)}</span>
        <span className={classes.key}>
          <KeyHint of="work.breach-next" keys="F8" />
        </span>
      </h2>
      <ul className={classes.list}>
        {breaches.slice(0, shownMost).map((breach, place) => (
          <Row
            key={keyOf(breach)}
            {...{ breach, place, renderWords, renderBeside }}
            here={isHere?.(breach)}
            onJump={jump}
          />
        ))}
        {breaches.length > shownMost && (
          <li className={classes.more}>{t('work.breaches.more', { count: breaches.length - shownMost })}</li>
        )}
      </ul>
    </section>
  );
}

interface RowProps<B extends AnyBreach> extends Pick<Props<B>, 'renderWords'> {
  breach: B;
  place: number;
  here: boolean | undefined;
  renderBeside: Props<B>['renderBeside'];
  onJump: (place: number) => void;
}

/** One breach; there may be a hundred, and while one writes they stay the same. */
const Row = memo(function Row<B extends AnyBreach>(props: RowProps<B>) {
  const { breach, place, here, renderWords, renderBeside, onJump } = props;
  return (
    <li>
      <UnstyledButton className={classes.row} data-here={here} onClick={() => onJump(place)}>
        <span className={classes.words}>{renderWords(breach)}</span>
      </UnstyledButton>
      {renderBeside?.(breach)}
    </li>
  );
}) as <B extends AnyBreach>(props: RowProps<B>) => ReactNode;

function keyOf({ rule, shapes, name, at }: AnyBreach): string {
  return `${rule} ${shapes.join()} ${name ?? ''} ${at?.field ?? ''} ${at?.start ?? ''}`;
}
