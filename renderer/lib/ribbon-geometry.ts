import type { Lane } from '#shared/domain/time.ts';

/** The part of a day that a ribbon shows, milliseconds since 1970. */
export interface RibbonWindow {
  start: number;
  end: number;
}

/** What of a stretch matters to the ribbon. Instants as in the contract. */
export interface RibbonSpan {
  lane: Lane;
  what: string;
  start: string;
  end: string;
  running: boolean;
}

/** A piece of a lane, in shares of the ribbon's width (0..1). */
export interface Piece {
  lane: Lane;
  what: string;
  from: number;
  to: number;
  /** The stretches it stands for, in order: several when they are too near to be told apart. */
  first: number;
  last: number;
}

const hourMs = 3_600_000;
const leastHours = 4;

/**
 * The hours that a ribbon shows: from the hour of the first stretch to the hour after now, at least four, never more than the
 * working day. Empty morning and evening would only make the work too small to see.
 */
export function ribbonWindow(day: RibbonWindow, spans: readonly RibbonSpan[], now: number): RibbonWindow {
  const times = spans.map(({ start }) => Date.parse(start));
  const first = Math.min(...times, Math.min(now, day.end));
  const last = Math.max(now, ...spans.map(({ end }) => Date.parse(end)));
  let start = Math.max(day.start, Math.floor(first / hourMs) * hourMs);
  let end = Math.min(day.end, (Math.floor(last / hourMs) + 1) * hourMs);
  end = Math.min(day.end, Math.max(end, start + leastHours * hourMs));
  start = Math.max(day.start, Math.min(start, end - leastHours * hourMs));
  return { start, end: Math.max(end, start + hourMs) };
}

/** The full hours inside a window, in shares of its width. */
export function hourMarks({ start, end }: RibbonWindow): { at: number; time: number }[] {
  const marks: { at: number; time: number }[] = [];
  for (let time = Math.ceil(start / hourMs) * hourMs; time < end; time += hourMs) {
    if (time > start) marks.push({ at: (time - start) / (end - start), time });
  }
  return marks;
}

/**
 * The pieces that stretches make on a ribbon `width` pixels wide. Neighbours in a lane of the same kind with less than a pixel
 * between them become one piece, so that a day of a thousand stretches draws as quickly as one of ten. `now` ends what runs.
 */
export function ribbonPieces(spans: readonly RibbonSpan[], window: RibbonWindow, width: number, now: number): Piece[] {
  const pixel = 1 / Math.max(width, 1);
  const share = (time: number) => Math.min(1, Math.max(0, (time - window.start) / (window.end - window.start)));
  const open = new Map<string, Piece>();
  const pieces: Piece[] = [];
  spans.forEach((span, index) => {
    const from = share(Date.parse(span.start));
    const to = Math.max(share(span.running ? Math.max(now, Date.parse(span.end)) : Date.parse(span.end)), from);
    const before = open.get(span.lane);
    if (before && before.what === span.what && from - before.to < pixel) {
      before.to = Math.max(before.to, to);
      before.last = index;
      return;
    }
    const piece = { lane: span.lane, what: span.what, from, to, first: index, last: index };
    open.set(span.lane, piece);
    pieces.push(piece);
  });
  return pieces;
}

/** The piece of a lane at a share of the width; the nearest within `reach` when none lies right there. */
export function pieceAt(pieces: readonly Piece[], lane: Lane, at: number, reach: number): Piece | null {
  let best: Piece | null = null;
  let bestDistance = reach;
  for (const piece of pieces) {
    if (piece.lane !== lane) continue;
    const distance = Math.max(0, piece.from - at, at - piece.to);
    if (distance <= bestDistance) {
      best = piece;
      bestDistance = distance;
    }
  }
  return best;
}
