import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Geometry, type Shape, shape as shapeSchema } from '#shared/domain/annotation.ts';
import { type AttributeSpec, attributeSpec } from '#shared/domain/label-set.ts';
import { maskCount, maskFromPixels, maskPixels } from '#shared/geometry/mask-runs.ts';
import type { SourceFile } from '#shared/codecs/codec.ts';
import { cvatCodec } from '#shared/codecs/image/cvat.codec.ts';
import { maskOfRowRuns } from '#shared/codecs/image/row-runs.codec.ts';
import { bare, fileOf, parseWith, photoWith, shapeWith, writeWith } from '#test/support/image-codecs.ts';
import { testData } from '#test/support/test-data.ts';
import { cpuNow } from '#test/support/cpu-time.ts';

const image = (inner: string, head = 'id="0" name="a.jpg" width="640" height="480"') =>
  `<image ${head}>${inner}</image>`;
const cvat = (inner: string, meta = '') =>
  `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n${meta}\n${inner}\n</annotations>`;
const read = (text: string) => parseWith(cvatCodec, { 'annotations.xml': text });
const shapesOf = async (inner: string): Promise<readonly Shape[]> =>
  (await read(cvat(image(inner)))).parsed.items[0]!.shapes;
const ring: [number, number][] = [
  [10, 10],
  [30, 10],
  [20, 40.5],
];

