import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetsIn, offsetsOut, type OffsetUnit, wholeGraphemes } from '#shared/text/offsets.ts';

const texts = fc.string({ unit: fc.constantFrom('a', '字', '😀', 'e\u0301', '👨‍👩‍👧', 'ש', '\n'), maxLength: 30 });

describe('offsets', () => {
  it('count an emoji as two, one or one', () => {
    const text = 'a😀👨‍👩‍👧z';
    const end = text.length - 1;
    expect((['utf-16', 'code-point', 'grapheme'] as OffsetUnit[]).map((unit) => offsetsOut(text, unit)(end))).toEqual([
      11, 7, 3,
    ]);
    expect(offsetsIn(text, 'code-point')(7)).toBe(end);
    expect(offsetsIn(text, 'code-point')(9)).toBeNull();
  });

  it('come back from every unit where a unit begins', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom<OffsetUnit>('utf-16', 'code-point', 'grapheme'), (text, unit) => {
        const [there, back] = [offsetsOut(text, unit), offsetsIn(text, unit)];
        for (let offset = 0; back(offset) !== null; offset += 1) expect(there(back(offset)!)).toBe(offset);
        expect(back(there(text.length))).toBe(text.length);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('are widened to whole graphemes, and no further', () => {
    fc.assert(
      fc.property(texts, fc.nat(60), fc.nat(60), (text, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const whole = wholeGraphemes(text, start, end);
        const back = offsetsIn(text, 'grapheme');
        const there = offsetsOut(text, 'grapheme');
        expect(back(there(whole.start))).toBe(whole.start);
        expect(back(there(whole.end))).toBe(whole.end);
        expect(whole.start).toBeLessThanOrEqual(Math.min(start, text.length));
        expect(whole.end).toBeGreaterThanOrEqual(Math.min(end, text.length));
        expect(wholeGraphemes(text, whole.start, whole.end)).toEqual(whole);
      }),
      { seed: 12, numRuns: 300 },
    );
    expect(wholeGraphemes('a👨‍👩‍👧b', 2, 3)).toEqual({ start: 1, end: 9 });
  });
});
