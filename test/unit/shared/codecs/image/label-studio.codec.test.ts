import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Geometry,
  type MaskGeometry,
  proposal as proposalSchema,
  type Shape,
  shape as shapeSchema,
} from '#shared/domain/annotation.ts';
import type { AttributeSpec } from '#shared/domain/label-set.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import { maskFromPixels } from '#shared/geometry/mask-runs.ts';
import { labelStudioCodec } from '#shared/codecs/image/label-studio.codec.ts';
import { brushOfMask, maskOfBrush } from '#shared/codecs/image/label-studio-rle.codec.ts';
import { bare, fileOf, nextShapeId, parseWith, photoWith, shapeWith, writeWith } from '#test/support/image-codecs.ts';
import { testData } from '#test/support/test-data.ts';
import { cpuNow } from '#test/support/cpu-time.ts';

type Options = Parameters<typeof parseWith>[2];
const read = (value: unknown, options?: Options) =>
  parseWith(labelStudioCodec, { 'export.json': typeof value === 'string' ? value : JSON.stringify(value) }, options);
const sized = { original_width: 1000, original_height: 500, image_rotation: 0, from_name: 'label', to_name: 'image' };
const region = (id: string, type: string, value: object, more: object = {}) => ({ id, type, value, ...sized, ...more });
const rectangle = (id: string, value: object, more: object = {}) =>
  region(id, 'rectanglelabels', { rotation: 0, rectanglelabels: ['car'], ...value }, more);
const task = (result: unknown[], more: object = {}) => ({
  id: 1,
  data: { image: 'a.jpg' },
  annotations: [{ result }],
  ...more,
});
const shapesOf = async (...result: unknown[]) => (await read([task(result)])).parsed.items[0]!.shapes;
const geometriesOf = async (...result: unknown[]) => (await shapesOf(...result)).map(({ geometry }) => geometry);

