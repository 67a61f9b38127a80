import { describe, expect, it } from 'vitest';
import { boxSides, type BoxEdges } from '#renderer/fit/box-side.ts';
import { measureBox, measureSide, wholeCrop } from '#renderer/fit/fit-meter.ts';
import { snapBox } from '#renderer/fit/fit-snap.ts';
import { luminanceOf, type LuminanceCrop } from '#renderer/fit/luminance.ts';
import { gaussian, makeScene, movedBox } from '#test/bench/fit-scenes.ts';
import { seeded } from '#test/support/seeded.ts';

/** A grey picture from a function of the pixel. */
function picture(width: number, height: number, grey: (x: number, y: number) => number): LuminanceCrop {
  const values = Float32Array.from({ length: width * height }, (_, at) => grey(at % width, Math.floor(at / width)));
  return { x: 0, y: 0, width, height, values };
}

/** How much of a pixel lies beyond an edge. */
const beyond = (pixel: number, edge: number) => Math.min(Math.max(pixel + 1 - edge, 0), 1);

/** A bright rectangle on dark ground, edges between pixels included. */
function bright({ left, top, right, bottom }: BoxEdges, width = 160, height = 120): LuminanceCrop {
  return picture(width, height, (x, y) => {
    const across = beyond(x, left) - beyond(x, right);
    const down = beyond(y, top) - beyond(y, bottom);
    return 0.2 + 0.5 * across * down;
  });
}

function mirrored({ x, y, width, height, values }: LuminanceCrop): LuminanceCrop {
  const turned = values.map((_, at) => values[at - (at % width) + (width - 1 - (at % width))]!);
  return { x, y, width, height, values: turned };
}

describe('the fit meter', () => {
  it.each([40, 40.25, 40.5, 40.75])('finds a sharp step at x = %s to a twentieth of a pixel', (edge) => {
    const crop = picture(100, 80, (x) => 0.3 + 0.4 * beyond(x, edge));
    const fit = measureSide(wholeCrop(crop), { left: 37, top: 10, right: 90, bottom: 70 }, 'left');
    expect(fit!.distance).toBeCloseTo(edge - 37, 1);
    expect(Math.abs(fit!.distance - (edge - 37))).toBeLessThan(0.05);
    expect(fit!.strength).toBeGreaterThan(0.25);
    expect(fit!.confidence).toBeGreaterThan(0.5);
  });

  it('gives the distance a sign: positive where the side lies outside of the edge', () => {
    const crops = wholeCrop(bright({ left: 40, top: 30, right: 110, bottom: 90 }));
    const outside = measureBox(crops, { left: 36, top: 26, right: 114, bottom: 94 });
    const inside = measureBox(crops, { left: 44, top: 34, right: 106, bottom: 86 });
    for (const side of boxSides) {
      expect(outside[side]!.distance, side).toBeCloseTo(4, 1);
      expect(inside[side]!.distance, side).toBeCloseTo(-4, 1);
    }
  });

  it('says nothing where there is only noise', () => {
    let found = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const normal = gaussian(seeded(seed));
      const crop = picture(140, 120, () => Math.round(100 + 8 * normal()) / 255);
      const fit = measureBox(wholeCrop(crop), { left: 40, top: 40, right: 100, bottom: 80 });
      found += boxSides.filter((side) => fit[side] !== null).length;
    }
    expect(found).toBe(0);
  });

  it('says nothing on an even ground and at the end of the picture', () => {
    const crops = wholeCrop(picture(60, 60, () => 0.5));
    for (const box of [
      { left: 20, top: 20, right: 40, bottom: 40 },
      { left: 0, top: 0, right: 60, bottom: 60 },
    ]) {
      expect(measureBox(crops, box)).toEqual({ left: null, top: null, right: null, bottom: null });
    }
  });

  it('does not let one strong corner outvote a side', () => {
    const crop = picture(120, 120, (x, y) => (x >= 46 && y >= 36 && y < 42 ? 1 : 0.4 + (x >= 38 ? 0.06 : 0)));
    const fit = measureSide(wholeCrop(crop), { left: 41, top: 20, right: 110, bottom: 100 }, 'left');
    expect(fit!.distance).toBeCloseTo(-3, 0);
  });

  it.each([
    { left: 39, near: -3, before: 0.33, after: 0.3 },
    { left: 45, near: 3, before: 0.3, after: 0.33 },
  ])('takes the nearer of two nearly equal edges from x = $left, though the other is stronger', (scene) => {
    const crop = picture(120, 120, (x) => (x < 36 ? scene.before : x < 48 ? 0.7 : scene.after));
    const box = { left: scene.left, top: 20, right: 110, bottom: 100 };
    expect(measureSide(wholeCrop(crop), box, 'left')!.distance).toBeCloseTo(scene.near, 0);
  });

  it('answers the same wherever the picture lies and whichever part of it is given', () => {
    const scene = makeScene(4);
    const box = movedBox(scene.truth, 5, seeded(8));
    const here = measureBox(wholeCrop(scene.crop), box);
    const moved = { ...scene.crop, x: 300, y: 77 };
    const there = measureBox(wholeCrop(moved), {
      left: box.left + 300,
      top: box.top + 77,
      right: box.right + 300,
      bottom: box.bottom + 77,
    });
    for (const side of boxSides) expect(there[side]?.distance).toBeCloseTo(here[side]!.distance, 6);
  });

  it('answers a mirrored picture with the mirrored distances', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { crop, truth } = makeScene(seed);
      const box = movedBox(truth, 4, seeded(seed));
      const turned = { ...box, left: crop.width - box.right, right: crop.width - box.left };
      const plain = measureBox(wholeCrop(crop), box);
      const mirror = measureBox(wholeCrop(mirrored(crop)), turned);
      expect(mirror.left?.distance ?? null).toBe(plain.right?.distance ?? null);
      expect(mirror.right?.distance ?? null).toBe(plain.left?.distance ?? null);
    }
  });

  it('moves with the picture by parts of a pixel', () => {
    const box = { left: 38, top: 28, right: 112, bottom: 92 };
    for (const by of [0.2, 0.4, 0.9]) {
      const crop = bright({ left: 40 + by, top: 30, right: 110 + by, bottom: 90 });
      const fit = measureBox(wholeCrop(crop), box);
      expect(Math.abs(fit.left!.distance - (2 + by))).toBeLessThan(0.1);
      expect(Math.abs(fit.right!.distance - (2 - by))).toBeLessThan(0.1);
    }
  });
});

