import { describe, expect, it } from 'vitest';
import { boxSides, type BoxSide } from '#renderer/fit/box-side.ts';
import { areasAround } from '#renderer/fit/fit-crops.ts';
import { measureBox, wholeCrop, type SideCrops } from '#renderer/fit/fit-meter.ts';
import { snapBox } from '#renderer/fit/fit-snap.ts';
import type { LuminanceCrop } from '#renderer/fit/luminance.ts';
import { makeScene, movedBox } from '#test/bench/fit-scenes.ts';
import { seeded } from '#test/support/seeded.ts';

/** A piece of a larger picture. */
function piece(from: LuminanceCrop, area: { x: number; y: number; width: number; height: number }): LuminanceCrop {
  const values = Float32Array.from({ length: area.width * area.height }, (_, at) => {
    const x = area.x + (at % area.width);
    const y = area.y + Math.floor(at / area.width);
    return from.values[y * from.width + x]!;
  });
  return { ...area, values };
}

describe('the parts of a photo that a box needs', () => {
  it('are one around a small box, and strips along the sides of a large one', () => {
    const size = { width: 6000, height: 4000 };
    const small = areasAround({ left: 100, top: 100, right: 200, bottom: 180 }, size)!;
    expect(new Set(boxSides.map((side) => small[side])).size).toBe(1);
    const large = areasAround({ left: 500, top: 500, right: 2500, bottom: 2500 }, size)!;
    const pixels = boxSides.reduce((sum, side) => sum + large[side].width * large[side].height, 0);
    expect(pixels).toBeLessThan(400_000);
  });

  it('are none where the box lies outside of the photo, and end with the photo', () => {
    const size = { width: 100, height: 80 };
    expect(areasAround({ left: 300, top: 10, right: 340, bottom: 40 }, size)).toBeNull();
    expect(areasAround({ left: -5, top: -5, right: 105, bottom: 85 }, size)!.left).toEqual({ x: 0, y: 0, ...size });
  });

  it('give the same answer as the whole photo', () => {
    let tried = 0;
    for (let seed = 1; seed <= 200 && tried < 6; seed += 1) {
      const { crop, truth } = makeScene(seed);
      const box = movedBox(truth, 8, seeded(seed));
      const areas = areasAround(box, crop)!;
      if (areas.left === areas.top) continue;
      tried += 1;
      const entries = boxSides.map((side): [BoxSide, LuminanceCrop] => [side, piece(crop, areas[side])]);
      const crops = Object.fromEntries(entries) as unknown as SideCrops;
      expect(measureBox(crops, box)).toEqual(measureBox(wholeCrop(crop), box));
      expect(snapBox(crops, box)).toEqual(snapBox(wholeCrop(crop), box));
    }
    expect(tried).toBeGreaterThan(2);
  });
});
