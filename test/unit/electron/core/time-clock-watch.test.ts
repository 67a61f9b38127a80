import { describe, expect, it } from 'vitest';
import { type ClockLook, isNews, newsBetween } from '#electron/core/time-clock-watch.ts';

const hour = 3_600_000;
const before: ClockLook = { wall: 1e12, monotonic: 5000, sinceBoot: 9000, zone: 'UTC' };
const after = (wall: number, monotonic: number, sinceBoot: number | null, zone = 'UTC'): ClockLook => ({
  wall: before.wall + wall,
  monotonic: before.monotonic + monotonic,
  sinceBoot: sinceBoot === null ? null : 9000 + sinceBoot,
  zone,
});
const news = (look: ClockLook) => {
  const from = look.sinceBoot === null ? { ...before, sinceBoot: null } : before;
  const { slept, uncounted, jumped } = newsBetween(from, look);
  return [slept, uncounted, jumped];
};

describe('what the clocks did', () => {
  it('is nothing when all of them went on, a little apart', () => {
    expect(isNews(newsBetween(before, after(5000, 5000, 5000)))).toBe(false);
    expect(news(after(6900, 5000, 5010))).toEqual([0, 0, 0]);
    expect(news(after(3100, 5000, 4990))).toEqual([0, 0, 0]);
  });

  it('is a sleep that the monotonic clock did not count', () => {
    expect(news(after(hour + 5000, 5000, hour + 5000))).toEqual([hour, hour, 0]);
  });

  it('is a sleep that it did count', () => {
    expect(news(after(hour, hour, hour))).toEqual([hour, 0, 0]);
  });

  it('is a clock set forward, back, or set during a sleep', () => {
    expect(news(after(hour + 5000, 5000, 5000))).toEqual([0, 0, hour]);
    expect(news(after(5000 - hour, 5000, 5000))).toEqual([0, 0, -hour]);
    expect(news(after(5000, 5000, hour + 5000))).toEqual([hour, hour, -hour]);
  });

  it('is taken for a sleep where the system does not tell', () => {
    expect(news(after(hour + 5000, 5000, null))).toEqual([hour, hour, 0]);
    expect(news(after(5000 - hour, 5000, null))).toEqual([0, 0, -hour]);
    expect(news(after(hour, hour, null))).toEqual([hour, 0, 0]);
  });

  it('is a change of zone', () => {
    expect(newsBetween(before, after(5000, 5000, 5000, 'Asia/Shanghai')).zoneChanged).toBe(true);
  });
});
