import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import {
  type AccuracyOfDay,
  accuracyOfPercent,
  accuracyOfTasks,
  meetsBar,
  suspensionRiskDays,
} from '#shared/rules/accuracy.rules.ts';

const atLeast = (percent: string) => ({ operator: 'at-least' as const, percent });
const over = (percent: string) => ({ operator: 'over' as const, percent });

describe('unifying accuracy', () => {
  it('of 190 correct of 200 is 95.0 %, meets "at least 95 %" and fails "over 95 %"', () => {
    const accuracy = accuracyOfTasks(190, 200);
    expect(percentText(accuracy, 1)).toBe('95.0');
    expect(meetsBar(accuracy, atLeast('95'))).toBe(true);
    expect(meetsBar(accuracy, over('95'))).toBe(false);
  });

  it('of 189 correct of 200 is 94.5 %, which meets neither', () => {
    const accuracy = accuracyOfTasks(189, 200);
    expect(percentText(accuracy, 1)).toBe('94.5');
    expect(meetsBar(accuracy, atLeast('95'))).toBe(false);
  });

  it('is never rounded before it is compared, nor up when it is shown', () => {
    const accuracy = accuracyOfTasks(94_999_999, 100_000_000);
    expect(percentText(accuracy, 1)).toBe('94.9');
    expect(meetsBar(accuracy, atLeast('95'))).toBe(false);
    expect(meetsBar(accuracyOfTasks(2, 3), atLeast('66.666666'))).toBe(true);
    expect(meetsBar(accuracyOfTasks(2, 3), atLeast('66.666667'))).toBe(false);
  });

  it('agrees with multiplying out for every fraction and every bar', () => {
    const counts = fc.tuple(fc.nat(100_000), fc.nat(100_000)).map(([a, b]) => [Math.min(a, b), Math.max(a, b, 1)]);
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 10_000 }), ([correct, total], hundredths) => {
        const percent = (hundredths / 100).toFixed(2);
        const accuracy = accuracyOfTasks(correct!, total!);
        expect(meetsBar(accuracy, atLeast(percent))).toBe(correct! * 10_000 >= hundredths * total!);
        expect(meetsBar(accuracy, over(percent))).toBe(correct! * 10_000 > hundredths * total!);
      }),
    );
  });

  it('refuses what is no accuracy', () => {
    expect(() => accuracyOfTasks(3, 2)).toThrow(RangeError);
    expect(() => accuracyOfTasks(0, 0)).toThrow(RangeError);
    expect(() => accuracyOfPercent('95 %')).toThrow(RangeError);
  });
});

describe('suspension risk', () => {
  const days = (bar: AccuracyOfDay['bar'], ...of: [string, string][]) =>
    of.map(([day, p]) => ({ day, accuracy: accuracyOfPercent(p), bar }));

  it('is raised by the second of two working days below the bar: 93 % and 94 %', () => {
    expect(suspensionRiskDays(days(atLeast('95'), ['2026-11-20', '93'], ['2026-11-21', '94']))).toEqual(['2026-11-21']);
  });

  it('is not broken by a day off', () => {
    expect(suspensionRiskDays(days(atLeast('95'), ['2026-11-20', '93'], ['2026-11-23', '94']))).toEqual(['2026-11-23']);
  });

  it('is broken by a day at 95 %, which does not meet "over 95 %"', () => {
    const three: [string, string][] = [
      ['2026-11-22', '94'],
      ['2026-11-20', '93'],
      ['2026-11-21', '95'],
    ];
    expect(suspensionRiskDays(days(atLeast('95'), ...three))).toEqual([]);
    expect(suspensionRiskDays(days(over('95'), ...three))).toEqual(['2026-11-21', '2026-11-22']);
  });

  it('goes by the bar of each day, and by none where there was none', () => {
    const [first, second] = days(atLeast('95'), ['2026-11-20', '93'], ['2026-11-21', '94']);
    expect(suspensionRiskDays([first!, { ...second!, bar: atLeast('94') }])).toEqual([]);
    expect(suspensionRiskDays([{ ...first!, bar: null }, second!])).toEqual([]);
  });
});
