import { ActionIcon, SegmentedControl, Select, Slider } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TextItem } from '#shared/domain/text.ts';
import { textBefore } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { lineBreak } from '#renderer/text/edit-history.ts';
import { replayFrames } from '#renderer/text/replay-frames.ts';
import type { TextField } from '#renderer/text/text-field.ts';
import { PasteLength } from './paste-length.tsx';
import classes from './replay-player.module.css';

const speeds = ['1', '4', '16'] as const;

/** The writing of a text once more: play, speed, and a slider to go anywhere in it. Long pauses are shown as a second. */
export function ReplayPlayer({ fields, item }: { fields: readonly TextField[]; item: TextItem }) {
  const t = useText();
  const format = useFormat();
  const [name, setName] = useState(fields[0]?.name ?? 'answer');
  const field = fields.find((each) => each.name === name) ?? fields[0]!;
  // What is written while one looks is shown the next time.
  const edits = useMemo(() => [...field.edits()], [field]);
  const frames = useMemo(() => replayFrames(edits, textBefore(item, field.name)), [edits, field, item]);
  const [moment, setMoment] = useState(frames.length);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<string>('4');
  const place = useRef(moment);
  place.current = moment;

  useEffect(() => {
    if (!playing) return undefined;
    let last = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const next = Math.min(frames.length, place.current + (now - last) * Number(speed));
      last = now;
      setMoment(next);
      if (next >= frames.length) setPlaying(false);
      else frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [frames, playing, speed]);
  const play = () => {
    if (!playing && moment >= frames.length) setMoment(0);
    setPlaying(!playing);
  };

  const count = frames.at(moment);
  const shown = useMemo(() => frames.text(count), [count, frames]);
  const edit = edits[count - 1];
  return (
    <section className={classes.player} aria-label={t('work.text.replay.title')} data-replay={count}>
      <div className={classes.bar}>
        <ActionIcon
          size={28}
          aria-label={t(playing ? 'work.text.replay.pause' : 'work.text.replay.play')}
          onClick={play}
        >
          {playing ? <IconPlayerPauseFilled size={15} aria-hidden /> : <IconPlayerPlayFilled size={15} aria-hidden />}
        </ActionIcon>
        <Slider
          className={classes.slider}
          size="sm"
          min={0}
          max={Math.max(1, frames.length)}
          step={Math.max(1, frames.length / 500)}
          value={moment}
          label={null}
          thumbLabel={t('work.text.replay.place')}
          onChange={(value) => {
            setPlaying(false);
            setMoment(value);
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('work.text.replay.speed')}
          value={speed}
          onChange={setSpeed}
          data={speeds.map((each) => ({ value: each, label: `${each}×` }))}
        />
        {fields.length > 1 && (
          <Select
            size="xs"
            className={classes.which}
            aria-label={t('work.text.replay.which')}
            value={field.name}
            onChange={(value) => value !== null && setName(value)}
            data={fields.map(({ name: each }) => ({ value: each, label: fieldWords(t, each) }))}
          />
        )}
      </div>
      <p className={classes.what}>
        {t('work.text.replay.edit', { place: format.number(count, 0), of: format.number(edits.length, 0) })}
        {edit !== undefined && edit.at > 0 && ` · ${format.dateTime(new Date(edit.at).toISOString())}`}
        {edit !== undefined && ` · ${t(`work.text.replay.ways.${edit.how}`)}`}
        {(edit?.how === 'paste' || edit?.how === 'drop') && (
          <>
            {' · '}
            <PasteLength text={edit.inserted} />
          </>
        )}
      </p>
      <ShownText {...shown} />
    </section>
  );
}

function ShownText({ text, start, end }: ReturnType<ReturnType<typeof replayFrames>['text']>) {
  const t = useText();
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    mark.current?.scrollIntoView({ block: 'nearest' });
  }, [text, start, end]);
  const slice = (from: number, to?: number) => text.sliceString(from, to, lineBreak);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className={classes.text} dir="auto" role="group" aria-label={t('work.text.replay.text')} tabIndex={0}>
      {slice(0, start)}
      <mark ref={mark} className={classes.mark}>
        {slice(start, end)}
      </mark>
      {slice(end)}
    </div>
  );
}

function fieldWords(t: ReturnType<typeof useText>, name: string): string {
  const turn = /^turn\.(\d+)$/.exec(name)?.[1];
  if (turn !== undefined) return t('work.text.turns.turn', { place: Number(turn) + 1 });
  return name === 'reason' ? t('work.text.reason') : t('work.text.answer');
}
