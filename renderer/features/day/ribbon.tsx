import { UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState, type PointerEvent } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { Lane } from '#shared/domain/time.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import {
  hourMarks,
  pieceAt,
  ribbonPieces,
  ribbonWindow,
  type Piece,
  type RibbonWindow,
} from '#renderer/lib/ribbon-geometry.ts';
import { whatWords } from '#renderer/lib/time-words.ts';
import { RibbonPatterns, patternOf } from '#renderer/ui/ribbon-patterns.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import classes from './ribbon.module.css';

type Account = Output<'time.day'>;

/** Top and height of each lane, pixels. */
const lanes: Readonly<Record<Lane, { top: number; height: number }>> = {
  activity: { top: 4, height: 13 },
  waiting: { top: 19, height: 7 },
  presence: { top: 28, height: 3 },
};
const height = 34;
const reachPx = 3;

/** Today in three thin lanes: what was done, what was waited for, being there. Hover shows the stretch. */
export function Ribbon({ account, now }: { account: Account; now: number }) {
  const t = useText();
  const format = useFormat();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [hovered, setHovered] = useState<Piece | null>(null);
  const day = { start: Date.parse(account.start), end: Date.parse(account.end) };
  const window = ribbonWindow(day, account.spans, now);
  const pieces = ribbonPieces(account.spans, window, width, now);

  const look = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width;
    const y = event.clientY - box.top;
    const lane: Lane = y < lanes.waiting.top - 1 ? 'activity' : y < lanes.presence.top - 1 ? 'waiting' : 'presence';
    const order: Lane[] = [lane, 'activity', 'waiting', 'presence'];
    const found = order.map((each) => pieceAt(pieces, each, at, reachPx / box.width)).find((piece) => piece !== null);
    setHovered(found ?? null);
  };
  const summary = t('day.ribbon.summary', {
    worked: format.duration(account.totals.worked),
    presence: format.duration(account.totals.presence),
  });
  return (
    <div className={classes.place}>
      <HourWord at={window.start} />
      <div ref={ref} className={classes.ribbon}>
        <UnstyledButton
          className={classes.lanes}
          aria-label={summary}
          onPointerMove={look}
          onPointerLeave={() => setHovered(null)}
          onClick={() => openPieces(account, hovered, t('day.ribbon.stretch'), t('day.worked.title'))}
        >
          <svg width={width} height={height} aria-hidden>
            <RibbonPatterns />
            {hourMarks(window).map(({ at, time }) => (
              <line key={time} x1={at * width} x2={at * width} y1={2} y2={height - 2} className={classes.hour} />
            ))}
            {pieces.map((piece) => (
              <rect
                key={`${piece.lane}-${piece.first}`}
                x={piece.from * width}
                width={Math.max(1, (piece.to - piece.from) * width)}
                y={lanes[piece.lane].top}
                height={lanes[piece.lane].height}
                fill={patternOf(piece.lane, piece.what)}
                stroke={piece.what === 'break' ? 'var(--cl-control-line)' : undefined}
                strokeWidth={0.5}
                className={classes.piece}
                data-hovered={piece.first === hovered?.first || undefined}
              />
            ))}
            <line {...nowLine(window, now, width)} y1={1} y2={height - 1} className={classes.now} />
          </svg>
        </UnstyledButton>
        {hovered && (
          <div
            className={classes.tip}
            style={{ left: Math.min(Math.max(0, hovered.from * width), Math.max(0, width - 260)) }}
            role="status"
          >
            <PieceWords account={account} piece={hovered} now={now} />
          </div>
        )}
      </div>
      <HourWord at={window.end} />
    </div>
  );
}

/** The hour at an end of the ribbon. */
function HourWord({ at }: { at: number }) {
  const format = useFormat();
  return (
    <span className={classes.end} aria-hidden>
      {format.time(new Date(at).toISOString())}
    </span>
  );
}

function PieceWords({ account, piece, now }: { account: Account; piece: Piece; now: number }) {
  const t = useText();
  const format = useFormat();
  const spans = account.spans
    .slice(piece.first, piece.last + 1)
    .filter(({ lane, what }) => lane === piece.lane && what === piece.what);
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return null;
  const end = last.running ? new Date(now).toISOString() : last.end;
  const length = spans.reduce(
    (sum, span) => sum + (span.running ? now : Date.parse(span.end)) - Date.parse(span.start),
    0,
  );
  return (
    <>
      <strong>{whatWords(t, first.lane, first.what)}</strong>
      <span>
        {format.time(first.start)}–{format.time(end)}
      </span>
      <span>{format.duration(length)}</span>
      <span>{t(`day.paid.${first.paid}`)}</span>
      <SourceMark source={first.source} />
    </>
  );
}

/** The entries behind a piece, or behind the whole day when none is under the pointer; what runs has none yet. */
function openPieces(account: Account, piece: Piece | null, ofPiece: string, ofDay: string): void {
  const entries = piece
    ? account.spans
        .slice(piece.first, piece.last + 1)
        .filter(({ lane, what }) => lane === piece.lane && what === piece.what)
        .flatMap(({ entryId }) => (entryId ? [entryId] : []))
    : account.entries;
  if (entries.length > 0) navigate('ledger', { entries, title: piece ? ofPiece : ofDay });
}

function nowLine({ start, end }: RibbonWindow, now: number, width: number): { x1: number; x2: number } {
  const x = Math.min(1, Math.max(0, (now - start) / (end - start))) * width;
  return { x1: x, x2: x };
}
