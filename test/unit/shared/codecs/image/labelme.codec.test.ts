import fc from 'fast-check';
import { decode, encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import {
  proposal as proposalSchema,
  shape as shapeSchema,
  type Geometry,
  type Shape,
} from '#shared/domain/annotation.ts';
import type { Json } from '#shared/domain/json.ts';
import { labelmeCodec } from '#shared/codecs/image/labelme.codec.ts';
import { fromBase64, toBase64 } from '#shared/proofs/base64.ts';
import { maskFromPixels } from '#shared/geometry/mask-runs.ts';
import { nextShapeId, parseFiles, writeFiles } from '#test/support/codec-files.ts';

type Row = Record<string, Json>;

const file = (shapes: Row[], more: Row = {}): string =>
  JSON.stringify({
    version: '5.4.1',
    flags: {},
    shapes,
    imagePath: 'a.jpg',
    imageData: null,
    imageHeight: 480,
    imageWidth: 640,
    ...more,
  });
const row = (shape_type: string, points: number[][], more: Row = {}): Row => ({
  label: 'car',
  points,
  group_id: null,
  description: '',
  shape_type,
  flags: {},
  mask: null,
  ...more,
});
const read = async (text: string, path = 'a.json') => parseFiles(labelmeCodec, { [path]: text });
const geometryOf = async (given: Row): Promise<Geometry | string> => {
  const { parsed, failed } = await read(file([given]));
  return parsed.items[0]!.shapes[0]?.geometry ?? failed[0]!.why;
};
const shape = (geometry: Geometry, more: Partial<Shape> = {}): Shape => ({
  id: nextShapeId() as Shape['id'],
  label: 'car',
  geometry,
  attributes: {},
  origin: 'hand',
  ...more,
});
const written = async (shapes: Shape[], choices = {}, size: { width: number; height: number } | null = null) => {
  const items = [{ name: 'dir/a.jpg', size, shapes, extra: {} }];
  const { files, summary } = await writeFiles(labelmeCodec, { items, labels: [] }, choices);
  return { json: JSON.parse(files['dir/a.json']!) as { shapes: Row[] } & Row, summary };
};
const ring = [
  [0, 0],
  [4, 0],
  [4, 3],
];

describe('reading labelme', () => {
  it.each<[string, Row, Geometry | string]>([
    [
      'two corners in any order',
      row('rectangle', [
        [9, 2],
        [1, 5],
      ]),
      { type: 'box', x: 1, y: 2, w: 8, h: 3 },
    ],
    [
      'four corners of X-AnyLabeling',
      row('rectangle', [
        [1, 2],
        [9, 2],
        [9, 5],
        [1, 5],
      ]),
      { type: 'box', x: 1, y: 2, w: 8, h: 3 },
    ],
    [
      'four corners the other way round',
      row('rectangle', [
        [1, 2],
        [1, 5],
        [9, 5],
        [9, 2],
      ]),
      { type: 'box', x: 1, y: 2, w: 8, h: 3 },
    ],
    [
      'an oriented rectangle',
      row('oriented_rectangle', [
        [4, 0],
        [4, 10],
        [0, 10],
        [0, 0],
      ]),
      { type: 'rotated-box', cx: 2, cy: 5, w: 10, h: 4, angle: 90 },
    ],
    [
      'a rotation that is no rectangle',
      row('rotation', [
        [0, 0],
        [9, 0],
        [9, 9],
        [0, 4],
      ]),
      {
        type: 'polygon',
        parts: [
          {
            outer: [
              [0, 0],
              [9, 0],
              [9, 9],
              [0, 4],
            ],
            holes: [],
          },
        ],
      },
    ],
    [
      'a quadrilateral',
      row('quadrilateral', [
        [0, 0],
        [9, 0],
        [9, 9],
        [0, 4],
      ]),
      {
        type: 'polygon',
        parts: [
          {
            outer: [
              [0, 0],
              [9, 0],
              [9, 9],
              [0, 4],
            ],
            holes: [],
          },
        ],
      },
    ],
    [
      'a circle',
      row('circle', [
        [5, 5],
        [8, 9],
      ]),
      { type: 'ellipse', cx: 5, cy: 5, rx: 5, ry: 5, angle: 0 },
    ],
    [
      'a line',
      row('line', [
        [5, 5],
        [8, 9],
      ]),
      {
        type: 'polyline',
        points: [
          [5, 5],
          [8, 9],
        ],
      },
    ],
    ['a path', row('linestrip', ring), { type: 'polyline', points: ring as [number, number][] }],
    ['a point', row('point', [[5.25, -3]]), { type: 'point', x: 5.25, y: -3 }],
    [
      'no kind',
      { label: 'x', points: ring },
      { type: 'polygon', parts: [{ outer: ring as [number, number][], holes: [] }] },
    ],
    ['three corners', row('rectangle', ring), 'points-wrong-count'],
    [
      'an outline of two points',
      row('polygon', [
        [0, 0],
        [1, 1],
      ]),
      'points-wrong-count',
    ],
    [
      'a turned box of two points',
      row('oriented_rectangle', [
        [0, 0],
        [1, 1],
      ]),
      'points-wrong-count',
    ],
    ['a circle of one point', row('circle', [[0, 0]]), 'points-wrong-count'],
    ['a line of three points', row('line', ring), 'points-wrong-count'],
    [
      'two points for one',
      row('point', [
        [0, 0],
        [1, 1],
      ]),
      'points-wrong-count',
    ],
    ['a kind nobody knows', row('cuboid', ring), 'shape-type-unknown'],
    [
      'points in space',
      row('polygon', [
        [0, 0, 1],
        [1, 1, 1],
        [2, 2, 2],
      ]),
      'points-wrong-count',
    ],
    ['words for numbers', { ...row('point', []), points: [['1', '2']] }, 'field-wrong'],
    [
      'a mask without picture',
      row('mask', [
        [0, 0],
        [1, 1],
      ]),
      'mask-unreadable',
    ],
    [
      'a mask of nonsense',
      row(
        'mask',
        [
          [0, 0],
          [1, 1],
        ],
        { mask: 'aGVsbG8=' },
      ),
      'mask-unreadable',
    ],
    ['a label of nothing', row('point', [[0, 0]], { label: 3 }), 'name-missing'],
  ])('takes or refuses %s', async (_, given, expected) => {
    expect(await geometryOf(given)).toEqual(expected);
  });

  it.each([1, 8] as const)('reads masks of %i bits a pixel', async (depth) => {
    // 10 x 2 pixels; painted: 1..2 of the first row, 9 of the second.
    const on = [1, 2, 19];
    const data =
      depth === 8 ? Uint8Array.from({ length: 20 }, (_, i) => (on.includes(i) ? 255 : 0)) : onePackedBit(on, 10, 2);
    const mask = toBase64(encode({ width: 10, height: 2, data, depth, channels: 1 }));
    expect(
      await geometryOf(
        row(
          'mask',
          [
            [30, 40],
            [39, 41],
          ],
          { mask },
        ),
      ),
    ).toEqual({
      type: 'mask',
      x: 31,
      y: 40,
      w: 9,
      h: 2,
      runs: [0, 2, 15, 1],
    });
  });

  it('refuses a mask that would unpack into gigabytes, before unpacking it', async () => {
    const png = encode({ width: 1, height: 1, data: Uint8Array.of(1), channels: 1 });
    new DataView(png.buffer, png.byteOffset).setUint32(16, 90_000);
    new DataView(png.buffer, png.byteOffset).setUint32(20, 90_000);
    expect(
      await geometryOf(
        row(
          'mask',
          [
            [0, 0],
            [1, 1],
          ],
          { mask: toBase64(png) },
        ),
      ),
    ).toBe('mask-too-large');
  });

  it('keeps flags as attributes, and everything else it does not know', async () => {
    const given = row('point', [[1, 2]], {
      flags: { occluded: true, cut: false },
      attributes: { colour: 'red' },
      group_id: 4,
      description: 'left one',
      difficult: true,
      kie_linking: [],
    });
    const { parsed, failed, loss } = await read(file([given], { checked: true, flags: { night: true, rain: false } }));
    const [tag, point] = parsed.items[0]!.shapes;
    expect(shapeSchema.parse(point)).toEqual(point);
    expect(point).toMatchObject({ attributes: { occluded: true, cut: false, colour: 'red' }, origin: 'imported' });
    expect(tag).toMatchObject({ label: 'night', geometry: { type: 'tag' } });
    expect({ failed, loss }).toEqual({ failed: [], loss: [] });
    expect(parsed.labels.map(({ key }) => key)).toEqual(['night', 'car']);
    const { files } = await writeFiles(labelmeCodec, parsed);
    const back = JSON.parse(files['a.json']!) as Row;
    expect(back).toEqual({
      ...(JSON.parse(file([], { checked: true })) as Row),
      flags: { night: true, rain: false },
      shapes: [given],
    });
  });

  it('keeps what X-AnyLabeling scored apart', async () => {
    const given = [row('point', [[1, 2]], { score: 0.75 }), row('point', [[1, 2]], { score: null })];
    const { parsed } = await read(file(given));
    expect(parsed.items[0]!.shapes).toHaveLength(1);
    const [proposal] = parsed.items[0]!.proposals!;
    expect(proposalSchema.parse(proposal)).toEqual(proposal);
    expect(proposal).toMatchObject({ score: 0.75, model: null, label: 'car' });
    const { files } = await writeFiles(labelmeCodec, parsed);
    expect((JSON.parse(files['a.json']!) as { shapes: Row[] }).shapes).toMatchObject([
      { score: null },
      { score: 0.75 },
    ]);
  });

  it.each([
    ['labels/x.json', 'a.jpg', 'labels/a.jpg'],
    ['labels/x.json', '..\\images\\a.jpg', 'images/a.jpg'],
    ['x.json', '../../a.jpg', 'a.jpg'],
    ['x.json', 'D:\\photos\\a.jpg', 'photos/a.jpg'],
    ['d/x.json', '/home/w/a.jpg', 'home/w/a.jpg'],
  ])('finds the photo of %s called %j', async (path, imagePath, name) => {
    expect((await read(file([], { imagePath }), path)).parsed.items[0]).toMatchObject({ name, where: path });
  });

  it('takes the good files and tells of the bad ones, with their place', async () => {
    const { parsed, failed } = await parseFiles(labelmeCodec, {
      'a.json': file([row('point', [[1, 2]]), row('circle', [[1, 2]])]),
      'b.json': '{"shapes": [\n{]}',
      'c.json': '{"images": []}',
      'readme.txt': 'hello',
    });
    expect(parsed.items).toHaveLength(1);
    expect(failed).toEqual([
      { where: 'a.json: shapes[1]', why: 'points-wrong-count' },
      { where: 'b.json: line 2, column 2', why: 'not-json' },
      { where: 'c.json', why: 'not-this-format' },
    ]);
    await expect(read('[]')).rejects.toMatchObject({ problem: 'not-labelme' });
    await expect(read('{"shapes": [}')).rejects.toMatchObject({ problem: 'not-json', place: 'line 1, column 13' });
  });

  it('is not harmed by a hostile file', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = `{"shapes":[{"label":"__proto__","points":[[1,1]],"shape_type":"point","flags":{"__proto__":true,"toString":true},"attributes":{"__proto__":{"x":1}},"deep":${deep}},{"label":"a","points":[[NaN,1e999]],"shape_type":"point"}],"flags":{"__proto__":true},"imagePath":"a.jpg"}`;
    const { parsed, failed } = await read(text);
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(parsed.items[0]!.shapes).toMatchObject([{ label: '__proto__' }]);
    expect(failed).toEqual([{ where: 'shapes[1]', why: 'number-not-finite' }]);
    const { files } = await writeFiles(labelmeCodec, parsed);
    expect(files['a.json']).toContain('"label": "__proto__"');
  });
});

