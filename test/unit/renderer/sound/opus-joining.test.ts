import { EncodedPacket } from 'mediabunny';
import { expect, test } from 'vitest';
import { canJoinOpus, joinOpusPackets } from '#renderer/sound/opus-joining.ts';

/** CELT of 20 ms, mono; SILK of 60 ms. */
const celt = 31 << 3;
const silk = 3 << 3;

function packetOf(toc: number, length: number, number: number, seconds = 0.02): EncodedPacket {
  const data = Uint8Array.from({ length: 1 + length }, (_, at) => (at === 0 ? toc : (at * 7 + number) & 255));
  return new EncodedPacket(data, 'key', number * seconds, seconds, number);
}

async function joined(packets: readonly EncodedPacket[]): Promise<EncodedPacket[]> {
  async function* each() {
    yield* packets;
  }
  const out: EncodedPacket[] = [];
  for await (const packet of joinOpusPackets(each())) out.push(packet);
  return out;
}

/** The frames of a packet, read as RFC 6716 says (3.2.2 and 3.2.5, without padding). */
function framesOf(data: Uint8Array): number[][] {
  if ((data[0]! & 3) === 0) return [[...data.subarray(1)]];
  expect(data[0]! & 3).toBe(3);
  expect(data[1]! & 0xc0).toBe(0x80);
  const count = data[1]! & 63;
  let at = 2;
  const lengths = Array.from({ length: count - 1 }, () => {
    const low = data[at++]!;
    return low < 252 ? low : low + 4 * data[at++]!;
  });
  const frames = lengths.map((length) => [...data.subarray(at, (at += length))]);
  return [...frames, [...data.subarray(at)]];
}

test('joins frames to packets of 120 ms, whatever their lengths, and leaves nothing out', async () => {
  const lengths = [0, 1, 100, 251, 252, 253, 255, 256, 600, 1274, 1275, 3, 80, 1275];
  const packets = lengths.map((length, number) => packetOf(celt, length, number));
  const out = await joined(packets);
  expect(out.map(({ timestamp, duration }) => [timestamp.toFixed(2), duration.toFixed(2)])).toEqual([
    ['0.00', '0.12'],
    ['0.12', '0.12'],
    ['0.24', '0.04'],
  ]);
  expect(out.map(({ sequenceNumber }) => sequenceNumber)).toEqual([5, 11, 13]);
  expect(out.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(
    packets.reduce((sum, { byteLength }) => sum + byteLength, 0),
  );
  expect(out.every(({ data }) => data[0]! >> 2 === celt >> 2)).toBe(true);
  expect(out.flatMap(({ data }) => framesOf(data))).toEqual(packets.map(({ data }) => [...data.subarray(1)]));
});

test('joins no more than 120 ms of long frames, and none of different kinds', async () => {
  const long = Array.from({ length: 5 }, (_, number) => packetOf(silk, 50, number, 0.06));
  expect((await joined(long)).map(({ duration }) => duration.toFixed(2))).toEqual(['0.12', '0.12', '0.06']);
  const stereo = celt | 4;
  const mixed = [celt, celt, stereo, silk, celt].map((toc, number) => packetOf(toc, 20, number));
  expect((await joined(mixed)).map(({ data }) => framesOf(data).length)).toEqual([2, 1, 1, 1]);
});

test('lets through what is no single frame, with the length of those before it where it tells none', async () => {
  const two = packetOf(celt | 1, 40, 1);
  const spoilt = new EncodedPacket(Uint8Array.of(celt | 3, 0), 'key', 0.04, 0, 2);
  const large = packetOf(celt, 1276, 3);
  const out = await joined([packetOf(celt, 9, 0), two, spoilt, large, packetOf(celt, 9, 4)]);
  expect(out.map(({ data }) => data.length)).toEqual([10, 41, 2, 1277, 10]);
  expect(out[2]!.duration).toBe(0.02);
});

test('joins where there is one stream only', () => {
  const head = new Uint8Array(19);
  const config = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 2 };
  expect(canJoinOpus({ ...config, description: head })).toBe(true);
  expect(canJoinOpus(config)).toBe(true);
  head[18] = 1;
  expect(canJoinOpus({ ...config, description: head.buffer })).toBe(false);
});
