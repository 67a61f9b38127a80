import { describe, expect, it } from 'vitest';
import { id3Bytes, readMp3Frame, readMp3Tag } from '#renderer/sound/mp3-frame.ts';
import { indexStep, Mp3Index, walkFrames } from '#renderer/sound/mp3-index.ts';

/** A frame of MPEG 1 layer III, 44.1 kHz stereo, of one of the bit rates by number. */
function frame(rate: number, padded = false): Uint8Array {
  const head = [0xff, 0xfb, (rate << 4) | (padded ? 2 : 0), 0x00];
  const { bytes } = readMp3Frame(Uint8Array.of(...head), 0)!;
  const out = new Uint8Array(bytes).fill(0x11);
  out.set(head);
  return out;
}

const varied = (count: number) => Array.from({ length: count }, (_, at) => frame(1 + ((at * 7) % 14), at % 3 === 0));
const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const like = readMp3Frame(frame(9), 0)!;

describe('the header of an MP3 frame', () => {
  it('tells rate, channels and length', () => {
    expect(readMp3Frame(frame(9), 0)).toEqual({
      version: 1,
      layer: 3,
      rate: 44_100,
      channels: 2,
      bytes: 417,
      samples: 1152,
    });
    expect(readMp3Frame(Uint8Array.of(0xff, 0xf3, 0x48, 0xc0), 0)).toMatchObject({
      version: 2,
      rate: 16_000,
      channels: 1,
      bytes: 144,
      samples: 576,
    });
    expect(readMp3Frame(Uint8Array.of(0xff, 0xe3, 0x18, 0xc0), 0)).toMatchObject({
      version: 2.5,
      rate: 8000,
      bytes: 72,
    });
  });

  it.each([
    [0xff, 0xfb, 0x00, 0],
    [0xff, 0xfb, 0xf0, 0],
    [0xff, 0xfb, 0x9c, 0],
    [0xff, 0xeb, 0x90, 0],
    [0xff, 0xf9, 0x90, 0],
    [0xfe, 0xfb, 0x90, 0],
  ])('is none where it can not be one', (...bytes) => {
    expect(readMp3Frame(Uint8Array.of(...bytes), 0)).toBeNull();
  });

  it('comes behind a tag of any length', () => {
    expect(id3Bytes(Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 2, 1))).toBe(10 + 257);
    expect(id3Bytes(Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0x10, 0, 0, 2, 1))).toBe(20 + 257);
    expect(id3Bytes(frame(9))).toBe(0);
  });
});

describe('what an encoder says of the stream', () => {
  it('is read from a Xing header with the part that LAME wrote', () => {
    const bytes = frame(9);
    const view = new DataView(bytes.buffer);
    bytes.set(Buffer.from('Xing'), 36);
    view.setUint32(40, 0b1111);
    view.setUint32(44, 1234);
    const name = 36 + 8 + 4 + 4 + 100 + 4;
    bytes.set(Buffer.from('LAME3.100'), name);
    bytes.set([0x24, 0x05, 0xa3], name + 21);
    expect(readMp3Tag(bytes, 0, like)).toEqual({ frames: 1234, delay: 0x240, padding: 0x5a3 });
    bytes.set(Buffer.from('XXXX'), name);
    expect(readMp3Tag(bytes, 0, like)).toEqual({ frames: 1234, delay: null, padding: null });
  });

  it('is read from a VBRI header, and not from sound', () => {
    const bytes = frame(9);
    bytes.set(Buffer.from('VBRI'), 36);
    new DataView(bytes.buffer).setUint32(50, 77);
    expect(readMp3Tag(bytes, 0, like)).toEqual({ frames: 77, delay: null, padding: null });
    expect(readMp3Tag(frame(9), 0, like)).toBeNull();
  });
});

describe('the index of an MP3', () => {
  const frames = varied(100);
  const stream = joined(frames);
  const begin = (number: number) => frames.slice(0, number).reduce((sum, { length }) => sum + length, 0);

  it('finds every frame, however the file comes in pieces', () => {
    for (const size of [5, 100, 1000, 1_000_000]) {
      const index = new Mp3Index(like, 0);
      let at = 0;
      for (let end = size; ; end += size) {
        const piece = stream.subarray(at, Math.min(end, stream.length));
        at += index.add(piece, at, end >= stream.length);
        if (end >= stream.length) break;
      }
      expect(index.frames).toBe(100);
      expect(index.end).toBe(stream.length);
      for (let number = 0; number < 100; number += indexStep) expect(index.placeOf(number)).toBe(begin(number));
    }
  });

  it('steps over what is no frame, even where it looks like one', () => {
    const rubbish = Uint8Array.of(1, 2, 0xff, 0xfb, 0x90, 0, 0xff, 0xfb, 3);
    const places: number[] = [];
    const bytes = joined([...frames.slice(0, 3), rubbish, ...frames.slice(3, 6)]);
    walkFrames(bytes, like, true, (at) => places.push(at) > 0);
    expect(places).toEqual([0, 1, 2, 3, 4, 5].map((number) => begin(number) + (number < 3 ? 0 : rubbish.length)));
  });

  it('leaves out a last frame that was cut off, and a tag behind it', () => {
    const index = new Mp3Index(like, 0);
    index.add(stream.subarray(0, stream.length - 20), 0, true);
    expect(index.frames).toBe(99);
    const tagged = new Mp3Index(like, 0);
    tagged.add(joined([stream, Buffer.from(`TAG${'x'.repeat(125)}`)]), 0, true);
    expect(tagged.frames).toBe(100);
    expect(tagged.end).toBe(stream.length);
  });

  it('comes back from its bytes, and not from others', () => {
    const index = new Mp3Index(like, 0);
    index.add(stream, 0, true);
    const again = new Mp3Index(like, 0);
    expect(again.fromBytes(index.toBytes(), stream.length)).toBe(true);
    expect([again.frames, again.end, again.placeOf(96)]).toEqual([100, stream.length, begin(96)]);
    expect(new Mp3Index(like, 0).fromBytes(index.toBytes(), stream.length - 1)).toBe(false);
    expect(new Mp3Index(like, 0).fromBytes(index.toBytes().slice(0, 40), stream.length)).toBe(false);
    expect(new Mp3Index(like, 0).fromBytes(new Uint8Array(0), stream.length)).toBe(false);
  });
});