/** Pixels packed eight a byte, each row beginning anew. */
function onePackedBit(on: readonly number[], w: number, h: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(w / 8) * h);
  for (const at of on)
    bytes[Math.floor(at / w) * Math.ceil(w / 8) + Math.floor((at % w) / 8)]! |= 0x80 >> ((at % w) % 8);
  return bytes;
}

describe('writing labelme', () => {
  it('writes what labelme 7.1 takes: exact counts of points, whole-pixel masks, flags that say yes or no', async () => {
    const { json, summary } = await written(
      [
        shape({ type: 'box', x: 1, y: 2, w: 8, h: 3 }),
        shape({ type: 'rotated-box', cx: 2, cy: 5, w: 10, h: 4, angle: 90 }),
        shape({ type: 'mask', x: 30, y: 40, w: 3, h: 1, runs: [0, 1, 1, 1] }),
        shape({ type: 'ellipse', cx: 5, cy: 5, rx: 2, ry: 2, angle: 0 }),
        shape({ type: 'tag' }, { label: 'night' }),
      ],
      {},
      { width: 640, height: 480 },
    );
    expect(json).toMatchObject({
      imagePath: 'a.jpg',
      imageData: null,
      imageHeight: 480,
      imageWidth: 640,
      flags: { night: true },
    });
    expect(json.shapes.map(({ shape_type, points }) => [shape_type, points])).toEqual([
      [
        'rectangle',
        [
          [1, 2],
          [9, 5],
        ],
      ],
      [
        'oriented_rectangle',
        [
          [4, 0],
          [4, 10],
          [0, 10],
          [0, 0],
        ],
      ],
      [
        'mask',
        [
          [30, 40],
          [32, 40],
        ],
      ],
      [
        'circle',
        [
          [5, 5],
          [7, 5],
        ],
      ],
    ]);
    const png = decode(fromBase64(String(json.shapes[2]!['mask'])));
    expect([png.width, png.height, ...png.data]).toEqual([3, 1, 255, 0, 255]);
    expect(summary).toEqual({ items: 1, objects: 5, loss: [] });
  });

  it('writes what X-AnyLabeling takes when asked to', async () => {
    const { json, summary } = await written(
      [
        shape({ type: 'box', x: 1, y: 2, w: 8, h: 3 }),
        shape({ type: 'rotated-box', cx: 2, cy: 5, w: 10, h: 4, angle: -90 }),
        shape({ type: 'mask', x: 0, y: 0, w: 1, h: 1, runs: [0, 1] }),
      ],
      { dialect: 'x-anylabeling' },
    );
    expect(json.shapes).toMatchObject([
      {
        shape_type: 'rectangle',
        points: [
          [1, 2],
          [9, 2],
          [9, 5],
          [1, 5],
        ],
        attributes: {},
      },
      { shape_type: 'rotation', direction: 1.5 * Math.PI },
      {
        shape_type: 'polygon',
        points: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      },
    ]);
    expect(summary.loss).toEqual([
      { what: 'size-unknown', count: 1 },
      { what: 'mask', count: 1 },
    ]);
  });

  it('says what it leaves behind', async () => {
    const square = (at: number): [number, number][] => [
      [at, at],
      [at + 9, at],
      [at + 9, at + 9],
    ];
    const { json, summary } = await written(
      [
        shape({
          type: 'polygon',
          parts: [
            { outer: square(0), holes: [square(1)] },
            { outer: square(20), holes: [] },
          ],
        }),
        shape({ type: 'ellipse', cx: 5, cy: 5, rx: 2, ry: 3, angle: 0 }),
        shape({ type: 'tag' }, { label: 'night', attributes: { sure: true } }),
        shape({ type: 'tag' }, { label: 'night' }),
        shape(
          { type: 'point', x: 1, y: 1 },
          { label: null, ambiguous: 'two readings', extra: { coco: { id: 7 }, labelme: { description: 'blurred' } } },
        ),
      ],
      {},
      { width: 9, height: 9 },
    );
    expect(json.shapes.map(({ shape_type, group_id }) => [shape_type, group_id])).toEqual([
      ['polygon', 1],
      ['polygon', 1],
      ['polygon', null],
      ['point', null],
    ]);
    expect(json.shapes[3]).toMatchObject({ label: '', description: 'blurred', flags: {} });
    expect(summary).toEqual({
      items: 1,
      objects: 4,
      loss: [
        { what: 'holes', count: 1 },
        { what: 'parts', count: 1 },
        { what: 'ellipse', count: 1 },
        { what: 'attribute', count: 1 },
        { what: 'left-out-tag', count: 1 },
        { what: 'ambiguous', count: 1 },
        { what: 'field', count: 1 },
      ],
    });
  });

  it.each(['labelme', 'x-anylabeling'])(
    'describes what is ambiguous, under a flag that says so (%s)',
    async (dialect) => {
      const shapes = [
        shape({ type: 'point', x: 1, y: 1 }, { ambiguous: 'two readings of rule 4.2' }),
        shape({ type: 'point', x: 2, y: 1 }, { extra: { labelme: { description: 'blurred' } } }),
      ];
      const { json, summary } = await written(shapes, { dialect });
      expect(summary.loss.map(({ what }) => what)).not.toContain('ambiguous');
      expect(json.shapes[0]).toMatchObject({ description: 'two readings of rule 4.2', flags: { ambiguous: true } });
      const { parsed } = await parseFiles(labelmeCodec, { 'a.json': JSON.stringify(json) });
      const again = parsed.items[0]!.shapes;
      expect(again.map(({ ambiguous }) => ambiguous)).toEqual(['two readings of rule 4.2', undefined]);
      expect(again[0]?.attributes).toEqual({});
      expect(again[1]?.extra?.['labelme']).toHaveProperty('description', 'blurred');
    },
  );

  it('gives two photos of one name two files', async () => {
    const items = ['a.jpg', 'A.png', 'a.PNG', 'd/a.jpg'].map((name) => ({ name, size: null, shapes: [], extra: {} }));
    const { files } = await writeFiles(labelmeCodec, { items, labels: [] });
    expect(Object.keys(files)).toEqual(['a.json', 'A.png.json', 'a.PNG.2.json', 'd/a.json']);
    const { parsed } = await parseFiles(labelmeCodec, files);
    expect(parsed.items.map(({ name }) => name)).toEqual(['a.jpg', 'A.png', 'a.PNG', 'd/a.jpg']);
  });
});

