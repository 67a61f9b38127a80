import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { Preference, TextItem } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { focusFirst } from '../go-to.ts';
import type { TextStageProps } from '../text-room.tsx';
import { AnswerDigit } from './answer-digit.tsx';
import { CandidateText } from './candidate-text.tsx';
import { digitOf, judgingKey, useUsualKeys } from './judging-keys.ts';
import classes from './judging.module.css';

interface Option {
  value: Preference;
  /** The digit that chooses it. */
  digit: string;
}

const three: readonly Option[] = [
  { value: -1, digit: '1' },
  { value: 0, digit: '2' },
  { value: 1, digit: '3' },
  { value: 'both-bad', digit: '0' },
];
const seven: readonly Option[] = [
  ...([-3, -2, -1, 0, 1, 2, 3] as const).map((value, at) => ({ value, digit: String(at + 1) })),
  { value: 'both-bad', digit: '0' },
];

/** Two answers side by side, nobody knows whose, and which of them is better: by each criterion and overall. */
export function CompareAnswers({ desk, item, rules, check }: TextStageProps) {
  const t = useText();
  const panes = useRef<HTMLDivElement>(null);
  const questions = useRef<HTMLDivElement>(null);
  const options = (rules.text?.preferenceScale ?? 3) === 7 ? seven : three;
  const asked = questionsOf(rules.text?.criteria ?? [], t('work.text.overall'));
  const said = check.doc.answer?.preferences ?? {};
  const shown = item.candidates.map(({ id }) => id);
  const usual = useUsualKeys();
  useFirstFocus(questions, asked.map(({ name }) => name).join('\n'));

  const prefer = (name: string, value: Preference) =>
    desk.say({ shown, preferences: { ...desk.doc.answer?.preferences, [name]: value } });
  const focus = (place: number, value: Preference | undefined) => {
    const group = questions.current?.querySelectorAll<HTMLElement>('[role="radiogroup"]')[place];
    const radios = [...(group?.querySelectorAll<HTMLElement>('[role="radio"]') ?? [])];
    const at = options.findIndex((each) => each.value === value);
    (radios[Math.max(0, at)] ?? radios[0])?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, place: number) => {
    const key = judgingKey(event.nativeEvent);
    const { name } = asked[place]!;
    const typed = options.find(({ digit }) => digit === digitOf(key));
    const by = key === 'more' ? 1 : key === 'less' ? -1 : undefined;
    const step = key === 'below' ? 1 : key === 'above' ? -1 : undefined;
    if (typed) {
      prefer(name, typed.value);
      const next = Math.min(place + 1, asked.length - 1);
      const value = next === place ? typed.value : said[asked[next]!.name];
      focus(next, value);
    } else if (by !== undefined) {
      const at = options.findIndex(({ value }) => value === said[name]);
      const from = at < 0 ? options.findIndex(({ value }) => value === 0) : at;
      const { value } = options[Math.max(0, Math.min(options.length - 1, from + by))]!;
      prefer(name, value);
      focus(place, value);
    } else if (step !== undefined) {
      const next = Math.max(0, Math.min(asked.length - 1, place + step));
      focus(next, said[asked[next]!.name]);
    } else if (key === 'scroll' || key === 'scroll-back') scrollBoth(panes.current, key === 'scroll' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const words = (value: Preference) => {
    if (value === 0) return t('work.text.judging.tie');
    if (value === 'both-bad') return t('work.text.judging.bothBad');
    const letter = value < 0 ? 'A' : 'B';
    if (options === three) return t('work.text.judging.better', { letter });
    return t(`work.text.judging.strength.${Math.abs(value) as 1 | 2 | 3}`, { letter });
  };

  return (
    <div className={classes.column}>
      <div className={classes.panes} ref={panes} data-panes>
        {item.candidates.slice(0, 2).map((candidate, at) => (
          <Pane key={candidate.id} candidate={candidate} letter={'AB'[at]!} />
        ))}
      </div>
      <div className={classes.questions} ref={questions} data-field="preferences" data-judge>
        {asked.map(({ name, title }, place) => (
          <div
            key={name}
            className={classes.question}
            role="radiogroup"
            aria-label={title}
            tabIndex={-1}
            data-criterion={name}
            onKeyDown={(event) => onKeyDown(event, place)}
          >
            <span className={classes.criterion}>{title}</span>
            <span className={classes.options} data-scale={options.length}>
              {options.map(({ value, digit }, at) => (
                <UnstyledButton
                  key={String(value)}
                  role="radio"
                  aria-checked={said[name] === value}
                  aria-label={words(value)}
                  title={words(value)}
                  tabIndex={said[name] === value || (said[name] === undefined && at === 0) ? 0 : -1}
                  className={classes.option}
                  data-value={String(value)}
                  onClick={() => prefer(name, value)}
                >
                  <AnswerDigit digit={digit} className={classes.digit} />
                  <span className={classes.optionName}>{words(value)}</span>
                </UnstyledButton>
              ))}
            </span>
          </div>
        ))}
        {usual && <p className={classes.keys}>{t('work.text.judging.compareKeys')}</p>}
      </div>
    </div>
  );
}

/** An answer with its letter, scrolling by itself. */
function Pane({ candidate, letter }: { candidate: TextItem['candidates'][number]; letter: string }) {
  const t = useText();
  const name = t('work.text.judging.answer', { letter });
  return (
    <section className={classes.pane} data-candidate={candidate.id} data-field={`candidate.${candidate.id}`}>
      <h3 className={classes.paneHead}>
        {name}
        {candidate.model !== null && <span className={classes.model}>{candidate.model}</span>}
      </h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
      <div className={classes.paneText} tabIndex={0} role="group" aria-label={name} data-scroll>
        <CandidateText content={candidate.content} />
      </div>
    </section>
  );
}

/** What answers are compared by: the criteria, and always overall at the end. */
function questionsOf(
  criteria: readonly { name: string; title?: string | undefined }[],
  overall: string,
): { name: string; title: string }[] {
  const all = criteria.map(({ name, title = name }) => ({
    name,
    title: name === 'overall' && title === name ? overall : title,
  }));
  return all.some(({ name }) => name === 'overall') ? all : [...all, { name: 'overall', title: overall }];
}

/** Scrolls all answers on screen by most of their height. */
function scrollBoth(within: HTMLElement | null, by: 1 | -1): void {
  for (const pane of within?.querySelectorAll<HTMLElement>('[data-scroll]') ?? [])
    pane.scrollBy({ top: by * pane.clientHeight * 0.8 });
}

/** Brings the focus to what judges when the task is opened, and again when it asks something else (the rules came), unless a dialog is open. */
export function useFirstFocus(within: RefObject<HTMLElement | null>, asked: string): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    const { activeElement: at } = document;
    const free = at === null || at === document.body || within.current?.contains(at) === true;
    const opened = before.current === null;
    before.current = asked;
    if (!dialogIsOpen() && (opened || free)) focusFirst(within.current);
  }, [asked, within]);
}
