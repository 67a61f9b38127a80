import { describe, expect, it } from 'vitest';
import { hourMarks, pieceAt, ribbonPieces, ribbonWindow, type RibbonSpan } from '#renderer/lib/ribbon-geometry.ts';

const at = (time: string) => Date.parse(`2026-11-22T${time}:00.000Z`);
const day = { start: at('04:00'), end: at('04:00') + 24 * 3_600_000 };
const span = (from: string, to: string, more: Partial<RibbonSpan> = {}): RibbonSpan => ({
  lane: 'activity',
  what: 'annotating',
  start: new Date(at(from)).toISOString(),
  end: new Date(at(to)).toISOString(),
  running: false,
  ...more,
});

describe('the hours of the ribbon', () => {
  it('reach from the hour of the first stretch to the hour after now', () => {
    expect(ribbonWindow(day, [span('09:20', '10:00')], at('15:30'))).toEqual({ start: at('09:00'), end: at('16:00') });
  });

  it('are four at least, inside the working day', () => {
    expect(ribbonWindow(day, [], at('04:10'))).toEqual({ start: at('04:00'), end: at('08:00') });
    expect(ribbonWindow(day, [], at('09:30'))).toEqual({ start: at('09:00'), end: at('13:00') });
    const evening = ribbonWindow(day, [], day.end - 60_000);
    expect(evening).toEqual({ start: day.end - 4 * 3_600_000, end: day.end });
  });

  it('show a day that is over whole', () => {
    const later = day.end + 3_600_000;
    expect(ribbonWindow(day, [span('08:00', '17:00')], later)).toEqual({ start: at('08:00'), end: day.end });
  });

  it('are marked inside, not at the edges', () => {
    const marks = hourMarks({ start: at('09:00'), end: at('13:00') });
    expect(marks.map(({ at: share }) => share)).toEqual([0.25, 0.5, 0.75]);
  });
});

describe('the pieces of the ribbon', () => {
  const window = { start: at('08:00'), end: at('18:00') };

  it('join neighbours that a pixel cannot part, each lane for itself', () => {
    const spans = [
      span('09:00', '09:10'),
      span('09:10', '09:20'),
      span('09:15', '09:40', { lane: 'waiting', what: 'tasks' }),
      span('09:20', '09:30', { what: 'revising' }),
      span('09:50', '10:00', { what: 'revising' }),
    ];
    const pieces = ribbonPieces(spans, window, 600, at('12:00'));
    expect(pieces.map(({ lane, what, first, last }) => [lane, what, first, last])).toEqual([
      ['activity', 'annotating', 0, 1],
      ['waiting', 'tasks', 2, 2],
      ['activity', 'revising', 3, 3],
      ['activity', 'revising', 4, 4],
    ]);
    expect(pieces[0]?.from).toBeCloseTo(0.1);
    expect(pieces[0]?.to).toBeCloseTo(0.1 + 20 / 600);
  });

  it('end what runs at now, and stay few in a day of a thousand stretches', () => {
    const running = ribbonPieces([span('09:00', '09:00', { running: true })], window, 600, at('13:00'));
    expect(running[0]?.to).toBeCloseTo(0.5);
    const many = Array.from({ length: 1000 }, (_, n) => {
      const start = new Date(at('08:00') + n * 30_000).toISOString();
      return { ...span('08:00', '08:00'), start, end: new Date(Date.parse(start) + 29_000).toISOString() };
    });
    expect(ribbonPieces(many, window, 600, at('18:00'))).toHaveLength(1);
  });

  it('are found by the pointer, the nearest within reach', () => {
    const pieces = ribbonPieces([span('09:00', '10:00'), span('12:00', '13:00', { what: 'break' })], window, 600, 0);
    expect(pieceAt(pieces, 'activity', 0.15, 0.01)?.what).toBe('annotating');
    expect(pieceAt(pieces, 'activity', 0.205, 0.01)?.what).toBe('annotating');
    expect(pieceAt(pieces, 'activity', 0.3, 0.01)).toBeNull();
    expect(pieceAt(pieces, 'waiting', 0.15, 0.01)).toBeNull();
  });
});