describe('labelme there and back', () => {
  const whole = fc.integer({ min: -50, max: 700 });
  const at = fc.tuple(whole, whole);
  const side = fc.integer({ min: 1, max: 300 });
  const mask = fc
    .record({ x: whole, y: whole, w: fc.integer({ min: 1, max: 9 }), seed: fc.array(fc.boolean(), { minLength: 27 }) })
    .map(({ x, y, w, seed }) =>
      maskFromPixels({ x, y, w, h: 3, pixels: Uint8Array.from(seed.slice(0, w * 3), Number) }),
    )
    .filter((one) => one !== null);
  const geometry: fc.Arbitrary<Geometry> = fc.oneof(
    fc.record({ type: fc.constant('box' as const), x: whole, y: whole, w: side, h: side }),
    fc
      .array(at, { minLength: 3, maxLength: 9 })
      .map((outer): Geometry => ({ type: 'polygon', parts: [{ outer, holes: [] }] })),
    fc.array(at, { minLength: 2, maxLength: 9 }).map((points): Geometry => ({ type: 'polyline', points })),
    fc.record({ type: fc.constant('point' as const), x: whole, y: whole }),
    mask,
  );
  const words = fc.string({ minLength: 1, maxLength: 12 });
  const attributes = fc.dictionary(
    words.filter((name) => name !== '__proto__'),
    fc.oneof(words, fc.boolean(), fc.integer()),
    { maxKeys: 3, noNullPrototype: true },
  );

  it('gives back every shape, answer and note', async () => {
    const some = fc.record(
      { geometry, label: fc.constantFrom('car', '红灯', null), attributes, ambiguous: words },
      { requiredKeys: ['geometry', 'label', 'attributes'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(some, { maxLength: 8 }), async (rows) => {
        const given = rows.map(({ geometry: place, ...more }) => shape(place, { ...more, origin: 'imported' }));
        const { json, summary } = await written(given);
        expect(summary).toEqual({ items: 1, objects: given.length, loss: [{ what: 'size-unknown', count: 1 }] });
        const { parsed, failed, loss } = await read(JSON.stringify(json));
        expect([failed, loss]).toEqual([[], []]);
        const told = ({ geometry: place, label, attributes: answers, ambiguous }: Shape) => ({
          geometry: place,
          label,
          answers,
          ambiguous,
        });
        expect(parsed.items[0]!.shapes.map(told)).toEqual(given.map(told));
      }),
      { numRuns: 200 },
    );
  });
});
