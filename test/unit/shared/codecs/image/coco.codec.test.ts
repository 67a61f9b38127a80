import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposal as proposalSchema, shape as shapeSchema, type Shape } from '#shared/domain/annotation.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { cocoCodec } from '#shared/codecs/image/coco.codec.ts';
import { textOfCounts } from '#shared/codecs/image/coco-rle.codec.ts';
import type { ExchangeItem, ParsedSet } from '#shared/codecs/codec.ts';
import { nextShapeId, parseContext, parseFiles, piecewise, writeFiles } from '#test/support/codec-files.ts';
import { testData } from '#test/support/test-data.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';

const parse = (value: unknown, answers = {}) =>
  parseFiles(cocoCodec, { 'in.json': typeof value === 'string' ? value : JSON.stringify(value) }, { answers });

interface Written {
  images: { id: unknown; file_name: string; [key: string]: unknown }[];
  annotations: { id: unknown; image_id: unknown; category_id: unknown; bbox: number[]; [key: string]: unknown }[];
  categories: { id: unknown; name: string; [key: string]: unknown }[];
  [key: string]: unknown;
}

type Set = { items: readonly ExchangeItem[]; labels: ParsedSet['labels']; extra?: ParsedSet['extra'] };

async function write(set: Set, choices = {}) {
  const { files, summary } = await writeFiles(cocoCodec, set, choices);
  const text = files['set.json']!;
  return { text, json: JSON.parse(text) as Written, summary };
}

const coco = (annotations: unknown[], more: object = {}) => ({
  images: [{ id: 7, file_name: 'a.jpg', width: 640, height: 480 }],
  categories: [{ id: 3, name: 'car' }],
  annotations,
  ...more,
});
const withBox = (bbox: unknown, more: object = {}) => coco([{ id: 1, image_id: 7, category_id: 3, bbox, ...more }]);

const shapesOf = async (value: unknown, answers = {}): Promise<readonly Shape[]> =>
  (await parse(value, answers)).parsed.items.flatMap(({ shapes }) => shapes);
const places = (flat: number[]) => flat.flatMap((x, i) => (i % 2 === 0 ? [[x, flat[i + 1]!]] : []));
const withoutIds = (items: readonly ExchangeItem[]) =>
  items.map(({ name, size, extra, shapes }) => ({
    name,
    size,
    extra,
    shapes: shapes.map((shape) => ({ ...shape, id: null })),
  }));