describe('reading CVAT', () => {
  it('takes the first pixel, and every kind of shape', async () => {
    const shapes = await shapesOf(
      `<box label="car" xtl="0.00" ytl="0.00" xbr="1.00" ybr="1.00" occluded="0" z_order="0" source="manual"/>
       <box label="car" xtl="10" ytl="20" xbr="30" ybr="30" rotation="270.0"/>
       <polygon label="car" points="10,10;30,10;20,40.5"/>
       <polyline label="car" points="10,10;30,10"/>
       <points label="car" points="10,10"/>
       <ellipse label="car" cx="5" cy="6" rx="2" ry="1" rotation="10"/>
       <mask label="car" rle="1, 2, 1" left="3" top="4" width="2" height="2"/>
       <tag label="night" source="manual"/>`,
    );
    expect(shapes.map(({ geometry }) => geometry)).toEqual([
      { type: 'box', x: 0, y: 0, w: 1, h: 1 },
      { type: 'rotated-box', cx: 20, cy: 25, w: 20, h: 10, angle: -90 },
      { type: 'polygon', parts: [{ outer: ring, holes: [] }] },
      { type: 'polyline', points: ring.slice(0, 2) },
      { type: 'point', x: 10, y: 10 },
      { type: 'ellipse', cx: 5, cy: 6, rx: 2, ry: 1, angle: 10 },
      { type: 'mask', x: 3, y: 4, w: 2, h: 2, runs: [1, 2, 1] },
      { type: 'tag' },
    ]);
    for (const shape of shapes) expect(shapeSchema.parse(shape)).toEqual(shape);
    expect(shapes.every(({ extra, origin }) => extra === undefined && origin === 'imported')).toBe(true);
  });

  it('takes masks whose counts are odd, even or loose, with the tightest rectangle', async () => {
    const mask = async (rle: string, width = 3, height = 2) =>
      (await shapesOf(`<mask label="car" rle="${rle}" left="10" top="20" width="${width}" height="${height}"/>`))[0]
        ?.geometry;
    expect(await mask('0, 6')).toEqual({ type: 'mask', x: 10, y: 20, w: 3, h: 2, runs: [0, 6] });
    expect(await mask('0,1,4,1')).toEqual({ type: 'mask', x: 10, y: 20, w: 3, h: 2, runs: [0, 1, 4, 1] });
    expect(await mask('0,1,5')).toEqual({ type: 'mask', x: 10, y: 20, w: 1, h: 1, runs: [0, 1] });
    // One pixel in the middle of the second row; the last background is left out.
    expect(await mask('4,1')).toEqual({ type: 'mask', x: 11, y: 21, w: 1, h: 1, runs: [0, 1] });
    expect(await mask('1,1,0,1,3')).toEqual({ type: 'mask', x: 11, y: 20, w: 2, h: 1, runs: [0, 2] });
    expect(await mask('2,2,2')).toEqual({ type: 'mask', x: 10, y: 20, w: 3, h: 2, runs: [2, 2, 2] });
  });

  it('tightens masks as unpacking them would', () => {
    const sided = fc.record({
      w: fc.integer({ min: 1, max: 7 }),
      h: fc.integer({ min: 1, max: 7 }),
      seed: fc.array(fc.boolean(), { minLength: 49 }),
    });
    fc.assert(
      fc.property(sided, ({ w, h, seed }) => {
        const pixels = Uint8Array.from(seed.slice(0, w * h), Number);
        const runs: number[] = [];
        let [value, run] = [0, 0];
        for (const pixel of pixels) {
          if (pixel === value) run += 1;
          else {
            runs.push(run);
            [value, run] = [pixel, 1];
          }
        }
        runs.push(run);
        expect(maskOfRowRuns({ x: 5, y: 6, w, h, runs })).toEqual(
          maskFromPixels({ x: 5, y: 6, w, h, pixels }) ?? 'mask-empty',
        );
      }),
    );
  });

  it('reads what classes ask, and attributes as what they are', async () => {
    const meta = `<meta><task><id>7</id><name>t</name><labels><label><name>car</name><color>#FF00aa</color><type>any</type><attributes>
      <attribute><name>colour</name><mutable>False</mutable><input_type>select</input_type><default_value>red</default_value><values>red
dark blue</values></attribute>
      <attribute><name>seats</name><mutable>True</mutable><input_type>number</input_type><default_value>4</default_value><values>1
9
1</values></attribute>
      <attribute><name>parked</name><mutable>False</mutable><input_type>checkbox</input_type><default_value>false</default_value><values>false
true</values></attribute>
      <attribute><name>plate</name><mutable>False</mutable><input_type>text</input_type><default_value></default_value><values></values></attribute>
      <attribute><name>odd</name><input_type>slider</input_type></attribute>
    </attributes></label><label><name>bus</name><attributes/></label></labels></task><dumped>d</dumped></meta>`;
    const { parsed, failed, loss } = await read(
      cvat(
        image(`<box label="car" xtl="1" ytl="1" xbr="2" ybr="2" occluded="1"><attribute name="colour">dark blue</attribute>
          <attribute name="seats">5</attribute><attribute name="parked">true</attribute><attribute name="plate">007</attribute>
          <attribute name="else">1</attribute></box>`),
        meta,
      ),
    );
    const spec = (name: string, more: object) => ({ name, required: false, mutable: false, values: [], ...more });
    expect(failed).toEqual([]);
    expect(loss).toEqual([{ what: 'field', count: 1 }]);
    expect(parsed.labels[0]).toMatchObject({
      key: 'car',
      color: '#ff00aa',
      attributes: [
        spec('colour', { input: 'select', values: ['red', 'dark blue'], initial: 'red' }),
        spec('seats', { input: 'number', min: 1, max: 9, step: 1, initial: 4, mutable: true }),
        spec('parked', { input: 'checkbox', initial: false }),
        spec('plate', { input: 'text', initial: null }),
      ],
      extra: { cvat: { type: 'any' } },
    });
    expect(parsed.labels[1]).toEqual({ key: 'bus', extra: {} });
    expect(parsed.extra).toEqual({ cvat: { meta: { task: { id: '7', name: 't' }, dumped: 'd' } } });
    expect(parsed.items[0]!.shapes[0]!.attributes).toEqual({
      colour: 'dark blue',
      seats: 5,
      parked: true,
      plate: '007',
      else: '1',
      occluded: true,
    });
  });

  it('orders by depth, tells machines from people, and keeps what else is there', async () => {
    const box = (more: string) => `<box label="car" xtl="1" ytl="1" xbr="2" ybr="2" ${more}/>`;
    const shapes = await shapesOf(
      box('z_order="2" group_id="9"') + box('z_order="-1" source="auto"') + box('z_order="2" source="file"'),
    );
    expect(shapes.map(({ extra, origin }) => [extra, origin])).toEqual([
      [{ cvat: { source: 'auto', depth: -1 } }, 'machine'],
      [{ cvat: { group_id: '9', depth: 2 } }, 'imported'],
      [{ cvat: { source: 'file', depth: 2 } }, 'imported'],
    ]);
  });

  it('tells bad shapes, tracks, skeletons and cuboids with line and reason, and takes the good ones', async () => {
    const lines = [
      '<box label="car" xtl="1" ytl="1" xbr="2" ybr="2"/>',
      '<box label="car" xtl="nan" ytl="1" xbr="2" ybr="2"/>',
      '<box label="car" xtl="3" ytl="1" xbr="2" ybr="2"/>',
      '<box xtl="1" ytl="1" xbr="2" ybr="2"/>',
      '<polygon label="car" points="1,1;2,2"/>',
      '<polygon label="car" points="1,1;2;3,3"/>',
      '<polyline label="car" points=""/>',
      '<mask label="car" rle="3,x" left="0" top="0" width="2" height="2"/>',
      '<mask label="car" rle="3,9" left="0" top="0" width="2" height="2"/>',
      '<mask label="car" rle="4" left="0" top="0" width="2" height="2"/>',
      '<mask label="car" rle="0,10000000000" left="0" top="0" width="100001" height="100001"/>',
      '<cuboid label="car" xtl1="1"/>',
      '<skeleton label="car"><points label="1" points="1,1"/></skeleton>',
      '<ellipse label="car" cx="1" cy="1" rx="1e999" ry="1"/>',
      '<tag label="night"/>',
    ];
    const { parsed, failed } = await read(
      cvat(
        `${image(`\n${lines.join('\n')}\n`)}\n<track id="0" label="car"><box frame="0" xtl="1" ytl="1" xbr="2" ybr="2"/></track>`,
      ),
    );
    expect(parsed.items[0]!.shapes.map(({ geometry }) => geometry.type)).toEqual(['box', 'tag']);
    expect(failed.map(({ where, why }) => `${where} ${why}`)).toEqual([
      'annotations.xml:7 number-not-finite',
      'annotations.xml:8 box-negative',
      'annotations.xml:9 label-missing',
      'annotations.xml:10 points-wrong-count',
      'annotations.xml:11 field-wrong',
      'annotations.xml:12 field-wrong',
      'annotations.xml:13 mask-unreadable',
      'annotations.xml:14 mask-unreadable',
      'annotations.xml:15 mask-empty',
      'annotations.xml:16 mask-too-large',
      'annotations.xml:17 shape-type-unknown',
      'annotations.xml:18 shape-type-unknown',
      'annotations.xml:19 number-not-finite',
      'annotations.xml:22 video-track',
    ]);
  });

  it('takes photos before a broken one, and says where the file breaks', async () => {
    const good = image('<tag label="a"/>');
    const cut = await read(
      `<annotations><version>1.1</version>\n${good}\n${good}\n<image id="2" name="c.jpg">\n<box label="ca`,
    );
    expect(cut.parsed.items).toHaveLength(2);
    expect(cut.failed).toEqual([{ where: 'annotations.xml:4', why: 'not-xml' }]);
    const bad = await read(cvat(`${good}\n${image('\n<box></tag>')}\n${good}`));
    expect(bad.parsed.items).toHaveLength(2);
    expect(bad.failed).toEqual([{ where: 'annotations.xml:7', why: 'not-xml' }]);
  });

  it.each([
    ['', 'not-xml', 'line 1'],
    ['<annotation><filename/></annotation>', 'not-this-format', ''],
    ['<annotations>\n<meta>\n</annotations>', 'not-xml', 'line 3'],
    ['<!DOCTYPE a [\n<!ENTITY x "y">]><annotations><image name="a"/></annotations>', 'entities-refused', 'line 2'],
  ])('says of %j what it is not, and where', async (text, problem, place) => {
    await expect(read(text)).rejects.toMatchObject({ problem, place });
  });

  it('reads alike however the file comes in pieces, past comments and quoted sections', async () => {
    const text = cvat(
      `<!-- <image name="no"> -->${image('<tag label="a&gt;b"/><!-- </image> -->', 'name="a>b.jpg" width="1" height="2"')}
      <image name="empty.jpg" width="3" height="4"/><![CDATA[<image name="no"/>]]><images/>
      <image id='3' name='q"/>.jpg' />${image('<box label="x" xtl="1" ytl="1" xbr="2" ybr="2"/>')}`,
      '<meta><task><name>&amp;</name></task></meta>',
    );
    const whole = await read(text);
    expect(whole.parsed.items.map(({ name, shapes }) => [name, shapes.length])).toEqual([
      ['a>b.jpg', 1],
      ['empty.jpg', 0],
      ['q"/>.jpg', 0],
      ['a.jpg', 1],
    ]);
    expect(whole.failed).toEqual([]);
    for (const length of [1, 2, 3, 5, 7, 11, 64]) {
      const file: SourceFile = {
        ...fileOf('annotations.xml', text),
        async *pieces() {
          for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
        },
      };
      const pieces = await parseWith(cvatCodec, [file]);
      expect(bare(pieces.parsed.items)).toEqual(bare(whole.parsed.items));
      expect(pieces.parsed.items.map(({ where }) => where)).toEqual(whole.parsed.items.map(({ where }) => where));
      expect(pieces.failed).toEqual([]);
    }
  });

  it('is not harmed by hostile files', async () => {
    const names = ['constructor', '__proto__', 'hasOwnProperty', 'toString'];
    const boxes = names.map(
      (name) => `<box label="${name}" xtl="1" ytl="1" xbr="2" ybr="2"><attribute name="${name}">1</attribute></box>`,
    );
    const { parsed, loss } = await read(
      cvat(image(boxes.join(''), 'name="..\\..\\etc\\passwd" valued="1" width="-1"')),
    );
    expect(parsed.items[0]).toMatchObject({ name: 'etc/passwd', size: null, extra: { cvat: { valued: '1' } } });
    expect(parsed.items[0]!.shapes.map(({ label }) => label)).toEqual(names);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(loss).toEqual([
      { what: 'size-unknown', count: 1 },
      { what: 'field', count: 1 },
    ]);
    const started = cpuNow();
    const opens = await read(cvat('<image '.repeat(100_000)));
    const quoted = await read(cvat(`<image name="${'<image '.repeat(100_000)}"/>`));
    const masks = await read(
      cvat(image(`<mask label="a" rle="0,9000000000" left="0" top="0" width="90000" height="100000"/>`)),
    );
    expect(opens.parsed.items).toEqual([]);
    expect(opens.failed).toMatchObject([{ why: 'not-xml' }]);
    expect(quoted.failed).toMatchObject([{ why: 'name-too-long' }]);
    expect(masks.parsed.items[0]!.shapes[0]!.geometry).toMatchObject({ w: 90_000, runs: [0, 9_000_000_000] });
    expect(cpuNow() - started).toBeLessThan(5000);
  });
});

