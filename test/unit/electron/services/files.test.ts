import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import { tempDir } from '#test/support/temp-dir.ts';

describe('browsing folders', () => {
  let core: TestBackend;
  let folder: ReturnType<typeof tempDir>;
  beforeEach(async () => {
    core = await openTestBackend();
    folder = tempDir();
  });
  afterEach(async () => {
    await core.close();
    folder.remove();
  });

  const browse = (path: string | null, endings: string[] = []) => core.call('files.browse', { path, endings });

  it('lists folders in the order people count, counts photos, and shows files only of the endings asked for', async () => {
    for (const name of ['10', '2', '.hidden']) mkdirSync(join(folder.path, name));
    for (const name of ['a.jpg', 'b.PNG', 'c.json', 'd.svg', '.e.jpg', 'f'])
      writeFileSync(join(folder.path, name), 'xy');
    symlinkSync(join(folder.path, '2'), join(folder.path, '3'));
    symlinkSync(join(folder.path, 'nowhere'), join(folder.path, '4'));
    const found = await browse(folder.path, ['json']);
    expect(found).toMatchObject({ path: folder.path, photos: 2, cut: false });
    expect(found.folders.map(({ name }) => name)).toEqual(['2', '3', '10']);
    expect(found.files).toEqual([{ name: 'c.json', path: join(folder.path, 'c.json'), bytes: 2 }]);
    expect((await browse(found.folders[0]!.path)).parent).toBe(folder.path);
    expect((await browse('/')).parent).toBeNull();
  });

  it('begins at home', async () => {
    const found = await browse(null);
    expect(found).toMatchObject({ parent: null, files: [], photos: 0 });
    expect(found.folders[0]!.path).toBe(homedir());
  });

  it('cuts what nobody would read to the end', async () => {
    for (let i = 0; i < 5001; i++) mkdirSync(join(folder.path, `${i}`));
    const found = await browse(folder.path);
    expect(found.cut).toBe(true);
    expect(found.folders).toHaveLength(5000);
  });

  it('tells apart what cannot be listed', async () => {
    writeFileSync(join(folder.path, 'a'), '');
    await expect(browse(join(folder.path, 'none'))).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(browse(join(folder.path, 'a'))).rejects.toMatchObject({ code: 'files/not-a-folder' });
    await expect(browse('.')).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(browse(`${folder.path}\0x`)).rejects.toMatchObject({ code: 'files/unreadable' });
  });
});
