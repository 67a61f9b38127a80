import { UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Lane } from '#shared/domain/time.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { hourMarks, ribbonPieces, ribbonWindow, type Piece, type RibbonWindow } from '#renderer/lib/ribbon-geometry.ts';
import { whatWords } from '#renderer/lib/time-words.ts';
import { RibbonPatterns, patternOf } from '#renderer/ui/ribbon-patterns.tsx';
import { draggedTimes, type Grip, type Stretch } from './stretch-plan.ts';
import type { Account, Gap } from './today-page.tsx';
import classes from './today.module.css';

/** Top and height of each lane, pixels. */
const lanes: Readonly<Record<Lane, { top: number; height: number }>> = {
  activity: { top: 6, height: 48 },
  waiting: { top: 60, height: 24 },
  presence: { top: 90, height: 10 },
};
const height = 106;
/** So near to an edge, in pixels, the edge is what is grabbed. */
const edgePx = 7;
/** A piece as wide as this, in pixels, bears its name. */
const leastForWords = 76;

interface Props {
  account: Account;
  stretches: readonly Stretch[];
  now: number;
  /** Asked for new times of a stretch; equal to the old ones when it was only chosen. */
  onMove: (stretch: Stretch, times: { start: number; end: number }, grip: Grip) => void;
  onGap: (gap: Gap) => void;
}

interface Drag {
  stretch: Stretch;
  grip: Grip;
  fromX: number;
  times: { start: number; end: number };
}

/** The day in three lanes, large enough to take hold of: a stretch or its edge is dragged to where it was, a gap asks what it was. */
export function LargeRibbon({ account, stretches, now, onMove, onGap }: Props) {
  const t = useText();
  const format = useFormat();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [drag, setDrag] = useState<Drag | null>(null);
  const day = { start: Date.parse(account.start), end: Date.parse(account.end) };
  // A day that is over ends with its last stretch: nothing is to come.
  const over = now >= day.end;
  const shownNow = over ? Math.max(day.start, ...stretches.map(({ end }) => end)) : now;
  const window = ribbonWindow(day, account.spans, shownNow);
  const pieces = ribbonPieces(account.spans, window, width, shownNow);
  const x = (time: number) => ((time - window.start) / (window.end - window.start)) * width;
  const gaps = account.gaps.map((gap) => ({ gap, from: x(Date.parse(gap.start)), to: x(Date.parse(gap.end)) }));

  return (
    <div className={classes.ribbonBox}>
      <div className={classes.laneNames} aria-hidden>
        {(['activity', 'waiting', 'presence'] as const).map((lane) => (
          <span key={lane} style={{ top: lanes[lane].top, lineHeight: `${lanes[lane].height}px` }}>
            {t(`today.lanes.${lane}`)}
          </span>
        ))}
      </div>
      <div ref={ref} className={classes.ribbon}>
        <svg width={width} height={height} aria-hidden className={classes.drawing}>
          <RibbonPatterns />
          {hourMarks(window).map(({ at, time }) => (
            <line key={time} x1={at * width} x2={at * width} y1={0} y2={height} className={classes.hour} />
          ))}
          {pieces.map((piece) => (
            <rect
              key={`${piece.lane}-${piece.first}`}
              x={piece.from * width}
              width={Math.max(1, (piece.to - piece.from) * width - 0.5)}
              y={lanes[piece.lane].top}
              height={lanes[piece.lane].height}
              fill={patternOf(piece.lane, piece.what)}
              stroke={piece.what === 'break' ? 'var(--cl-control-line)' : undefined}
              data-dragged={drag?.stretch.id === stretches[piece.first]?.id || undefined}
              className={classes.piece}
              rx={1.5}
            />
          ))}
          {drag && (
            <rect
              x={x(drag.times.start)}
              width={Math.max(1, x(drag.times.end) - x(drag.times.start))}
              y={lanes[drag.stretch.lane].top - 2}
              height={lanes[drag.stretch.lane].height + 4}
              className={classes.ghost}
              rx={2}
            />
          )}
          {!over && <line x1={x(now)} x2={x(now)} y1={0} y2={height} className={classes.now} />}
        </svg>
        <Handles {...{ account, pieces, stretches, width, window, now, drag, setDrag, onMove }} />
        {gaps.map(({ gap, from, to }) => (
          <UnstyledButton
            key={gap.start}
            className={classes.gap}
            style={{
              left: from,
              width: Math.max(6, to - from),
              top: lanes.activity.top,
              height: lanes.activity.height,
            }}
            aria-label={t('today.gapLabel', { from: format.time(gap.start), to: format.time(gap.end) })}
            onClick={() => onGap(gap)}
          >
            {to - from > 22 ? '?' : ''}
          </UnstyledButton>
        ))}
        <Hours window={window} width={width} />
        {drag && (
          <div className={classes.dragWords} style={{ left: Math.min(Math.max(0, x(drag.times.start)), width - 230) }}>
            <strong>{whatWords(t, drag.stretch.lane, drag.stretch.what)}</strong>{' '}
            {format.time(new Date(drag.times.start).toISOString())}–
            {format.time(new Date(drag.times.end).toISOString())} {format.duration(drag.times.end - drag.times.start)}
          </div>
        )}
      </div>
    </div>
  );
}

