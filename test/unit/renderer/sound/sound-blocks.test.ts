import { describe, expect, it } from 'vitest';
import { SoundBlocks } from '#renderer/sound/sound-blocks.ts';
import type { ToSoundWorker } from '#renderer/sound/sound-protocol.ts';
import { SoundReads } from '#renderer/sound/sound-reads.ts';

const blockFrames = 64;
const valueAt = (frame: number) => ((frame * 7919) % 1000) / 1000 - 0.5;
const blockOf = (number: number, length = blockFrames) => [
  Float32Array.from({ length }, (_, at) => valueAt(number * blockFrames + at)),
];
const between = (from: number, to: number) => Float32Array.from({ length: to - from }, (_, at) => valueAt(from + at));

describe('blocks of decoded sound', () => {
  it('are kept while there is room, those used last', () => {
    const blocks = new SoundBlocks(blockFrames, 3 * blockFrames * 4 * 1.125);
    for (const number of [0, 1, 2]) blocks.set(number, blockOf(number));
    blocks.get(0);
    blocks.set(3, blockOf(3));
    expect([0, 1, 2, 3].map((number) => blocks.has(number))).toEqual([true, false, true, true]);
  });

  it.each([
    [10, 50, 40],
    [10, 50, 100],
    [0, 192, 5],
    [5, 190, 3],
    [60, 70, 2],
  ])('give columns down to single samples (%d to %d in %d)', (from, to, width) => {
    const blocks = new SoundBlocks(blockFrames, 1_000_000);
    for (const number of [0, 1, 2]) blocks.set(number, blockOf(number));
    const out = new Float32Array(2 * width).fill(Number.NaN);
    expect(blocks.write(out, 0, from, to, 192).size).toBe(0);
    for (let column = 0; column < width; column += 1) {
      const first = Math.floor(from + (column * (to - from)) / width);
      const part = between(first, Math.max(Math.ceil(from + ((column + 1) * (to - from)) / width), first + 1));
      // Over long columns up to fifteen frames beside them are taken in.
      const room = part.length >= 32 ? between(Math.max(first - 15, 0), Math.min(first + part.length + 15, 192)) : part;
      expect(out[2 * column]!).toBeLessThanOrEqual(Math.min(...part));
      expect(out[2 * column]!).toBeGreaterThanOrEqual(Math.min(...room));
      expect(out[2 * column + 1]!).toBeGreaterThanOrEqual(Math.max(...part));
      expect(out[2 * column + 1]!).toBeLessThanOrEqual(Math.max(...room));
    }
  });

  it('say which of them are missing, and leave their columns alone', () => {
    const blocks = new SoundBlocks(blockFrames, 1_000_000);
    blocks.set(1, blockOf(1));
    const out = new Float32Array(6).fill(Number.NaN);
    expect([...blocks.write(out, 0, 0, 192, 192)]).toEqual([0, 2]);
    expect([...out].map(Number.isNaN)).toEqual([true, true, false, false, true, true]);
  });
});

describe('reads', () => {
  function reading() {
    const told: ToSoundWorker[] = [];
    const blocks = new SoundBlocks(blockFrames, 1_000_000);
    return { told, blocks, reads: new SoundReads(blocks, (message) => told.push(message)) };
  }

  it('ask for what is neither at hand nor on its way, in runs', async () => {
    const { told, blocks, reads } = reading();
    blocks.set(2, blockOf(2));
    const first = reads.read(10, 300, 1);
    const second = reads.read(0, 128, 1);
    expect(told).toEqual([
      { type: 'read', id: 1, first: 0, end: 2 },
      { type: 'read', id: 2, first: 3, end: 5 },
    ]);
    for (const number of [0, 1, 3, 4]) reads.receive(number, blockOf(number));
    expect((await first)[0]).toEqual(between(10, 300));
    expect((await second)[0]).toEqual(between(0, 128));
    await reads.read(0, 300, 1);
    expect(told).toHaveLength(2);
  });

  it('are silent where the recording turns out shorter', async () => {
    const { reads } = reading();
    const read = reads.read(0, 192, 1);
    reads.receive(0, blockOf(0));
    reads.receive(1, blockOf(1, 10));
    reads.done(1);
    const [samples] = await read;
    expect(samples!.subarray(0, 74)).toEqual(between(0, 74));
    expect([...samples!.subarray(74)].every((sample) => sample === 0)).toBe(true);
  });

  it('fail with the reason, and are asked anew after that', async () => {
    const { told, reads } = reading();
    const read = reads.read(0, 10, 1);
    reads.done(1, new Error('why'));
    await expect(read).rejects.toThrow('why');
    const again = reads.read(0, 10, 1);
    expect(told).toHaveLength(2);
    reads.receive(0, blockOf(0));
    expect((await again)[0]).toEqual(between(0, 10));
  });

  it('are called off when nobody wants them any more, not before', async () => {
    const { told, reads } = reading();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = reads.read(0, 10, 1, one.signal);
    const second = reads.read(0, 10, 1, other.signal);
    one.abort();
    await expect(first).rejects.toThrow('aborted');
    expect(told).toHaveLength(1);
    other.abort();
    await expect(second).rejects.toThrow('aborted');
    expect(told.at(-1)).toEqual({ type: 'cancel', id: 1 });
    // What comes for one that was called off is no answer to the next.
    const third = reads.read(0, 10, 1);
    reads.done(1);
    expect(told.at(-1)).toEqual({ type: 'read', id: 2, first: 0, end: 1 });
    reads.receive(0, blockOf(0));
    expect((await third)[0]).toEqual(between(0, 10));
  });
});
