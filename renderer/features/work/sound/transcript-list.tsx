import { UnstyledButton } from '@mantine/core';
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import type { ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { transcriptCounts } from '#shared/rules/transcript-counts.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound, useActions } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { useSelection } from '../shape-desk.ts';
import type { SoundDesk } from './sound-desk.ts';
import { soundStore } from './sound.store.ts';
import { TranscriptRow } from './transcript-row.tsx';
import { useTallRows } from './use-tall-rows.ts';
import classes from './transcript-list.module.css';

interface Props {
  desk: SoundDesk;
  /** In the order they are heard. */
  segments: readonly Segment[];
  rate: number;
  labels: LabelSet;
  tokens: CheckableRules['tokens'];
  /** What breaks a rule, in words, by segment. */
  breachOf: (id: ShapeId) => string;
  /** A row was reached by key and is to be heard. */
  onReached: (segment: Segment) => void;
}

/** Whether a field of a transcript has the focus. */
export function inTranscript(): boolean {
  return document.activeElement?.matches('[data-transcript]') ?? false;
}

/**
 * The words of a recording, a row a segment, however many, each as tall as its text; only those on screen exist, and the one under work.
 */
export const TranscriptList = memo(function TranscriptList(props: Props) {
  const { desk, segments, rate, labels, tokens, breachOf, onReached } = props;
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const selection = useSelection(desk);
  const original = soundStore((state) => state.original);
  const selected = useMemo(() => new Set(selection), [selection]);
  const last = selection.at(-1);
  const at = useMemo(() => (last === undefined ? -1 : segments.findIndex(({ id }) => id === last)), [last, segments]);
  const { tops, first, last: end, watch, reveal } = useTallRows(scroller, segments);
  const places = placesIn(first, Math.min(end, segments.length), at);
  const [, draw] = useReducer((count: number) => count + 1, 0);

  const tall = at < 0 ? 0 : tops[at + 1]! - tops[at]!;
  useEffect(() => {
    if (at >= 0) reveal(at);
  }, [at, reveal, tall]);

  const focusWanted = useRef<ShapeId | null>(null);
  useLayoutEffect(() => {
    const id = focusWanted.current;
    if (id === null || id !== last) return;
    const field = scroller.current?.querySelector<HTMLTextAreaElement>(`[data-segment="${id}"] textarea`);
    if (!field) return;
    focusWanted.current = null;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  });

  // Who types and is led elsewhere by a key types on there: a field that scrolled away would leave the letters to be shortcuts.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (last === undefined || !inTranscript()) return;
    const own = focused?.closest<HTMLElement>('[data-segment]')?.dataset['segment'];
    if (own === undefined || selected.has(own as ShapeId)) return;
    const field = scroller.current?.querySelector<HTMLTextAreaElement>(`[data-segment="${last}"] textarea`);
    field?.focus({ preventScroll: true });
  }, [last, selected]);

  const anchor = useRef<number | null>(null);
  const latest = useRef({ segments, at });
  latest.current = { segments, at };
  const onSelect = useCallback(
    (id: ShapeId, how: 'only' | 'also' | 'upTo') => {
      const { segments: all } = latest.current;
      const place = all.findIndex((each) => each.id === id);
      const from = anchor.current;
      if (how === 'upTo' && from !== null && from < all.length) {
        const range = all.slice(Math.min(from, place), Math.max(from, place) + 1).map((each) => each.id);
        desk.select([...range.filter((each) => each !== id), id]);
        return;
      }
      anchor.current = place;
      if (how === 'only') {
        // The focus that comes with the click does not take a selection of several away.
        if (desk.selection.at(-1) !== id || desk.selection.length > 1) desk.select([id]);
      } else if (desk.selection.includes(id)) desk.select(desk.selection.filter((each) => each !== id));
      else desk.select([...desk.selection, id]);
    },
    [desk],
  );
  const write = useCallback(
    (segment: Segment | undefined, heard: boolean) => {
      if (!segment) return;
      focusWanted.current = segment.id;
      desk.settle();
      desk.select([segment.id]);
      // Where it is selected already nothing else would draw.
      draw();
      const field = scroller.current?.querySelector<HTMLTextAreaElement>(`[data-segment="${segment.id}"] textarea`);
      if (field) {
        focusWanted.current = null;
        field.focus({ preventScroll: true });
      }
      if (heard) onReached(segment);
    },
    [desk, onReached],
  );
  const onGo = useCallback(
    (by: 1 | -1) => {
      const next = latest.current.segments[latest.current.at + by];
      if (next) write(next, true);
      else desk.settle();
    },
    [desk, write],
  );
  const when = () => segments.length > 0;
  const near = () => segments[Math.max(at, 0)];
  useActions({
    'sound.write': { run: () => write(near(), false), when },
    'sound.row-next': { run: () => write(segments[Math.min(at + 1, segments.length - 1)], true), when },
    'sound.row-previous': { run: () => write(segments[Math.max(at - 1, 0)], true), when },
  });

  return (
    <section className={classes.list} aria-label={t('work.sound.transcript.title')}>
      <Head segments={segments} tokens={tokens} />
      {segments.length === 0 && (
        <p className={classes.none}>
          {t('work.sound.transcript.none')} <KeyHint of="sound.propose" keys="V" />
        </p>
      )}
      <div ref={scroller} className={classes.scroller} role="list" aria-label={t('work.sound.transcript.title')}>
        <div style={{ height: tops.at(-1) }} className={classes.area} role="presentation">
          {places.map((place) => {
            const segment = segments[place]!;
            return (
              <div
                key={segment.id}
                className={classes.slot}
                role="presentation"
                data-current={place === at || undefined}
                style={{ transform: `translateY(${tops[place]!}px)` }}
              >
                <TranscriptRow
                  segment={segment}
                  place={place}
                  of={segments.length}
                  rate={rate}
                  current={place === at}
                  selected={selected.has(segment.id)}
                  breach={breachOf(segment.id)}
                  labels={labels}
                  tokens={tokens}
                  original={original}
                  desk={desk}
                  onSelect={onSelect}
                  onGo={onGo}
                  watch={watch}
                />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
});

/** The rows that are drawn, in order, and the one under work wherever it is: it may have the focus. */
function placesIn(first: number, last: number, at: number): number[] {
  const places = Array.from({ length: Math.max(last - first, 0) }, (_, step) => first + step);
  if (at >= 0 && at < first) places.unshift(at);
  if (at >= last) places.push(at);
  return places;
}

/** How much there is: segments, and what is written in all of them. */
function Head({ segments, tokens }: { segments: readonly Segment[]; tokens: CheckableRules['tokens'] }) {
  const t = useText();
  const format = useFormat();
  const { characters, words, empty } = useMemo(() => countsOf(segments, tokens), [segments, tokens]);
  return (
    <div className={classes.head}>
      <h2 className={classes.title}>{t('work.sound.transcript.title')}</h2>
      <span className={classes.sum}>
        {t('work.sound.transcript.sum', {
          count: segments.length,
          formatted: format.number(segments.length, 0),
          characters: format.number(characters, 0),
          words: format.number(words, 0),
        })}
      </span>
      {empty > 0 && <span className={classes.empty}>{t('work.sound.transcript.empty', { count: empty })}</span>}
      <UnstyledButton className={classes.find} onClick={() => runBound('sound.find')}>
        {t('work.sound.transcript.find')} <KeyHint of="sound.find" keys="Ctrl+F" />
      </UnstyledButton>
    </div>
  );
}

/** Counts of texts that did not change are not made again. */
const known = new WeakMap<Segment, { tokens: CheckableRules['tokens']; characters: number; words: number }>();

function countsOf(segments: readonly Segment[], tokens: CheckableRules['tokens']) {
  const sum = { characters: 0, words: 0, empty: 0 };
  for (const segment of segments) {
    const text = segment.text ?? '';
    if (text === '') {
      sum.empty += 1;
      continue;
    }
    let counts = known.get(segment);
    if (!counts || counts.tokens !== tokens) {
      const { characters, words } = transcriptCounts(text, tokens);
      counts = { tokens, characters, words };
      known.set(segment, counts);
    }
    sum.characters += counts.characters;
    sum.words += counts.words;
  }
  return sum;
}
