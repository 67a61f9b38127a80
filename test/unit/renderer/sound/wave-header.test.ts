import { describe, expect, it } from 'vitest';
import { isWave, readWaveHeader } from '#renderer/sound/wave-header.ts';
import { waveSamples } from '#renderer/sound/wave-samples.ts';

interface Made {
  tag?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  /** Bytes of a format chunk beyond its first sixteen. */
  more?: Uint8Array;
  data: Uint8Array;
  claimed?: number;
  /** Chunks before the samples. */
  before?: Uint8Array;
  kind?: string;
}

function wave({ tag = 1, channels = 1, rate = 8000, bits = 16, more, data, claimed, before, kind = 'RIFF' }: Made) {
  const format = Buffer.alloc(16 + (more?.length ?? 0));
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt16LE(bits, 14);
  format.set(more ?? [], 16);
  const bytes = Buffer.concat([
    Buffer.from(`${kind}\0\0\0\0WAVE`, 'latin1'),
    before ?? new Uint8Array(0),
    chunk('fmt ', format),
    chunk('data', data, claimed),
  ]);
  return new Uint8Array(bytes);
}

function chunk(name: string, body: Uint8Array, claimed = body.length): Uint8Array {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(claimed, 4);
  return Buffer.concat([head, body, new Uint8Array(body.length % 2)]);
}

const read = (bytes: Uint8Array) => readWaveHeader(async (from, to) => bytes.slice(from, to), bytes.length);

async function samplesIn(bytes: Uint8Array): Promise<number[][]> {
  const layout = await read(bytes);
  const end = layout.dataAt + layout.frames * layout.frameBytes;
  return waveSamples(layout)(bytes.slice(layout.dataAt, end)).map((channel) => [...channel]);
}

describe('the header of a WAVE file', () => {
  it('is read with what a recorder put before the samples', async () => {
    const list = chunk('LIST', new Uint8Array(33));
    const bytes = wave({ before: list, data: new Uint8Array(20) });
    expect(isWave(bytes)).toBe(true);
    expect(await read(bytes)).toMatchObject({
      rate: 8000,
      channels: 1,
      frames: 10,
      frameBytes: 2,
      dataAt: 12 + 42 + 24 + 8,
    });
  });

  it.each([
    ['of a recording that was cut off', 1_000_000],
    ['that was never completed', 0],
    ['of a stream', 0xffff_ffff],
  ])('counts what is there when its length is that %s', async (_, claimed) => {
    expect((await read(wave({ data: new Uint8Array(30), claimed }))).frames).toBe(15);
  });

  it('leaves out what lies behind the samples', async () => {
    const bytes = Buffer.concat([wave({ data: new Uint8Array(20) }), chunk('LIST', new Uint8Array(50))]);
    expect((await read(bytes)).frames).toBe(10);
  });

  it('takes the length of an RF64 from where it stands', async () => {
    const long = Buffer.alloc(28);
    long.writeBigUInt64LE(12n, 8);
    const bytes = wave({ kind: 'RF64', before: chunk('ds64', long), data: new Uint8Array(40), claimed: 0xffff_ffff });
    expect((await read(bytes)).frames).toBe(6);
  });

  it('reads the coding of an extensible format from its sub-format', async () => {
    const more = Buffer.alloc(24);
    more.writeUInt16LE(22, 0);
    more.writeUInt16LE(3, 8);
    expect((await read(wave({ tag: 0xfffe, bits: 32, more, data: new Uint8Array(8) }))).coding).toBe('float');
  });

  it.each([
    [{ data: new Uint8Array(0) }, 'damaged', null],
    [{ channels: 0, data: new Uint8Array(8) }, 'damaged', null],
    [{ rate: 0, data: new Uint8Array(8) }, 'damaged', null],
    [{ tag: 0x11, bits: 4, data: new Uint8Array(8) }, 'unsupported-codec', 'IMA ADPCM'],
    [{ tag: 0x1234, data: new Uint8Array(8) }, 'unsupported-codec', 'WAVE 0x1234'],
    [{ channels: 9, data: new Uint8Array(18) }, 'unsupported-codec', '9 channels'],
    [{ bits: 40, data: new Uint8Array(10) }, 'unsupported-codec', '40 bits'],
  ])('refuses %o', async (made, problem, what) => {
    await expect(read(wave(made))).rejects.toMatchObject({ problem, what });
  });

  it('refuses a file without samples, or samples without a format', async () => {
    await expect(read(wave({ data: new Uint8Array(4) }).slice(0, 30))).rejects.toMatchObject({ problem: 'damaged' });
    const headless = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), chunk('data', new Uint8Array(8))]);
    await expect(read(headless)).rejects.toMatchObject({ problem: 'damaged' });
  });
});

describe('samples of a WAVE file', () => {
  it('are told from bytes of every width', async () => {
    expect(await samplesIn(wave({ bits: 8, data: Uint8Array.of(0, 128, 192) }))).toEqual([[-1, 0, 0.5]]);
    expect(await samplesIn(wave({ bits: 16, data: Uint8Array.of(0, 128, 0, 64) }))).toEqual([[-1, 0.5]]);
    expect(await samplesIn(wave({ bits: 24, data: Uint8Array.of(0, 0, 128, 0, 0, 64) }))).toEqual([[-1, 0.5]]);
    expect(await samplesIn(wave({ bits: 20, data: Uint8Array.of(0, 0, 128, 0, 0, 64) }))).toEqual([[-1, 0.5]]);
    expect(await samplesIn(wave({ bits: 32, data: Uint8Array.of(0, 0, 0, 128, 0, 0, 0, 64) }))).toEqual([[-1, 0.5]]);
    const floats = new Uint8Array(Float32Array.of(-0.25, Number.NaN, 1.5).buffer);
    expect(await samplesIn(wave({ tag: 3, bits: 32, data: floats }))).toEqual([[-0.25, 0, 1.5]]);
    const doubles = new Uint8Array(Float64Array.of(-0.25, 0.75).buffer);
    expect(await samplesIn(wave({ tag: 3, bits: 64, data: doubles }))).toEqual([[-0.25, 0.75]]);
  });

  it('are told apart by channel', async () => {
    const data = new Uint8Array(Int16Array.of(16_384, -16_384, 8192, -8192).buffer);
    expect(await samplesIn(wave({ channels: 2, data }))).toEqual([
      [0.5, 0.25],
      [-0.5, -0.25],
    ]);
  });

  it('follow G.711', async () => {
    // Values of the tables in ITU-T G.711, brought to 16 bits.
    const [mulaw] = await samplesIn(wave({ tag: 7, bits: 8, data: Uint8Array.of(0x00, 0x80, 0xff, 0x7f, 0x0f) }));
    expect(mulaw!.map((sample) => sample * 32_768)).toEqual([-32_124, 32_124, 0, -0, -16_764]);
    const [alaw] = await samplesIn(wave({ tag: 6, bits: 8, data: Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a) }));
    expect(alaw!.map((sample) => sample * 32_768)).toEqual([8, -8, 32_256, -32_256]);
  });
});
