import { describe, expect, it } from 'vitest';
import { createScene } from '#renderer/canvas/scene.ts';
import { changeOf, invertChange } from '#shared/rules/undo-journal.rules.ts';
import type { Shape } from '#shared/domain/annotation.ts';
import { box, docOf } from '#test/support/canvas-workbench.ts';
import { boxOf } from '#test/support/box-of.ts';

/** A reproducible scatter of boxes. */
function scatter(count: number): Shape[] {
  let state = 42;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, () => box(next() * 1000, next() * 1000, 1 + next() * 40, 1 + next() * 40));
}

describe('the scene', () => {
  it('finds the same shapes in drawing order whether it asks the index or reads the list', () => {
    const shapes = scatter(2_000);
    const scene = createScene();
    scene.setDoc(docOf(...shapes));
    for (const side of [30, 300, 2_000]) {
      const area = { left: 100, top: 100, right: 100 + side, bottom: 100 + side };
      const expected = shapes.filter(({ geometry }) => {
        const { x, y, w, h } = boxOf(geometry);
        return x + w >= 100 && x <= 100 + side && y + h >= 100 && y <= 100 + side;
      });
      expect(scene.inArea(area).map(({ shape }) => shape.id)).toEqual(expected.map(({ id }) => id));
    }
  });

  it('follows small and large changes and their inverse', () => {
    const shapes = scatter(1_000);
    const scene = createScene();
    scene.setDoc(docOf(...shapes));
    for (const count of [1, 3, 900]) {
      const before = scene.doc;
      const change = changeOf(
        before,
        'delete',
        before.shapes.slice(0, count).map(({ id }) => ({ id, after: null })),
      )!;
      scene.apply(change);
      expect(scene.inArea({ left: -1, top: -1, right: 2000, bottom: 2000 })).toHaveLength(1_000 - count);
      expect(scene.shape(before.shapes[0]!.id)).toBeUndefined();
      scene.apply(invertChange(change));
      expect(scene.doc).toEqual(before);
      expect(scene.inArea({ left: -1, top: -1, right: 2000, bottom: 2000 }).map(({ order }) => order)).toEqual(
        before.shapes.map((_, index) => index),
      );
    }
  });

  it('answers a click with the topmost first', () => {
    const [low, high, aside] = [box(0, 0, 50, 50), box(10, 10, 50, 50), box(100, 100, 5, 5)];
    const scene = createScene();
    scene.setDoc(docOf(low, high, aside));
    expect(scene.at({ x: 20, y: 20 }, 1)).toEqual([high.id, low.id]);
    expect(scene.at({ x: 106, y: 102 }, 2)).toEqual([aside.id]);
    expect(scene.at({ x: 106, y: 102 }, 0.5)).toEqual([]);
  });
});
