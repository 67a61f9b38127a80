import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConvertCommand } from '#electron/hosts/cli/cli-convert.ts';
import { runCliProcess } from '#test/support/cli-process.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';

describe('readConvertCommand', () => {
  const usual = { type: 'convert', from: null, to: null, media: null, overwrite: false, answers: {}, choices: {} };

  it('understands what it is told', () => {
    expect(readConvertCommand(['formats'])).toEqual({ type: 'formats' });
    expect(readConvertCommand(['convert', 'a', 'b'])).toEqual({ ...usual, input: 'a', output: 'b' });
    const flags = ['--from', 'voc', '--to=coco', '--media', 'd', '--overwrite', '--answer', 'origin=zero-based'];
    expect(readConvertCommand(['convert', 'a', ...flags, 'b', '--choice', 'rle=compressed'])).toEqual({
      type: 'convert',
      input: 'a',
      output: 'b',
      from: 'voc',
      to: 'coco',
      media: 'd',
      overwrite: true,
      answers: { origin: 'zero-based' },
      choices: { rle: 'compressed' },
    });
  });

  it.each([
    [['convert']],
    [['convert', 'a']],
    [['convert', 'a', 'b', 'c']],
    [['convert', 'a', 'b', '--bogus']],
    [['convert', 'a', 'b', '--answer', 'x']],
    [['formats', 'x']],
  ])('does not understand %o', (args) => {
    expect(() => readConvertCommand(args)).toThrow(expect.objectContaining({ key: 'cli.problem' }) as Error);
  });
});

describe('cli convert', () => {
  let dir: ReturnType<typeof tempDir>;
  beforeEach(() => {
    dir = tempDir();
  });
  afterEach(() => dir.remove());
  const at = (path: string) => join(dir.path, path);
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCliProcess(args, { environment: { COUNTERLEDGER_DATA: at('data') } });
    expect(stdout.split('\n')).toHaveLength(2);
    return { code, stderr, line: JSON.parse(stdout) as Record<string, unknown> };
  };
  const coco = {
    images: [{ id: 1, file_name: 'a.png' }],
    categories: [{ id: 1, name: 'car' }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] },
      { id: 2, image_id: 1, category_id: 1, bbox: [1, 2, -3, 4] },
      { id: 3, image_id: 1, category_id: 1, segmentation: [[0, 0, 5, 0, 5, 3]] },
    ],
  };

  it('guesses the format, takes sizes from the photos and tells what came of it in one line', async () => {
    writeFileSync(at('in.json'), JSON.stringify(coco));
    mkdirSync(at('photos'));
    writeFileSync(at('photos/a.png'), samplePng(64, 48));
    expect(await run('convert', at('in.json'), at('out'), '--to', 'labelme', '--media', at('photos'))).toEqual({
      code: 0,
      stderr: '',
      line: {
        from: 'coco',
        to: 'labelme',
        items: 1,
        objects: 2,
        byShape: { box: 1, polygon: 1 },
        failed: [{ where: 'annotations[1]', why: 'box-negative' }],
        // The ids of the photo and of both objects have no room there.
        loss: [{ what: 'field', count: expect.any(Number) as number }],
      },
    });
    expect(JSON.parse(readFileSync(at('out/a.json'), 'utf8'))).toMatchObject({ imageWidth: 64, imageHeight: 48 });
    expect(existsSync(at('data'))).toBe(false);
    const back = await run('convert', at('out'), at('back.json'));
    expect(back).toMatchObject({ code: 0, line: { from: 'labelme', to: 'coco', items: 1, objects: 2 } });
    expect(readdirSync(dir.path).sort()).toEqual(['back.json', 'in.json', 'out', 'photos']);
  });

  it('finds the photos of a set that carries them, and tells once what it could not find', async () => {
    for (const folder of ['set', 'set/images', 'set/labels']) mkdirSync(at(folder));
    writeFileSync(at('set/images/a.png'), samplePng(64, 48));
    writeFileSync(at('set/labels/a.txt'), '0 0.5 0.5 0.25 0.5\n');
    writeFileSync(at('set/labels/b.txt'), '0 0.5 0.5 0.25 0.5\n');
    expect(await run('convert', at('set'), at('out.json'), '--to', 'coco')).toMatchObject({
      code: 0,
      line: { items: 1, objects: 1, failed: [{ where: 'labels/b.txt', why: 'size-missing' }] },
    });
    const { annotations } = JSON.parse(readFileSync(at('out.json'), 'utf8')) as { annotations: { bbox: number[] }[] };
    expect(annotations[0]?.bbox).toEqual([24, 12, 16, 24]);

    const nowhere = [{ data: { image: 'a.jpg' }, annotations: [{ result: [] }] }];
    writeFileSync(at('tasks.json'), JSON.stringify(nowhere));
    const { line } = await run('convert', at('tasks.json'), at('sizes.json'), '--from', 'label-studio', '--to', 'coco');
    expect(line['loss']).toContainEqual({ what: 'size-unknown', count: 1 });
  });

  it('refuses an output that is there, unless told to', async () => {
    writeFileSync(at('in.json'), JSON.stringify(coco));
    writeFileSync(at('out.json'), 'mine');
    const refused = await run('convert', at('in.json'), at('out.json'));
    expect(refused).toMatchObject({
      code: 1,
      line: { items: 0, failed: [{ where: at('out.json'), why: 'files/exists' }] },
    });
    expect(readFileSync(at('out.json'), 'utf8')).toBe('mine');
    expect((await run('convert', at('in.json'), at('out.json'), '--overwrite')).code).toBe(0);
    expect(JSON.parse(readFileSync(at('out.json'), 'utf8'))).toHaveProperty('annotations');
  });

  it('says of what could not be read where and why, and writes nothing', async () => {
    writeFileSync(at('in.json'), '{"images": [}');
    expect(await run('convert', at('in.json'), at('out.json'), '--from', 'coco')).toMatchObject({
      code: 1,
      line: {
        from: 'coco',
        to: 'coco',
        items: 0,
        objects: 0,
        failed: [{ where: 'line 1, column 13', why: 'not-json' }],
      },
    });
    writeFileSync(at('x.txt'), 'hello');
    expect(await run('convert', at('x.txt'), at('out.json'))).toMatchObject({
      code: 1,
      line: { from: null, failed: [{ where: at('x.txt'), why: 'no-format' }] },
    });
    expect((await run('convert', at('none.json'), at('out.json'))).line).toMatchObject({
      failed: [{ where: at('none.json'), why: 'files/not-found' }],
    });
    expect(existsSync(at('out.json'))).toBe(false);
  });

  it('lists the formats, and takes no other for one', async () => {
    const { code, line } = await run('formats');
    expect(code).toBe(0);
    const { formats } = line as { formats: { format: string; shapes: string[] }[] };
    expect(formats.find(({ format }) => format === 'coco')).toMatchObject({
      layout: 'file',
      emptyItems: true,
      sizes: true,
    });
    const wrong = await runCliProcess(['convert', 'a', 'b', '--to', 'pdf']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
  });
});
