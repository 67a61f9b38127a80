import { UnstyledButton } from '@mantine/core';
import { useRef } from 'react';
import type { TextBreach } from '#shared/rules/text-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import shared from '../breach-list.module.css';
import { useBreachWords } from './breach-words.ts';
import { goTo } from './go-to.ts';
import type { TextStageProps } from './text-room.tsx';

/** Of more than this many the count is told; a list nobody reads to its end is no help. */
const shownMost = 100;

/** What breaks a rule, each line leading to its place; nothing at all while nothing does. */
export function TextBreachList({ item, project, rules, check, desk }: TextStageProps) {
  const t = useText();
  const format = useFormat();
  const at = useRef(-1);
  const { breaches } = check;
  const words = useBreachWords(item, project.labels, rules.text ?? {});

  const jump = (place: number) => {
    const breach = breaches[place];
    if (!breach) return;
    at.current = place;
    if (breach.shapes.length > 0) desk.select([breach.shapes[0]!]);
    goTo(breach.at);
  };
  const step = (by: 1 | -1) => {
    const from = Math.min(at.current, breaches.length);
    jump((Math.max(from, by > 0 ? -1 : 0) + by + breaches.length) % breaches.length);
  };
  const when = () => breaches.length > 0 && !dialogIsOpen();
  useActions({
    'work.breach-next': { run: () => step(1), when },
    'work.breach-previous': { run: () => step(-1), when },
  });

  if (breaches.length === 0) return null;
  return (
    <section className={shared.breaches} aria-label={t('work.breaches.title')}>
      <h2 className={shared.head}>
        {t('work.breaches.title')}
        <span className={shared.count}>{format.number(breaches.length, 0)}</span>
        <span className={shared.key}>
          <KeyHint of="work.breach-next" keys="F8" />
        </span>
      </h2>
      <ul className={shared.list}>
        {breaches.slice(0, shownMost).map((breach, place) => (
          <li key={keyOf(breach)}>
            <UnstyledButton className={shared.row} onClick={() => jump(place)}>
              <span className={shared.words}>{words(breach)}</span>
            </UnstyledButton>
          </li>
        ))}
        {breaches.length > shownMost && (
          <li className={shared.more}>{t('work.breaches.more', { count: breaches.length - shownMost })}</li>
        )}
      </ul>
    </section>
  );
}

function keyOf({ rule, shapes, name, at }: TextBreach): string {
  return `${rule} ${shapes.join()} ${name ?? ''} ${at?.field ?? ''} ${at?.start ?? ''}`;
}