describe('reading Label Studio', () => {
  it('takes the first pixel, and every kind of place', async () => {
    const brush = brushOfMask({ type: 'mask', x: 3, y: 4, w: 2, h: 2, runs: [1, 2, 1] }, { width: 1000, height: 500 })!;
    const shapes = await shapesOf(
      rectangle('a', { x: 0, y: 0, width: 0.1, height: 0.2 }),
      region('b', 'polygonlabels', {
        points: [
          [1, 2],
          [3, 2],
          [2, 8],
        ],
        closed: true,
        polygonlabels: ['car'],
      }),
      region('c', 'ellipselabels', { x: 50, y: 50, radiusX: 2, radiusY: 3, rotation: 350, ellipselabels: ['car'] }),
      region('d', 'keypointlabels', { x: 10, y: 20, width: 0.4, keypointlabels: ['car'] }),
      region('e', 'brushlabels', { format: 'rle', rle: brush.bytes, brushlabels: ['car'] }),
      region('f', 'polygon', {
        points: [
          [1, 2],
          [3, 2],
        ],
        closed: false,
      }),
      { id: 'g', type: 'choices', from_name: 'scene', to_name: 'image', value: { choices: ['night', 'rain'] } },
    );
    expect(shapes.map(({ label, geometry }) => [label, geometry])).toEqual([
      ['car', { type: 'box', x: 0, y: 0, w: 1, h: 1 }],
      [
        'car',
        {
          type: 'polygon',
          parts: [
            {
              outer: [
                [10, 10],
                [30, 10],
                [20, 40],
              ],
              holes: [],
            },
          ],
        },
      ],
      ['car', { type: 'ellipse', cx: 500, cy: 250, rx: 20, ry: 15, angle: -10 }],
      ['car', { type: 'point', x: 100, y: 100 }],
      ['car', { type: 'mask', x: 3, y: 4, w: 2, h: 2, runs: [1, 2, 1] }],
      [
        null,
        {
          type: 'polyline',
          points: [
            [10, 10],
            [30, 10],
          ],
        },
      ],
      ['night', { type: 'tag' }],
      ['rain', { type: 'tag' }],
    ]);
    for (const shape of shapes) expect(shapeSchema.parse(shape)).toEqual(shape);
  });

  it('turns rectangles in pixels about their top left corner', async () => {
    const value = {
      x: 43.11703266917582,
      y: 84.45982849200068,
      width: 2.306614434971254,
      height: 2.5411620388151044,
      rotation: 90.16978361018573,
    };
    const [geometry] = await geometriesOf(rectangle('a', value, { original_width: 1280, original_height: 720 }));
    expect(geometry).toMatchObject({ type: 'rotated-box' });
    const { x, y, w, h } = boundsOf(geometry!)!;
    for (const [found, known] of [
      [x, 533.51],
      [y, 608.06],
      [w, 18.38],
      [h, 29.58],
    ] as const)
      expect(found).toBeCloseTo(known, 1.99);
    // A quarter turn in numbers that can be checked by hand: 300 x 100 about (200, 100) reaches down and to the left.
    const [quarter] = await geometriesOf(rectangle('b', { x: 20, y: 20, width: 30, height: 20, rotation: 90 }));
    expect(quarter).toEqual({ type: 'rotated-box', cx: 150, cy: 250, w: 300, h: 100, angle: 90 });
  });

  it('brings sizes below 0 to the other side', async () => {
    expect(await geometriesOf(rectangle('a', { x: 50, y: 80, width: -10, height: -60 }))).toEqual([
      { type: 'box', x: 400, y: 100, w: 100, h: 300 },
    ]);
    expect(await geometriesOf(rectangle('a', { x: 50, y: 50, width: 10, height: -20, rotation: 90 }))).toEqual([
      { type: 'rotated-box', cx: 550, cy: 300, w: 100, h: 100, angle: 90 },
    ]);
  });

  it('joins what was said of one region, whichever comes first', async () => {
    const place = { x: 0, y: 0, width: 10, height: 10 };
    const asked = (type: string, name: string, value: object) =>
      region('a', type, { ...place, ...value }, { from_name: name });
    const [shape, ...others] = await shapesOf(
      asked('choices', 'parked', { choices: ['true'] }),
      rectangle('a', place, { origin: 'manual' }),
      asked('choices', 'colours', { choices: ['red', 'blue'] }),
      asked('choices', 'side', { choices: ['left'] }),
      asked('textarea', 'plate', { text: ['007'] }),
      asked('number', 'seats', { number: 4 }),
      asked('rating', 'quality', { rating: 3 }),
    );
    expect(others).toEqual([]);
    expect(shape).toMatchObject({
      label: 'car',
      attributes: { parked: true, colours: ['red', 'blue'], side: 'left', plate: '007', seats: 4, quality: 3 },
      extra: { 'label-studio': { id: 'a', origin: 'manual', controls: { quality: 'rating' } } },
    });
    const apart = await shapesOf(region('b', 'rectangle', place), region('b', 'labels', { labels: ['bus'] }));
    expect(apart.map(({ label }) => label)).toEqual(['bus']);
  });

  it('makes a shape for each class of a region, and one region of them again', async () => {
    const { parsed } = await read([
      task([rectangle('a', { x: 1, y: 1, width: 1, height: 1, rectanglelabels: ['car', 'taxi'] })]),
    ]);
    expect(parsed.items[0]!.shapes.map(({ label }) => label)).toEqual(['car', 'taxi']);
    expect(parsed.labels.map(({ key }) => key)).toEqual(['car', 'taxi']);
    const { files, summary } = await writeWith(labelStudioCodec, parsed);
    const [written] = JSON.parse(files['']!) as { annotations: { result: unknown[] }[] }[];
    expect(summary.objects).toBe(2);
    expect(written!.annotations[0]!.result).toEqual([
      rectangle('a', { x: 1, y: 1, width: 1, height: 1, rectanglelabels: ['car', 'taxi'] }),
    ]);
    // Moved apart, they are two regions with two ids.
    const [first, second] = parsed.items[0]!.shapes;
    const moved = [first!, { ...second!, geometry: { type: 'point', x: 1, y: 1 } as const }];
    const again = await writeWith(labelStudioCodec, { items: [{ ...parsed.items[0]!, shapes: moved }] });
    const ids = (JSON.parse(again.files['']!) as { annotations: { result: { id: string }[] }[] }[])[0]!.annotations[0]!
      .result;
    expect(ids.map(({ id }) => id)).toEqual(['a', second!.id]);
  });

  it('takes predictions as proposals, with score and model', async () => {
    const predictions = [
      {
        model_version: 'm1',
        score: 0.5,
        created_ago: 'x',
        result: [rectangle('p', { x: 0, y: 0, width: 1, height: 1 }, { score: 0.75 })],
      },
      { model_version: 'm2', score: 0.25, result: [rectangle('q', { x: 0, y: 0, width: 2, height: 1 })] },
      { model_version: 'm3', score: 7, result: [rectangle('r', { x: 0, y: 0, width: 3, height: 1 })] },
    ];
    const { parsed } = await read([task([], { predictions })]);
    const proposals = parsed.items[0]!.proposals!;
    expect(proposals.map(({ score, model }) => [score, model])).toEqual([
      [0.75, 'm1'],
      [0.25, 'm2'],
      [null, 'm3'],
    ]);
    for (const proposal of proposals) expect(proposalSchema.parse(proposal)).toEqual(proposal);
    const { files } = await writeWith(labelStudioCodec, parsed);
    const again = (await read(files['']!)).parsed;
    expect(bare(again.items)).toEqual(bare(parsed.items));
    const [written] = JSON.parse(files['']!) as { predictions: object[] }[];
    expect(written!.predictions.map((one) => ({ ...one, result: 0 }))).toEqual(
      predictions.map((one) => ({ ...one, result: 0 })),
    );
  });

  it('takes the last annotation that was not cancelled, and counts the others', async () => {
    const box = (x: number) => [rectangle('a', { x, y: 0, width: 1, height: 1 })];
    const annotations = [{ result: box(1) }, { result: box(2) }, { result: box(3), was_cancelled: true }, 'x'];
    const { parsed, loss, failed } = await read([{ data: { image: 'a.jpg' }, annotations }]);
    expect(parsed.items[0]!.shapes.map(({ geometry }) => (geometry.type === 'box' ? geometry.x : null))).toEqual([20]);
    expect(loss).toEqual([
      { what: 'other-annotation', count: 1 },
      { what: 'cancelled', count: 1 },
    ]);
    expect(failed).toEqual([{ where: '[0].annotations[3]', why: 'not-an-object' }]);
    const old = await read([{ data: { image: 'a.jpg' }, completions: [{ result: box(5) }] }]);
    expect(old.parsed.items[0]!.shapes).toHaveLength(1);
  });

  it.each([
    ['a.jpg', [], 'a.jpg'],
    ['a#1?.jpg', [], 'a#1?.jpg'],
    ['/data/upload/18/0f6142fb-100_21.jpg', [], '100_21.jpg'],
    ['/data/upload/18/0f6142fb-100_21.jpg', ['100_21.jpg'], '100_21.jpg'],
    [
      '/data/upload/18/0f6142fb-100_21.jpg',
      ['data/upload/18/0f6142fb-100_21.jpg'],
      'data/upload/18/0f6142fb-100_21.jpg',
    ],
    ['https://h.com/x/0f6142fb-100_21.jpg?sig=1#t', [], 'x/0f6142fb-100_21.jpg'],
    ['https://h.com/x/0f6142fb-100_21.jpg', ['100_21.jpg'], '100_21.jpg'],
    ['s3://bucket/%E8%A1%97/a%20b.jpg', [], '街/a b.jpg'],
    ['/data/local-files/?d=set/one.jpg&x=1', [], 'set/one.jpg'],
    ['C:\\photos\\..\\a.jpg', [], 'a.jpg'],
  ])('brings the address %s to a path when %j is at hand', async (image, names, name) => {
    const sizes = Object.fromEntries(names.map((one) => [one, { width: 7, height: 9 }]));
    const { parsed } = await read([{ data: { image } }], { sizes });
    expect(parsed.items[0]).toMatchObject({ name, size: names.length > 0 ? { width: 7, height: 9 } : null });
    const { files } = await writeWith(labelStudioCodec, parsed);
    expect(JSON.parse(files['']!)).toEqual([{ data: { image }, annotations: [], predictions: [] }]);
  });

  it('looks for a photo where it lies, and takes its size where the file says none', async () => {
    const bareRectangle = {
      id: 'a',
      type: 'rectanglelabels',
      source: '$page',
      value: { x: 10, y: 10, width: 10, height: 10 },
    };
    const data = { image: 'not.jpg', page: 'p.jpg', text: 'x' };
    const { parsed } = await read([{ data, annotations: [{ result: [bareRectangle] }] }], {
      sizes: { 'p.jpg': { width: 100, height: 200 } },
    });
    expect(parsed.items[0]).toMatchObject({
      name: 'p.jpg',
      shapes: [{ label: null, geometry: { x: 10, y: 20, w: 10, h: 20 } }],
    });
    const nowhere = await read([{ data, annotations: [{ result: [bareRectangle] }] }]);
    expect(nowhere.failed).toEqual([{ where: '[0].annotations[0].result[0]', why: 'size-missing' }]);
    const other = await read([{ data: { text: 'hello', scan: 'x/y.png' } }]);
    expect(other.parsed.items[0]!.name).toBe('x/y.png');
  });

  it('tells bad results with place and reason, and takes the good ones', async () => {
    const place = { x: 1, y: 1, width: 1, height: 1 };
    const bad: [unknown, string][] = [
      ['x', 'not-an-object'],
      [rectangle('b', { ...place, x: null }), 'number-not-finite'],
      [rectangle('c', { ...place, x: '1' }), 'field-wrong'],
      [rectangle('d', { ...place, x: 1e300 }), 'number-out-of-range'],
      [rectangle('e', place, { image_rotation: 90 }), 'photo-turned'],
      [rectangle('f', { ...place, rectanglelabels: [7] }), 'field-wrong'],
      [rectangle('g', { ...place, rectanglelabels: [''] }), 'label-missing'],
      [
        region('h', 'polygonlabels', {
          points: [
            [1, 2],
            [3, 4],
          ],
        }),
        'points-wrong-count',
      ],
      [region('i', 'polygonlabels', { points: [[1, 2], [3], [4, 5]] }), 'points-wrong-count'],
      [region('j', 'brushlabels', { format: 'rle', rle: [0, 1, 2] }), 'mask-unreadable'],
      [region('k', 'labels', { start: 0, end: 1, labels: ['speech'] }), 'not-an-image-region'],
    ];
    const { parsed, failed } = await read([
      task([rectangle('a', place), ...bad.map(([row]) => row), rectangle('z', place)]),
    ]);
    expect(parsed.items[0]!.shapes).toHaveLength(2);
    expect(failed).toEqual(bad.map(([, why], i) => ({ where: `[0].annotations[0].result[${i + 1}]`, why })));
  });

  it.each([
    ['', 'not-json', 'line 1, column 1'],
    ['[\n{"data":{"image":"a"}},\n{]', 'not-json', 'line 3, column 2'],
    ['[}', 'not-json', 'line 1, column 2'],
    ['{"images":[]}', 'not-this-format', ''],
    ['7', 'not-this-format', ''],
  ])('says of %j what it is not, and where', async (text, problem, place) => {
    await expect(read(text)).rejects.toMatchObject({ problem, place });
    // Beside a good file it fails alone, and whole.
    const { parsed, failed } = await parseWith(labelStudioCodec, {
      'bad.json': text,
      'good.json': JSON.stringify([task([])]),
    });
    expect(parsed.items).toHaveLength(1);
    expect(failed).toEqual([{ where: place === '' ? 'bad.json' : `bad.json, ${place}`, why: problem }]);
  });

  it('is not harmed by hostile files', async () => {
    const text = `[{"__proto__":{"polluted":1},"data":{"image":"..\\\\..\\\\etc\\\\passwd","__proto__":{"a":1}},"annotations":[{"result":[
      {"id":"__proto__","type":"rectanglelabels","original_width":10,"original_height":10,"value":{"x":1,"y":1,"width":1,"height":1,"rectanglelabels":["constructor","__proto__"],"__proto__":{"q":1}}},
      {"id":"__proto__","type":"choices","from_name":"__proto__","value":{"choices":["x"]}},
      {"id":"b","type":"constructor","value":{"constructor":1}}]}]}]`;
    const { parsed, loss } = await read(text);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(parsed.items[0]).toMatchObject({
      name: 'etc/passwd',
      shapes: [{ label: 'constructor', attributes: {} }, { label: '__proto__' }],
    });
    expect(loss).toEqual([{ what: 'field', count: 4 }]);
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const nested = await read(
      `[{"data":{"image":"a.jpg"},"deep":${deep},"annotations":[{"result":[{"id":"r","deep":${deep}}]}]}]`,
    );
    expect(nested.loss).toContainEqual({ what: 'field', count: 2 });
    const started = cpuNow();
    // Claims four thousand million values, and a run that goes on past the end.
    const bomb = [255, 255, 255, 252, 57, 27, 207, 255, 255, 255, 255];
    const result = region(
      'x',
      'brushlabels',
      { format: 'rle', rle: bomb },
      { original_width: 32_767, original_height: 32_769 },
    );
    expect((await read([task([result])])).failed).toMatchObject([{ why: 'mask-unreadable' }]);
    expect(cpuNow() - started).toBeLessThan(1000);
  });
});

