import { UnstyledButton } from '@mantine/core';
import { memo, useCallback, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { SoundBreach } from '#shared/rules/sound-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { BreachList } from '../breach-list.tsx';
import { focusQuestionOf } from '../question-focus.ts';
import { useSelection } from '../shape-desk.ts';
import type { SoundDesk } from './sound-desk.ts';
import { placeText } from './sound-time.ts';
import type { BreachWords } from './use-sound-breaches.ts';
import classes from './sound-side.module.css';

interface Props {
  desk: SoundDesk;
  rate: number;
  breaches: readonly SoundBreach[];
  words: BreachWords;
  /** Brings its place into view and the cursor there. */
  onJump: (breach: SoundBreach) => void;
  /** Mends it with one step; false where only the worker can. */
  onMend: (breach: SoundBreach) => boolean;
}

/** What can be mended by cutting, parting or making longer. */
const mendable: ReadonlySet<SoundBreach['rule']> = new Set([
  'tooLong',
  'innerSilence',
  'tooShort',
  'overlap',
  'gap',
  'outside',
]);

/** What breaks a rule, each line leading to its place in the recording, and what mends it; nothing at all while nothing does. */
export const SoundBreachList = memo(function SoundBreachList(props: Props) {
  const { desk, rate, breaches, words, onJump, onMend } = props;
  const t = useText();
  const at = useRef(-1);
  const selection = useSelection(desk);
  const isHere = ({ shapes }: SoundBreach) => shapes[0] !== undefined && shapes[0] === selection.at(-1);
  const jump = (breach: SoundBreach, place: number) => {
    at.current = place;
    desk.settle();
    // At once, so that what is asked of it is on screen.
    if (breach.shapes.length > 0) flushSync(() => desk.select([breach.shapes[0]!]));
    onJump(breach);
    focusQuestionOf(breach);
  };
  /** The one jumped to last, else the first of the segment under work that can be mended, else the first of all. */
  const mend = () => {
    const last = breaches[at.current];
    const chosen = last && isHere(last) && mendable.has(last.rule) ? last : undefined;
    const mine = breaches.find((each) => isHere(each) && mendable.has(each.rule));
    const breach = chosen ?? mine ?? breaches.find(({ rule }) => mendable.has(rule));
    if (breach) onMend(breach);
  };
  useActions({
    'sound.mend': { run: mend, when: () => !dialogIsOpen() && breaches.some(({ rule }) => mendable.has(rule)) },
  });
  const latest = useRef(onMend);
  latest.current = onMend;
  const renderWords = useCallback(
    (breach: SoundBreach) => (
      <>
        <span className={classes.place}>{placeText(breach.at.start, rate)}</span> {words.long(breach)}
      </>
    ),
    [rate, words],
  );
  const renderBeside = useCallback(
    (breach: SoundBreach) =>
      mendable.has(breach.rule) && (
        <UnstyledButton
          className={classes.mend}
          aria-label={t('work.sound.breaches.mendThis', { breach: words.long(breach) })}
          title={t('work.sound.actions.mend')}
          onClick={() => latest.current(breach)}
        >
          {t('work.sound.breaches.mend')}
        </UnstyledButton>
      ),
    [t, words],
  );
  return <BreachList className={classes.breaches} onJump={jump} {...{ breaches, isHere, renderWords, renderBeside }} />;
});
