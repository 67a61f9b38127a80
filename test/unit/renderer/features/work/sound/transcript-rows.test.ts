import { describe, expect, it } from 'vitest';
import { guessedHeight, rowAt, topsOf } from '#renderer/features/work/sound/transcript-rows.ts';

describe('rows that are each as tall as their text', () => {
  it('lie one below the other and end where the last one ends', () => {
    expect([...topsOf([47, 107, 67])]).toEqual([0, 47, 154, 221]);
    expect([...topsOf([])]).toEqual([0]);
  });

  it('are found by a height, beyond both ends too', () => {
    const tops = topsOf([47, 107, 67]);
    const at = (height: number) => rowAt(tops, height);
    expect([-5, 0, 46, 47, 153, 154, 220, 221, 9999].map(at)).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2]);
    expect(rowAt(topsOf([]), 10)).toBe(0);
  });

  it('are guessed from their text: a Chinese letter takes twice the room of a Latin one', () => {
    const width = 260 + 280;
    const lines = (text: string) => Math.max(2, (guessedHeight(text, width) - 7) / 20);
    expect(lines('')).toBe(2);
    expect(guessedHeight('今天天气很好', width)).toBe(guessedHeight('', width));
    expect(lines('今'.repeat(100))).toBe(5);
    expect(lines('a'.repeat(100))).toBe(3);
    expect(lines('a\nb\nc\nd')).toBe(4);
    // A list narrower than what stands beside the text gives it some room still.
    expect(guessedHeight('今'.repeat(20), 0)).toBe(20 * 5 + 7);
  });
});
