import { describe, expect, it } from 'vitest';
import { decimalSeconds, exactSeconds, frameAt, millisecondsOf } from '#shared/codecs/sound/spans.codec.ts';

describe('times of segments', () => {
  it('are milliseconds with halves to the even one', () => {
    expect([1001, 1003, 1005, 999].map((frame) => millisecondsOf(frame, 2000))).toEqual([500, 502, 502, 500]);
    expect([44_100, 11_025].map((frame) => millisecondsOf(frame, 44_100))).toEqual([1000, 250]);
  });

  it.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])(
    'come back to the frame at %i Hz',
    (rate) => {
      for (const frame of [0, 1, 2, 7, rate - 1, rate + 1, rate * 3599 + 1, rate * 14_400 - 1]) {
        expect(frameAt(Number(exactSeconds(frame, rate)), rate)).toBe(frame);
        expect(frameAt(Number(decimalSeconds(frame, rate)), rate)).toBe(frame);
        expect(exactSeconds(frame, rate)).not.toContain('e');
        expect(decimalSeconds(frame, rate)).toMatch(/^\d+\.\d{3,6}$/);
      }
    },
  );
});
