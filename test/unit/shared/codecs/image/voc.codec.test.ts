import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shape as shapeSchema, type Geometry } from '#shared/domain/annotation.ts';
import { vocCodec } from '#shared/codecs/image/voc.codec.ts';
import { bare, fileOf, filesBelow, parseWith, photoWith, shapeWith, writeWith } from '#test/support/image-codecs.ts';
import { testData } from '#test/support/test-data.ts';

const bndbox = (xmin: string | number, ymin: string | number, xmax: string | number, ymax: string | number) =>
  `<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`;
const object = (inner: string, name = 'car') => `\n<object><name>${name}</name>${inner}</object>`;
const voc = (objects: string, head = '<filename>a.jpg</filename><size><width>640</width><height>480</height></size>') =>
  `<annotation>${head}${objects}</annotation>`;
const read = (text: string, answers: Record<string, string> = {}) =>
  parseWith(vocCodec, { 'a.xml': text }, { answers });
const geometries = async (text: string, answers?: Record<string, string>) =>
  (await read(text, answers)).parsed.items.flatMap(({ shapes }) => shapes.map(({ geometry }) => geometry));
const box = (x: number, y: number, w: number, h: number): Geometry => ({ type: 'box', x, y, w, h });

describe('reading Pascal VOC', () => {
  it('takes the first pixel as 1, 1, 1, 1 where pixels count from 1, and as 0, 0, 1, 1 where they count from 0', async () => {
    const official = await read(voc(object(bndbox(1, 1, 1, 1))));
    expect(official.parsed.items[0]!.shapes[0]!.geometry).toEqual(box(0, 0, 1, 1));
    expect(official.questions).toEqual([
      { name: 'origin', answers: ['one-based', 'zero-based'], taken: 'one-based', certain: false },
    ]);
    const usual = await read(voc(object(bndbox(0, 0, 1, 1))));
    expect(usual.parsed.items[0]!.shapes[0]!.geometry).toEqual(box(0, 0, 1, 1));
    expect(usual.questions).toMatchObject([{ taken: 'zero-based', certain: true }]);
    for (const text of [bndbox(0, 5, 9, 9), bndbox(5, 0, 9, 9), bndbox(5, 0.5, 9, 9)]) {
      expect((await read(voc(object(text)))).questions).toMatchObject([{ taken: 'zero-based', certain: true }]);
    }
  });

  it('asks, and goes by the answer; a box up to the last pixel proves nothing', async () => {
    const text = voc(object(bndbox(11, 21, 640, 480)));
    expect(await geometries(text)).toEqual([box(10, 20, 630, 460)]);
    expect(await geometries(text, { origin: 'zero-based' })).toEqual([box(11, 21, 629, 459)]);
  });

  it('guesses once for the whole set', async () => {
    const { parsed } = await parseWith(vocCodec, {
      'a.xml': voc(object(bndbox(10, 10, 20, 20))),
      'b.xml': voc(object(bndbox(5, 0, 20, 20)), '<filename>b.jpg</filename>'),
    });
    expect(parsed.items.map(({ shapes }) => shapes[0]!.geometry)).toEqual([box(10, 10, 10, 10), box(5, 0, 15, 20)]);
  });

  it('reads floats, keeps names as they are, and flags as attributes', async () => {
    const text = voc(
      object(
        `<pose>Left</pose><truncated>1</truncated><difficult>0</difficult><occluded>1</occluded>${bndbox('353.66', ' 10.5 ', '4e2', '20.25')}`,
        ' 1e5 ',
      ) + object(`${bndbox(1, 2, 3, 4)}<pose>Unspecified</pose>`, '007'),
    );
    const [first, second] = (await read(text, { origin: 'zero-based' })).parsed.items[0]!.shapes;
    expect(first).toMatchObject({
      label: '1e5',
      geometry: { x: 353.66, y: 10.5, w: 400 - 353.66, h: 9.75 },
      attributes: { pose: 'Left', truncated: true, occluded: true },
      origin: 'imported',
    });
    expect(second).toMatchObject({ label: '007', attributes: {} });
    expect(shapeSchema.parse(first)).toEqual(first);
  });

  it("takes X-AnyLabeling's outlines and roLabelImg's turned boxes", async () => {
    const outline = '<polygon><x1>10</x1><y1>10</y1><x2>30</x2><y2>10</y2><x3>20</x3><y3>40</y3></polygon>';
    const turned = '<robndbox><cx>100</cx><cy>50</cy><w>40</w><h>20</h><angle>1.5707963267948966</angle></robndbox>';
    const { parsed, questions, failed } = await read(
      voc(
        object(bndbox(10, 10, 30, 40) + outline) +
          object(`<type>robndbox</type>${turned}`) +
          object('<polygon><x1>1</x1><y1>2</y1></polygon>'),
      ),
    );
    expect(questions).toMatchObject([{ taken: 'zero-based', certain: false }]);
    expect(parsed.items[0]!.shapes.map(({ geometry }) => geometry)).toEqual([
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
      { type: 'rotated-box', cx: 100, cy: 50, w: 40, h: 20, angle: 90 },
    ]);
    expect(failed).toEqual([{ where: 'a.xml:4', why: 'points-wrong-count' }]);
  });

  it('tells bad objects with file, line and reason, and takes the good ones', async () => {
    const rows = [
      object(bndbox(1, 1, 5, 5)),
      object(bndbox('nan', 1, 5, 5)),
      object(bndbox('', 1, 5, 5)),
      object(bndbox('0x10', 1, 5, 5)),
      object(bndbox(9, 1, 5, 5)),
      object(bndbox(1, 1, '1e300', 5)),
      object(''),
      `\n<object>${bndbox(1, 1, 5, 5)}</object>`,
      object(bndbox(1, 1, 5, 5), 'x'.repeat(201)),
      object(bndbox(2, 2, 6, 6)),
    ];
    const { parsed, failed } = await read(voc(rows.join('')));
    expect(parsed.items[0]!.shapes).toHaveLength(2);
    expect(failed.toSorted((a, b) => Number(a.where.slice(6)) - Number(b.where.slice(6)))).toEqual([
      { where: 'a.xml:3', why: 'number-not-finite' },
      { where: 'a.xml:4', why: 'field-wrong' },
      { where: 'a.xml:5', why: 'field-wrong' },
      { where: 'a.xml:6', why: 'box-negative' },
      { where: 'a.xml:7', why: 'number-out-of-range' },
      { where: 'a.xml:8', why: 'no-box' },
      { where: 'a.xml:9', why: 'label-missing' },
      { where: 'a.xml:10', why: 'name-too-long' },
    ]);
  });

  it('looks for the size, and for the photo, where the file does not say', async () => {
    const sizes = { 'Annotations/b.png': { width: 7, height: 9 }, 'c.jpg': { width: 3, height: 4 } };
    const { parsed, loss } = await parseWith(
      vocCodec,
      {
        'Annotations/b.xml': voc('', ''),
        'c.xml': voc('', '<filename>c.jpg</filename><size><width>0</width><height/></size>'),
        'd.xml': voc('', '<folder>street</folder><filename>d.jpg</filename>'),
      },
      { sizes },
    );
    expect(bare(parsed.items)).toMatchObject([
      { name: 'Annotations/b.png', size: { width: 7, height: 9 } },
      { name: 'c.jpg', size: { width: 3, height: 4 } },
      { name: 'street/d.jpg', size: null },
    ]);
    expect(loss).toEqual([{ what: 'size-unknown', count: 1 }]);
  });

  it('is not harmed by a hostile file', async () => {
    const { failed, parsed } = await parseWith(vocCodec, {
      'deep.xml': '<annotation>'.repeat(5000) + '</annotation>'.repeat(5000),
      'entity.xml': `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${voc(object(bndbox(1, 1, 2, 2), '&x;'))}`,
      'good.xml': voc(object(`<mine>1</mine><a><b c="d">e</b></a>${bndbox(1, 1, 2, 2)}`, 'toString')),
      'other.xml': '<annotations/>',
      'proto.xml': voc('<object><__proto__><polluted>1</polluted></__proto__></object>'),
      'up.xml': voc('', '<filename>..\\..\\etc\\passwd</filename>'),
      'none.xml': '',
    });
    expect(failed).toEqual([
      { where: 'deep.xml:1', why: 'not-xml' },
      { where: 'entity.xml:1', why: 'entities-refused' },
      { where: 'other.xml', why: 'not-this-format' },
      { where: 'proto.xml:1', why: 'not-xml' },
      { where: 'none.xml:1', why: 'not-xml' },
    ]);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(parsed.items.map(({ name }) => name)).toEqual(['a.jpg', 'etc/passwd']);
    expect(parsed.items[0]!.shapes[0]).toMatchObject({
      label: 'toString',
      extra: { voc: { mine: '1', a: { b: { '@c': 'd', '#text': 'e' } } } },
    });
  });
});