describe('snapping', () => {
  it('puts all four sides on the object, and only those asked for', () => {
    const truth = { left: 40.5, top: 30.25, right: 110.75, bottom: 90 };
    const start = { left: 45, top: 24, right: 104, bottom: 97 };
    const crops = wholeCrop(bright(truth));
    const all = snapBox(crops, start);
    for (const side of boxSides) expect(Math.abs(all[side] - truth[side]), side).toBeLessThan(0.1);
    const one = snapBox(crops, start, ['top']);
    expect({ ...one, top: 0 }).toEqual({ ...start, top: 0 });
    expect(one.top).toBeCloseTo(truth.top, 1);
  });

  it('is done after one go', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const next = seeded(seed);
      const truth = { left: 40 + next(), top: 30 + next(), right: 110 + next(), bottom: 90 + next() };
      const once = snapBox(wholeCrop(bright(truth)), movedBox(truth, 7, next));
      const twice = snapBox(wholeCrop(bright(truth)), once);
      for (const side of boxSides) expect(Math.abs(twice[side] - once[side])).toBeLessThan(0.02);
    }
  });

  it('moves hardly a side at a second go, however bad the light', () => {
    let again = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const { crop, truth } = makeScene(seed);
      const once = snapBox(wholeCrop(crop), movedBox(truth, 5, seeded(seed * 31)));
      const twice = snapBox(wholeCrop(crop), once);
      again += boxSides.filter((side) => Math.abs(twice[side] - once[side]) > 0.5).length;
    }
    expect(again / 240).toBeLessThan(0.03);
  });

  it('never turns a box over or makes it vanish', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = seeded(seed);
      const normal = gaussian(next);
      const crop = picture(60, 60, (x, y) => 0.5 + 0.2 * Math.sin(x / 2) * Math.cos(y / 3) + 0.02 * normal());
      const left = 10 + 30 * next();
      const top = 10 + 30 * next();
      const box = { left, top, right: left + 1 + 8 * next(), bottom: top + 1 + 8 * next() };
      const snapped = snapBox(wholeCrop(crop), box);
      expect(snapped.right - snapped.left).toBeGreaterThanOrEqual(Math.min(1, box.right - box.left));
      expect(snapped.bottom - snapped.top).toBeGreaterThanOrEqual(Math.min(1, box.bottom - box.top));
    }
  });

  it('lands within a pixel and within three on known objects in every light', () => {
    const left: number[] = [];
    for (let seed = 1; seed <= 90; seed += 1) {
      const { crop, truth } = makeScene(seed);
      const snapped = snapBox(wholeCrop(crop), movedBox(truth, 8, seeded(seed * 7919)));
      left.push(...boxSides.map((side) => Math.abs(snapped[side] - truth[side])));
    }
    expect(left.filter((pixels) => pixels < 1).length / left.length).toBeGreaterThan(0.93);
    expect(left.filter((pixels) => pixels < 3).length / left.length).toBeGreaterThan(0.98);
  });
});

describe('grey values', () => {
  it('weigh the colours, and can be those of light instead of those of the file', () => {
    const area = { x: 5, y: 6, width: 2, height: 1 };
    const stored = luminanceOf(Uint8ClampedArray.of(255, 255, 255, 255, 0, 255, 0, 0), area);
    expect(stored).toMatchObject({ x: 5, y: 6, width: 2, height: 1 });
    expect(stored.values[0]).toBeCloseTo(1, 6);
    expect(stored.values[1]).toBeCloseTo(0.7152, 6);
    const light = luminanceOf(Uint8ClampedArray.of(188, 188, 188, 255, 0, 0, 0, 255), area, 'linear');
    expect(light.values[0]).toBeCloseTo(0.503, 3);
  });

  it('refuse bytes that do not fill the picture', () => {
    expect(() => luminanceOf(new Uint8ClampedArray(7), { x: 0, y: 0, width: 2, height: 1 })).toThrow(RangeError);
  });
});
