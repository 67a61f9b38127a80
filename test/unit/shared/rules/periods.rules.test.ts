import { describe, expect, it } from 'vitest';
import { nextDay, periodBeside, periodOf } from '#shared/rules/periods.rules.ts';

describe('a week', () => {
  it('begins on Monday, on Sundays too', () => {
    expect(periodOf('week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(periodOf('week', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
    expect(periodBeside('week', '2027-01-01', -1)).toEqual({ from: '2026-12-21', to: '2026-12-27' });
  });
});

describe('a month', () => {
  it('has its own number of days', () => {
    expect(periodOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(periodBeside('month', '2026-12-31', 1)).toEqual({ from: '2027-01-01', to: '2027-01-31' });
    expect(periodBeside('month', '2026-03-31', -1)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });
});

it('the next day crosses months and years', () => {
  expect(nextDay('2026-12-31', 1)).toBe('2027-01-01');
  expect(nextDay('2026-03-01', -1)).toBe('2026-02-28');
});
