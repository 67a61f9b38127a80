import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlayerBrowser } from '#test/support/player-browser.ts';
import type { PlayerPage } from '#test/support/player-page.ts';

/** A 32-bit float holds a sample to this much; sums of times cost the last bit of a place now and then. */
const exact = 1e-9;

let browser: Awaited<ReturnType<typeof openPlayerBrowser>>;

beforeAll(async () => {
  browser = await openPlayerBrowser();
}, 60_000);
afterAll(() => browser?.close());

/** Runs something of the page, in the page. */
async function inPage<Name extends keyof PlayerPage>(
  name: Name,
  ...given: Parameters<PlayerPage[Name]>
): Promise<Awaited<ReturnType<PlayerPage[Name]>>> {
  const answer = await browser.page.evaluate(
    ([asked, values]) => (window.playerPage[asked] as (...all: typeof values) => unknown)(...values),
    [name, given as unknown[]] as const,
  );
  return answer as Awaited<ReturnType<PlayerPage[Name]>>;
}

describe('what is heard of a recording', () => {
  it.each([
    [8000, 1],
    [16_000, 1],
    [44_100, 2],
    [48_000, 1],
    [96_000, 2],
  ])('is every sample of a segment and none beside it, at %i a second in %i channels', async (rate, channels) => {
    const [from, to] = [1237, 3 * rate + 11];
    const heard = await inPage('segment', rate, channels, from, to);
    expect(heard.left).toBeLessThan(exact);
    expect(heard.right).toBeLessThan(exact);
    expect(heard).toMatchObject({ ended: 1, errors: [], last: { position: to, status: 'idle' } });
  });

  it('goes to the very end of a recording whose length is only estimated', async () => {
    const heard = await inPage('toTheEnd', 16_000, 100_001);
    expect(heard.left).toBeLessThan(exact);
    expect(heard).toMatchObject({ ended: 1, last: { position: 100_001, status: 'idle' } });
  });

  it.each([
    [5000, 14_001],
    [123, 700],
  ])('is a loop of %i to %i without a frame too much or too little', async (from, to) => {
    const heard = await inPage('loop', 16_000, from, to, 6);
    expect(heard.left).toBeLessThan(exact);
    expect(heard.off).toBeLessThanOrEqual(1);
    expect(heard).toMatchObject({ ended: 0, last: { status: 'playing' } });
  });

  it('ends at the end of a loop that is let go of, though more was set down already', async () => {
    const heard = await inPage('loopLetGo', 16_000, 5000, 21_000, 2.5);
    expect(heard.lastHeard).toBe(3 * 16_000);
    expect(heard).toMatchObject({ ended: 1, last: { position: 21_000, status: 'idle' } });
  });

  it('waits where the sound is late, without a click and without losing its place', async () => {
    const heard = await inPage('starved', 16_000);
    expect(heard.step).toBeLessThan(1.1);
    // All of it was heard, but for two zeros of the tone.
    expect(heard.sounding).toBeGreaterThan(4 * 16_000 - 800);
    expect(heard.log.some(({ status }) => status === 'waiting')).toBe(true);
    const still = heard.log.filter(({ at }) => at > 2.2 * 16_000 && at < 2.9 * 16_000);
    expect(new Set(still.map(({ position }) => position)).size).toBe(1);
    expect(heard).toMatchObject({ ended: 1, errors: [], last: { position: 4 * 16_000, status: 'idle' } });
  });

  it('goes as far as a damaged recording can be read, and says why it broke off', async () => {
    const heard = await inPage('broken', 16_000);
    expect(heard).toMatchObject({ ended: 0, errors: ['damaged'], last: { status: 'idle' } });
    expect(heard.last.position).toBeGreaterThan(1.4 * 16_000);
    expect(heard.last.position).toBeLessThan(2.2 * 16_000);
  });
});

describe('a boundary that is dragged', () => {
  it('is heard in grains on the side that is asked for, the newest place first, and never over what plays', async () => {
    const { first, newest, before, playing, positions } = await inPage('scrubbed', 16_000);
    for (const error of [first, newest, before, playing]) expect(error).toBeLessThan(exact);
    expect(new Set(positions)).toEqual(new Set([0]));
  });
});

