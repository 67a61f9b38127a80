import { describe, expect, it } from 'vitest';
import { momentAfter, readTime } from '#renderer/lib/local-time.ts';

describe('a time of day as typed', () => {
  it('is read with and without its colon, in full width too; what is none is null', () => {
    for (const typed of ['9:05', '09:05', '905', '0905', ' ９：０５ ']) expect(readTime(typed)).toBe('09:05');
    for (const typed of ['', '24:00', '9:60', '9', '9.05']) expect(readTime(typed)).toBeNull();
  });

  it('is its next moment after a beginning, in the night after where the day begins later', () => {
    const beginning = new Date(2026, 2, 6, 5).getTime();
    expect(momentAfter(beginning, '05:00')).toBe(beginning);
    expect(momentAfter(beginning, '23:30')).toBe(new Date(2026, 2, 6, 23, 30).getTime());
    expect(momentAfter(beginning, '02:00')).toBe(new Date(2026, 2, 7, 2).getTime());
  });
});
