import { describe, expect, it } from 'vitest';
import { PacketPlaces } from '#renderer/sound/packet-places.ts';

describe('places to begin decoding at', () => {
  const places = new PacketPlaces();
  for (let at = 0; at < 9; at += 1) places.add(at * 0.5 - 0.02, at * 22_050);

  it('are the last at a frame or before it', () => {
    expect(places.before(-1)).toBeNull();
    expect(places.before(0)).toEqual({ seconds: -0.02, frame: 0 });
    expect(places.before(44_099)).toEqual({ seconds: 0.48, frame: 22_050 });
    expect(places.before(44_100)).toEqual({ seconds: 0.98, frame: 44_100 });
    expect(places.before(9_999_999)).toEqual({ seconds: 3.98, frame: 176_400 });
    expect(places.reach).toBe(176_400);
  });

  it('come back from their bytes, and not from others', () => {
    const again = new PacketPlaces();
    expect(again.fromBytes(places.toBytes(200_000))).toBe(200_000);
    expect(again.before(44_100)).toEqual(places.before(44_100));
    expect(again.fromBytes(new Uint8Array(0))).toBeNull();
    expect(again.fromBytes(places.toBytes(1).slice(0, 30))).toBeNull();
  });
});