describe('the position', () => {
  it.each([
    [1, 20, 0.25, 1],
    [1.5, 20, 0.1, 10],
    [0.7, 20, 0.1, 10],
    [0.5, 3, 0.02, 6],
    [2, 3, 0.02, 12],
  ])(
    'at rate %f is where the clicks are after %i minutes',
    async (rate, minutes, tickSeconds, ms) => {
      const { clicks, wanted, most, last } = await inPage('drift', 8000, minutes, rate, tickSeconds);
      // Twice as fast, some clicks of four milliseconds fall between two hops.
      expect(clicks).toBeGreaterThan((rate > 1.5 ? 0.8 : 0.99) * wanted);
      expect(most).toBeLessThan(ms);
      expect(last).toBeLessThan(ms);
    },
    60_000,
  );

  const few: [number, number][] = [1.5, 0.5, 2, 0.8, 1].map((rate, index) => [1.93 * (index + 1), rate]);
  const many: [number, number][] = Array.from({ length: 60 }, (_, index) => [1 + index * 0.016, 1 + index / 60]);
  it.each([
    ['now and then', few, 12],
    ['with the slider under a finger', many, 5],
  ])('is not lost when the rate changes %s while it plays, and nothing breaks', async (_when, changes, seconds) => {
    const { lostMs, step, silenceMs, backwards } = await inPage('changesOfRate', 16_000, changes, seconds);
    // A change is heard some 20 ms after it was asked for.
    expect(Math.abs(lostMs)).toBeLessThan(50);
    // Two phases of the tone cross in four milliseconds; a break would be a step of ten times the tone's own.
    expect(step).toBeLessThan(2);
    expect(silenceMs).toBeLessThan(5);
    expect(backwards).toBe(false);
  });

  it('follows pauses, jumps, steps back and stops', async () => {
    const { seen, step, errors } = await inPage('around', 16_000);
    expect(errors).toEqual([]);
    expect(step).toBeLessThan(1.1);
    const wanted = { paused: 10.5, still: 10.5, resumed: 11.5, sought: 31, last: 30, stopped: 10, lastThenStill: 20 };
    for (const [name, seconds] of Object.entries(wanted)) expect(seen[name], name).toBeCloseTo(seconds, 1);
  });
});

describe('the ears', () => {
  const middle = 0.5 * Math.SQRT2;
  it.each([
    { channels: 1, solo: null, before: [1 / 16, 1 / 16], after: [1 / 16, 1 / 16] },
    { channels: 2, solo: null, before: [1 / 16, 2 / 16], after: [1 / 16, 2 / 16] },
    { channels: 2, solo: 1, before: [1 / 16, 2 / 16], after: [2 / 16, 2 / 16] },
    { channels: 4, solo: 2, before: [10 / 32, 10 / 32], after: [3 / 16, 3 / 16] },
    { channels: 8, solo: null, before: [36 / 16 / Math.sqrt(8), 36 / 16 / Math.sqrt(8)], after: null },
  ])('hear $channels channels, $solo alone', async ({ channels, solo, before, after }) => {
    const heard = await inPage('ears', channels, solo, 1, false);
    for (const ear of [0, 1]) {
      expect(heard.before[ear]).toBeCloseTo(before[ear]!, 5);
      expect(heard.soon[ear]).toBeCloseTo((after ?? before)[ear]!, 5);
      expect(heard.after[ear]).toBeCloseTo((after ?? before)[ear]!, 5);
    }
  });

  it('hear the volume at once, and nothing when it is muted', async () => {
    expect((await inPage('ears', 2, null, 0.5, false)).soon).toEqual([1 / 32, 2 / 32]);
    expect((await inPage('ears', 2, null, middle, true)).soon).toEqual([0, 0]);
  });
});

describe('playing', () => {
  it('lets go of what was heard', async () => {
    const { most, made } = await inPage('memory', 3, 16_000);
    expect(made.blocks).toBeGreaterThan(1400);
    // Two channels of sixteen blocks and the one being read; a second of pieces.
    expect(most.blocks).toBeLessThanOrEqual(36);
    expect(most.buffers).toBeLessThanOrEqual(10);
  });

  it.each([8000, 44_100, 96_000])('goes by the clock of the sound card, at %i a second', async (rate) => {
    const live = await inPage('live', rate);
    expect(live.opened, 'nothing is opened before the first sound').toBe(false);
    expect(live.sampleRate).toBe(rate);
    expect(Math.abs(live.speed - 1)).toBeLessThan(0.02);
    expect(live.uneven).toBeLessThan(50);
    expect(live.still).toBe(true);
    expect(live.end).toBe(0.2);
  });
});
