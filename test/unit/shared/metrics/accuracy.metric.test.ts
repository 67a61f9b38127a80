import { describe, expect, it } from 'vitest';
import { accuracyOfPercent, accuracyOfTasks, meetsBar } from '#shared/rules/accuracy.rules.ts';
import { announcedAccuracy, ownCounts, pointsBetween } from '#shared/metrics/accuracy.metric.ts';

describe("the owner's own count", () => {
  it('takes off what came back or was recalled, once', () => {
    const day = '2026-11-22';
    const counts = ownCounts([
      { day, pieces: 1, returned: 0, recalled: 0 },
      { day, pieces: 1, returned: 1, recalled: 1 },
      { day: '2026-11-23', pieces: 40, returned: 1, recalled: 0 },
      { day: '2026-11-23', pieces: 10, returned: 1, recalled: 10 },
    ]);
    expect([...counts]).toEqual([
      [day, { correct: 1, total: 2 }],
      ['2026-11-23', { correct: 39, total: 50 }],
    ]);
  });
});

describe('an announced figure', () => {
  it('is what its counts say, else its percentage to the last digit', () => {
    // Announced as 95.0 %, counted as 18,999 of 20,000.
    const rounded = announcedAccuracy({ percent: '95.0', correct: 18_999, total: 20_000 });
    expect(meetsBar(rounded!, { operator: 'at-least', percent: '95' })).toBe(false);
    expect(announcedAccuracy({ percent: '94.999999', correct: null, total: null })).toEqual(
      accuracyOfPercent('94.999999'),
    );
    expect(announcedAccuracy({ percent: null, correct: null, total: null })).toBeNull();
  });

  it('is compared in percentage points, cut', () => {
    expect(pointsBetween(accuracyOfPercent('93'), accuracyOfTasks(199, 200))).toBe('-6.50');
    expect(pointsBetween(accuracyOfTasks(2, 3), accuracyOfPercent('66'))).toBe('0.66');
    expect(pointsBetween(accuracyOfPercent('95'), accuracyOfTasks(190, 200))).toBe('0.00');
    expect(pointsBetween(accuracyOfPercent('100'), accuracyOfPercent('0'))).toBe('100.00');
  });
});
