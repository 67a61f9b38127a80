import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '#shared/domain/work.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { box, drawAndSubmit, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';

describe('exchanging annotations', () => {
  let project: PhotoProject;
  let tasks: Task[];
  let out: ReturnType<typeof tempDir>;
  beforeEach(async () => {
    project = await photoProject(['a.png', 'b.png', 'dir/c.png']);
    tasks = await project.importAll();
    out = tempDir();
  });
  afterEach(async () => {
    await project.close();
    out.remove();
  });

  const write = (name: string, which: 'submitted' | 'all' = 'submitted', overwrite = false) =>
    project.core.call('exports.write', {
      projectId: project.projectId,
      format: 'coco',
      path: join(out.path, name),
      overwrite,
      which,
    });
  const apply = (path: string) =>
    project.core.call('imports.apply', { projectId: project.projectId, format: 'coco', path });
  const preview = (path: string) =>
    project.core.call('imports.preview', { projectId: project.projectId, format: 'coco', path });
  const given = (value: unknown, name = 'in.json'): string => {
    const path = join(out.path, name);
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };
  const docOf = async (task: Task) => {
    const { base, records } = await project.core.call('drafts.get', { taskId: task.id });
    return foldJournal(records, base).doc;
  };
  const read = (name: string) =>
    JSON.parse(readFileSync(join(out.path, name), 'utf8')) as Record<string, Record<string, unknown>[]>;

  it('writes what was submitted, and records that it left', async () => {
    await drawAndSubmit(project.core, tasks[0]!.id, [box(1.125), box(2, 'bus'), box(3, null)]);
    await project.core.call('drafts.append', { taskId: tasks[1]!.id, after: 0, records: [drawn([box(4)])] });
    await project.core.call('drafts.append', { taskId: tasks[0]!.id, after: 1, records: [drawn([box(9)], 3)] });
    expect(await write('x.json')).toEqual({
      path: join(out.path, 'x.json'),
      files: 1,
      items: 1,
      objects: 2,
      // What there was to write: one has no class, which the format asks for.
      byShape: { box: 3 },
      loss: [{ what: 'unlabelled-shape', count: 1 }],
    });
    const text = readFileSync(join(out.path, 'x.json'));
    expect(read('x.json')).toMatchObject({
      images: [{ id: 1, file_name: 'a.png', width: 64, height: 48 }],
      annotations: [{ bbox: [1.125, 1.25, 10.5, 7], category_id: 1 }, { category_id: 2 }],
      categories: [
        { id: 1, name: 'car' },
        { id: 2, name: 'bus' },
      ],
    });
    const exported = project.core.backend.db.read.get<{ id: string }>(
      `SELECT id FROM entry WHERE kind = 'ledger.exported'`,
    );
    const { db, ledger } = project.core.backend;
    const [entry] = ledger.effective(db.read, ledger.self(db.read)).filter(({ kind }) => kind === 'ledger.exported');
    expect(entry).toMatchObject({
      id: exported!.id,
      body: {
        format: 'coco',
        file_name: 'x.json',
        file_hash: createHash('sha256').update(text).digest('hex'),
        counts: { items: 1, objects: 2 },
      },
    });
    expect(entry!.subjects).toContain(project.projectId);
    expect(await write('all.json', 'all')).toMatchObject({ items: 3, objects: 4 });
    expect(readdirSync(out.path).sort()).toEqual(['all.json', 'x.json']);
  });

  it('never writes where it should not', async () => {
    await write('x.json');
    await expect(write('x.json')).rejects.toMatchObject({ code: 'files/exists' });
    await write('x.json', 'all', true);
    await expect(write('none/x.json')).rejects.toMatchObject({ code: 'files/not-a-folder' });
    mkdirSync(join(out.path, 'folder'));
    await expect(write('folder', 'all', true)).rejects.toMatchObject({ code: 'files/unwritable' });
    const { core, projectId } = project;
    const asked = { projectId, format: 'coco', overwrite: true, which: 'all' } as const;
    await expect(core.call('exports.write', { ...asked, path: join(core.dir, 'ledger.db') })).rejects.toMatchObject({
      code: 'files/unwritable',
    });
    await write('photo.JPG');
    await expect(write('photo.JPG', 'all', true)).rejects.toMatchObject({ details: { problem: 'photo' } });
    rmSync(join(out.path, 'photo.JPG'));
    symlinkSync(core.dir, join(out.path, 'alias'));
    await expect(write('alias/ledger.db', 'all', true)).rejects.toMatchObject({ code: 'files/unwritable' });
    expect(readdirSync(out.path).sort()).toEqual(['alias', 'folder', 'x.json']);
  });

  it('reads its own file back equal', async () => {
    const shapes = [box(0.1), box(1 / 3, 'bus')];
    await drawAndSubmit(project.core, tasks[2]!.id, shapes);
    await write('x.json', 'all');
    const other = await photoProject(['a.png', 'b.png', 'dir/c.png']);
    try {
      const [, , c] = await other.importAll();
      const path = join(out.path, 'x.json');
      const answer = await other.core.call('imports.apply', { projectId: other.projectId, format: 'coco', path });
      expect(answer).toEqual({ items: 3, objects: 2, proposals: 0, failed: [], loss: [] });
      const { base, records } = await other.core.call('drafts.get', { taskId: c!.id });
      const plain = (list: readonly { geometry: unknown; label: unknown }[]) =>
        list.map(({ geometry, label }) => ({ geometry, label }));
      expect(plain(foldJournal(records, base).doc.shapes)).toEqual(plain(shapes));
      const again = join(out.path, 'again.json');
      await other.core.call('exports.write', {
        projectId: other.projectId,
        format: 'coco',
        path: again,
        overwrite: false,
        which: 'all',
      });
      expect(readFileSync(again, 'utf8')).toBe(readFileSync(path, 'utf8'));
    } finally {
      await other.close();
    }
  });

  const foreign = {
    info: { year: 2026 },
    licenses: [{ id: 1, name: 'x' }],
    images: [
      { id: 'i1', file_name: 'images/a.png', width: 64, height: 48, license: 1 },
      { id: 'i2', file_name: 'nowhere.png', width: 1, height: 1 },
    ],
    categories: [
      { id: 90, name: 'car', supercategory: 'vehicle' },
      { id: 7, name: '水马' },
    ],
    annotations: [
      { id: 500, image_id: 'i1', category_id: 7, bbox: [1, 2, 3, 4], iscrowd: 0, segmentation: [], confirmed: true },
      { id: 501, image_id: 'i1', category_id: 90, bbox: [1, 2, -3, 4] },
      { id: 502, image_id: 'i2', category_id: 90, bbox: [1, 2, 3, 4] },
    ],
  };

  it('shows what a file holds before it is taken, and takes nothing', async () => {
    expect(await preview(given(foreign))).toEqual({
      format: 'coco',
      items: 2,
      objects: 2,
      proposals: 0,
      byShape: { box: 2 },
      questions: [],
      matched: 1,
      unmatched: ['nowhere.png'],
      newLabels: ['水马'],
      failed: [{ where: 'annotations[1]', why: 'box-negative' }],
      loss: [],
    });
    expect((await docOf(tasks[0]!)).shapes).toEqual([]);
  });

  it('adds shapes as one undoable change on top, and new labels to the project', async () => {
    const { core, projectId } = project;
    await core.call('drafts.append', { taskId: tasks[0]!.id, after: 0, records: [drawn([box(1)])] });
    expect(await apply(given(foreign))).toMatchObject({ items: 1, objects: 1 });
    const { records } = await core.call('drafts.get', { taskId: tasks[0]!.id });
    expect(records).toHaveLength(2);
    expect(records[1]).toMatchObject({ type: 'do', change: { label: 'import' } });
    const { shapes } = await docOf(tasks[0]!);
    expect(shapes[1]).toMatchObject({ label: '水马', origin: 'imported', geometry: { x: 1, y: 2, w: 3, h: 4 } });
    expect((await core.call('tasks.get', { taskId: tasks[0]!.id })).task).toMatchObject({
      state: 'drafted',
      shapeCount: 2,
    });
    const { labels } = await core.call('projects.get', { projectId });
    expect(labels.map(({ key }) => key)).toEqual(['car', 'bus', '水马']);
    await core.call('drafts.append', { taskId: tasks[0]!.id, after: 2, records: [{ type: 'undo', at: 0 }] });
    expect((await docOf(tasks[0]!)).shapes).toHaveLength(1);
  });

  it('keeps ids and unknown fields of the file for the way back', async () => {
    await apply(given(foreign));
    await write('back.json', 'all');
    const back = read('back.json');
    expect(back['info']).toEqual({ year: 2026 });
    expect(back['licenses']).toEqual([{ id: 1, name: 'x' }]);
    expect(back['categories']).toEqual([
      { id: 90, name: 'car', supercategory: 'vehicle' },
      { id: 91, name: 'bus' },
      { id: 7, name: '水马' },
    ]);
    expect(back['images']![0]).toEqual({ id: 'i1', file_name: 'a.png', width: 64, height: 48, license: 1 });
    expect(back['annotations']).toMatchObject([{ id: 500, image_id: 'i1', category_id: 7, confirmed: true }]);
  });

  it('tells apart what cannot be read', async () => {
    await expect(apply(join(out.path, 'none.json'))).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(apply(out.path)).rejects.toMatchObject({ details: { problem: 'not-coco' } });
    await expect(
      project.core.call('imports.preview', { projectId: project.projectId, path: out.path }),
    ).rejects.toMatchObject({ code: 'imports/unreadable', details: { problem: 'no-format' } });
    await expect(apply(given('{"images": [],\n"a" 2}'))).rejects.toMatchObject({
      code: 'imports/unreadable',
      details: { problem: 'not-json', place: 'line 2, column 5' },
    });
    await expect(apply(given('[]'))).rejects.toMatchObject({ details: { problem: 'not-coco' } });
    writeFileSync(join(out.path, 'x.bin'), Buffer.from([0x7b, 0xff, 0xfe]));
    await expect(apply(join(out.path, 'x.bin'))).rejects.toMatchObject({ details: { problem: 'not-utf-8' } });
  });

  it('does not guess between photos of the same name', async () => {
    project.write('dir/a.png');
    project.write('other/a.png');
    await project.importAll();
    const path = given({ ...foreign, images: [{ id: 'i1', file_name: 'elsewhere/a.png' }], annotations: [] });
    expect(await preview(path)).toMatchObject({
      matched: 0,
      failed: [{ where: 'images[0]', why: 'photo-ambiguous' }],
    });
  });

  it('says when boxes were drawn on a photo of another size', async () => {
    const sizes = [
      [64, 48],
      [48, 64],
    ];
    const images = sizes.map(([width, height], id) => ({ id, width, height, file_name: ['a.png', 'b.png'][id] }));
    expect((await preview(given({ images }))).loss).toEqual([{ what: 'size-differs', count: 1 }]);
  });

  it('leaves out photos whose labels the project has no room for', async () => {
    const images = Array.from({ length: 2 }, (_, i) => ({ id: i, file_name: ['a.png', 'b.png'][i] }));
    const categories = Array.from({ length: 600 }, (_, id) => ({ id, name: `label ${id}` }));
    const annotations = [
      { id: 1, image_id: 0, category_id: 3, bbox: [0, 0, 1, 1] },
      { id: 2, image_id: 1, category_id: 599, bbox: [0, 0, 1, 1] },
    ];
    const answer = await apply(given({ images, categories, annotations }));
    expect(answer).toMatchObject({ items: 1, failed: [{ where: 'images[1]', why: 'too-many-labels' }] });
    expect((await project.core.call('projects.get', { projectId: project.projectId })).labels).toHaveLength(500);
  });

  it.skipIf(testData('images/coco') === null)('boxes the skier by a COCO file of 2017', async () => {
    const folder = testData('images/coco')!;
    const { core, projectId } = project;
    await core.call('tasks.importFolder', { projectId, path: folder });
    const path = join(folder, 'instances_785.json');
    expect(await preview(path)).toMatchObject({ items: 1, objects: 1, matched: 1, newLabels: ['person'] });
    await apply(path);
    const { tasks: found } = await core.call('tasks.list', { projectId, text: '785' });
    expect(found).toMatchObject([{ name: basename('000000000785.jpg'), state: 'drafted', shapeCount: 1 }]);
  });
});
