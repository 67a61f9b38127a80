import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileHashes, hashFile } from '#electron/media/file-hash.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let project: PhotoProject;
const photo = samplePng(20, 10);

beforeEach(async () => {
  project = await photoProject(['other.png']);
  project.write('same.png', photo);
});

afterEach(() => project.close());

const yuan = (minor: number) => ({ per: 'piece' as const, amount: { minor, currency: 'CNY' } });

describe('a photo that comes back as a new task', () => {
  it('is recognised when its task is opened, with both prices and what became of it', async () => {
    const { core, projectId } = project;
    const terms = (rate: ReturnType<typeof yuan>) => ({ effectiveFrom: '2020-01-01', rate, note: null });
    await core.call('projects.setTerms', { projectId, terms: terms(yuan(50)) });
    const tasks = await project.importAll();
    const [first, other] = ['same.png', 'other.png'].map((name) => tasks.find((task) => task.name === name)!);
    expect(await core.call('tasks.seenBefore', { taskId: first!.id })).toEqual({ rate: yuan(50), before: null });
    const sealed = await core.call('tasks.submit', { taskId: first!.id, journalLength: 0 });
    // The task itself is not another one.
    expect((await core.call('tasks.seenBefore', { taskId: first!.id })).before).toBeNull();

    const again = tempDir();
    writeFileSync(join(again.path, 'renamed.png'), photo);
    const cheaper = await core.call('projects.create', {
      ...{ name: 'Avenue', client: null, intermediary: null, modality: 'image', labels: [] },
    });
    await core.call('projects.setTerms', { projectId: cheaper.projectId, terms: terms(yuan(30)) });
    await core.call('tasks.importFolder', { projectId: cheaper.projectId, path: again.path });
    const [later] = (await core.call('tasks.list', { projectId: cheaper.projectId })).tasks;
    expect(await core.call('tasks.seenBefore', { taskId: later!.id })).toMatchObject({
      rate: yuan(30),
      before: {
        submissionId: sealed.submissionId,
        taskId: first!.id,
        projectName: 'Street',
        rate: yuan(50),
        recalled: false,
      },
    });
    expect((await core.call('tasks.seenBefore', { taskId: other!.id })).before).toBeNull();

    await core.call('recalls.receive', {
      ...{ projectId, level: 'task', segmentId: null, pieces: 1, stage: null, reason: '', ruleCited: null },
      ...{ works: [{ type: 'submission', id: sealed.submissionId }], statedLoss: null, attachments: [] },
      receivedAt: new Date(core.clock.now()).toISOString(),
    });
    expect((await core.call('tasks.seenBefore', { taskId: later!.id })).before).toMatchObject({ recalled: true });
    again.remove();
  });
});

describe('remembered hashes', () => {
  it('hold while a file stays what it was', async () => {
    const path = project.write('x.png', samplePng(5, 5));
    const hashOf = createFileHashes();
    const hash = await hashOf(path);
    expect(hash).toBe(await hashFile(path));
    writeFileSync(path, samplePng(6, 6));
    utimesSync(path, 1, 1);
    expect(await hashOf(path)).not.toBe(hash);
    await expect(hashOf(join(project.photos, 'none.png'))).rejects.toThrow('ENOENT');
  });
});