describe('reading COCO', () => {
  it('takes a box as it stands: the first pixel is 0, 0, 1, 1', async () => {
    expect(await shapesOf(withBox([0, 0, 1, 1]))).toMatchObject([
      { label: 'car', geometry: { type: 'box', x: 0, y: 0, w: 1, h: 1 }, origin: 'imported' },
    ]);
    expect((await shapesOf(withBox([0.1, 1 / 3, 1e-7, 123456.789012345]))).map(({ geometry }) => geometry)).toEqual([
      { type: 'box', x: 0.1, y: 1 / 3, w: 1e-7, h: 123456.789012345 },
    ]);
  });

  it('makes shapes that the program holds valid and can seal', async () => {
    const [read] = await shapesOf(withBox([1, 2, 3, 4], { iscrowd: 0, attributes: { occluded: true }, x: [1] }));
    expect(shapeSchema.parse(read)).toEqual(read);
    expect(read).toMatchObject({ origin: 'imported', attributes: { occluded: true } });
    expect(read?.extra).toEqual({ coco: { id: 1, iscrowd: 0, x: [1] } });
  });

  it.each([
    [[1, 2, 3], 'box-not-four-numbers'],
    [[1, 2, 3, 4, 5], 'box-not-four-numbers'],
    [['1', '2', '3', '4'], 'box-not-four-numbers'],
    [{ x: 1 }, 'box-not-four-numbers'],
    [[1, 2, -3, 4], 'box-negative'],
    [[1, 2, 3, 1e300], 'box-out-of-range'],
    [null, 'no-box'],
    [[], 'no-box'],
  ])('fails a row for its box %j', async (bbox, why) => {
    expect((await parse(withBox(bbox))).failed).toEqual([{ where: 'annotations[0]', why }]);
  });

  it('lets one bad row be and takes the good ones', async () => {
    const { parsed, failed } = await parse(
      coco(
        [
          { id: 1, image_id: 7, category_id: 3, bbox: [1, 2, 3, 4] },
          { id: 2, image_id: 99, category_id: 3, bbox: [1, 2, 3, 4] },
          { id: 3, image_id: 7, category_id: 99, bbox: [1, 2, 3, 4] },
          'x',
          null,
          { id: 4, image_id: '7', category_id: 3, bbox: [1, 2, 3, 4] },
          { id: 5, category_id: 3, bbox: [1, 2, 3, 4] },
          { id: 6, image_id: 7, bbox: [5, 6, 7, 8] },
        ],
        {
          images: [
            { id: 7, file_name: 'a.jpg' },
            { id: 7, file_name: 'b.jpg' },
            { id: 8 },
            { file_name: 'c.jpg' },
            { id: 9, file_name: '\ud800.jpg' },
            { id: 10, file_name: 'empty.jpg' },
          ],
        },
      ),
    );
    expect(parsed.items.map(({ name, shapes, where }) => [name, shapes.length, where])).toEqual([
      ['a.jpg', 2, 'images[0]'],
      ['empty.jpg', 0, 'images[5]'],
    ]);
    expect(parsed.items[0]!.shapes[1]).toMatchObject({ label: null });
    expect(failed).toEqual([
      { where: 'images[1]', why: 'id-repeated' },
      { where: 'images[2]', why: 'name-missing' },
      { where: 'images[3]', why: 'id-missing' },
      { where: 'images[4]', why: 'name-not-unicode' },
      { where: 'annotations[1]', why: 'unknown-image' },
      { where: 'annotations[2]', why: 'unknown-category' },
      { where: 'annotations[3]', why: 'not-an-object' },
      { where: 'annotations[4]', why: 'not-an-object' },
      { where: 'annotations[5]', why: 'unknown-image' },
      { where: 'annotations[6]', why: 'id-missing' },
    ]);
  });

  it('keeps what a machine scored apart', async () => {
    const scored = withBox([1, 2, 3, 4], { score: 0.5, model: 'yolo11n', iscrowd: 0 });
    const { parsed } = await parse(scored);
    expect(parsed.items[0]!.shapes).toEqual([]);
    const [read] = parsed.items[0]!.proposals!;
    expect(proposalSchema.parse(read)).toEqual(read);
    expect(read).toMatchObject({ score: 0.5, model: 'yolo11n', label: 'car', extra: { coco: { id: 1, iscrowd: 0 } } });
    const { json } = await write(parsed);
    expect(json.annotations).toMatchObject([{ id: 1, score: 0.5, model: 'yolo11n' }]);
    expect((await parse(withBox([1, 2, 3, 4], { score: 87 }))).failed).toMatchObject([{ why: 'number-out-of-range' }]);
  });

  it('reads outlines of several parts, both kinds of run lengths, turned boxes and what has slivers', async () => {
    const ring = [0, 0, 5, 0, 5, 5];
    const rows = [
      { segmentation: [ring, [7, 7, 9, 7, 9, 9, 7, 9, 7, 7]], area: 12.5 },
      { segmentation: { size: [3, 4], counts: [4, 2, 6] }, iscrowd: 1 },
      { segmentation: { size: [3, 4], counts: textOfCounts([4, 2, 6]) } },
      { bbox: [10, 20, 30, 40], attributes: { rotation: 270, colour: 'red' }, segmentation: [] },
      { segmentation: [ring, [1, 1, 2, 2]] },
      { bbox: [0, 0, 5, 5], segmentation: [[1, 1, 2, 2]] },
      { bbox: [0, 0, 5, 5], keypoints: [1, 1, 2], num_keypoints: 1 },
      { segmentation: { size: [3, 4], counts: [4, 9] } },
      { segmentation: { size: [3, 4], counts: [12] } },
      { segmentation: [[0, 0, 1]] },
    ].map((row, id) => ({ id, image_id: 7, category_id: 3, ...row }));
    const { loss, failed, parsed } = await parse(coco(rows));
    expect(parsed.items[0]!.shapes.map(({ geometry }) => geometry)).toEqual([
      {
        type: 'polygon',
        parts: [
          { outer: places(ring), holes: [] },
          { outer: places([7, 7, 9, 7, 9, 9, 7, 9]), holes: [] },
        ],
      },
      { type: 'mask', x: 1, y: 1, w: 1, h: 2, runs: [0, 2] },
      { type: 'mask', x: 1, y: 1, w: 1, h: 2, runs: [0, 2] },
      { type: 'rotated-box', cx: 25, cy: 40, w: 30, h: 40, angle: -90 },
      { type: 'polygon', parts: [{ outer: places(ring), holes: [] }] },
      { type: 'box', x: 0, y: 0, w: 5, h: 5 },
      { type: 'box', x: 0, y: 0, w: 5, h: 5 },
    ]);
    expect(parsed.items[0]!.shapes[3]!.attributes).toEqual({ colour: 'red' });
    expect(loss).toEqual([
      { what: 'parts', count: 1 },
      { what: 'polygon', count: 1 },
      { what: 'keypoints', count: 1 },
    ]);
    expect(failed).toEqual([
      { where: 'annotations[7]', why: 'mask-unreadable' },
      { where: 'annotations[8]', why: 'mask-empty' },
      { where: 'annotations[9]', why: 'points-wrong-count' },
    ]);
    const { json } = await write(parsed);
    expect(json.annotations[6]).toMatchObject({ keypoints: [1, 1, 2], num_keypoints: 1 });
    expect(json.annotations[0]).toMatchObject({ area: 16.5, bbox: [0, 0, 9, 9] });
    expect(json.annotations[1]).toMatchObject({ segmentation: { size: [480, 640] }, area: 2, iscrowd: 1 });
  });

  it('asks whether outlines that are all rectangles mean boxes', async () => {
    const rows = [
      { id: 1, image_id: 7, category_id: 3, segmentation: [[0, 0, 5, 0, 5, 3, 0, 3]] },
      { id: 2, image_id: 7, category_id: 3, segmentation: [[0, 0, 0, 3, 5, 3, 5, 0, 0, 0]], score: 1 },
    ];
    const asked = { name: 'rectangles', answers: ['polygon', 'box'], certain: false };
    const first = await parse(coco(rows));
    expect(first.questions).toEqual([{ ...asked, taken: 'polygon' }]);
    expect(first.parsed.items[0]!.shapes[0]!.geometry.type).toBe('polygon');
    const second = await parse(coco(rows), { rectangles: 'box' });
    expect(second.questions).toEqual([{ ...asked, taken: 'box' }]);
    const { shapes, proposals } = second.parsed.items[0]!;
    expect([...shapes, ...proposals!].map(({ geometry }) => geometry)).toEqual([
      { type: 'box', x: 0, y: 0, w: 5, h: 3 },
      { type: 'box', x: 0, y: 0, w: 5, h: 3 },
    ]);
    const mixed = [...rows, { id: 3, image_id: 7, category_id: 3, segmentation: [[0, 0, 5, 0, 5, 3]] }];
    expect((await parse(coco(mixed), { rectangles: 'box' })).questions).toEqual([]);
  });

  it('reads photos and classes that stand behind the annotations, in pieces of any length', async () => {
    const { images, categories, annotations } = withBox([1, 2, 3, 4], { name: 'a "\\" ]}\n 水' });
    const text = JSON.stringify({ annotations, x: [1, [2]], categories, info: { a: [] }, images, empty: [] }, null, 1);
    const whole = await parse(text);
    expect(whole.parsed.items[0]!.shapes).toHaveLength(1);
    expect(whole.parsed.extra).toEqual({ coco: { x: [1, [2]], info: { a: [] }, empty: [] } });
    for (const length of [1, 2, 7, 100]) {
      const { parsed } = await cocoCodec.parse([piecewise('in.json', text, length)], parseContext());
      expect(withoutIds(parsed.items)).toEqual(withoutIds(whole.parsed.items));
      expect(parsed.extra).toEqual(whole.parsed.extra);
    }
  });

  it('is not harmed by a hostile file', async () => {
    expect((await parse(withBox('[', { a: 1 }))).failed).toHaveLength(1);
    const huge =
      '{"images":[{"id":1,"file_name":"a"}],"categories":[{"id":1,"name":"c"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1e999,0,1,1]},{"id":2,"image_id":1,"category_id":1,"bbox":[NaN,0,1,-Infinity]}]}';
    expect((await parse(huge)).failed.map(({ why }) => why)).toEqual(['box-not-finite', 'box-not-finite']);
    const proto =
      '{"__proto__":{"polluted":1},"images":[{"id":1,"file_name":"a","__proto__":{"p":1},"constructor":"x"}],"annotations":[{"id":1,"image_id":1,"bbox":[1,1,1,1],"__proto__":{"q":2},"attributes":{"__proto__":{"r":1},"toString":"s"}}]}';
    const { parsed, loss } = await parse(proto);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(loss).toEqual([{ what: 'field', count: 4 }]);
    expect(parsed.items[0]!.extra).toEqual({ coco: { id: 1, constructor: 'x' } });
    expect(() => canonicalJson(parsed.items[0]!.shapes as never)).not.toThrow();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const nested = await parse(`{"images":[{"id":1,"file_name":"a","deep":${deep}}],"x":${deep}}`);
    expect(nested.loss).toEqual([{ what: 'field', count: 2 }]);
    expect(
      (
        await parse({
          images: [
            { id: 2 ** 53, file_name: 'a' },
            { id: 2 ** 53 + 2, file_name: 'b' },
          ],
        })
      ).failed,
    ).toHaveLength(2);
    expect((await parse({ images: [{ id: 1, file_name: '..\\..\\etc\\passwd' }] })).parsed.items[0]!.name).toBe(
      'etc/passwd',
    );
    const keys = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
    const categories = keys.map((name, id) => ({ id, name }));
    const annotations = keys.map((_, id) => ({ id, image_id: 7, category_id: id, bbox: [0, 0, 1, 1] }));
    expect((await shapesOf(coco(annotations, { categories }))).map(({ label }) => label)).toEqual(keys);
  });

  it.each([
    ['', 'not-json', 'line 1, column 1'],
    ['{"images":[\n{"id":1,}]}', 'not-json', 'line 2, column 9'],
    ['[]', 'not-coco', ''],
    ['{"annotations":[]}', 'not-coco', ''],
    ['{"images":{},"annotations":[]}', 'not-coco', ''],
  ])('says of %j what it is not, and where', async (text, problem, place) => {
    await expect(parse(text)).rejects.toMatchObject({ name: 'CodecError', problem, place });
    await expect(cocoCodec.parse([piecewise('in.json', text, 1)], parseContext())).rejects.toMatchObject({
      problem,
      place,
    });
  });

  it('steps over a byte order mark', async () => {
    expect((await parse(`\uFEFF${JSON.stringify(withBox([1, 2, 3, 4]))}`)).parsed.items).toHaveLength(1);
  });
});

