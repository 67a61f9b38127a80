import { deflateSync } from 'node:zlib';

export interface SampleTiff {
  width: number;
  height: number;
  /** Values of a pixel. */
  channels: number;
  bits: 8 | 16;
  /** 1: grey, 2: RGB, 5: CMYK. */
  photometric: number;
  /** Row by row. */
  values: readonly number[];
  orientation?: number;
  /** 1: none, 8: Deflate. What is written is plain for any other. */
  compression?: number;
  /** Said instead of what is written. */
  claimed?: { width: number; height: number };
}

/** A little-endian TIFF of one strip. */
export function sampleTiff(tiff: SampleTiff): Buffer {
  const { width, height, channels, bits, photometric, values, orientation = 1, compression = 1 } = tiff;
  const plain = Buffer.alloc(values.length * (bits / 8));
  values.forEach((value, at) => (bits === 8 ? plain.writeUInt8(value, at) : plain.writeUInt16LE(value, at * 2)));
  const strip = compression === 8 ? deflateSync(plain) : plain;
  const stripAt = 8;
  const bitsAt = stripAt + strip.length;
  const directory = bitsAt + channels * 2;
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, 4, 1, tiff.claimed?.width ?? width],
    [257, 4, 1, tiff.claimed?.height ?? height],
    [258, 3, channels, channels === 1 ? bits : channels === 2 ? bits * 0x10001 : bitsAt],
    [259, 3, 1, compression],
    [262, 3, 1, photometric],
    [273, 4, 1, stripAt],
    [274, 3, 1, orientation],
    [277, 3, 1, channels],
    [278, 4, 1, tiff.claimed?.height ?? height],
    [279, 4, 1, strip.length],
  ];
  const body = Buffer.alloc(2 + entries.length * 12 + 4);
  body.writeUInt16LE(entries.length);
  entries.forEach(([tag, type, count, value], at) => {
    body.writeUInt16LE(tag, 2 + at * 12);
    body.writeUInt16LE(type, 4 + at * 12);
    body.writeUInt32LE(count, 6 + at * 12);
    body.writeUInt32LE(value, 10 + at * 12);
  });
  const depths = Buffer.alloc(channels * 2);
  for (let channel = 0; channel < channels; channel += 1) depths.writeUInt16LE(bits, channel * 2);
  const head = Buffer.from('49492a0000000000', 'hex');
  head.writeUInt32LE(directory, 4);
  return Buffer.concat([head, strip, depths, body]);
}
