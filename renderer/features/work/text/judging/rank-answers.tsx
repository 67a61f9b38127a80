import { UnstyledButton } from '@mantine/core';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import type { TextStageProps } from '../text-room.tsx';
import { CandidateText } from './candidate-text.tsx';
import { useFirstFocus } from './compare-answers.tsx';
import { digitOf, judgingKey, useUsualKeys } from './judging-keys.ts';
import { movedBy, placesOf, rankingOf, standsFor, type Places } from './ranking-places.ts';
import classes from './judging.module.css';

const letters = 'ABCDEFGH';

/** Answers put in order: a digit gives the one at hand its place, Shift and arrows move it, the pointer drags it. */
export function RankAnswers({ desk, item, check }: TextStageProps) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const ids = item.candidates.map(({ id }) => id);
  const [places, setPlaces] = usePlaces(check.doc.answer?.ranking ?? [], ids, desk);
  const usual = useUsualKeys();
  useFirstFocus(list, '');
  const select = (place: number) => {
    const next = Math.max(0, Math.min(ids.length - 1, place));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('[data-rank]')[next]?.focus();
  };
  const give = (id: string, place: number | null) => {
    const next = new Map(places);
    if (place === null) next.delete(id);
    else next.set(id, place);
    setPlaces(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = judgingKey(event.nativeEvent);
    const id = ids[at]!;
    const place = Number(digitOf(key) ?? 0);
    if (key === 'raise' || key === 'lower') setPlaces(movedBy(places, id, key === 'raise' ? -1 : 1, ids.length));
    else if (key === 'above' || key === 'below') select(at + (key === 'below' ? 1 : -1));
    else if (place > 0 && place <= ids.length) {
      give(id, place);
      const open = ids.findIndex((each, after) => after > at && !places.has(each));
      if (open >= 0) select(open);
    } else if (key === 'take-back') give(id, null);
    else if (key === 'scroll' || key === 'scroll-back') {
      const reading = list.current?.closest('[data-reading]')?.querySelector<HTMLElement>('[data-scroll]');
      reading?.scrollBy({ top: (key === 'scroll-back' ? -0.8 : 0.8) * reading.clientHeight });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drag = useDrag(give);
  const current = item.candidates[at]!;
  return (
    <div className={classes.column}>
      <div className={classes.slots} aria-label={t('work.text.judging.ranking')} role="group">
        {ids.map((_, slot) => (
          <div key={slot} className={classes.slot} data-slot={slot + 1} data-over={drag.over === slot + 1 || undefined}>
            <span className={classes.slotName}>{slot + 1}</span>
            {ids.map((id, place) =>
              places.get(id) === slot + 1 ? (
                <Chip
                  key={id}
                  letter={letters[place]!}
                  on={place === at}
                  {...drag.handlers(id)}
                  onSelect={() => select(place)}
                />
              ) : null,
            )}
          </div>
        ))}
        <div className={classes.slot} data-slot="0" data-over={drag.over === 0 || undefined}>
          <span className={classes.slotName}>{t('work.text.judging.unranked')}</span>
          {ids.map((id, place) =>
            places.has(id) ? null : (
              <Chip
                key={id}
                letter={letters[place]!}
                on={place === at}
                {...drag.handlers(id)}
                onSelect={() => select(place)}
              />
            ),
          )}
        </div>
      </div>
      <div className={classes.reading} data-reading>
        <div className={classes.rankList}>
          <div
            ref={list}
            role="listbox"
            tabIndex={-1}
            aria-label={t('work.text.judging.answers')}
            onKeyDown={onKeyDown}
            data-judge
          >
            {item.candidates.map((candidate, place) => (
              <div
                key={candidate.id}
                role="option"
                aria-selected={place === at}
                tabIndex={place === at ? 0 : -1}
                className={classes.rankRow}
                data-rank={candidate.id}
                data-place={places.get(candidate.id) ?? 0}
                onFocus={() => setAt(place)}
              >
                <span className={classes.letter}>{letters[place]}</span>
                <span className={classes.excerpt}>{excerptOf(candidate.content)}</span>
                <span className={classes.place}>
                  {places.has(candidate.id)
                    ? t('work.text.judging.place', { place: places.get(candidate.id) })
                    : t('work.text.judging.noPlace')}
                </span>
              </div>
            ))}
          </div>
          {usual && <p className={classes.keys}>{t('work.text.judging.rankKeys', { most: ids.length })}</p>}
        </div>
        <section className={classes.pane} data-candidate={current.id}>
          <h3 className={classes.paneHead}>
            {t('work.text.judging.answer', { letter: letters[at] })}
            {current.model !== null && <span className={classes.model}>{current.model}</span>}
          </h3>
          <div
            key={current.id}
            className={classes.paneText}
            role="group"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
            tabIndex={0}
            aria-label={t('work.text.judging.answer', { letter: letters[at] })}
            data-scroll
          >
            <CandidateText content={current.content} />
          </div>
        </section>
      </div>
    </div>
  );
}

/** Places as the worker gave them; where the journal has another ranking (after an undo), those of that. */
function usePlaces(
  ranking: readonly (readonly string[])[],
  ids: readonly string[],
  desk: TextStageProps['desk'],
): [Places, (next: Places) => void] {
  const [own, setOwn] = useState<Places>(() => placesOf(ranking));
  // What was just given may not be in the check yet, which follows a moment later.
  const present = desk.doc.answer?.ranking ?? ranking;
  const places = standsFor(own, present) ? own : placesOf(present);
  const give = (next: Places) => {
    setOwn(next);
    const groups = rankingOf(next, ids);
    desk.say({ shown: [...ids], ranking: groups.length > 0 ? groups : null });
  };
  return [places, give];
}

interface ChipProps {
  letter: string;
  on: boolean;
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: () => void;
  onSelect: () => void;
}

function Chip({ letter, on, onSelect, ...handlers }: ChipProps) {
  return (
    <UnstyledButton
      className={classes.chip}
      data-on={on || undefined}
      data-chip={letter}
      tabIndex={-1}
      onClick={onSelect}
      {...handlers}
    >
      {letter}
    </UnstyledButton>
  );
}

/** Dragging a letter onto a place; `over` is the place below it (0: without a place), null while nothing is dragged. */
function useDrag(give: (id: string, place: number | null) => void) {
  const [over, setOver] = useState<number | null>(null);
  const begun = useRef<{ x: number; y: number; id: string; moving: boolean } | null>(null);
  const slotAt = ({ clientX, clientY }: PointerEvent): number | null => {
    const slot = document
      .elementsFromPoint(clientX, clientY)
      .find((each) => each instanceof HTMLElement && each.dataset['slot']);
    return slot instanceof HTMLElement ? Number(slot.dataset['slot']) : null;
  };
  const end = () => {
    begun.current = null;
    setOver(null);
  };
  const handlers = (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      begun.current = { x: event.clientX, y: event.clientY, id, moving: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const from = begun.current;
      if (!from) return;
      from.moving ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > 4;
      if (from.moving) setOver(slotAt(event));
    },
    onPointerUp: (event: PointerEvent) => {
      const from = begun.current;
      const slot = slotAt(event);
      end();
      if (from?.moving && slot !== null) give(from.id, slot === 0 ? null : slot);
    },
    onPointerCancel: end,
  });
  return { over, handlers };
}

function excerptOf(content: TextStageProps['item']['candidates'][number]['content']): string {
  const text = typeof content === 'string' ? content : content.map((turn) => turn.content).join(' ');
  return text.slice(0, 160).replaceAll(/\s+/g, ' ');
}