describe('the brush of Label Studio', () => {
  /** Packs values as the format describes, block by block: a plain second way to write what is read. */
  const pack = (values: number[], blocks: (number | [count: number])[], sizes = [3, 4, 8, 16], word = 8) => {
    let bits = values.length.toString(2).padStart(32, '0') + (word - 1).toString(2).padStart(5, '0');
    for (const size of sizes) bits += (size - 1).toString(2).padStart(4, '0');
    let at = 0;
    for (const block of blocks) {
      const [count, isRun] = typeof block === 'number' ? [block, false] : [block[0], true];
      const index = sizes.findIndex((size) => count <= 2 ** size);
      bits +=
        (isRun ? '1' : '0') + index.toString(2).padStart(2, '0') + (count - 1).toString(2).padStart(sizes[index]!, '0');
      for (let i = 0; i < (isRun ? 1 : count); i += 1) bits += values[at + i]!.toString(2).padStart(word, '0');
      at += count;
    }
    const bytes = bits.match(/.{1,8}/g)!.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
    // The writer of the reference adds a byte of zeroes when the bits end with one.
    return [...bytes, 0];
  };

  it('reads values one by one and in runs, with other lengths, and goes by opacity', () => {
    const clear = [9, 9, 9, 0];
    const half = [0, 0, 0, 127];
    const red = [255, 0, 0, 255];
    const values = [...clear, ...red, ...half, ...clear, ...clear, ...clear];
    const known: MaskGeometry = { type: 'mask', x: 1, y: 0, w: 2, h: 1, runs: [0, 2] };
    expect(maskOfBrush(pack(values, [24]), { width: 3, height: 2 })).toEqual(known);
    expect(maskOfBrush(pack(values, [5, [2], 1, [3], 13]), { width: 3, height: 2 })).toEqual(known);
    // Runs that begin or end with the opacity itself.
    expect(maskOfBrush(pack(values, [7, [1], [3], 13]), { width: 3, height: 2 })).toEqual(known);
    expect(maskOfBrush(pack(values, [24], [1, 5, 7, 9], 9), { width: 3, height: 2 })).toEqual(known);
    expect(maskOfBrush(pack(values, [24]), { width: 2, height: 2 })).toBe('mask-unreadable');
    expect(maskOfBrush(pack(values, [24]).slice(0, 20), { width: 3, height: 2 })).toBe('mask-unreadable');
    expect(maskOfBrush(pack(Array(24).fill(0), [[24]]), { width: 3, height: 2 })).toBe('mask-empty');
    expect(maskOfBrush(pack(Array(24).fill(255), [[24]]), { width: 3, height: 2 })).toEqual({
      type: 'mask',
      x: 0,
      y: 0,
      w: 3,
      h: 2,
      runs: [0, 6],
    });
  });

  it('gives back what it wrote, cut to the photo', () => {
    const arbitrary = fc.record({
      x: fc.integer({ min: -3, max: 12 }),
      y: fc.integer({ min: -3, max: 12 }),
      w: fc.integer({ min: 1, max: 9 }),
      h: fc.integer({ min: 1, max: 9 }),
      seed: fc.array(fc.boolean(), { minLength: 81 }),
    });
    const size = { width: 11, height: 10 };
    fc.assert(
      fc.property(arbitrary, ({ x, y, w, h, seed }) => {
        const pixels = Uint8Array.from(seed.slice(0, w * h), Number);
        const mask = maskFromPixels({ x, y, w, h, pixels });
        fc.pre(mask !== null);
        const inside = Uint8Array.from(pixels, (pixel, i) => {
          const [px, py] = [x + (i % w), y + Math.floor(i / w)];
          return px >= 0 && py >= 0 && px < size.width && py < size.height ? pixel : 0;
        });
        const known = maskFromPixels({ x, y, w, h, pixels: inside });
        const brush = brushOfMask(mask, size);
        expect(brush === null ? null : maskOfBrush(brush.bytes, size)).toEqual(known);
        if (brush !== null) expect(brush.cut).toBe(inside.join() !== pixels.join());
      }),
    );
  });

  it('packs a large photo quickly', () => {
    const size = { width: 6000, height: 4000 };
    const mask: MaskGeometry = { type: 'mask', x: 100, y: 100, w: 5000, h: 3000, runs: [0, 15_000_000] };
    const started = cpuNow();
    const brush = brushOfMask(mask, size)!;
    expect(maskOfBrush(brush.bytes, size)).toEqual(mask);
    expect(cpuNow() - started).toBeLessThan(1000);
  });
});

