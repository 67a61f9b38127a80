import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';

const anyId = '01920000-0000-7000-8000-0000000000aa';

describe('importing a folder', () => {
  let project: PhotoProject;
  beforeEach(async () => {
    project = await photoProject([]);
  });
  afterEach(() => project.close());

  const importIt = (path = project.photos) =>
    project.core.call('tasks.importFolder', { projectId: project.projectId, path });
  const names = async () => {
    const { tasks } = await project.core.call('tasks.list', { projectId: project.projectId, limit: 1000 });
    return tasks.map(({ name }) => name);
  };
  const imports = () =>
    project.core.backend.db.read.all<{ n: number }>(`SELECT seq AS n FROM entry WHERE kind = 'media.imported'`).length;

  it('takes every photo below it in the order people count, and says what it left out', async () => {
    for (const name of ['2.jpg', '10.JPG', '1.png', 'night/9.webp', 'night/deep/x.avif', '街景/二.jpeg']) {
      project.write(name, Buffer.from('not read at import'));
    }
    for (const name of ['notes.txt', 'evil.svg', '.hidden.jpg', '.git/a.jpg', 'noending']) project.write(name);
    const answer = await importIt();
    expect(await names()).toEqual(['1.png', '2.jpg', '10.JPG', 'night/9.webp', 'night/deep/x.avif', '街景/二.jpeg']);
    expect(answer).toMatchObject({ taken: 6, alreadyThere: 0, skipped: 5 });
    expect(Object.fromEntries(answer.skippedSome.map(({ path, problem }) => [path, problem]))).toEqual({
      'notes.txt': 'not-a-photo',
      'evil.svg': 'svg',
      '.hidden.jpg': 'hidden',
      '.git': 'hidden',
      noending: 'not-a-photo',
    });
    const [entry] = project.core.backend.ledger
      .effective(project.core.backend.db.read, project.projectId)
      .filter(({ kind }) => kind === 'media.imported');
    expect(entry!.body).toEqual({
      project: project.projectId,
      folder_name: basename(project.photos),
      taken: 6,
      skipped: 5,
    });
  });

  it('adds only what is new the next time, behind what is there', async () => {
    project.write('b.jpg');
    await importIt();
    project.write('a.jpg');
    expect(await importIt()).toMatchObject({ taken: 1, alreadyThere: 1 });
    expect(await names()).toEqual(['b.jpg', 'a.jpg']);
    expect(await importIt()).toMatchObject({ taken: 0, alreadyThere: 2 });
    expect(imports()).toBe(2);
  });

  it('knows a photo again when a folder inside or around the first is chosen', async () => {
    project.write('day/1.jpg');
    project.write('day/noon/2.jpg');
    project.write('night/3.jpg');
    expect(await importIt(join(project.photos, 'day'))).toMatchObject({ taken: 2 });
    expect(await importIt()).toMatchObject({ taken: 1, alreadyThere: 2 });
    expect(await importIt(join(project.photos, 'day', 'noon'))).toMatchObject({ taken: 0, alreadyThere: 1 });
    expect(await names()).toEqual(['1.jpg', 'noon/2.jpg', 'night/3.jpg']);
  });

  it('does not follow links, out of the folder or round in it', async () => {
    const outside = tempDir();
    writeFileSync(join(outside.path, 'secret.jpg'), 'x');
    project.write('a.jpg');
    symlinkSync(outside.path, join(project.photos, 'out'));
    symlinkSync(join(outside.path, 'secret.jpg'), join(project.photos, 'link.jpg'));
    symlinkSync(project.photos, join(project.photos, 'loop'));
    const answer = await importIt();
    expect(answer).toMatchObject({ taken: 1, skipped: 3 });
    expect(answer.skippedSome.map(({ path, problem }) => `${path} ${problem}`).sort()).toEqual([
      'link.jpg link',
      'loop link',
      'out link',
    ]);
    expect(await names()).toEqual(['a.jpg']);
    outside.remove();
  });

  it('takes the folder a link leads to when the link itself is chosen', async () => {
    project.write('in/a.jpg');
    symlinkSync(join(project.photos, 'in'), join(project.photos, 'alias'));
    await importIt(join(project.photos, 'alias'));
    const { tasks } = await project.core.call('tasks.list', { projectId: project.projectId });
    const { folder } = await project.core.call('tasks.get', { taskId: tasks[0]!.id });
    expect(folder).toBe(join(project.photos, 'in'));
  });

  it('tells apart what cannot be imported', async () => {
    const file = project.write('a.jpg');
    await expect(importIt(join(project.photos, 'none'))).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(importIt(file)).rejects.toMatchObject({ code: 'files/not-a-folder' });
    await expect(importIt('relative/path')).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(
      project.core.call('tasks.importFolder', { projectId: anyId, path: project.photos }),
    ).rejects.toMatchObject({ code: 'projects/not-found' });
  });

  it('leaves nothing when it is cancelled, and shows nothing before it is done', async () => {
    mkdirSync(join(project.photos, 'many'));
    for (let i = 0; i < 9000; i++) writeFileSync(join(project.photos, 'many', `${i}.jpg`), '');
    const { core, projectId } = project;
    const jobId = '01920000-0000-7000-8000-000000000001';
    const running = core
      .call('tasks.importFolder', { projectId, path: project.photos, jobId })
      .catch((e: unknown) => e);
    const rows = () => core.backend.db.read.get<{ n: number }>('SELECT count(*) AS n FROM task')!.n;
    while (rows() === 0) await sleep(1);
    expect((await core.call('tasks.list', { projectId })).total).toBe(0);
    await core.call('jobs.cancel', { id: jobId });
    const answer = await running;
    expect(answer).toBeInstanceOf(AppError);
    expect(answer).toMatchObject({ code: 'jobs/cancelled' });
    expect(rows()).toBe(0);
    expect(imports()).toBe(0);
    expect(core.backend.db.read.all('SELECT * FROM media_root')).toEqual([]);
    expect(await importIt()).toMatchObject({ taken: 9000 });
  });

  it('takes out what an import left that was killed', async () => {
    project.write('a.jpg');
    await importIt();
    const { core, projectId } = project;
    core.backend.db.transaction((tx) => {
      for (let i = 0; i < 5000; i++) {
        tx.run('INSERT INTO task (id, project_id, position, root_id, name) VALUES (?, ?, ?, 1, ?)', [
          `t${i}`,
          projectId,
          i + 1,
          `${i}.jpg`,
        ]);
      }
    });
    expect(await names()).toEqual(['a.jpg']);
    await expect(core.call('tasks.get', { taskId: anyId })).rejects.toMatchObject({ code: 'tasks/not-found' });
    await core.reopen();
    expect(core.backend.db.read.get<{ n: number }>('SELECT count(*) AS n FROM task')!.n).toBe(1);
  });

  it('goes on where folders cannot be read', async () => {
    project.write('a.jpg');
    project.write('gone/b.jpg');
    rmSync(join(project.photos, 'gone'), { recursive: true });
    symlinkSync(join(project.photos, 'nowhere'), join(project.photos, 'dangling.jpg'));
    expect(await importIt()).toMatchObject({ taken: 1, skipped: 1 });
  });
});