describe('writing COCO', () => {
  const box = (label: string | null, extra?: Shape['extra']): Shape => ({
    id: nextShapeId() as Shape['id'],
    label,
    geometry: { type: 'box', x: 0, y: 0.5, w: 3, h: 2 },
    attributes: {},
    origin: 'hand',
    ...(extra && { extra }),
  });
  const item = (name: string, shapes: Shape[], extra: ExchangeItem['extra'] = {}): ExchangeItem => ({
    name,
    size: { width: 10, height: 20 },
    shapes,
    extra,
  });

  it('lists every photo and category, numbers what has no number, and counts what it leaves out', async () => {
    const { json, summary } = await write({
      labels: [
        { key: 'car', extra: {} },
        { key: 'bus', extra: { coco: { id: 40, supercategory: 'vehicle' } } },
      ],
      items: [
        item('a.jpg', [box('bus'), box(null), box('car')]),
        item('b.jpg', []),
        { ...item('c.jpg', []), size: null },
      ],
    });
    expect(json.categories).toEqual([
      { id: 41, name: 'car' },
      { id: 40, name: 'bus', supercategory: 'vehicle' },
    ]);
    expect(json.images).toEqual([
      { id: 1, file_name: 'a.jpg', width: 10, height: 20 },
      { id: 2, file_name: 'b.jpg', width: 10, height: 20 },
      { id: 3, file_name: 'c.jpg' },
    ]);
    expect(json.annotations).toEqual([
      { id: 1, image_id: 1, category_id: 40, bbox: [0, 0.5, 3, 2], area: 6, segmentation: [], iscrowd: 0 },
      { id: 2, image_id: 1, category_id: 41, bbox: [0, 0.5, 3, 2], area: 6, segmentation: [], iscrowd: 0 },
    ]);
    expect(summary).toEqual({
      items: 3,
      objects: 2,
      loss: [
        { what: 'size-unknown', count: 1 },
        { what: 'unlabelled-shape', count: 1 },
      ],
    });
  });

  it('never gives an id twice, whatever was kept', async () => {
    const kept = (id: unknown) => ({ coco: { id } }) as Shape['extra'];
    const ids = [5, 5, 'x', 'x', undefined, 6, -1, 2 ** 53 - 1, null, [1]];
    const { json } = await write({
      labels: [{ key: 'car', extra: {} }],
      items: ids.map((id, i) =>
        item(
          `${i}.jpg`,
          [box('car', kept(id)), box('car', kept(id))],
          id === undefined ? {} : { coco: { id: id as number } },
        ),
      ),
    });
    const distinct = (rows: { id: unknown }[]) => new Set(rows.map(({ id }) => JSON.stringify(id))).size;
    expect(json.images).toHaveLength(10);
    expect(distinct(json.images)).toBe(10);
    expect(distinct(json.annotations)).toBe(20);
    const known = new Set(json.images.map(({ id }) => id));
    expect(json.annotations.every(({ image_id }) => known.has(image_id))).toBe(true);
  });

  it('gives back what it read, to the last digit and the last unknown field', async () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((n) => n + 0);
    const size = fc.double({ min: 0, max: 1e6, noNaN: true });
    const extra = fc.dictionary(
      fc.string({ minLength: 1, unit: 'grapheme' }).map((key) => `x_${key}`),
      fc.jsonValue({ maxDepth: 2, noUnicodeString: false }),
      { maxKeys: 3 },
    );
    const file = fc
      .record({
        categories: fc.uniqueArray(
          fc.record({
            id: fc.integer({ min: -5, max: 1e6 }),
            name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
            extra,
          }),
          { selector: ({ id }) => id, minLength: 1, maxLength: 4 },
        ),
        images: fc.uniqueArray(
          fc.record({ id: fc.oneof(fc.nat(), fc.string()), extra, width: fc.integer({ min: 1, max: 9000 }) }),
          { selector: ({ id }) => JSON.stringify(id), maxLength: 5 },
        ),
        rows: fc.array(
          fc.record({ image: fc.nat(), category: fc.nat(), box: fc.tuple(number, number, size, size), extra }),
          { maxLength: 8 },
        ),
        extra,
      })
      .map(({ categories, images, rows, extra: more }) => ({
        ...more,
        categories: categories.map(({ extra: e, ...rest }) => ({ ...e, ...rest })),
        images: images.map(({ extra: e, id, width }, i) => ({ ...e, id, width, height: 7, file_name: `f${i}.jpg` })),
        annotations:
          images.length === 0
            ? []
            : rows.map(({ image, category, box: bbox, extra: e }, i) => ({
                ...e,
                id: i * 3,
                image_id: images[image % images.length]!.id,
                category_id: categories[category % categories.length]!.id,
                bbox,
                iscrowd: 0,
              })),
      }));
    await fc.assert(
      fc.asyncProperty(file, async (value) => {
        const first = await parse(value);
        const { text, summary } = await write(first.parsed);
        const second = await parse(text);
        expect(second.failed).toEqual([]);
        expect(withoutIds(second.parsed.items)).toEqual(withoutIds(first.parsed.items));
        expect(second.parsed.labels).toEqual(first.parsed.labels);
        expect(second.parsed.extra).toEqual({
          coco: { info: {}, licenses: [], ...(first.parsed.extra['coco'] as object) },
        });
        expect(summary.objects).toBe(first.parsed.items.reduce((n, { shapes }) => n + shapes.length, 0));
        expect((await write(second.parsed)).text).toBe(text);
      }),
      { numRuns: 150 },
    );
  });
});

