import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createThumbStore } from '#electron/media/thumb-store.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';

const webp = (mark: number): Buffer => Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), Buffer.from([mark])]);

describe('thumbnails', () => {
  let project: PhotoProject;
  beforeEach(async () => {
    project = await photoProject(['a.png', 'b.png']);
  });
  afterEach(() => project.close());

  it('are there again for the same photo, and gone once the photo is another', async () => {
    const [a, b] = await project.importAll();
    const ask = async () => (await project.core.call('thumbnails.get', { taskIds: [a!.id, b!.id] })).thumbnails;
    expect(await ask()).toEqual([]);
    const picture = webp(7).toString('base64');
    await project.core.call('thumbnails.keep', { taskId: a!.id, picture });
    expect(await ask()).toEqual([{ taskId: a!.id, picture }]);
    const path = project.write('a.png', samplePng(64, 48, 3));
    utimesSync(path, 1_000_000, 1_000_000);
    expect(await ask()).toEqual([]);
  });

  it('may be deleted at any time', async () => {
    const [a] = await project.importAll();
    const taskId = a!.id;
    const picture = webp(1).toString('base64');
    await project.core.call('thumbnails.keep', { taskId, picture });
    rmSync(join(project.core.dir, 'cache'), { recursive: true });
    expect((await project.core.call('thumbnails.get', { taskIds: [taskId] })).thumbnails).toEqual([]);
    await project.core.call('thumbnails.keep', { taskId, picture });
    expect((await project.core.call('thumbnails.get', { taskIds: [taskId] })).thumbnails).toHaveLength(1);
  });

  it('are nothing but small pictures', async () => {
    const [a] = await project.importAll();
    const taskId = a!.id;
    await project.core.call('thumbnails.keep', { taskId, picture: Buffer.from('<svg>').toString('base64') });
    expect((await project.core.call('thumbnails.get', { taskIds: [taskId] })).thumbnails).toEqual([]);
    const picture = Buffer.alloc(60_000).toString('base64');
    await expect(project.core.call('thumbnails.keep', { taskId, picture })).rejects.toThrow('host/bad-input');
  });
});

describe('the store of thumbnails', () => {
  it('keeps no more than its limit, the newest', async () => {
    const folder = tempDir();
    const store = createThumbStore(folder.path, 20);
    const key = (at: number) => at.toString(16).padStart(64, '0');
    for (let at = 0; at < 61; at += 1) await store.write(key(at), webp(at));
    const kept = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.webp'),
    );
    expect(kept.length).toBeLessThanOrEqual(20);
    expect(await store.read(key(60))).toEqual(webp(60));
    expect(await store.read(key(0))).toBeNull();
    folder.remove();
  });
});
