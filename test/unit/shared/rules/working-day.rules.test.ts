import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDay, workingDayBeginnings, workingDayOf, workingDayWindow } from '#shared/rules/working-day.rules.ts';

const hour = 3_600_000;
const at = (instant: string) => Date.parse(instant);

describe('working days', () => {
  it('begin at the hour their owner set', () => {
    expect(workingDayOf(at('2026-11-22T19:59:59.999Z'), 'Asia/Shanghai', 4)).toBe('2026-11-22');
    expect(workingDayOf(at('2026-11-22T20:00:00.000Z'), 'Asia/Shanghai', 4)).toBe('2026-11-23');
    expect(calendarDay(at('2026-11-22T19:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-11-23');
  });

  it('last 23 and 25 hours when the clocks change', () => {
    const length = (day: string, startHour: number) => {
      const { start, end } = workingDayWindow(day, 'Europe/Berlin', startHour);
      return (end - start) / hour;
    };
    expect([length('2026-03-28', 4), length('2026-03-29', 4), length('2026-03-29', 0)]).toEqual([23, 24, 23]);
    expect([length('2026-10-24', 4), length('2026-10-25', 4), length('2026-10-25', 0)]).toEqual([25, 24, 25]);
  });

  it('begin after the jump where the hour is skipped, and once where it comes twice', () => {
    expect(workingDayWindow('2026-03-29', 'Europe/Berlin', 2).start).toBe(at('2026-03-29T01:00:00.000Z'));
    expect(workingDayWindow('2026-10-25', 'Europe/Berlin', 2).start).toBe(at('2026-10-25T00:00:00.000Z'));
  });

  it('follow each other without a gap, and every instant lies in its own', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const instants = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 0, max: 23 }), (zone, instant, startHour) => {
        const day = workingDayOf(instant, zone, startHour);
        const { start, end } = workingDayWindow(day, zone, startHour);
        expect(start <= instant && instant < end).toBe(true);
        expect(workingDayOf(end, zone, startHour) > day).toBe(true);
        expect(workingDayBeginnings(start, end + 1, zone, startHour)).toEqual([end]);
        expect(workingDayBeginnings(instant, end, zone, startHour)).toEqual([]);
      }),
    );
  });
});