describe('writing Pascal VOC', () => {
  const sides = (text: string) =>
    [...text.matchAll(/<(xmin|ymin|xmax|ymax)>(-?[\d.]+)</g)].map(([, , number]) => Number(number));
  const written = async (geometry: Geometry, origin = 'one-based') => {
    const { files, summary } = await writeWith(vocCodec, { items: [photoWith([shapeWith(geometry)])] }, { origin });
    return { sides: sides(files['a.xml']!), loss: summary.loss, objects: summary.objects };
  };

  it('writes the first pixel in both origins', async () => {
    expect(await written(box(0, 0, 1, 1))).toEqual({ sides: [1, 1, 1, 1], loss: [], objects: 1 });
    expect(await written(box(0, 0, 1, 1), 'zero-based')).toEqual({ sides: [0, 0, 1, 1], loss: [], objects: 1 });
  });

  it('rounds half up, keeps boxes inside the photo and at least a pixel wide', async () => {
    const one = (what: string) => [{ what, count: 1 }];
    expect(await written(box(10.5, 10.49, 9, 9))).toEqual({
      sides: [12, 11, 20, 19],
      loss: one('rounded'),
      objects: 1,
    });
    expect(await written(box(-5, -5, 1000, 1000))).toEqual({
      sides: [1, 1, 640, 480],
      loss: one('clamped'),
      objects: 1,
    });
    expect(await written(box(3.6, 3.6, 0.3, 0.3))).toEqual({ sides: [5, 5, 5, 5], loss: one('rounded'), objects: 1 });
    expect(await written(box(640, 480, 0, 0))).toEqual({
      sides: [640, 480, 640, 480],
      loss: one('rounded'),
      objects: 1,
    });
    // What six decimals of another format leave is no loss.
    expect(await written(box(-0.0003, 10.0004, 640.0006, 9))).toMatchObject({ sides: [1, 11, 640, 19], loss: [] });
    expect(await written(box(700, 10, 5, 5))).toEqual({ sides: [], loss: one('left-out-box'), objects: 0 });
  });

  it('never writes a box that ends before it begins or leaves the photo', async () => {
    const number = fc.double({ min: -50, max: 700, noNaN: true });
    const length = fc.double({ min: 0, max: 700, noNaN: true });
    await fc.assert(
      fc.asyncProperty(number, number, length, length, fc.boolean(), async (x, y, w, h, official) => {
        const { sides: all } = await written(box(x, y, w, h), official ? 'one-based' : 'zero-based');
        if (all.length === 0) return;
        const [xmin, ymin, xmax, ymax] = all as [number, number, number, number];
        const least = official ? 1 : 0;
        expect(xmin).toBeGreaterThanOrEqual(least);
        expect(ymin).toBeGreaterThanOrEqual(least);
        expect(xmax).toBeGreaterThanOrEqual(xmin);
        expect(ymax).toBeGreaterThanOrEqual(ymin);
        expect(xmax).toBeLessThanOrEqual(640);
        expect(ymax).toBeLessThanOrEqual(480);
      }),
    );
  });

  it('counts what it cannot hold', async () => {
    const ring: [number, number][] = [
      [10, 10],
      [30, 10],
      [20, 40],
    ];
    const items = [
      photoWith(
        [
          shapeWith({ type: 'polygon', parts: [{ outer: ring, holes: [] }] }),
          shapeWith({ type: 'rotated-box', cx: 50, cy: 50, w: 20, h: 10, angle: 90 }),
          shapeWith({ type: 'ellipse', cx: 50, cy: 50, rx: 20, ry: 10, angle: 0 }),
          shapeWith({ type: 'mask', x: 1, y: 1, w: 2, h: 1, runs: [0, 2] }),
          shapeWith({ type: 'polyline', points: ring }),
          shapeWith({ type: 'point', x: 1, y: 1 }),
          shapeWith({ type: 'tag' }),
          shapeWith(box(1, 1, 2, 2), { label: null }),
          shapeWith(box(1, 1, 2, 2), { ambiguous: 'two readings', extra: { coco: { id: 1 } } }),
        ],
        { size: null },
      ),
      photoWith([shapeWith(box(0, 0, 1, 1))], { name: 'A.png' }),
    ];
    const { files, summary } = await writeWith(vocCodec, { items });
    expect(Object.keys(files)).toEqual(['a.xml']);
    expect(summary).toMatchObject({ items: 1, objects: 5 });
    expect(Object.fromEntries(summary.loss.map(({ what, count }) => [what, count]))).toEqual({
      polygon: 1,
      'rotated-box': 1,
      ellipse: 1,
      mask: 1,
      'left-out-polyline': 1,
      'left-out-point': 1,
      'left-out-tag': 1,
      'unlabelled-shape': 1,
      ambiguous: 1,
      field: 1,
      'size-unknown': 1,
      'name-clash': 1,
      'left-out-box': 1,
    });
  });

  it('gives back what it read', async () => {
    const label = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .map((s) => s.replace(/[\p{Cc}\p{Cn}]/gu, '').trim() || 'x');
    const value = fc.oneof(fc.boolean(), fc.integer(), fc.constantFrom('红', 'a<b>&"\'', 'x\ny'));
    const sized = fc.record({
      label,
      x: fc.integer({ min: 0, max: 600 }),
      y: fc.integer({ min: 0, max: 400 }),
      w: fc.integer({ min: 1, max: 40 }),
      h: fc.integer({ min: 1, max: 80 }),
      attributes: fc.dictionary(fc.constantFrom('truncated', 'pose', 'colour', 'constructor'), value),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(sized, { maxLength: 5 }),
        fc.constantFrom('one-based', 'zero-based'),
        async (rows, origin) => {
          const shapes = rows.map(({ label: text, attributes, x, y, w, h }) => {
            // A flag that says no is the same as none.
            const { truncated, pose, ...others } = attributes;
            const kept = { ...(truncated === true && { truncated }), ...(pose === '红' && { pose }), ...others };
            return shapeWith(box(x, y, w, h), { label: text, attributes: kept, origin: 'imported' });
          });
          const items = [photoWith(shapes, { name: '街/a.jpg' })];
          const { files, summary } = await writeWith(vocCodec, { items }, { origin });
          expect(summary).toEqual({ items: 1, objects: shapes.length, loss: [] });
          const { parsed, failed } = await parseWith(vocCodec, files, { answers: { origin } });
          expect(failed).toEqual([]);
          expect(bare(parsed.items)).toEqual(bare([{ ...items[0]!, extra: { voc: { segmented: '0', depth: '3' } } }]));
        },
      ),
    );
  });
});

