import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxGeometry, Geometry } from '#shared/domain/annotation.ts';
import { CodecError } from '#shared/codecs/codec.ts';
import { yoloCodec, yoloObbCodec, yoloSegmentCodec } from '#shared/codecs/image/yolo.codec.ts';
import { boxOf } from '#test/support/box-of.ts';
import { bare, fileOf, filesBelow, parseWith, photoWith, shapeWith, writeWith } from '#test/support/image-codecs.ts';
import { testData } from '#test/support/test-data.ts';

const sizes = { width: 640, height: 480 };
const hundred = { width: 100, height: 100 };
const read = (text: string, more: Record<string, string> = {}) =>
  parseWith(yoloCodec, { 'labels/a.txt': text, ...more }, { sizes: hundred });
const shapesOf = async (...args: Parameters<typeof read>) => (await read(...args)).parsed.items[0]!.shapes;

describe('reading YOLO', () => {
  it('takes the first pixel, whatever stands between the columns', async () => {
    const first = { type: 'box', x: 0, y: 0, w: 1, h: 1 };
    for (const text of [
      '0 0.005 0.005 0.01 0.01',
      '0\t0.005\t0.005  0.01 0.01 \r\n',
      '\uFEFF\n 0.0 .005 5e-3 0.01 1e-2\r0 .005 .005 .01 .01',
    ]) {
      expect((await shapesOf(text))[0]).toMatchObject({ label: '0', geometry: first, origin: 'imported' });
    }
  });

  it('tells by the count of columns what a row is', async () => {
    const { parsed, questions, failed } = await read(
      ['0 .5 .5 .2 .2', '0 .5 .5 .2 .2 .75', '0 .1 .1 .2 .1 .2 .2', '0 .1 .1 .2 .1 .2 .2 .25'].join('\n'),
    );
    expect(parsed.items[0]!.shapes.map(({ geometry }) => geometry.type)).toEqual(['box', 'polygon']);
    expect(parsed.items[0]!.proposals).toMatchObject([
      { score: 0.75, model: null, geometry: { type: 'box' } },
      { score: 0.25, geometry: { type: 'polygon' } },
    ]);
    expect(questions).toEqual([]);
    expect(failed).toEqual([]);
  });

  it('asks about four corners, unless other outlines settle it', async () => {
    const corners = '0 .1 .1 .3 .1 .3 .2 .1 .2';
    const turned = '0 .5 .4 .6 .5 .5 .6 .4 .5';
    const ask = async (codec: typeof yoloCodec, text: string, answers = {}) => {
      const { parsed, questions } = await parseWith(codec, { 'a.txt': text }, { sizes: hundred, answers });
      return [questions![0]!.taken, questions![0]!.certain, ...parsed.items[0]!.shapes.map((s) => s.geometry.type)];
    };
    expect(await ask(yoloCodec, `${corners}\n${turned}`)).toEqual(['turned-box', false, 'box', 'rotated-box']);
    expect(await ask(yoloSegmentCodec, corners)).toEqual(['outline', false, 'polygon']);
    expect(await ask(yoloSegmentCodec, corners, { 'four-corners': 'turned-box' })).toEqual([
      'turned-box',
      false,
      'box',
    ]);
    expect(await ask(yoloObbCodec, turned)).toEqual(['turned-box', false, 'rotated-box']);
    expect(await ask(yoloObbCodec, `${turned}\n0 .1 .1 .2 .1 .2 .2`)).toEqual(['outline', true, 'polygon', 'polygon']);
    // Four corners that make no rectangle stay what they are.
    expect(await ask(yoloObbCodec, '0 .1 .1 .9 .1 .5 .5 .1 .2')).toEqual(['turned-box', false, 'polygon']);
    expect(await ask(yoloCodec, '0 .1 .1 .9 .1 .5 .5 .1 .2')).toEqual(['outline', false, 'polygon']);
  });

  it('keeps a turned box as it lies', async () => {
    const { parsed } = await parseWith(yoloObbCodec, { 'a.txt': '0 .5 .4 .6 .5 .5 .6 .4 .5 .9' }, { sizes: hundred });
    const { geometry, score } = parsed.items[0]!.proposals![0]!;
    expect(score).toBe(0.9);
    expect(geometry).toMatchObject({ type: 'rotated-box', cx: 50, cy: 50, angle: 45 });
    expect((geometry as { w: number }).w).toBeCloseTo(Math.hypot(10, 10), 9);
  });

  it('refuses bad rows with file, line and reason, and takes the good ones', async () => {
    const rows = [
      '0 0.5 0.5 0.2 0.2',
      '1 1.5 0.5 0.2 0.2',
      '0 nan 0.5 0.1 0.1',
      '0 0.5 0.5 -0.2 0.2',
      '0 0.5 0.5',
      'abc 0.1 0.1 0.1 0.1',
      '-1 0.1 0.1 0.1 0.1',
      '2 0.1 0.1 0.1 0.1',
      '0 0.1 0.1 0.1 0.1 1.5',
      '0 0.1 0,1 0.1 0.1',
      '0 0.1 0.1 0.1 0x1',
      '0 .1 .1 .2 .1 .2 1.2',
      '1 0.25 0.25 0.1 0.1',
    ];
    const { parsed, failed } = await read(rows.join('\n'), { 'classes.txt': 'car\nbus\n\n' });
    expect(parsed.items[0]!.shapes.map(({ label }) => label)).toEqual(['car', 'bus']);
    const why = Object.fromEntries(failed.map((row) => [row.where.replace('labels/a.txt:', ''), row.why]));
    expect(why).toEqual({
      2: 'number-out-of-range',
      3: 'number-not-finite',
      4: 'box-negative',
      5: 'columns-wrong',
      6: 'field-wrong',
      7: 'field-wrong',
      8: 'class-out-of-range',
      9: 'number-out-of-range',
      10: 'field-wrong',
      11: 'field-wrong',
      12: 'number-out-of-range',
    });
  });

  it('moves what lies a little outside to the edge, and counts it; rounding of the sixth decimal is none', async () => {
    const { parsed, loss } = await read('0 0.98 0.5 0.1 0.2\n0 0.133333 0.3 0.266667 0.2\n0 -.01 .1 .2 .1 .2 .2');
    const [wide, rounded, outline] = parsed.items[0]!.shapes;
    expect(boxOf(wide!.geometry).x + boxOf(wide!.geometry).w).toBeCloseTo(100, 9);
    expect(boxOf(rounded!.geometry).x).toBe(0);
    expect(outline!.geometry).toMatchObject({
      parts: [
        {
          outer: [
            [0, 10],
            [20, 10],
            [20, 20],
          ],
        },
      ],
    });
    expect(loss).toEqual([{ what: 'clamped', count: 2 }]);
  });

  it.each([
    ['names: [car, 007, yes]', ['car', '007', 'yes']],
    ['names:\n  2: bus\n  0: car\n  1: "1e5"\nnc: 3', ['car', '1e5', 'bus']],
    ['path: ../d\ntrain: images/train\nnames:\n  - 红灯\n  - a b', ['红灯', 'a b']],
  ])('takes classes from data.yaml: %j', async (yaml, keys) => {
    const { parsed } = await read('', { 'data.yaml': yaml, 'classes.txt': 'wrong' });
    expect(parsed.labels.map(({ key }) => key)).toEqual(keys);
  });

  it('keeps numbers of classes that leave gaps, with names and without', async () => {
    const { parsed } = await read('7 .5 .5 .1 .1\n3 .5 .5 .1 .1', {
      'data.yaml': 'names: {3: car, 7: bus}\nval: v\nnc: 2',
    });
    expect(parsed.labels).toEqual([
      { key: 'car', extra: { yolo: { id: 3 } } },
      { key: 'bus', extra: { yolo: { id: 7 } } },
    ]);
    expect(parsed.extra).toEqual({ yolo: { val: 'v' } });
    expect(parsed.items[0]!.shapes.map(({ label }) => label)).toEqual(['bus', 'car']);
    const unnamed = await read('7 .5 .5 .1 .1\n3 .5 .5 .1 .1');
    expect(unnamed.parsed.labels.map(({ key }) => key)).toEqual(['3', '7']);
  });

  it('finds photos by the last "labels" of the path, beside the file, or in a list', async () => {
    const at = { 'labels/images/train/1.PNG': hundred, 'b.jpg': hundred, 'data/obj/c.jpg': hundred };
    const { parsed, failed } = await parseWith(
      yoloCodec,
      {
        'labels/labels/train/1.txt': '0 .5 .5 .1 .1',
        'labels/b.txt': '',
        'labels/README.txt': 'not labels',
        'labels/gone.txt': '0 .5 .5 .1 .1',
        'labels/obj/c.txt': '',
        'train.txt': 'data/obj/c.jpg\ndata/labels/never.jpg\n',
      },
      { sizes: { ...at, 'data/labels/never.jpg': hundred } },
    );
    expect(parsed.items.map(({ name, shapes }) => [name, shapes.length])).toEqual([
      ['labels/images/train/1.PNG', 1],
      ['images/b.jpg', 0],
      ['data/obj/c.jpg', 0],
      ['data/labels/never.jpg', 0],
    ]);
    expect(failed).toEqual([{ where: 'labels/gone.txt', why: 'size-missing' }]);
  });

  it('is not harmed by hostile files', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`)
      .join('\n')}\nnames: *j`;
    const { failed } = await read(`0 ${'.5 '.repeat(400_000)}`, { 'data.yaml': bomb });
    expect(failed.map(({ why }) => why)).toEqual(['not-this-format', 'too-many-points']);
    const proto = await read('0 .5 .5 .1 .1\n1 .5 .5 .1 .1', {
      'data.yaml': '__proto__: {polluted: 1}\nconstructor: 1\nnames: [__proto__, constructor]',
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(proto.parsed.items[0]!.shapes.map(({ label }) => label)).toEqual(['__proto__', 'constructor']);
    expect(proto.parsed.extra).toEqual({ yolo: { constructor: 1 } });
    const unreadable = { path: 'classes.txt', size: 1, text: () => Promise.reject(new CodecError('not-utf-8')) };
    const beside = await parseWith(yoloCodec, [unreadable, fileOf('a.txt', '0 .5 .5 .1 .1')], { sizes: hundred });
    expect(beside.parsed.items).toHaveLength(1);
    expect(beside.failed).toEqual([{ where: 'classes.txt', why: 'not-utf-8' }]);
    const many = await read('x\n'.repeat(20_000));
    expect(many.failed).toHaveLength(10_000);
    expect(many.loss).toEqual([{ what: 'failed-not-listed', count: 10_000 }]);
  });
});

describe('writing YOLO', () => {
  const labels = ['car', 'bus', 'yes', '007'].map((key) => ({ key, extra: {} }));

  it('writes classes in their order, a file for each photo, and boxes with six decimals', async () => {
    const items = [
      photoWith([shapeWith({ type: 'box', x: 0, y: 0, w: 1, h: 1 }, { label: 'bus' })], {
        name: 'images/train/a.jpg',
        size: hundred,
      }),
      photoWith([], { name: 'street/b.c.png' }),
    ];
    const { files, summary } = await writeWith(yoloCodec, { items, labels });
    expect(files).toEqual({
      'data.yaml': 'path: "."\ntrain: images\nval: images\nnames:\n  0: "car"\n  1: "bus"\n  2: "yes"\n  3: "007"\n',
      'labels/train/a.txt': '1 0.005000 0.005000 0.010000 0.010000\n',
      'labels/street/b.c.txt': '',
    });
    expect(summary).toEqual({ items: 2, objects: 1, loss: [] });
  });

  it('counts what it cannot hold', async () => {
    const ring: [number, number][] = [
      [10, 10],
      [30, 10],
      [20, 40],
    ];
    const hole: [number, number][] = [
      [18, 15],
      [22, 15],
      [20, 20],
    ];
    const shapes = [
      shapeWith({ type: 'box', x: 600, y: 400, w: 100, h: 20 }, { attributes: { a: 1, b: 2 } }),
      shapeWith({ type: 'rotated-box', cx: 50, cy: 50, w: 20, h: 10, angle: 30 }),
      shapeWith({
        type: 'polygon',
        parts: [
          { outer: ring, holes: [hole] },
          { outer: ring, holes: [] },
        ],
      }),
      shapeWith({ type: 'ellipse', cx: 50, cy: 50, rx: 20, ry: 10, angle: 0 }, { extra: { coco: { id: 1 } } }),
      shapeWith({ type: 'mask', x: 1, y: 1, w: 2, h: 1, runs: [0, 2] }, { ambiguous: 'either' }),
      shapeWith({ type: 'polyline', points: ring }),
      shapeWith({ type: 'point', x: 1, y: 1 }),
      shapeWith({ type: 'tag' }),
      shapeWith({ type: 'box', x: 1, y: 1, w: 1, h: 1 }, { label: null }),
      shapeWith({ type: 'box', x: 1, y: 1, w: 1, h: 1 }, { label: 'unknown' }),
      shapeWith({ type: 'box', x: 900, y: 1, w: 1, h: 1 }),
    ];
    const items = [
      photoWith(shapes),
      photoWith([shapes[0]!], { name: 'a.png' }),
      photoWith([shapes[0]!], { name: 'b.png', size: null }),
    ];
    const run = async (codec: typeof yoloCodec) => {
      const { summary } = await writeWith(codec, { items, labels });
      return { ...summary, loss: Object.fromEntries(summary.loss.map(({ what, count }) => [what, count])) };
    };
    const always = {
      'left-out-polyline': 1,
      'left-out-point': 1,
      'left-out-tag': 1,
      'left-out-box': 3,
      'unlabelled-shape': 2,
      'name-clash': 1,
      'size-unknown': 1,
      clamped: 1,
      attribute: 2,
      ambiguous: 1,
      field: 1,
    };
    expect(await run(yoloCodec)).toEqual({
      items: 1,
      objects: 5,
      loss: { ...always, 'rotated-box': 1, polygon: 1, ellipse: 1, mask: 1 },
    });
    expect(await run(yoloSegmentCodec)).toEqual({
      items: 1,
      objects: 6,
      loss: { ...always, box: 1, 'rotated-box': 1, ellipse: 1, mask: 1, parts: 1, holes: 1 },
    });
    expect(await run(yoloObbCodec)).toEqual({
      items: 1,
      objects: 5,
      loss: { ...always, polygon: 1, ellipse: 1, mask: 1 },
    });
  });

  const near = (a: number[], b: number[], within: number) =>
    expect(Math.max(...a.map((n, i) => Math.abs(n - b[i]!)), Math.abs(a.length - b.length))).toBeLessThanOrEqual(
      within,
    );
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const place = fc.tuple(
    share.map((n) => n * 640),
    share.map((n) => n * 480),
  );
  const box = fc.tuple(place, place).map(([[ax, ay], [bx, by]]): BoxGeometry => ({
    type: 'box',
    x: Math.min(ax, bx),
    y: Math.min(ay, by),
    w: Math.abs(ax - bx),
    h: Math.abs(ay - by),
  }));
  const outlines = fc
    .array(place, { minLength: 3, maxLength: 40 })
    .map((outer): Geometry => ({ type: 'polygon', parts: [{ outer, holes: [] }] }));
  const turned = fc
    .record({
      cx: fc.double({ min: 200, max: 400, noNaN: true }),
      cy: fc.double({ min: 150, max: 300, noNaN: true }),
      w: fc.double({ min: 1, max: 150, noNaN: true }),
      h: fc.double({ min: 1, max: 150, noNaN: true }),
      // Unturned, it is a box.
      angle: fc.oneof(fc.constantFrom(90, 180, -90), fc.double({ min: 0.01, max: 180, noNaN: true })),
    })
    .map((at): Geometry => ({ type: 'rotated-box', ...at }));
  const numbersOf = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbersOf)
        : [];

  it.each([
    ['boxes', yoloCodec, box, 640 * 1.1e-6, {}],
    ['outlines', yoloSegmentCodec, outlines, 1e-9, { 'four-corners': 'outline' }],
    ['turned boxes', yoloObbCodec, turned, 1e-6, { 'four-corners': 'turned-box' }],
  ] as const)('gives back %s', async (_, codec, geometry, within, answers) => {
    const shape = fc.record({ geometry, label: fc.constantFrom('car', 'bus', 'yes', '007') });
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { maxLength: 6 }), async (rows) => {
        const shapes = rows.map((row) => shapeWith(row.geometry, { label: row.label }));
        const { files, summary } = await writeWith(codec, {
          items: [photoWith(shapes, { name: 'images/a.jpg' })],
          labels,
        });
        expect(summary).toEqual({ items: 1, objects: shapes.length, loss: [] });
        const { parsed, failed, loss } = await parseWith(codec, files, { sizes, answers });
        expect({ failed, loss, name: parsed.items[0]!.name }).toEqual({ failed: [], loss: [], name: 'images/a.jpg' });
        expect(parsed.labels).toEqual(labels);
        expect(parsed.items[0]!.shapes.map(({ label }) => label)).toEqual(rows.map(({ label }) => label));
        for (const [i, back] of parsed.items[0]!.shapes.entries()) {
          expect(back.geometry.type).toBe(rows[i]!.geometry.type);
          near(numbersOf(back.geometry), numbersOf(rows[i]!.geometry), within);
        }
      }),
    );
  });

  it('never numbers two classes alike, and keeps numbers when a class is added', async () => {
    const kept = fc.record({
      key: fc.string({ minLength: 1, unit: 'grapheme' }),
      id: fc.option(fc.integer({ min: -1, max: 6 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(kept, { selector: ({ key }) => key, maxLength: 8 }), async (rows) => {
        const set = rows.map(({ key, id }) => ({ key, extra: id === null ? {} : { yolo: { id } } }));
        const { files } = await writeWith(yoloCodec, { items: [], labels: set });
        const again = await parseWith(yoloCodec, files);
        const clean = rows.every(({ key }) => key.trim() !== '' && key.isWellFormed());
        if (!clean) return;
        expect(again.parsed.labels.map(({ key }) => key).sort()).toEqual(rows.map(({ key }) => key).sort());
      }),
    );
  });
});

describe('telling YOLO', () => {
  it('tells the three kinds from each other and from other text', () => {
    const likely = (head: string, path = 'a.txt') =>
      [yoloCodec, yoloSegmentCodec, yoloObbCodec].map((codec) => codec.likeness(path, head) > 0.8);
    expect(likely('0 .5 .5 .1 .1\n')).toEqual([true, false, false]);
    expect(likely('0 .5 .5 .1 .1 .2 .2\n')).toEqual([false, true, false]);
    expect(likely('0 .5 .5 .1 .1 .2 .2 .3 .3\n')).toEqual([false, false, true]);
    expect(likely('Please read me first, it is short\n')).toEqual([false, false, false]);
    expect(likely('0 .5 .5 .1 .1\n', 'a.json')).toEqual([false, false, false]);
    expect(yoloCodec.likeness('data.yaml', 'names: [a]')).toBeGreaterThan(0.5);
  });
});

const folder = testData('images/street_yolo');

describe.skipIf(folder === null)('YOLO files by other tools', () => {
  it('reads the street photos of Label Studio and writes them back equal', async () => {
    const files = filesBelow(folder!).filter(({ path }) => path.endsWith('.txt'));
    const at = {
      'images/img_2.png': { width: 640, height: 427 },
      'images/img_3.png': { width: 1280, height: 720 },
      'images/img_4.png': { width: 640, height: 494 },
    };
    const { parsed, failed, loss } = await parseWith(yoloCodec, files, { sizes: at });
    expect({ failed, loss }).toEqual({ failed: [], loss: [] });
    expect(parsed.labels.map(({ key }) => key)).toEqual(['closed_door', 'opened_door', 'bus', 'number']);
    expect(parsed.items.map(({ name, shapes }) => [name, shapes.length])).toEqual(
      Object.keys(at).map((name) => [name, 4]),
    );
    const { files: again } = await writeWith(yoloCodec, parsed);
    const second = (await parseWith(yoloCodec, again, { sizes: at })).parsed;
    const numbers = (set: typeof parsed) =>
      set.items.flatMap(({ shapes }) =>
        shapes.flatMap(({ geometry }) => Object.values(boxOf(geometry)).slice(1) as number[]),
      );
    expect(Math.max(...numbers(parsed).map((n, i) => Math.abs(n - numbers(second)[i]!)))).toBeLessThan(0.0015);
    expect((await writeWith(yoloCodec, second)).files).toEqual(again);
  });

  it.each([
    ['annotations', 1],
    ['labels', 2],
    ['strict', 1],
  ])("reads Datumaro's layout %s", async (layout, items) => {
    const files = filesBelow(testData(`annotations/datumaro/yolo_dataset/${layout}`)!);
    const { parsed, failed } = await parseWith(yoloCodec, files, { sizes: hundred });
    expect(failed).toEqual([]);
    expect(parsed.items.map(({ shapes }) => shapes.map(({ label }) => label))).toEqual(
      Array.from({ length: items }, () => ['label_2', 'label_4']),
    );
    expect(parsed.labels).toHaveLength(10);
  });

  it('reads the outline of the skier', async () => {
    const text = readFileSync(testData('images/coco/000000000785.seg.txt')!, 'utf8');
    const { parsed } = await parseWith(
      yoloSegmentCodec,
      { '000000000785.txt': text },
      { sizes: { width: 640, height: 425 } },
    );
    const { geometry } = parsed.items[0]!.shapes[0]!;
    expect(geometry.type === 'polygon' && geometry.parts[0]!.outer.length).toBe(68);
  });

  it('takes the good rows of a bad file and refuses the others with line and reason', async () => {
    const text = readFileSync(testData('annotations/malformed/yolo_bad_rows.txt')!, 'utf8');
    const { parsed, failed } = await parseWith(yoloCodec, [fileOf('bad.txt', text)], { sizes: hundred });
    expect(bare(parsed.items)[0]!.shapes).toHaveLength(2);
    expect(failed.toSorted((a, b) => a.where.localeCompare(b.where))).toEqual([
      { where: 'bad.txt:2', why: 'number-out-of-range' },
      { where: 'bad.txt:3', why: 'number-not-finite' },
      { where: 'bad.txt:4', why: 'box-negative' },
      { where: 'bad.txt:5', why: 'columns-wrong' },
      { where: 'bad.txt:6', why: 'field-wrong' },
    ]);
  });
});