describe('the queue', () => {
  let project: PhotoProject;
  beforeEach(async () => {
    project = await photoProject(['1_a.png', '2%a.png', '3.png', 'dir/4.png']);
  });
  afterEach(() => project.close());

  it('is paged, filtered by state and by part of a name', async () => {
    const tasks = await project.importAll();
    const { core, projectId } = project;
    expect(tasks.map(({ position, state }) => ({ position, state }))).toEqual(
      [0, 1, 2, 3].map((position) => ({ position, state: 'open' })),
    );
    const page = await core.call('tasks.list', { projectId, offset: 1, limit: 2 });
    expect(page.total).toBe(4);
    expect(page.tasks).toEqual(tasks.slice(1, 3));
    await core.call('tasks.release', { taskId: tasks[2]!.id });
    expect((await core.call('tasks.list', { projectId, states: ['released'] })).tasks).toMatchObject([
      { name: '3.png' },
    ]);
    expect((await core.call('tasks.list', { projectId, states: [] })).total).toBe(0);
    const named = async (text: string) =>
      (await core.call('tasks.list', { projectId, text })).tasks.map(({ name }) => name);
    expect(await named('_A')).toEqual(['1_a.png']);
    expect(await named('%')).toEqual(['2%a.png']);
    expect(await named('dir/')).toEqual(['dir/4.png']);
  });

  it('is stepped through in both directions, past states that are not wanted', async () => {
    const [a, b, c, d] = await project.importAll();
    const { core, projectId } = project;
    const step = (from: typeof a | null, direction: 'next' | 'previous', states?: ['open']) =>
      core.call('tasks.neighbour', { projectId, from: from?.id ?? null, direction, states });
    expect(await step(null, 'next')).toEqual({ taskId: a!.id, index: 0, total: 4 });
    expect(await step(null, 'previous')).toEqual({ taskId: d!.id, index: 3, total: 4 });
    expect(await step(d, 'next')).toEqual({ taskId: null, index: null, total: 4 });
    await core.call('tasks.release', { taskId: b!.id });
    expect(await step(a, 'next', ['open'])).toEqual({ taskId: c!.id, index: 1, total: 3 });
    expect(await step(c, 'previous', ['open'])).toEqual({ taskId: a!.id, index: 0, total: 3 });
  });
});
