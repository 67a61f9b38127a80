import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '#shared/domain/work.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';

describe('a version from a file', () => {
  let project: PhotoProject;
  let tasks: Task[];
  let files: ReturnType<typeof tempDir>;
  beforeEach(async () => {
    project = await photoProject(['a.png', 'b.png', 'other/b.png']);
    tasks = await project.importAll();
    files = tempDir();
  });
  afterEach(async () => {
    await project.close();
    files.remove();
  });

  const write = (name: string, text: string) => {
    const path = join(files.path, name);
    writeFileSync(path, text);
    return path;
  };
  const annotation = (id: number, image_id: number, bbox: number[], more: object = {}) => ({
    id,
    image_id,
    category_id: 1,
    bbox,
    ...more,
  });
  const coco = (annotations: object[], names = ['a.png', 'b.png']) =>
    JSON.stringify({
      images: names.map((file_name, i) => ({ id: i + 1, file_name, width: 64, height: 48 })),
      categories: [{ id: 1, name: 'car' }],
      annotations,
    });
  const read = (path: string, task = tasks[0]!) => project.core.call('comparisons.readFile', { taskId: task.id, path });

  it('answers what the file says of this photo alone, names its bytes, and takes nothing in', async () => {
    const text = coco([
      annotation(1, 1, [1, 2, 30, 20]),
      annotation(2, 2, [9, 9, 9, 9]),
      annotation(3, 1, [4, 4, 8, 8], { score: 0.5 }),
      annotation(4, 1, [1, 2]),
    ]);
    const entries = async () => (await project.core.call('ledger.list', { filter: {}, offset: 0, limit: 1 })).total;
    const before = await entries();
    const answer = await read(write('review.json', text));
    expect(answer).toMatchObject({
      name: 'review.json',
      hash: createHash('sha256').update(text).digest('hex'),
      format: 'coco',
      shapes: [
        { label: 'car', geometry: { type: 'box', x: 1, y: 2, w: 30, h: 20 } },
        { label: 'car', geometry: { type: 'box', x: 4, y: 4, w: 8, h: 8 } },
      ],
      items: 2,
      failures: 1,
      failed: [{ where: 'annotations[3]', why: 'box-not-four-numbers' }],
    });
    const { core } = project;
    expect((await core.call('drafts.get', { taskId: tasks[0]!.id })).records).toEqual([]);
    expect((await core.call('proposals.list', { taskId: tasks[0]!.id })).proposals).toEqual([]);
    expect(await entries()).toBe(before);
  });

  it('names the classes of a lone text file by those that lie beside it or in the folder above', async () => {
    mkdirSync(join(files.path, 'labels'));
    const path = write('labels/a.txt', '1 0.5 0.5 0.25 0.5\n');
    expect((await read(path)).shapes).toMatchObject([{ label: '1' }]);
    write('classes.txt', 'bus\ncar\n');
    expect(await read(path)).toMatchObject({ format: 'yolo', items: 1, shapes: [{ label: 'car' }] });
    write('labels/data.yaml', 'names: [van, lorry]\n');
    expect((await read(path)).shapes).toMatchObject([{ label: 'lorry' }]);
  });

  it('says when the file is silent about the photo, or could mean another', async () => {
    const path = write('review.json', coco([annotation(1, 1, [1, 2, 30, 20])]));
    expect((await read(path)).shapes).toHaveLength(1);
    expect((await read(path, tasks[1])).shapes).toEqual([]);
    expect((await read(path, tasks[2])).shapes).toBeNull();
    const none = write('none.json', coco([], ['else.png']));
    expect((await read(none)).shapes).toBeNull();
  });

  it('reads other formats too: YOLO in parts of the photo, VOC by the origin that is answered', async () => {
    const yolo = await read(write('a.txt', '0 0.5 0.5 0.25 0.5\n'));
    expect(yolo.shapes).toMatchObject([{ geometry: { type: 'box', x: 24, y: 12, w: 16, h: 24 } }]);
    const voc = write(
      'a.xml',
      `<annotation><filename>a.png</filename><size><width>64</width><height>48</height><depth>3</depth></size><object><name>car</name>
       <bndbox><xmin>5</xmin><ymin>6</ymin><xmax>10</xmax><ymax>12</ymax></bndbox></object></annotation>`,
    );
    const { questions } = await read(voc);
    expect(questions.map(({ name }) => name)).toContain('origin');
    const from = async (origin: string) => {
      const answer = await project.core.call('comparisons.readFile', {
        taskId: tasks[0]!.id,
        path: voc,
        answers: { origin },
      });
      const [shape] = answer.shapes!;
      return shape!.geometry.type === 'box' ? shape!.geometry.x : null;
    };
    expect(await from('zero-based')).toBe(5);
    expect(await from('one-based')).toBe(4);
  });

  it('refuses what is no annotation file with its reason', async () => {
    await expect(read(join(files.path, 'gone.json'))).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(read(files.path)).rejects.toMatchObject({
      code: 'files/unreadable',
      details: { problem: 'not-a-file' },
    });
    await expect(read(write('broken.json', '{"images": ['))).rejects.toMatchObject({ code: 'imports/unreadable' });
    const nobody = { ...tasks[0]!, id: '01920000-0000-7000-8000-000000000000' as Task['id'] };
    await expect(read(write('ok.json', coco([])), nobody)).rejects.toMatchObject({ code: 'tasks/not-found' });
  });

  it('keeps the file for a note, if it is still the one that was read', async () => {
    const path = write('review.json', coco([annotation(1, 1, [1, 2, 30, 20])]));
    const { hash } = await read(path);
    const { core } = project;
    const kept = await core.call('comparisons.keepFile', { path, hash });
    expect(kept).toEqual({
      blob: hash,
      bytes: readFileSync(path).length,
      mediaType: 'application/json',
      name: 'review.json',
    });
    const note = {
      text: 'x',
      about: [tasks[0]!.id],
      attachments: [kept],
      writtenAt: new Date(core.clock.now()).toISOString(),
    };
    await core.call('notes.write', note);
    const { url } = await core.call('attachments.get', { blob: hash });
    expect(url).toBe(`/blob/${hash}`);
    writeFileSync(path, coco([]));
    await expect(core.call('comparisons.keepFile', { path, hash })).rejects.toMatchObject({
      code: 'files/unreadable',
      details: { problem: 'changed' },
    });
  });
});
