import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Intervals } from '#renderer/wave/intervals.ts';
import { indexSpans, updateSpans } from '#renderer/wave/span-index.ts';
import { span, spanId } from '#test/support/spans.ts';

const stretches = fc
  .array(fc.tuple(fc.nat(30), fc.nat(6)), { maxLength: 30, size: 'max' })
  .map((pairs) => pairs.map(([start, length]) => ({ start, end: start + length })).sort((a, b) => a.start - b.start));

describe('intervals', () => {
  test('finds what a look at every one finds', () => {
    fc.assert(
      fc.property(stretches, fc.nat(40), fc.nat(10), (items, from, length) => {
        const to = from + length;
        const wanted = items.filter(({ start, end }) => start < to && (end > from || start >= from));
        expect(new Intervals(items).within(from, to)).toEqual(wanted);
      }),
    );
  });
});

describe('an index of segments', () => {
  test('numbers them in time over all tiers', () => {
    const index = indexSpans([span(1, 50, 60, 'b'), span(2, 10, 40, 'a'), span(3, 10, 20, 'b')]);
    expect([1, 2, 3].map((number) => index.byId.get(span(number, 0, 0).id)!.number)).toEqual([3, 2, 1]);
  });

  test('gives those that overlap on a tier different shares of its height, and nobody else', () => {
    fc.assert(
      fc.property(stretches, (items) => {
        const index = indexSpans(items.map(({ start, end }, at) => span(at, start, end)));
        const placed = index.tiers.get('a')?.items ?? [];
        for (const [at, one] of placed.entries()) {
          expect(one.lane).toBeLessThan(one.lanes);
          for (const other of placed.slice(at + 1)) {
            const together = one.start < other.end && other.start < one.end;
            if (together) expect([one.lane, one.lanes]).not.toEqual([other.lane, other.lanes]);
            if (together) expect(one.lanes).toBe(other.lanes);
          }
          const alone = placed.every((other) => other === one || other.end <= one.start || other.start >= one.end);
          const touches = placed.some((other) => other !== one && other.lanes > 1);
          if (alone && !touches) expect(one.lanes).toBe(1);
        }
      }),
    );
  });

  test('gives a share that is free again to the next', () => {
    const { byId } = indexSpans([span(1, 0, 10), span(2, 5, 15), span(3, 10, 20), span(4, 20, 30)]);
    const shares = [1, 2, 3, 4].map((number) => byId.get(spanId(number))!).map(({ lane, lanes }) => [lane, lanes]);
    expect(shares).toEqual([
      [0, 2],
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
  });

  test('leaves out what has no place in time', () => {
    const tag = { ...span(1, 0, 1), geometry: { type: 'tag' as const } };
    expect(indexSpans([tag, span(2, 5, 6)]).byId.size).toBe(1);
  });
});

describe('a document with the same segments at the same places', () => {
  const shapes = [span(1, 0, 10), span(2, 10, 20), span(3, 5, 15, 'b')];

  test('has its words taken over without being put in order again', () => {
    const index = indexSpans(shapes);
    const written = { ...shapes[1]!, text: 'two' };
    const changed = updateSpans(index, shapes, shapes.with(1, written));
    expect(changed).toEqual([{ was: shapes[1], is: written }]);
    expect(index.byId.get(spanId(2))?.shape.text).toBe('two');
    expect(index.tiers.get('a')?.items.map(({ shape }) => shape.text)).toEqual([undefined, 'two']);
    expect(updateSpans(index, shapes, shapes)).toEqual([]);
  });

  test('is none where one is elsewhere, more or fewer', () => {
    const index = indexSpans(shapes);
    expect(updateSpans(index, shapes, shapes.with(1, span(2, 11, 20)))).toBeNull();
    expect(updateSpans(index, shapes, shapes.slice(1))).toBeNull();
    expect(updateSpans(index, shapes, [shapes[1]!, shapes[0]!, shapes[2]!])).toBeNull();
    expect(index.byId.get(spanId(2))?.start).toBe(10);
  });
});
