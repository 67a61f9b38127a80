import { describe, expect, it } from 'vitest';
import { draggedTimes, planMove, type Stretch } from '#renderer/features/today/stretch-plan.ts';

const minute = 60_000;
const stretch = (id: string, from: number, to: number, over: Partial<Stretch> = {}): Stretch => ({
  id,
  entryId: id,
  lane: 'activity',
  what: 'annotating',
  source: 'measured',
  start: from * minute,
  end: to * minute,
  ...over,
});
const a = stretch('a', 0, 60);
const b = stretch('b', 60, 90, { what: 'meeting' });
const c = stretch('c', 100, 160, { source: 'stated' });
const wait = stretch('w', 30, 70, { lane: 'waiting', what: 'rules' });
const all = [a, b, c, wait];

const plan = (moved: Stretch, from: number, to: number, grip: 'start' | 'end' | 'whole') => {
  const made = planMove(all, moved, { start: from * minute, end: to * minute }, grip);
  if (typeof made === 'string') return made;
  return made.map(({ stretch: { id }, start, end, voided }) => [id, start / minute, end / minute, voided]);
};

describe('moving a stretch', () => {
  it('takes along the edge of the neighbour it touches, forwards and backwards', () => {
    expect(plan(a, 0, 70, 'end')).toEqual([
      ['a', 0, 70, false],
      ['b', 70, 90, false],
    ]);
    expect(plan(a, 0, 50, 'end')).toEqual([
      ['a', 0, 50, false],
      ['b', 50, 90, false],
    ]);
    expect(plan(b, 55, 90, 'start')).toEqual([
      ['b', 55, 90, false],
      ['a', 0, 55, false],
    ]);
  });

  it('lets what it covers give way, whatever said so, and leaves other lanes alone', () => {
    expect(plan(b, 60, 110, 'end')).toEqual([
      ['b', 60, 110, false],
      ['c', 110, 160, false],
    ]);
    expect(plan(a, 0, 100, 'end')).toEqual([
      ['a', 0, 100, false],
      ['b', 100, 90, true],
    ]);
    expect(plan(b, 90, 120, 'whole')).toEqual([
      ['b', 90, 120, false],
      ['c', 120, 160, false],
    ]);
  });

  it('is refused where it would cut another in two, or reach into what runs', () => {
    expect(plan(b, 110, 140, 'whole')).toBe('inside');
    expect(plan(a, 0, 60, 'whole')).toBe('nothing');
    const running = stretch('r', 160, 200, { entryId: null });
    expect(planMove([...all, running], c, { start: c.start, end: 170 * minute }, 'end')).toBe('runs');
  });
});

describe('dragging', () => {
  const limits = { from: 0, to: 120 * minute };

  it('goes by whole minutes, keeps a minute, and stays within the day so far', () => {
    expect(draggedTimes(a, 'end', 10.4 * minute, limits)).toEqual({ start: 0, end: 70 * minute });
    expect(draggedTimes(a, 'end', -90 * minute, limits)).toEqual({ start: 0, end: minute });
    expect(draggedTimes(b, 'end', 90 * minute, limits).end).toBe(120 * minute);
    expect(draggedTimes(b, 'whole', 90 * minute, limits)).toEqual({ start: 90 * minute, end: 120 * minute });
    expect(draggedTimes(b, 'start', 0.2 * minute, limits)).toEqual({ start: b.start, end: b.end });
  });
});