const specs: AttributeSpec[] = [
  { name: 'side', input: 'select', values: ['left', 'right'], initial: null, required: false, mutable: false },
];

describe('writing Label Studio', () => {
  const labels = [{ key: 'car', attributes: specs, extra: {} }];
  const number = fc.double({ min: -100, max: 1000, noNaN: true }).map((n) => n + 0);
  const length = fc.double({ min: 0, max: 500, noNaN: true });
  const angle = fc
    .oneof(fc.constantFrom(90, 180, -90), fc.double({ min: -179, max: 179, noNaN: true }))
    .filter((a) => Math.abs(a) > 1e-6);
  const place = fc.tuple(number, number);
  const geometry: fc.Arbitrary<Geometry> = fc.oneof(
    fc.record({ type: fc.constant('box' as const), x: number, y: number, w: length, h: length }),
    fc.record({ type: fc.constant('rotated-box' as const), cx: number, cy: number, w: length, h: length, angle }),
    fc
      .array(place, { minLength: 3, maxLength: 9 })
      .map((outer): Geometry => ({ type: 'polygon', parts: [{ outer, holes: [] }] })),
    fc.array(place, { minLength: 2, maxLength: 9 }).map((points): Geometry => ({ type: 'polyline', points })),
    place.map(([x, y]): Geometry => ({ type: 'point', x, y })),
    fc.record({ type: fc.constant('ellipse' as const), cx: number, cy: number, rx: length, ry: length, angle }),
    fc.constant<Geometry>({ type: 'mask', x: 3, y: 4, w: 2, h: 2, runs: [1, 2, 1] }),
    fc.constant<Geometry>({ type: 'tag' }),
  );
  const attributes = fc.record(
    {
      side: fc.constantFrom('left', 'right'),
      seats: fc.double({ min: 0, max: 9, noNaN: true }).map((n) => n + 0),
      parked: fc.boolean(),
      plate: fc.constantFrom('007', 'x\n y ', '', 'true', '7'),
      colours: fc.constant(['red', 'blue']),
    },
    { requiredKeys: [] },
  );
  /** Tags have none; the class with a choice has all kinds. */
  const answersOf = (row: { geometry: Geometry; attributes: object; label: string | null }): Shape['attributes'] =>
    row.geometry.type === 'tag' ? {} : row.label === 'car' ? { ...row.attributes } : { seats: 1 };
  const numbersOf = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbersOf)
        : [];

  it('gives back every shape, proposal and answer', async () => {
    const shape = fc.record({ geometry, attributes, label: fc.constantFrom('car', '红灯', null) });
    const score = fc.option(fc.double({ min: 0, max: 1, noNaN: true }).map((n) => n + 0));
    const machine = fc.record({ geometry, score, model: fc.constantFrom('m1', 'm2', null) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(shape, { maxLength: 8 }),
        fc.array(machine, { maxLength: 4 }),
        async (rows, guesses) => {
          const shapes = rows.map((row) =>
            shapeWith(row.geometry, {
              label: row.geometry.type === 'tag' ? (row.label ?? 'night') : row.label,
              attributes: answersOf(row),
              origin: 'imported',
            }),
          );
          const proposals = guesses
            // One prediction for each model, so they come in that order.
            .sort((a, b) => (a.model ?? '').localeCompare(b.model ?? ''))
            .map((row) => ({ id: nextShapeId(), label: 'car', attributes: {}, ...row }));
          const { files, summary } = await writeWith(labelStudioCodec, {
            items: [photoWith(shapes, { proposals })],
            labels,
          });
          expect(summary).toEqual({ items: 1, objects: shapes.length, loss: [] });
          const { parsed, failed, loss } = await read(files['']!, { sizes: { width: 640, height: 480 } });
          expect({ failed, loss }).toEqual({ failed: [], loss: [] });
          const said = (list: readonly { geometry: Geometry }[]) =>
            list.map(({ geometry: g, ...one }) => ({ ...one, type: g.type, id: 0, extra: 0 }));
          expect(said(parsed.items[0]!.shapes)).toEqual(said(shapes));
          expect(said(parsed.items[0]!.proposals ?? [])).toEqual(said(proposals));
          const [found, known] = [parsed.items[0]!, { shapes, proposals }].map((item) =>
            [...item.shapes, ...(item.proposals ?? [])].flatMap((one) => numbersOf(one.geometry)),
          );
          expect(Math.max(0, ...found!.map((n, i) => Math.abs(n - known![i]!)))).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('counts what it cannot hold, and says what is ambiguous as a note', async () => {
    const ring: [number, number][] = [
      [10, 10],
      [30, 10],
      [20, 40],
    ];
    const part = { outer: ring, holes: [] };
    const shapes = [
      shapeWith({ type: 'polygon', parts: [{ outer: ring, holes: [ring] }, part] }, { ambiguous: 'either' }),
      shapeWith({ type: 'tag' }, { label: null }),
      shapeWith({ type: 'tag' }, { attributes: { a: 1 }, extra: { coco: { id: 1 } } }),
      shapeWith({ type: 'mask', x: 639, y: 0, w: 2, h: 1, runs: [0, 2] }),
      shapeWith({ type: 'mask', x: 700, y: 0, w: 2, h: 1, runs: [0, 2] }),
    ];
    const nowhere = photoWith([shapeWith({ type: 'point', x: 1, y: 1 })], { size: null, name: 'b.jpg' });
    const { files, summary } = await writeWith(labelStudioCodec, { items: [photoWith(shapes), nowhere], labels });
    expect(summary).toMatchObject({ items: 2, objects: 3 });
    expect(Object.fromEntries(summary.loss.map(({ what, count }) => [what, count]))).toEqual({
      parts: 1,
      holes: 1,
      'unlabelled-shape': 1,
      attribute: 1,
      field: 1,
      clamped: 1,
      'left-out-mask': 1,
      'left-out-point': 1,
      'size-unknown': 1,
    });
    expect(files['']).toContain('"meta":{"text":["either"],"ambiguous":true}');
    const { parsed } = await read(files['']!);
    expect(parsed.items[0]?.shapes.map(({ ambiguous }) => ambiguous)).toEqual([
      'either',
      'either',
      undefined,
      undefined,
    ]);
  });

  it('takes a note of its own for what is ambiguous, and other words for what they are', async () => {
    const shapes = [
      shapeWith({ type: 'point', x: 1, y: 1 }, { ambiguous: 'either' }),
      shapeWith({ type: 'point', x: 2, y: 1 }, { extra: { 'label-studio': { meta: { text: ['blurred'] } } } }),
    ];
    const { files } = await writeWith(labelStudioCodec, { items: [photoWith(shapes)], labels });
    const again = (await read(files['']!)).parsed.items[0]!.shapes;
    expect(again.map(({ ambiguous }) => ambiguous)).toEqual(['either', undefined]);
    expect(again[0]?.extra?.['label-studio']).not.toHaveProperty('meta');
    expect(again[1]?.extra?.['label-studio']).toHaveProperty('meta', { text: ['blurred'] });
  });

  it('writes an empty set and photos without objects', async () => {
    const empty = await writeWith(labelStudioCodec, { items: [] });
    expect(JSON.parse(empty.files['']!)).toEqual([]);
    const { files } = await writeWith(labelStudioCodec, { items: [photoWith([])] });
    expect(JSON.parse(files['']!)).toEqual([
      { data: { image: 'a.jpg' }, annotations: [{ result: [] }], predictions: [] },
    ]);
    expect((await read(files['']!)).parsed.items).toMatchObject([{ name: 'a.jpg', shapes: [] }]);
  });
});

describe.skipIf(testData('annotations') === null)('Label Studio files by other tools', () => {
  const load = (name: string, options?: Options) =>
    parseWith(
      labelStudioCodec,
      [fileOf(`${name}.json`, readFileSync(testData(`annotations/labelstudio/${name}.json`)!, 'utf8'))],
      options,
    );
  const sizes = { width: 800, height: 501 };

  it.each([
    ['sdk_test_export_coco__data', 1, 4, 0],
    ['sdk_test_export_csv__csv_test', 2, 3, 2],
    ['sdk_test_export_yolo__data_polygons', 1, 1, 0],
    ['lsf_image_bbox__annotations__1', 1, 1, 2],
    ['lsf_image_bbox__tasks', 3, 0, 2],
    ['lsf_image_polygons__annotations__0', 1, 1, 0],
    ['lsf_image_polygons__tasks', 1, 0, 1],
  ])('reads %s whole and writes it back equal', async (name, items, shapes, proposals) => {
    const { parsed, failed, loss } = await load(name, { sizes });
    expect({ failed, loss }).toEqual({ failed: [], loss: [] });
    expect(parsed.items).toHaveLength(items);
    expect(parsed.items.flatMap((item) => item.shapes)).toHaveLength(shapes);
    expect(parsed.items.flatMap((item) => item.proposals ?? [])).toHaveLength(proposals);
    const { files, summary } = await writeWith(labelStudioCodec, parsed);
    expect(summary).toEqual({ items, objects: shapes, loss: [] });
    const again = (await read(files['']!, { sizes })).parsed;
    // Hundredths and back lose the last bits of a number.
    const rounded = (set: typeof parsed) =>
      JSON.parse(JSON.stringify(bare(set.items)), (_, value: unknown) =>
        typeof value === 'number' ? Number(value.toFixed(9)) : value,
      ) as unknown;
    expect(rounded(again)).toEqual(rounded(parsed));
  });

  it('takes the last of two annotations of a task, and a photo by its upload', async () => {
    const { parsed, loss } = await load('sdk_test_export_yolo__data');
    const text = readFileSync(testData('annotations/labelstudio/sdk_test_export_yolo__data.json')!, 'utf8');
    const tasks = JSON.parse(text) as { annotations: { result: unknown[] }[] }[];
    expect(parsed.items.map((item) => item.shapes.length)).toEqual(
      tasks.map(({ annotations }) => annotations.at(-1)!.result.length),
    );
    const further = tasks.reduce((sum, { annotations }) => sum + annotations.length - 1, 0);
    expect(loss).toEqual(further === 0 ? [] : [{ what: 'other-annotation', count: further }]);
    const polygons = await load('sdk_test_export_yolo__data_polygons');
    expect(polygons.parsed.items[0]!.name).toBe('000000000025.jpg');
  });

  it.each([
    'lsf_audio_regions__tasks',
    'lsf_dialogue_analysis__annotations__1',
    'lsf_pairwise__annotations__1',
    'lsf_sentiment_analysis__annotations__0',
  ])('says of %s that it is not about pictures', async (name) => {
    const { parsed, failed } = await load(name);
    expect(parsed.items).toEqual([]);
    expect(new Set(failed.map(({ why }) => why))).toEqual(new Set(['not-an-image-region']));
  });
});
