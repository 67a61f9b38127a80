import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { Task } from '#shared/domain/work.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { box, drawAndSubmit, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';

describe('exchanging sets of files', () => {
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

  const given = (path: string, value: unknown): string => {
    const full = join(out.path, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, typeof value === 'string' ? value : JSON.stringify(value));
    return full;
  };
  const labelme = (imagePath: string, shapes: unknown[]) => ({ version: '5.4.1', flags: {}, imagePath, shapes });
  const point = (more: object = {}) => ({ label: 'car', points: [[3, 4]], shape_type: 'point', ...more });
  const shapesOf = async (task: Task) => {
    const { base, records } = await project.core.call('drafts.get', { taskId: task.id });
    return foldJournal(records, base).doc.shapes;
  };
  const proposalsOf = async (task: Task) => (await project.core.call('proposals.list', { taskId: task.id })).proposals;
  const preview = (path: string, more: Partial<Input<'imports.preview'>> = {}) =>
    project.core.call('imports.preview', { projectId: project.projectId, path, ...more });
  const apply = (path: string, more: Partial<Input<'imports.apply'>> = {}) =>
    project.core.call('imports.apply', { projectId: project.projectId, path, ...more });
  const write = (name: string, more: Partial<Input<'exports.write'>> = {}) =>
    project.core.call('exports.write', {
      projectId: project.projectId,
      format: 'labelme',
      path: join(out.path, name),
      overwrite: false,
      which: 'submitted',
      ...more,
    });

  it('guesses the format of a folder, and tells of bad files in it', async () => {
    given('in/a.json', labelme('a.png', [point(), point({ points: [[1]] })]));
    given('in/dir/c.json', labelme('c.png', [point({ score: 0.5 })]));
    given('in/broken.json', '{"shapes": [');
    given('in/.hidden.json', '{');
    given('in/notes.md', 'hello');
    symlinkSync('/etc', join(out.path, 'in', 'link'));
    expect(await preview(join(out.path, 'in'))).toEqual({
      format: 'labelme',
      items: 2,
      objects: 2,
      proposals: 1,
      byShape: { point: 2 },
      matched: 2,
      unmatched: [],
      newLabels: [],
      questions: [],
      failed: [
        { where: 'a.json: shapes[1]', why: 'points-wrong-count' },
        { where: 'broken.json: line 1, column 13', why: 'not-json' },
      ],
      loss: [],
    });
  });

  it('keeps what a machine scored apart, each once, or takes it as one’s own with its source', async () => {
    const path = given('in/a.json', labelme('a.png', [point(), point({ score: 0.5, model: 'm1' })]));
    expect(await apply(path)).toMatchObject({ items: 1, objects: 1, proposals: 1 });
    expect(await apply(path)).toMatchObject({ items: 1, objects: 1, proposals: 0 });
    const [proposal, ...others] = await proposalsOf(tasks[0]!);
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({ score: 0.5, model: 'm1', geometry: { type: 'point', x: 3, y: 4 } });
    expect(await proposalsOf(tasks[1]!)).toEqual([]);
    expect(await apply(path, { scored: 'own' })).toMatchObject({ objects: 2, proposals: 0 });
    const shapes = await shapesOf(tasks[0]!);
    expect(shapes.map(({ origin }) => origin)).toEqual(['imported', 'imported', 'imported', 'machine']);
    expect(shapes[3]!.proposal).toMatchObject({ id: shapes[3]!.id, score: 0.5, model: 'm1' });
  });

  it('asks what a file leaves open, and reads by the answer', async () => {
    const annotation = { id: 1, image_id: 1, category_id: 1, segmentation: [[0, 0, 5, 0, 5, 3, 0, 3]] };
    const path = given('in.json', {
      images: [{ id: 1, file_name: 'a.png', width: 64, height: 48 }],
      categories: [{ id: 1, name: 'car' }],
      annotations: [annotation],
    });
    expect((await preview(path)).questions).toMatchObject([{ name: 'rectangles', taken: 'polygon', certain: false }]);
    expect(await preview(path, { answers: { rectangles: 'box' } })).toMatchObject({ byShape: { box: 1 } });
    await apply(path, { answers: { rectangles: 'box' } });
    expect(await shapesOf(tasks[0]!)).toMatchObject([{ geometry: { type: 'box', x: 0, y: 0, w: 5, h: 3 } }]);
  });

  it('takes nothing when it is called off, and new classes when it is not', async () => {
    given('in/a.json', labelme('a.png', [point({ label: 'new' })]));
    const jobId = '01920000-0000-7000-8000-0000000000aa';
    const running = apply(join(out.path, 'in'), { jobId });
    await project.core.call('jobs.cancel', { id: jobId });
    await expect(running).rejects.toMatchObject({ code: 'jobs/cancelled' });
    expect(await shapesOf(tasks[0]!)).toEqual([]);
    await apply(join(out.path, 'in'));
    const { labels } = await project.core.call('projects.get', { projectId: project.projectId });
    expect(labels.map(({ key }) => key)).toEqual(['car', 'bus', 'new']);
  });

  it('says what an export would lose before it writes, and writes nothing', async () => {
    const ellipse = { ...box(1), geometry: { type: 'ellipse', cx: 9, cy: 9, rx: 2, ry: 3, angle: 0 } as const };
    await drawAndSubmit(project.core, tasks[0]!.id, [box(1), ellipse]);
    const { projectId } = project;
    expect(
      await project.core.call('exports.preview', { projectId, format: 'labelme', choices: {}, which: 'submitted' }),
    ).toEqual({ items: 1, objects: 2, byShape: { box: 1, ellipse: 1 }, loss: [{ what: 'ellipse', count: 1 }] });
    expect(readdirSync(out.path)).toEqual([]);
    const entries = project.core.backend.db.read.all(`SELECT id FROM entry WHERE kind = 'ledger.exported'`);
    expect(entries).toEqual([]);
    const { formats } = await project.core.call('exchange.formats', {});
    expect(formats.map(({ format }) => format)).toContain('coco');
  });

  it('writes a folder whole, under one hash, and records it', async () => {
    await drawAndSubmit(project.core, tasks[0]!.id, [box(1)]);
    await drawAndSubmit(project.core, tasks[2]!.id, [box(2)]);
    expect(await write('set')).toMatchObject({ files: 2, items: 2, objects: 2, loss: [] });
    expect(readdirSync(out.path)).toEqual(['set']);
    const files = ['a.json', 'dir/c.json'];
    const hash = (text: Buffer | string) => createHash('sha256').update(text).digest('hex');
    const manifest = files.map((path) => `${hash(readFileSync(join(out.path, 'set', path)))}  ${path}\n`).join('');
    const { db, ledger } = project.core.backend;
    const [entry] = ledger.effective(db.read, ledger.self(db.read)).filter(({ kind }) => kind === 'ledger.exported');
    expect(entry!.body).toMatchObject({ format: 'labelme', file_name: 'set', file_hash: hash(manifest) });
  });

  it('writes only into an empty folder unless told to, and never harms what else lies there', async () => {
    await drawAndSubmit(project.core, tasks[0]!.id, [box(1)]);
    await drawAndSubmit(project.core, tasks[2]!.id, [box(2)]);
    mkdirSync(join(out.path, 'empty'));
    await write('empty');
    given('full/photo.png', 'a photo');
    given('full/a.json', 'old');
    await expect(write('full')).rejects.toMatchObject({ code: 'files/exists' });
    await write('full', { overwrite: true });
    expect(readdirSync(join(out.path, 'full')).sort()).toEqual(['a.json', 'dir', 'photo.png']);
    expect(JSON.parse(readFileSync(join(out.path, 'full', 'a.json'), 'utf8'))).toMatchObject({ imagePath: 'a.png' });
    // A folder where a file should go: nothing of the set is left behind, and the old file is there again.
    given('bad/a.json', 'old');
    mkdirSync(join(out.path, 'bad', 'dir', 'c.json'), { recursive: true });
    await expect(write('bad', { overwrite: true })).rejects.toMatchObject({ code: 'files/unwritable' });
    expect(readFileSync(join(out.path, 'bad', 'a.json'), 'utf8')).toBe('old');
    await expect(write('bad/a.json', { overwrite: true })).rejects.toMatchObject({ code: 'files/unwritable' });
    const data = project.core.dir;
    for (const path of [data, join(data, 'set'), dirname(data)]) {
      await expect(write('', { path, overwrite: true })).rejects.toMatchObject({ code: 'files/unwritable' });
    }
    expect(readdirSync(out.path).sort()).toEqual(['bad', 'empty', 'full']);
    expect(existsSync(join(data, 'a.json'))).toBe(false);
  });

  it('forgets with an annotation what a machine proposed and what the file said beside it', async () => {
    const { core } = project;
    const path = given('in.json', {
      info: { contributor: 'SECRET-SET' },
      images: [{ id: 1, file_name: 'a.png', coco_url: 'http://host/SECRET-ITEM' }],
      categories: [{ id: 1, name: 'car', supercategory: 'SECRET-LABEL' }],
      annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], score: 0.5, by: 'SECRET-PROPOSAL' }],
    });
    await apply(path);
    await core.call('drafts.append', { taskId: tasks[0]!.id, after: 0, records: [drawn([box(1)])] });
    await core.call('tasks.submit', { taskId: tasks[0]!.id, journalLength: 1, proposalsSeen: true });
    const kept = () =>
      JSON.stringify([
        core.backend.db.read.all('SELECT * FROM exchange_extra'),
        core.backend.db.read.all('SELECT * FROM proposal'),
      ]).match(/SECRET-\w+/g);
    expect(kept()?.sort()).toEqual(['SECRET-ITEM', 'SECRET-LABEL', 'SECRET-PROPOSAL', 'SECRET-SET']);
    const entryOf = (kind: string) =>
      core.backend.db.read.get<{ id: string }>('SELECT id FROM entry WHERE kind = ? ORDER BY seq LIMIT 1', [kind])!.id;
    const erase = (kind: string, field: string) =>
      core.call('ledger.erase', {
        id: entryOf(kind),
        fields: [field],
        reason: 'x',
        rewriteBackups: false,
      });
    await erase('submission.sealed', 'annotation');
    expect(kept()?.sort()).toEqual(['SECRET-LABEL', 'SECRET-SET']);
    await erase('project.created', 'name');
    expect(kept()).toBeNull();
  });
});
