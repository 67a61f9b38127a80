/** Heads of recordings, written byte by byte: what they hold of sound is silence. */

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A RIFF file of plain samples. `claimed`: what its data chunk says it holds, where that is not so. */
export function sampleWav({
  rate = 16_000,
  channels = 1,
  frames = rate,
  bits = 16,
  tag = 1,
  claimed,
}: {
  rate?: number;
  channels?: number;
  frames?: number;
  bits?: number;
  tag?: number;
  claimed?: number;
} = {}): Buffer {
  const block = (channels * bits) / 8;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + frames * block, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * block, 28);
  head.writeUInt16LE(block, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(claimed ?? frames * block, 40);
  return Buffer.concat([head, Buffer.alloc(frames * block)]);
}

/** A tag of ID3v2 of so many bytes. */
export function id3(bytes: number): Buffer {
  const head = Buffer.from('49443304000000000000', 'hex');
  for (let i = 0; i < 4; i += 1) head[9 - i] = (bytes >> (7 * i)) & 0x7f;
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

/** MP3 frames of 64 kbit/s at 44.1 kHz in stereo; `counted` puts a table before them that says how many there are. */
export function sampleMp3(frames: number, counted?: number): Buffer {
  const frame = Buffer.alloc(208);
  Buffer.from('fffb5000', 'hex').copy(frame);
  const all = Array.from({ length: frames }, () => frame);
  if (counted === undefined) return Buffer.concat(all);
  const table = Buffer.from(frame);
  table.write('Xing', 36, 'latin1');
  table.writeUInt32BE(1, 40);
  table.writeUInt32BE(counted, 44);
  return Buffer.concat([table, ...all]);
}

/** AAC frames in ADTS: 22.05 kHz, mono. */
export function sampleAac(frames: number): Buffer {
  const frame = Buffer.alloc(64);
  Buffer.from('fff15c4008001c', 'hex').copy(frame);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** The first block of a FLAC file: 96 kHz, six channels, 24 bits. */
export function sampleFlac(frames: number): Buffer {
  const info = Buffer.alloc(34);
  info.writeUIntBE((96_000 << 4) | (5 << 1) | 1, 10, 3);
  info[13] = (7 << 4) | Math.floor(frames / 2 ** 32);
  info.writeUInt32BE(frames % 2 ** 32, 14);
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from('80000022', 'hex'), info, Buffer.alloc(100)]);
}

/** Ogg pages: one that begins a stream with `payload`, and a last one that ends at `granule`. */
export function sampleOgg(payload: Buffer, granule: number): Buffer {
  const page = (flags: number, at: number, body: Buffer) => {
    const head = Buffer.alloc(28);
    head.write('OggS', 0, 'latin1');
    head[5] = flags;
    head.writeBigInt64LE(BigInt(at), 6);
    head.writeUInt32LE(7, 14);
    head[26] = 1;
    head[27] = body.length;
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([page(2, 0, payload), page(0, 100, Buffer.alloc(200)), page(4, granule, Buffer.alloc(20))]);
}

export function opusHead(channels: number, skip: number): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead\x01', 0, 'latin1');
  head[9] = channels;
  head.writeUInt16LE(skip, 10);
  return head;
}

const box = (type: string, ...contents: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(contents);
  return Buffer.concat([u32(8 + body.length), Buffer.from(type, 'latin1'), body]);
};

/** An MP4 with one track; `entry`: what it holds in four letters, `handler`: whether it is sound. */
export function sampleMp4({
  entry = 'Opus',
  handler = 'soun',
  scale = 48_000,
  length = 96_000,
}: { entry?: string; handler?: string; scale?: number; length?: number } = {}): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32BE(scale, 12);
  header.writeUInt32BE(length, 16);
  const sample = Buffer.alloc(28);
  sample.writeUInt16BE(2, 16);
  sample.writeUInt32BE((44_100 << 16) >>> 0, 24);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1')),
    box('mdat', Buffer.alloc(500)),
    box(
      'moov',
      box(
        'trak',
        box(
          'mdia',
          box('mdhd', header),
          box('hdlr', Buffer.alloc(8), Buffer.from(handler, 'latin1'), Buffer.alloc(12)),
          box('minf', box('stbl', box('stsd', Buffer.alloc(8), box(entry, sample)))),
        ),
      ),
    ),
  ]);
}

const element = (id: string, ...contents: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(contents);
  const length = u32(body.length);
  length[0]! |= 0x10;
  return Buffer.concat([Buffer.from(id, 'hex'), length, body]);
};

/** A WebM with one track of `codec`; `type` 2 is sound, 1 a film. */
export function sampleWebm({ codec = 'A_OPUS', type = 2 }: { codec?: string; type?: number } = {}): Buffer {
  const [seconds, rate] = [Buffer.alloc(8), Buffer.alloc(4)];
  seconds.writeDoubleBE(2500);
  rate.writeFloatBE(32_000);
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    element(
      '18538067',
      element('1549a966', element('2ad7b1', Buffer.from('0f4240', 'hex')), element('4489', seconds)),
      element(
        '1654ae6b',
        element(
          'ae',
          element('83', Buffer.from([type])),
          element('86', Buffer.from(codec)),
          element('e1', element('b5', rate), element('9f', Buffer.from([3]))),
        ),
      ),
      element('1f43b675', Buffer.alloc(300)),
    ),
  ]);
}