interface HandlesProps extends Pick<Props, 'account' | 'stretches' | 'now' | 'onMove'> {
  pieces: readonly Piece[];
  width: number;
  window: RibbonWindow;
  drag: Drag | null;
  setDrag: (drag: Drag | null) => void;
}

/** What is grabbed: one button a piece over the drawing. The arrow keys go from one to the next. */
function Handles({ account, pieces, stretches, width, window, now, drag, setDrag, onMove }: HandlesProps) {
  const t = useText();
  const format = useFormat();
  const [active, setActive] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  /** The click that ends a drag is not a choice. */
  const moved = useRef(false);
  const perPx = (window.end - window.start) / Math.max(width, 1);
  const limits = { from: Date.parse(account.start), to: Math.min(now, Date.parse(account.end)) };

  const begin = (event: PointerEvent<HTMLButtonElement>, stretch: Stretch) => {
    if (event.button !== 0 || stretch.entryId === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { start, end } = stretch;
    setDrag({ stretch, grip: gripAt(event), fromX: event.clientX, times: { start, end } });
  };
  const follow = (event: PointerEvent<HTMLButtonElement>) => {
    if (!drag) {
      event.currentTarget.style.cursor = gripAt(event) === 'whole' ? 'grab' : 'ew-resize';
      return;
    }
    const by = (event.clientX - drag.fromX) * perPx;
    setDrag({ ...drag, times: draggedTimes(drag.stretch, drag.grip, by, limits) });
  };
  const drop = () => {
    if (!drag) return;
    setDrag(null);
    const { stretch, times, grip } = drag;
    moved.current = times.start !== stretch.start || times.end !== stretch.end;
    if (moved.current) onMove(stretch, times, grip);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const next = (active + step + pieces.length) % pieces.length;
    setActive(next);
    place.current?.querySelectorAll('button')[next]?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys go through all of its buttons
    <div ref={place} role="group" aria-label={t('today.ribbon')} onKeyDown={onKeyDown}>
      {pieces.map((piece, at) => {
        const own = stretches
          .slice(piece.first, piece.last + 1)
          .filter(({ lane, what }) => lane === piece.lane && what === piece.what);
        const [first, last] = [own[0], own.at(-1)];
        if (!first || !last) return null;
        const { top, height: tall } = lanes[piece.lane];
        const [from, to] = [new Date(first.start), new Date(last.end)].map((time) => format.time(time.toISOString()));
        const chosen = own.find(({ entryId }) => entryId !== null);
        return (
          <UnstyledButton
            key={`${piece.lane}-${piece.first}`}
            className={classes.handle}
            tabIndex={at === Math.min(active, pieces.length - 1) ? 0 : -1}
            style={{ left: piece.from * width, width: Math.max(3, (piece.to - piece.from) * width), top, height: tall }}
            aria-label={`${whatWords(t, piece.lane, piece.what)} ${from}–${to}`}
            title={`${whatWords(t, piece.lane, piece.what)} ${from}–${to} · ${format.duration(last.end - first.start)}`}
            onFocus={() => setActive(at)}
            {...(own.length === 1 ? { onPointerDown: (event) => begin(event, first) } : {})}
            onPointerMove={follow}
            onPointerUp={drop}
            onPointerCancel={() => setDrag(null)}
            onClick={() => {
              if (chosen && !moved.current) onMove(chosen, { start: chosen.start, end: chosen.end }, 'whole');
              moved.current = false;
            }}
          >
            {piece.lane !== 'presence' && (piece.to - piece.from) * width > leastForWords && (
              <span className={classes.words}>{whatWords(t, piece.lane, piece.what)}</span>
            )}
          </UnstyledButton>
        );
      })}
    </div>
  );
}

/** An edge, or all of it when the pointer is away from both, or when it is too narrow to tell them apart. */
function gripAt(event: PointerEvent<HTMLElement>): Grip {
  const box = event.currentTarget.getBoundingClientRect();
  const reach = Math.min(edgePx, box.width / 3);
  if (event.clientX - box.left < reach) return 'start';
  return box.right - event.clientX < reach ? 'end' : 'whole';
}

function Hours({ window, width }: { window: RibbonWindow; width: number }) {
  const format = useFormat();
  const marks = [{ at: 0, time: window.start }, ...hourMarks(window)];
  const every = Math.max(1, Math.ceil((marks.length * 44) / Math.max(width, 1)));
  return (
    <div className={classes.hours} aria-hidden>
      {marks.map(({ at, time }, place) => (
        <span key={time} style={{ left: at * width }}>
          {place % every === 0 && at * width < width - 24 ? format.time(new Date(time).toISOString()) : ''}
        </span>
      ))}
    </div>
  );
}