const number = fc.double({ min: -1000, max: 10_000, noNaN: true }).map((n) => n + 0);
const place = fc.tuple(number, number);
const length = fc.double({ min: 0, max: 5000, noNaN: true });
const angle = fc
  .oneof(fc.constantFrom(90, 180, -90), fc.double({ min: -179.9, max: 179.9, noNaN: true }))
  .filter((a) => Math.abs(a) > 1e-6);
const maskOf = fc
  .record({
    x: fc.integer({ min: 0, max: 90 }),
    y: fc.integer({ min: 0, max: 90 }),
    seed: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  })
  .map(({ x, y, seed }) => maskFromPixels({ x, y, w: 4, h: 3, pixels: Uint8Array.from(seed, Number) }))
  .filter((mask) => mask !== null);
const anyGeometry: fc.Arbitrary<Geometry> = fc.oneof(
  fc.record({ type: fc.constant('box' as const), x: number, y: number, w: length, h: length }),
  fc.record({ type: fc.constant('rotated-box' as const), cx: number, cy: number, w: length, h: length, angle }),
  fc
    .array(place, { minLength: 3, maxLength: 9 })
    .map((outer): Geometry => ({ type: 'polygon', parts: [{ outer, holes: [] }] })),
  fc.array(place, { minLength: 2, maxLength: 9 }).map((points): Geometry => ({ type: 'polyline', points })),
  place.map(([x, y]): Geometry => ({ type: 'point', x, y })),
  fc.record({ type: fc.constant('ellipse' as const), cx: number, cy: number, rx: length, ry: length, angle }),
  maskOf,
  fc.constant<Geometry>({ type: 'tag' }),
);
const specs: AttributeSpec[] = [
  { name: '颜色', input: 'select', values: ['red', 'dark blue'], initial: 'red', required: false, mutable: false },
  {
    name: 'seats',
    input: 'number',
    values: [],
    min: 0.5,
    max: 9,
    step: 0.5,
    initial: null,
    required: false,
    mutable: true,
  },
  { name: 'parked', input: 'checkbox', values: [], initial: true, required: false, mutable: false },
  { name: 'plate', input: 'text', values: [], initial: null, required: false, mutable: false },
];

