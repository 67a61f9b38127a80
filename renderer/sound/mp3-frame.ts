/** What the four bytes before each frame of an MPEG audio stream say (ISO 11172-3, 13818-3, and the 2.5 that grew beside them). */
export interface Mp3Frame {
  readonly version: 1 | 2 | 2.5;
  readonly layer: 1 | 2 | 3;
  readonly rate: number;
  readonly channels: 1 | 2;
  /** Bytes of the frame with its header. */
  readonly bytes: number;
  /** Samples a channel. */
  readonly samples: number;
}

const kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;
const rates = [44_100, 48_000, 32_000] as const;

/** Reads the header of a frame at a place; null where there is none. Frames without a bit rate ("free format") are not read. */
export function readMp3Frame(bytes: Uint8Array, at: number): Mp3Frame | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return null;
  const second = bytes[at + 1]!;
  const third = bytes[at + 2]!;
  if ((second & 0xe0) !== 0xe0) return null;
  const version = ([2.5, null, 2, 1] as const)[(second >> 3) & 3];
  const layer = ([null, 3, 2, 1] as const)[(second >> 1) & 3];
  const rate = rates[(third >> 2) & 3];
  const kilobits = third >> 4;
  if (!version || !layer || !rate || kilobits === 0 || kilobits === 15) return null;
  const channels = bytes[at + 3]! >> 6 === 3 ? 1 : 2;
  const ownRate = version === 1 ? rate : version === 2 ? rate / 2 : rate / 4;
  // The other layers are told apart, not taken apart.
  if (layer !== 3) return { version, layer, rate: ownRate, channels, bytes: 0, samples: 0 };
  const samples = version === 1 ? 1152 : 576;
  const bitRate = (version === 1 ? kilobits1 : kilobits2)[kilobits]! * 1000;
  return {
    version,
    layer,
    rate: ownRate,
    channels,
    bytes: Math.floor(((samples / 8) * bitRate) / ownRate) + ((third >> 1) & 1),
    samples,
  };
}

/** Whether two frames can belong to one stream. */
export function isLike(one: Mp3Frame, other: Mp3Frame | null): boolean {
  return other !== null && one.version === other.version && one.layer === other.layer && one.rate === other.rate;
}

/** Bytes of an ID3v2 tag that a file begins with, 0 when it has none. */
export function id3Bytes(head: Uint8Array): number {
  if (head.length < 10 || head[0] !== 0x49 || head[1] !== 0x44 || head[2] !== 0x33) return 0;
  const size = ((head[6]! & 127) << 21) | ((head[7]! & 127) << 14) | ((head[8]! & 127) << 7) | (head[9]! & 127);
  return 10 + size + (head[5]! & 0x10 ? 10 : 0);
}

/** What an encoder wrote into the first frame instead of sound. */
export interface Mp3Tag {
  /** Frames of sound that follow; null when it doesn't say. */
  readonly frames: number | null;
  /** Samples that the encoder put before the sound and behind it; null when it doesn't say. */
  readonly delay: number | null;
  readonly padding: number | null;
}

const textAt = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** Reads the Xing, Info (with LAME's extension) or VBRI header in a frame; null in a frame of sound. */
export function readMp3Tag(bytes: Uint8Array, at: number, frame: Mp3Frame): Mp3Tag | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(at + frame.bytes, bytes.length);
  const sideBytes = frame.version === 1 ? (frame.channels === 2 ? 32 : 17) : frame.channels === 2 ? 17 : 9;
  const xing = at + 4 + sideBytes;
  if (xing + 8 <= end && ['Xing', 'Info'].includes(textAt(bytes, xing))) {
    const flags = view.getUint32(xing + 4);
    let next = xing + 8;
    let frames: number | null = null;
    if (flags & 1 && next + 4 <= end) frames = view.getUint32(next);
    if (flags & 1) next += 4;
    if (flags & 2) next += 4;
    if (flags & 4) next += 100;
    if (flags & 8) next += 4;
    // Nine bytes of the encoder's name come first; delay and padding share three bytes, twelve bits each.
    const three = next + 21;
    const named = /^(?:LAME|Lavf|Lavc)/.test(textAt(bytes, next));
    if (!named || three + 3 > end) return { frames, delay: null, padding: null };
    const both = (bytes[three]! << 16) | (bytes[three + 1]! << 8) | bytes[three + 2]!;
    return { frames, delay: both >> 12, padding: both & 4095 };
  }
  const vbri = at + 36;
  if (vbri + 18 <= end && textAt(bytes, vbri) === 'VBRI') {
    return { frames: view.getUint32(vbri + 14), delay: null, padding: null };
  }
  return null;
}
