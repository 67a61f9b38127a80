import { ActionIcon, Button, Slider, Switch } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import {
  isPlain,
  lookFigures,
  lookRanges,
  lookTables,
  nightLook,
  plainLook,
  type Histogram,
  type Look,
} from '#renderer/photo/look.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { Looking } from './looking.ts';
import classes from './look-panel.module.css';

interface Props {
  looking: Looking;
  photo: DecodedPhoto;
  look: Look;
  /** Shown while a slider moves; not remembered yet. */
  onTry: (look: Look) => void;
  onLook: (look: Look) => void;
  onClose: () => void;
}

/** How the photo is looked at: its histogram and what changes the picture for the eye. Nothing of it goes into the data. */
export function LookPanel({ looking, photo, look, onTry, onLook, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  return (
    <section className={classes.panel} aria-label={t('work.look.title')}>
      <header className={classes.head}>
        <h2 className={classes.title}>{t('work.look.title')}</h2>
        <ActionIcon size={22} aria-label={t('work.look.close')} onClick={onClose}>
          <IconX size={14} stroke={1.8} aria-hidden />
        </ActionIcon>
      </header>
      <HistogramView looking={looking} photo={photo} look={look} />
      {lookFigures.map((figure) => (
        <div key={figure} className={classes.row}>
          <span className={classes.name}>{t(`work.look.figure.${figure}`)}</span>
          <Slider
            className={classes.slider}
            size={4}
            thumbSize={12}
            label={null}
            thumbLabel={t(`work.look.figure.${figure}`)}
            {...lookRanges[figure]}
            value={look[figure]}
            onChange={(value) => onTry({ ...look, [figure]: value })}
            onChangeEnd={(value) => onLook({ ...look, [figure]: value })}
            // Back to where it does nothing.
            onDoubleClick={() => onLook({ ...look, [figure]: plainLook[figure] })}
          />
          <span className={classes.value}>{format.number(look[figure], 2)}</span>
        </div>
      ))}
      <Switch
        size="xs"
        label={t('work.look.stretch')}
        checked={look.stretch}
        onChange={(event) => onLook({ ...look, stretch: event.currentTarget.checked })}
      />
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onLook(nightLook)}
          rightSection={<KeyHint of="work.look-night" keys="N" />}
        >
          {t('work.look.night')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isPlain(look)}
          onClick={() => onLook(plainLook)}
          rightSection={<KeyHint of="work.look-original" keys="O" />}
        >
          {t('work.look.plain')}
        </Button>
      </div>
      <p className={classes.note}>{t('work.look.note')}</p>
    </section>
  );
}

const size = { width: 224, height: 56 } as const;

/** The photo's own brightnesses as a silhouette, and the curve that the look makes of them. */
function HistogramView({ looking, photo, look }: Pick<Props, 'looking' | 'photo' | 'look'>) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [histogram, setHistogram] = useState<Histogram | null>(null);
  useEffect(() => {
    let present = true;
    void looking.histogram().then((found) => present && setHistogram(found));
    return () => {
      present = false;
    };
  }, [looking, photo]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && histogram) paintHistogram(context, histogram, look);
  }, [histogram, look]);
  const ratio = window.devicePixelRatio;
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t('work.look.histogram')}
      className={classes.histogram}
      width={Math.round(size.width * ratio)}
      height={Math.round(size.height * ratio)}
    />
  );
}

function paintHistogram(context: CanvasRenderingContext2D, histogram: Histogram, look: Look): void {
  const { width, height } = context.canvas;
  const style = getComputedStyle(context.canvas);
  context.clearRect(0, 0, width, height);
  // The square root keeps a peak from pressing all others flat.
  const tallest = Math.sqrt(Math.max(1, ...histogram.luma));
  context.fillStyle = style.getPropertyValue('--histogram');
  for (let value = 0; value < 256; value += 1) {
    const tall = (Math.sqrt(histogram.luma[value]!) / tallest) * height;
    const left = Math.floor((value * width) / 256);
    context.fillRect(left, height - tall, Math.ceil(((value + 1) * width) / 256) - left, tall);
  }
  const { green } = lookTables({ ...look, red: 1, green: 1, blue: 1 }, histogram);
  context.strokeStyle = style.getPropertyValue('--curve');
  context.lineWidth = 1.5 * window.devicePixelRatio;
  context.beginPath();
  for (let value = 0; value < 256; value += 1) {
    context.lineTo(((value + 0.5) * width) / 256, height - (green[value]! / 255) * (height - 2) - 1);
  }
  context.stroke();
}