describe('writing CVAT', () => {
  const labels = [
    { key: 'car', color: '#00ff00', attributes: specs, extra: {} },
    { key: 'a<b>&"\'', extra: {} },
  ];

  it('gives back every shape, attribute and class to the last digit', async () => {
    for (const spec of specs) expect(attributeSpec.parse(spec)).toEqual(spec);
    const attributes = fc.record(
      {
        颜色: fc.constantFrom('red', 'dark blue'),
        seats: fc.double({ min: 0, max: 9, noNaN: true }).map((n) => n + 0),
        parked: fc.boolean(),
        plate: fc.constantFrom('007', 'x\n\ty ', ' <&> ', 'true'),
        occluded: fc.constant(true),
      },
      { requiredKeys: [] },
    );
    const shape = fc.record({ geometry: anyGeometry, attributes, label: fc.constantFrom('car', 'a<b>&"\'') });
    const near = (a: unknown, b: unknown): unknown =>
      typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < 1e-8 ? b : a;
    const settled = (found: Shape, meant: Shape): unknown =>
      JSON.parse(JSON.stringify(found.geometry), function reviver(this: unknown, key, value: unknown) {
        return near(value, (meant.geometry as unknown as Record<string, unknown>)[key]);
      });
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { maxLength: 8 }), async (rows) => {
        const shapes = rows.map((row) => {
          const { occluded: _, ...rest } = row.attributes;
          // A tag lies nowhere, so nothing can hide it.
          const kept = row.geometry.type === 'tag' ? rest : row.attributes;
          // Only the first class says which of its attributes are numbers.
          const own = row.label === 'car' ? kept : {};
          return shapeWith(row.geometry, { label: row.label, attributes: own, origin: 'imported' });
        });
        const { files, summary } = await writeWith(cvatCodec, { items: [photoWith(shapes)], labels });
        expect(summary).toEqual({ items: 1, objects: shapes.length, loss: [] });
        const { parsed, failed, loss } = await read(files['']!);
        expect({ failed, loss }).toEqual({ failed: [], loss: [] });
        expect(parsed.labels.map(({ extra: _, ...label }) => label)).toEqual(
          labels.map(({ extra: _, ...label }) => label),
        );
        for (const [i, found] of parsed.items[0]!.shapes.entries()) {
          const { id: _, extra: __, ...others } = shapes[i]!;
          const { id: ___, extra: ____, ...back } = found;
          expect({ ...back, geometry: settled(found, shapes[i]!) }).toEqual(others);
        }
        expect(parsed.items[0]!.shapes).toHaveLength(shapes.length);
      }),
      { numRuns: 200 },
    );
  });

  it('counts what it cannot hold', async () => {
    const hole: [number, number][] = [
      [18, 15],
      [22, 15],
      [20, 20],
    ];
    const part = { outer: ring, holes: [] };
    const shapes = [
      shapeWith({ type: 'polygon', parts: [{ outer: ring, holes: [hole] }, part] }, { ambiguous: 'either' }),
      shapeWith({ type: 'tag' }, { label: null }),
      shapeWith({ type: 'tag' }, { label: 'new', extra: { coco: { id: 1 }, cvat: { group_id: '4' } } }),
    ];
    const proposal = { ...shapeWith({ type: 'tag' }), score: 0.5, model: null };
    const items = [photoWith(shapes, { size: null, proposals: [proposal], extra: { coco: {} } })];
    const { summary, files } = await writeWith(cvatCodec, {
      items,
      labels: [{ key: 'car', attributes: [{ ...specs[0]!, title: 't', required: true }], extra: {} }],
    });
    expect(summary).toMatchObject({ items: 1, objects: 2 });
    expect(Object.fromEntries(summary.loss.map(({ what, count }) => [what, count]))).toEqual({
      parts: 1,
      holes: 1,
      ambiguous: 1,
      'unlabelled-shape': 1,
      'size-unknown': 1,
      proposal: 1,
      field: 4,
    });
    expect(files['']).toContain('<tag label="new" source="manual" group_id="4"/>');
  });

  it('writes masks as CVAT counts them', async () => {
    const mask = maskFromPixels({ x: 3, y: 4, w: 3, h: 2, pixels: Uint8Array.of(1, 0, 1, 0, 1, 0) })!;
    const { files } = await writeWith(cvatCodec, { items: [photoWith([shapeWith(mask)])], labels: [] });
    expect(files['']).toContain('rle="0, 1, 1, 1, 1, 1, 1" left="3" top="4" width="3" height="2"');
    const { geometry } = (await read(files['']!)).parsed.items[0]!.shapes[0]!;
    expect(geometry.type === 'mask' && [maskCount(geometry), ...maskPixels(geometry)]).toEqual([3, 1, 0, 1, 0, 1, 0]);
  });

  it('numbers depths anew where the order was changed', async () => {
    const deep = (depth: number) =>
      shapeWith({ type: 'box', x: depth, y: 0, w: 1, h: 1 }, { extra: { cvat: { depth } } });
    const order = async (depths: number[]) => {
      const { files } = await writeWith(cvatCodec, { items: [photoWith(depths.map(deep))] });
      const { parsed } = await read(files['']!);
      return [...files['']!.matchAll(/z_order="(-?\d+)"/g)]
        .map(([, z]) => Number(z))
        .concat(parsed.items[0]!.shapes.map(({ geometry }) => (geometry.type === 'box' ? geometry.x : Number.NaN)));
    };
    expect(await order([1, 4, 4])).toEqual([1, 4, 4, 1, 4, 4]);
    expect(await order([4, 1, 2])).toEqual([0, 1, 2, 4, 1, 2]);
  });
});

