import { describe, expect, it } from 'vitest';
import type { Geometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { breachCounts, imageBreaches } from '#shared/rules/image-breaches.rules.ts';

let made = 0;
const shape = (geometry: Geometry, more: Partial<Shape> = {}): Shape => ({
  id: `01920000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}` as ShapeId,
  label: 'car',
  geometry,
  attributes: {},
  origin: 'hand',
  ...more,
});
const box = (x: number, y: number, w: number, h: number, more?: Partial<Shape>) =>
  shape({ type: 'box', x, y, w, h }, more);

const occlusion = {
  name: 'occlusion',
  input: 'select',
  values: ['full', '0-30', '30-70', '70-100'],
  initial: null,
  required: true,
  mutable: true,
} as const;
const speed = { ...occlusion, name: 'speed', input: 'number', values: [], min: 0, max: 9, required: false } as const;
const labels = [
  { key: 'car', color: '#112233', attributes: [occlusion, speed] },
  { key: 'cone', color: '#445566' },
] as unknown as LabelSet;

const check = (rules: CheckableRules, shapes: Shape[], more: { fits?: Map<ShapeId, number>; labels?: LabelSet } = {}) =>
  imageBreaches({ doc: { version: 1, shapes }, rules, size: { width: 100, height: 80 }, labels: [], ...more });
const told = (breaches: ReturnType<typeof check>) => breaches.map(({ rule, shapes, name }) => [rule, ...shapes, name]);

describe('rules while working', () => {
  it('say nothing that no rule asks for', () => {
    expect(check({}, [box(-5, -5, 1, 1, { label: null }), box(-5, -5, 1, 1)])).toEqual([]);
  });

  it('find what has no class, or one that the project does not have', () => {
    const [without, unknown, fine] = [
      box(0, 0, 9, 9, { label: null }),
      box(0, 0, 9, 9, { label: 'tram' }),
      box(0, 0, 9, 9),
    ];
    expect(told(check({ requireLabel: true }, [without, unknown, { ...fine, label: 'cone' }], { labels }))).toEqual([
      ['requireLabel', without.id, null],
      ['requireLabel', unknown.id, null],
    ]);
  });

  it('measure how far a shape reaches over the edge, turned ones too', () => {
    const out = box(90, 10, 13, 10);
    const turned = shape({ type: 'rotated-box', cx: 50, cy: 5, w: 4, h: 14, angle: 0 });
    expect(check({ insideImage: true }, [out, turned, box(0, 0, 100, 80)])).toEqual([
      { rule: 'insideImage', shapes: [out.id], name: null, found: 3, limit: 0 },
      { rule: 'insideImage', shapes: [turned.id], name: null, found: 2, limit: 0 },
    ]);
  });

  it('take the smaller side for the size, a turned box by its own sides, and leave lines alone', () => {
    const [flat, long] = [box(0, 0, 50, 4), shape({ type: 'rotated-box', cx: 40, cy: 40, w: 40, h: 4.5, angle: 45 })];
    const line = shape({
      type: 'polyline',
      points: [
        [0, 0],
        [9, 0],
      ],
    });
    expect(check({ minBoxPx: 5 }, [flat, long, line, box(0, 0, 5, 5)]).map(({ found }) => found)).toEqual([4, 4.5]);
  });

  it('hold two of one class for one from the overlap on, exactly at it not yet', () => {
    const [a, b] = [box(0, 0, 10, 10), box(5, 0, 10, 10)];
    expect(check({ duplicateIou: 1 / 3 }, [a, b])).toEqual([]);
    expect(check({ duplicateIou: 0.33 }, [b, a])).toMatchObject([{ shapes: [a.id, b.id], found: 1 / 3, limit: 0.33 }]);
    expect(check({ duplicateIou: 0.33 }, [a, { ...b, label: 'cone' }])).toEqual([]);
  });

  it('ask for the answers that a class or the guideline requires, and only for allowed ones', () => {
    const [silent, wrong, fine] = [
      box(0, 0, 9, 9),
      box(0, 0, 9, 9, { attributes: { occlusion: 'half', speed: 12, colour: 'red' } }),
      box(0, 0, 9, 9, { attributes: { occlusion: 'full', speed: 9, colour: 'red' } }),
    ];
    const rules = { requiredAttributes: ['colour', 'occlusion'] };
    expect(told(check(rules, [silent, wrong, fine], { labels }))).toEqual([
      ['requiredAttributes', silent.id, 'occlusion'],
      ['requiredAttributes', silent.id, 'colour'],
      ['attributeValue', wrong.id, 'occlusion'],
      ['attributeValue', wrong.id, 'speed'],
    ]);
  });

  it('miss a tag of the whole picture, and do not ask one for the attributes of objects', () => {
    const tag = shape({ type: 'tag' }, { label: 'night' });
    const rules = { requiredTags: ['night', 'weather'], requiredAttributes: ['colour'] };
    expect(told(check(rules, [tag]))).toEqual([['requiredTags', 'weather']]);
  });

  it('fail a fit of exactly the tolerance', () => {
    const [a, b, c] = [box(0, 0, 9, 9), box(20, 0, 9, 9), box(40, 0, 9, 9)];
    const fits = new Map([
      [a.id, 2.99],
      [b.id, 3],
    ]);
    expect(check({ fitTolerancePx: 3 }, [a, b, c], { fits })).toMatchObject([{ shapes: [b.id], found: 3, limit: 3 }]);
  });

  it('are counted by rule', () => {
    const breaches = check({ requireLabel: true, insideImage: true }, [box(-1, 0, 5, 5), box(0, 0, 5, 5)]);
    expect(breachCounts(breaches)).toEqual([
      { rule: 'requireLabel', count: 2 },
      { rule: 'insideImage', count: 1 },
    ]);
  });

  it('check five thousand shapes while one works', () => {
    const shapes = Array.from({ length: 5000 }, (_, i) => box((i % 100) * 12, Math.floor(i / 100) * 12, 10, 10));
    const rules = { requireLabel: true, insideImage: true, minBoxPx: 4, duplicateIou: 0.8 };
    // Half of it lies outside the picture of 100 x 80.
    expect(check(rules, shapes, { labels }).length).toBeGreaterThan(4000);
  });
});
