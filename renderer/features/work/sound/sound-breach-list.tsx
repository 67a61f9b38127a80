import { UnstyledButton } from '@mantine/core';
import { useRef } from 'react';
import type { SoundBreach } from '#shared/rules/sound-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import shared from '../breach-list.module.css';
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

/** Of more than this many the count is told; a list nobody reads to its end is no help. */
const shownMost = 100;

/** What can be mended by cutting, parting or making longer. */
const mendable: ReadonlySet<SoundBreach['rule']> = new Set([
  'tooLong',
  'innerSilence',
  'tooShort',
  'overlap',
  'gap',
  'outside',
]);

/** What breaks a rule, each line leading to its place in the recording; nothing at all while nothing does. */
export function SoundBreachList({ desk, rate, breaches, words, onJump, onMend }: Props) {
  const t = useText();
  const format = useFormat();
  const at = useRef(-1);
  const selection = useSelection(desk);
  const isHere = ({ shapes }: SoundBreach) => shapes[0] !== undefined && shapes[0] === selection.at(-1);

  const jump = (place: number) => {
    const breach = breaches[place];
    if (!breach) return;
    at.current = place;
    desk.settle();
    if (breach.shapes.length > 0) desk.select([breach.shapes[0]!]);
    onJump(breach);
  };
  const step = (by: 1 | -1) => {
    if (breaches.length === 0) return;
    const last = breaches[at.current];
    // From where one jumped last, or from where the selection is: the list changes as one works.
    const here = last && isHere(last) ? at.current : breaches.findIndex(isHere);
    const from = here < 0 ? Math.min(at.current, breaches.length) : here;
    jump((Math.max(from, by > 0 ? -1 : 0) + by + breaches.length) % breaches.length);
  };
  /** The one jumped to last, else the first of the segment under work that can be mended, else the first of all. */
  const mend = () => {
    const last = breaches[at.current];
    const chosen = last && isHere(last) && mendable.has(last.rule) ? last : undefined;
    const mine = breaches.find((each) => isHere(each) && mendable.has(each.rule));
    const breach = chosen ?? mine ?? breaches.find(({ rule }) => mendable.has(rule));
    if (breach) onMend(breach);
  };
  const when = () => breaches.length > 0 && !dialogIsOpen();
  useActions({
    'work.breach-next': { run: () => step(1), when },
    'work.breach-previous': { run: () => step(-1), when },
    'sound.mend': { run: mend, when: () => when() && breaches.some(({ rule }) => mendable.has(rule)) },
  });

  if (breaches.length === 0) return null;
  return (
    <section className={classes.breaches} aria-label={t('work.breaches.title')}>
      <h2 className={shared.head}>
        {t('work.breaches.title')}
        <span className={shared.count}>{format.number(breaches.length, 0)}</span>
        <span className={shared.key}>
          <KeyHint of="work.breach-next" keys="F8" />
        </span>
      </h2>
      <ul className={shared.list}>
        {breaches.slice(0, shownMost).map((breach, place) => (
          <li
            key={`${breach.rule} ${breach.shapes.join()} ${breach.at.start} ${breach.name ?? ''}`}
            className={classes.breachRow}
          >
            <UnstyledButton className={shared.row} data-here={isHere(breach)} onClick={() => jump(place)}>
              <span className={shared.words}>
                <span className={classes.place}>{placeText(breach.at.start, rate)}</span> {words.long(breach)}
              </span>
            </UnstyledButton>
            {mendable.has(breach.rule) && (
              <UnstyledButton
                className={classes.mend}
                aria-label={t('work.sound.breaches.mendThis', { breach: words.long(breach) })}
                title={t('work.sound.actions.mend')}
                onClick={() => onMend(breach)}
              >
                {t('work.sound.breaches.mend')}
              </UnstyledButton>
            )}
          </li>
        ))}
        {breaches.length > shownMost && (
          <li className={shared.more}>{t('work.breaches.more', { count: breaches.length - shownMost })}</li>
        )}
      </ul>
    </section>
  );
}