const path = 'annotations/datumaro/cvat_dataset/for_images/export_project/annotations.xml';

describe.skipIf(testData('annotations') === null)('CVAT files by other tools', () => {
  it("reads Datumaro's project whole and writes it back equal", async () => {
    const text = readFileSync(testData(path)!, 'utf8');
    expect(cvatCodec.likeness('annotations.xml', text)).toBeGreaterThan(0.9);
    const { parsed, failed, loss } = await read(text);
    expect({ failed, loss }).toEqual({ failed: [], loss: [] });
    const count = (type: string) =>
      parsed.items.flatMap(({ shapes }) => shapes).filter(({ geometry }) => geometry.type === type).length;
    // Each of the three <points> holds three.
    expect([parsed.items.length, count('box'), count('polyline'), count('polygon'), count('point')]).toEqual([
      6, 3, 3, 3, 9,
    ]);
    expect(
      parsed.labels.map(({ key, attributes }) => [key, attributes?.map(({ name, values }) => [name, ...values])]),
    ).toEqual([
      ['label1', [['a1'], ['a2', 'v1', 'v2', 'v3'], ['a3'], ['a4']]],
      ['label2', undefined],
    ]);
    expect(parsed.items[0]!.shapes.map(({ attributes }) => attributes)).toEqual([
      {},
      { a1: true, a2: 'v3', a3: '0003', a4: 2.4, occluded: true },
    ]);
    expect(parsed.items[0]!.extra).toEqual({ cvat: { id: '0', subset: 'Test', task_id: '39' } });
    const { files, summary } = await writeWith(cvatCodec, parsed);
    expect(summary).toEqual({ items: 6, objects: 18, loss: [] });
    expect(files['']!.match(/<points /g)).toHaveLength(3);
    const again = (await read(files['']!)).parsed;
    expect(again.labels).toEqual(parsed.labels);
    expect(again.extra).toEqual(parsed.extra);
    const withoutNumber = (items: typeof parsed.items) => bare(items).map(({ extra: _, ...item }) => item);
    expect(withoutNumber(again.items)).toEqual(withoutNumber(parsed.items));
    expect((await writeWith(cvatCodec, again)).files).toEqual(files);
  });
});
