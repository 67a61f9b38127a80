import { describe, expect, it } from 'vitest';
import { createRecentBlocks } from '#renderer/sound/player/recent-blocks.ts';
import { madeSound, noise } from '#test/support/player-sound.ts';

const rate = 1000;

/** A recording of ten seconds of which so much is known, and the way to know more of it. */
function growing(frames: number) {
  const whole = madeSound({ rate, channels: 1, frames: 10 * rate }, noise);
  const listeners = new Set<() => void>();
  let facts = { rate, channels: 1, frames, exact: false };
  const sound = {
    ...whole,
    get facts() {
      return facts;
    },
    read: (from: number, to: number) => whole.read(Math.min(from, facts.frames), Math.min(to, facts.frames)),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const know = (more: number, exact = false) => {
    facts = { ...facts, frames: more, exact };
    for (const listener of [...listeners]) listener();
  };
  return { sound, know, listeners };
}

describe('a place beyond what is known of a recording', () => {
  it('is waited for until it was gone through', async () => {
    const { sound, know, listeners } = growing(2 * rate);
    const blocks = createRecentBlocks(sound);
    const { signal } = new AbortController();
    let got = 0;
    const reading = blocks.read(5100, 5200, signal).then(([samples]) => (got = samples!.length));
    await new Promise((resolve) => setTimeout(resolve, 20));
    know(4 * rate);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(got).toBe(0);
    know(6 * rate);
    await reading;
    expect(got).toBe(100);
    expect(listeners.size).toBe(0);
  });

  it('is no place once the length is known, and nobody waits who has gone elsewhere', async () => {
    const { sound, know, listeners } = growing(2 * rate);
    const blocks = createRecentBlocks(sound);
    const leaving = new AbortController();
    const left = blocks.read(5100, 5200, leaving.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    leaving.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    expect(listeners.size).toBe(0);
    const reading = blocks.read(5100, 5200, new AbortController().signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    know(3 * rate, true);
    expect((await reading)[0]).toHaveLength(0);
  });
});
