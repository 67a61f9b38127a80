import { memo, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { transcriptCounts } from '#shared/rules/transcript-counts.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { composing } from '#renderer/lib/keys.ts';
import { focusCanvas } from '../canvas-focus.ts';
import { labelColorOf, labelName } from '../label-name.ts';
import { MachineWords } from './machine-words.tsx';
import { lengthText, placeText } from './sound-time.ts';
import type { SoundDesk } from './sound-desk.ts';
import type { WatchRow } from './use-tall-rows.ts';
import classes from './transcript-list.module.css';

interface Props {
  segment: Segment;
  /** Counted from 0, of how many. */
  place: number;
  of: number;
  rate: number;
  current: boolean;
  selected: boolean;
  /** What breaks a rule here, in words; empty: nothing. */
  breach: string;
  labels: LabelSet;
  tokens: CheckableRules['tokens'];
  /** Whether what the machine wrote is shown below the row under work. */
  original: boolean;
  desk: SoundDesk;
  /** A click with the keys held. */
  onSelect: (id: ShapeId, how: 'only' | 'also' | 'upTo') => void;
  /** Enter: on to the next, with Shift to the one before. */
  onGo: (by: 1 | -1) => void;
  /** Is told the row while it is drawn, to measure it. */
  watch: WatchRow;
}

/** One segment with its words, as tall as they are. */
export const TranscriptRow = memo(function TranscriptRow(props: Props) {
  const { segment, place, of, rate, current, selected, breach, labels, tokens, desk, onSelect, watch } = props;
  const { id } = segment;
  const t = useText();
  const { start, end, tier } = segment.geometry;
  const row = useRef<HTMLDivElement>(null);
  const label = labels.find(({ key }) => key === segment.label);

  useLayoutEffect(() => (row.current ? watch(row.current, id) : undefined), [id, watch]);

  const onMouseDown = (event: MouseEvent) => {
    if (event.button !== 0) return;
    const how = event.shiftKey ? 'upTo' : event.ctrlKey || event.metaKey ? 'also' : 'only';
    // With the keys held a click selects and writes nothing.
    if (how !== 'only') event.preventDefault();
    onSelect(id, how);
  };
  return (
    // Its text field has the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={row}
      role="listitem"
      aria-posinset={place + 1}
      aria-setsize={of}
      aria-current={current || undefined}
      className={classes.row}
      data-segment={id}
      data-selected={selected || undefined}
      data-breach={breach === '' ? undefined : true}
      onMouseDown={onMouseDown}
    >
      <span className={classes.meta}>
        <span className={classes.time}>
          {placeText(start, rate)}
          <span className={classes.length}>{lengthText(end - start, rate)}</span>
        </span>
        <span className={classes.facts}>
          <i className={classes.color} style={{ background: labelColorOf(labels, segment.label) ?? 'transparent' }} />
          <span className={classes.label}>{labelName(labels, segment.label) ?? t('work.objects.noClass')}</span>
          <span className={classes.tier} title={tier}>
            {tier || t('work.sound.wave.noTier')}
          </span>
        </span>
      </span>
      <span className={classes.words}>
        <Words {...props} what={t('work.sound.row.text', { place: place + 1, time: placeText(start, rate) })} />
        {current && props.original && <MachineWords segment={segment} desk={desk} />}
      </span>
      <span className={classes.end}>
        {breach !== '' && (
          <span className={classes.breach} title={breach}>
            !<span className={classes.spoken}>{breach}</span>
          </span>
        )}
        {segment.ambiguous !== undefined && (
          <span className={classes.ambiguous} title={segment.ambiguous}>
            ?
          </span>
        )}
        {label?.noTranscript !== true && <Counts text={segment.text ?? ''} tokens={tokens} />}
      </span>
    </div>
  );
});

/** How much is written: characters, and words where there are spaces between them. */
function Counts({ text, tokens }: { text: string; tokens: CheckableRules['tokens'] }) {
  const t = useText();
  const format = useFormat();
  if (text === '') return null;
  const { characters, words } = transcriptCounts(text, tokens);
  return (
    <span className={classes.counts} title={t('work.sound.row.counts', { characters, words })}>
      {format.number(characters, 0)}
    </span>
  );
}

/**
 * The field of one transcript. What an input method composes stays in the field until it is finished, and no key of it means anything else.
 */
function Words({ segment, what, current, desk, onSelect, onGo }: Props & { what: string }) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const underWay = useRef(false);
  const { id } = segment;
  const text = segment.text ?? '';

  useLayoutEffect(() => {
    const element = field.current;
    // What is being typed here is newer than what is told.
    if (!element || underWay.current || desk.unwritten(id) !== null || element.value === text) return;
    const caret = element.selectionStart;
    element.value = text;
    if (document.activeElement === element) element.setSelectionRange(caret, caret);
  }, [desk, id, text]);

  const take = ({ timeStamp }: { timeStamp: number }) => {
    if (field.current && !underWay.current) desk.write(id, field.current.value, timeStamp);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') focusCanvas();
    else if (event.key === 'Enter') onGo(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <textarea
      ref={field}
      className={classes.field}
      data-transcript
      aria-label={what}
      placeholder={current ? t('work.sound.row.placeholder') : undefined}
      rows={1}
      spellCheck={false}
      maxLength={100_000}
      defaultValue={desk.unwritten(id) ?? text}
      onFocus={() => !desk.selection.includes(id) && onSelect(id, 'only')}
      onBlur={() => desk.settle()}
      onInput={take}
      onCompositionStart={() => (underWay.current = true)}
      onCompositionEnd={(event) => {
        underWay.current = false;
        take(event);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