describe('telling Pascal VOC', () => {
  it('knows its files', () => {
    expect(vocCodec.likeness('a.xml', voc(''))).toBeGreaterThan(0.9);
    expect(vocCodec.likeness('a.xml', '<annotations><image/></annotations>')).toBe(0);
    expect(vocCodec.likeness('a.json', voc(''))).toBe(0);
  });
});

const folder = testData('images/bccd/Annotations');

describe.skipIf(folder === null)('Pascal VOC files by other tools', () => {
  it('reads the blood cells of labelImg whole, and writes them back equal', async () => {
    const { parsed, failed, loss } = await parseWith(vocCodec, filesBelow(folder!));
    const objects = parsed.items.flatMap(({ shapes }) => shapes);
    const count = (label: string) => objects.filter((shape) => shape.label === label).length;
    expect({ failed, loss }).toEqual({ failed: [], loss: [] });
    expect(parsed.items).toHaveLength(30);
    const listed = [20, 19, 16, 17, 13, 22, 18, 18, 20, 18, 18, 19, 19, 15, 19, 16, 13, 18, 22, 17, 23, 19, 16, 18, 16];
    expect(parsed.items.map(({ shapes }) => shapes.length)).toEqual([...listed, 19, 22, 24, 25, 24]);
    expect(['WBC', 'RBC', 'Platelets'].map(count).reduce((a, b) => a + b)).toBe(objects.length);
    const { files, summary } = await writeWith(vocCodec, { items: parsed.items });
    expect(summary).toMatchObject({ items: 30, objects: objects.length, loss: [] });
    const again = await parseWith(vocCodec, files, { answers: { origin: 'one-based' } });
    expect(bare(again.parsed.items)).toEqual(bare(parsed.items));
  });

  it("keeps parts and actions of Datumaro's file, shifted with the origin and back", async () => {
    const path = testData('annotations/datumaro/voc_dataset/voc_dataset1/Annotations/2007_000001.xml')!;
    const text = readFileSync(path, 'utf8');
    const { parsed, failed } = await read(text);
    expect(failed).toEqual([]);
    expect(parsed.labels.map(({ key }) => key)).toEqual(['cat', 'person']);
    expect(parsed.items[0]).toMatchObject({ name: 'VOC2007/2007_000001.jpg', size: { width: 20, height: 10 } });
    expect(parsed.items[0]!.shapes[1]!.extra).toMatchObject({
      voc: { part: { name: 'head', bndbox: { xmin: '5.5', ymin: '6' } }, actions: { reading: '1' } },
    });
    const { files } = await writeWith(vocCodec, { items: parsed.items }, { origin: 'zero-based' });
    expect(files['VOC2007/2007_000001.xml']).toContain('<xmin>4.5</xmin>');
    const again = await parseWith(vocCodec, files, { answers: { origin: 'zero-based' } });
    expect(bare(again.parsed.items)).toEqual(bare(parsed.items));
  });

  it('refuses a truncated file and one with entities, with line and reason', async () => {
    const bad = ['voc_truncated.xml', 'voc_xxe.xml'].map((name) =>
      fileOf(name, readFileSync(testData(`annotations/malformed/${name}`)!, 'utf8')),
    );
    const { parsed, failed } = await parseWith(vocCodec, [...bad, fileOf('good.xml', voc(object(bndbox(1, 1, 2, 2))))]);
    expect(failed).toEqual([
      { where: 'voc_truncated.xml:176', why: 'not-xml' },
      { where: 'voc_xxe.xml:1', why: 'entities-refused' },
    ]);
    expect(parsed.items).toHaveLength(1);
  });
});
