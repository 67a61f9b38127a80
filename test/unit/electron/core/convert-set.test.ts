import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { convertSet, formatAbilities, formatOfOutput } from '#electron/core/convert-set.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';

let out: ReturnType<typeof tempDir>;
beforeEach(() => {
  out = tempDir();
});
afterEach(() => out.remove());

const convert = (input: string, to: string, more: Partial<Parameters<typeof convertSet>[0]> = {}) =>
  convertSet({
    input,
    output: join(out.path, to),
    from: null,
    to,
    media: null,
    overwrite: false,
    answers: {},
    choices: {},
    ...more,
  });

it.each([
  ['/x/out.json', 'coco'],
  ['/x/out.xml', 'cvat'],
  ['/x/yolo-obb', 'yolo-obb'],
  ['/x/set-voc/', 'voc'],
  ['/x/labelme', 'labelme'],
  ['/x/out', null],
  ['/voc/coco', null],
])('takes %s for %s', (path, format) => {
  expect(formatOfOutput(path)).toBe(format);
});

it('tells of every format what it can hold', () => {
  for (const { format, shapes, layout } of formatAbilities()) {
    expect([format, shapes.length > 0, ['file', 'folder'].includes(layout)]).toEqual([format, true, true]);
  }
});

const annotations = testData('annotations');

describe.skipIf(annotations === null)('files by other tools', () => {
  const at = (path: string) => testData(path)!;

  it.each([
    ['annotations/coco/mmpose_test_coco.json', 'coco', 4, 14, { polygon: 14 }],
    ['annotations/coco/roboflow_traffic_train.coco.json', 'coco', 91, 426, { box: 426 }],
    ['annotations/datumaro/coco_dataset/coco/annotations/instances_val.json', 'coco', 1, 2, { polygon: 1, mask: 1 }],
    ['annotations/datumaro/voc_dataset/voc_dataset1/Annotations/2007_000001.xml', 'voc', 1, 2, { box: 2 }],
    ['images/bccd', 'voc', 30, 563, { box: 563 }],
    ['images/street_yolo', 'yolo', 3, 12, { box: 12 }],
    [
      'annotations/datumaro/cvat_dataset/for_images/export_project/annotations.xml',
      'cvat',
      6,
      // Three marks of three points each.
      18,
      { box: 3, polyline: 3, polygon: 3, point: 9 },
    ],
  ])('%s is %s, and comes whole through labelme', async (path, from, items, objects, byShape) => {
    const images = from === 'yolo' ? at(path) : null;
    const there = await convert(at(path), 'labelme', { media: images });
    expect(there).toMatchObject({ from, items, objects, byShape, failed: [] });
    const back = await convert(join(out.path, 'labelme'), 'coco', { output: join(out.path, 'back.json') });
    expect(back).toMatchObject({ from: 'labelme', items, failed: [] });
    // One person is seen in four parts, which labelme has as four outlines of a group.
    const parts = path.includes('mmpose') ? { polygon: 17 } : byShape;
    expect(back.byShape).toEqual(parts);
  });

  it.each([
    ['voc_truncated.xml', 'not-xml'],
    ['voc_xxe.xml', 'entities-refused'],
    ['yolo_bad_rows.txt', 'size-missing'],
  ])('%s is refused with its place and a reason, and nothing is written', async (path, why) => {
    const { items, failed } = await convert(at(`annotations/malformed/${path}`), 'coco');
    expect(items).toBe(0);
    expect(failed).toEqual([{ where: expect.stringContaining(path) as string, why }]);
    expect(readdirSync(out.path)).toEqual([]);
  });

  it('the good rows of a file come in beside its bad ones, where the size of the photo is known', async () => {
    const images = join(out.path, 'photos');
    mkdirSync(images);
    writeFileSync(join(images, 'yolo_bad_rows.png'), samplePng(100, 100));
    const read = await convert(at('annotations/malformed/yolo_bad_rows.txt'), 'coco', { media: images });
    expect(read).toMatchObject({ from: 'yolo', items: 1, objects: 2 });
    expect(read.failed).toHaveLength(5);
    for (const { where } of read.failed) expect(where).toMatch(/yolo_bad_rows\.txt:\d/);
  });

  it('an XML of the LabelMe of the web is no labelme', async () => {
    const path = at('annotations/datumaro/labelme_dataset/Annotations/subset1/img1.xml');
    await expect(convert(path, 'coco', { from: 'labelme' })).rejects.toMatchObject({ code: 'imports/unreadable' });
  });
});