const folder = testData('annotations/coco');

describe.skipIf(folder === null)('COCO files by other tools', () => {
  it.each([
    ['annotations/coco/mmpose_test_coco.json', 4, 14, 1],
    ['annotations/coco/roboflow_traffic_train.coco.json', 91, 426, 3],
    ['annotations/datumaro/coco_dataset/coco/annotations/instances_val.json', 1, 2, 3],
    ['annotations/datumaro/coco_dataset/coco/annotations/person_keypoints_val.json', 1, 2, 2],
    ['annotations/datumaro/roboflow_dataset/coco/train/_annotations.coco.json', 2, 2, 2],
    ['annotations/labelstudio/sdk_test_import_coco__coco_import_input.json', 2, 2, 2],
    ['images/coco/instances_785.json', 1, 1, 1],
  ])('reads %s whole and writes it back equal', async (path, items, objects, labels) => {
    const { parsed, failed } = await parse(readFileSync(testData(path)!, 'utf8'));
    expect(failed).toEqual([]);
    expect(parsed.items).toHaveLength(items);
    expect(parsed.items.flatMap(({ shapes }) => shapes)).toHaveLength(objects);
    expect(parsed.labels).toHaveLength(labels);
    const { text, summary } = await write(parsed);
    expect(summary).toMatchObject({ items, objects, loss: [] });
    const again = (await parse(text)).parsed;
    expect(withoutIds(again.items)).toEqual(withoutIds(parsed.items));
    expect(again.labels).toEqual(parsed.labels);
  });

  it('keeps the outline of the skier as COCO has it', async () => {
    const { parsed, loss } = await parse(readFileSync(testData('images/coco/instances_785.json')!, 'utf8'));
    const raw = JSON.parse(readFileSync(testData('images/coco/instances_785.json')!, 'utf8')) as Written;
    const { x, y, w, h } = boundsOf(parsed.items[0]!.shapes[0]!.geometry)!;
    raw.annotations[0]!.bbox.forEach((side, i) => expect([x, y, w, h][i]).toBeCloseTo(side, 2));
    expect(loss).toEqual([{ what: 'keypoints', count: 1 }]);
  });
});
