import { EncodedPacket } from 'mediabunny';

/** What a packet of Opus may hold at most (RFC 6716, 3.4). */
const mostMs = 120;
const mostFrameBytes = 1275;

/** Milliseconds of a frame of each configuration, by the two bits or the one that tell it (RFC 6716, table 2). */
function frameMs(toc: number): number {
  const configuration = toc >> 3;
  if (configuration < 12) return [10, 20, 40, 60][configuration & 3]!;
  if (configuration < 16) return [10, 20][configuration & 1]!;
  return [2.5, 5, 10, 20][configuration & 3]!;
}

/** Whether a decoder so configured takes packets of one stream, which can be joined. */
export function canJoinOpus({ description }: AudioDecoderConfig): boolean {
  if (!description) return true;
  const head = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  // The channel mapping family of the header (RFC 7845, 5.1).
  return head[18] === 0;
}

/** The packet holds a single frame that may stand beside others. */
const isSingle = ({ data }: EncodedPacket): boolean =>
  data.length > 0 && (data[0]! & 3) === 0 && data.length - 1 <= mostFrameBytes;

/** One packet with the frames of several, which have all the same configuration (RFC 6716, 3.2.5, code 3). */
function joined(packets: readonly EncodedPacket[]): EncodedPacket {
  const first = packets[0]!;
  const last = packets.at(-1)!;
  if (packets.length === 1) return first;
  const bytes = packets.reduce((sum, { data }) => sum + data.length, 0);
  const out = new Uint8Array(2 + 2 * packets.length + bytes);
  out[0] = first.data[0]! | 3;
  out[1] = 0x80 | packets.length;
  let at = 2;
  for (const { data } of packets.slice(0, -1)) {
    const length = data.length - 1;
    const low = length < 252 ? length : 252 + (length & 3);
    out[at++] = low;
    if (length >= 252) out[at++] = (length - low) >> 2;
  }
  for (const { data } of packets) {
    out.set(data.subarray(1), at);
    at += data.length - 1;
  }
  const duration = packets.reduce((sum, packet) => sum + packet.duration, 0);
  const byteLength = packets.reduce((sum, packet) => sum + packet.byteLength, 0);
  return new EncodedPacket(out.slice(0, at), 'key', first.timestamp, duration, last.sequenceNumber, byteLength);
}

/**
 * Joins packets of Opus to longer ones, of 120 ms at most: a browser's decoder costs as much around a packet as in it, and what comes
 * out is the same to the last bit. What does not hold a single frame, or is spoilt, goes through as it is.
 */
export async function* joinOpusPackets(
  packets: AsyncGenerator<EncodedPacket, void>,
): AsyncGenerator<EncodedPacket, void> {
  let waiting: EncodedPacket[] = [];
  let most = 0;
  let usual = 0;
  for await (const packet of packets) {
    const goesOn = waiting.length > 0 && isSingle(packet) && packet.data[0] === waiting[0]!.data[0];
    if (!goesOn && waiting.length > 0) {
      yield joined(waiting);
      waiting = [];
    }
    if (!isSingle(packet)) {
      // One that is spoilt says nothing of its length.
      yield packet.duration > 0 ? packet : packet.clone({ duration: usual });
      continue;
    }
    usual = packet.duration;
    if (waiting.length === 0) most = Math.floor(mostMs / frameMs(packet.data[0]!));
    waiting.push(packet);
    if (waiting.length < most) continue;
    yield joined(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield joined(waiting);
}
