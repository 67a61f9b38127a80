import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LengthUnit } from '#shared/domain/text.ts';
import { textLengths } from '#shared/text/text-lengths.ts';
import { textOf } from '#renderer/text/edit-history.ts';
import { createLengthCounter, limitPlace } from '#renderer/text/line-lengths.ts';
import { replayFrames, longestShownPauseMs } from '#renderer/text/replay-frames.ts';

const mixed = fc
  .array(fc.constantFrom('moon', ' ', '月亮', '，', '.', '\n', 'é', '👨‍👩‍👧', '3.5', 'שלום', '。', 'A4纸', '  ', '"'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

describe('counting by lines', () => {
  it('comes to the same as counting the whole', () => {
    const count = createLengthCounter();
    fc.assert(
      fc.property(mixed, (text) => {
        expect(count(textOf(text))).toEqual(textLengths(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('where a limit is passed', () => {
  it('leaves just so much before it as the limit allows', () => {
    const units: LengthUnit[] = ['words', 'characters', 'han', 'sentences'];
    fc.assert(
      fc.property(mixed, fc.constantFrom(...units), fc.integer({ min: 1, max: 12 }), (text, unit, longest) => {
        const place = limitPlace(text, unit, longest);
        const whole = textLengths(text)[unit];
        if (place === null) expect(whole).toBeLessThanOrEqual(longest);
        else expect(whole).toBeGreaterThan(longest);
      }),
      { numRuns: 300 },
    );
    expect(limitPlace('one two three', 'words', 2)).toBe(8);
    expect(limitPlace('月亮很亮', 'han', 3)).toBe(3);
    expect(limitPlace('a b c', 'characters', 2)).toBe(4);
    expect(limitPlace('One. Two. Three.', 'sentences', 2)).toBe(10);
  });
});

describe('the writing once more', () => {
  const edits = [
    { at: 1000, from: 0, removed: 0, inserted: 'a', how: 'type' as const },
    { at: 1300, from: 1, removed: 0, inserted: 'b', how: 'type' as const },
    { at: 900_000, from: 0, removed: 1, inserted: 'X', how: 'type' as const },
  ];

  it('shows pauses shortened and every text on the way', () => {
    const frames = replayFrames(edits, '');
    expect(frames.length).toBe(300 + longestShownPauseMs);
    expect([0, 299, 300, 1299, 1300].map((ms) => frames.at(ms))).toEqual([1, 1, 2, 2, 3]);
    expect([3, 0, 1, 2].map((count) => frames.text(count).text.toString())).toEqual(['Xb', '', 'a', 'ab']);
    expect(frames.text(3)).toMatchObject({ start: 0, end: 1 });
  });
});
