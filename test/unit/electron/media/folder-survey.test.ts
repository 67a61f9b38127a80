import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { surveyFolder } from '#electron/media/folder-survey.ts';
import { openTestBackend } from '#test/support/test-backend.ts';
import { tempDir } from '#test/support/temp-dir.ts';

describe('looking through a folder before it is taken in', () => {
  let folder: ReturnType<typeof tempDir>;
  beforeEach(() => {
    folder = tempDir();
  });
  afterEach(() => folder.remove());

  const put = (...names: string[]) => {
    for (const name of names) writeFileSync(join(folder.path, name), 'xy');
  };
  const survey = (limit?: { names: number; folders: number }) =>
    surveyFolder(folder.path, new AbortController().signal, limit);

  it('counts each kind, also in the folders inside it, and names the endings of the rest', async () => {
    mkdirSync(join(folder.path, 'in/deep'), { recursive: true });
    mkdirSync(join(folder.path, '.git'));
    put(
      'a.jpg',
      'in/b.PNG',
      'in/deep/c.wav',
      'rows.jsonl',
      'd.pdf',
      'in/e.pdf',
      'f.txt',
      'README',
      '.g.jpg',
      '.git/h.jpg',
    );
    symlinkSync(join(folder.path, 'a.jpg'), join(folder.path, 'link.jpg'));
    expect(await survey()).toEqual({
      ...{ photos: 2, recordings: 1, texts: 1, others: 5 },
      ...{ otherEndings: ['pdf', 'txt'], closed: 0, cut: false },
    });
  });

  it('says of an empty folder that nothing is in it', async () => {
    expect(await survey()).toMatchObject({ photos: 0, recordings: 0, texts: 0, others: 0, cut: false });
  });

  it('does not look through everything, and says so', async () => {
    mkdirSync(join(folder.path, 'in'));
    put('a.jpg', 'b.jpg', 'in/c.jpg');
    expect(await survey({ names: 2, folders: 9 })).toMatchObject({ photos: 2, cut: true });
    expect(await survey({ names: 9, folders: 1 })).toMatchObject({ photos: 2, cut: true });
    expect(await survey({ names: 9, folders: 9 })).toMatchObject({ photos: 3, cut: false });
  });

  it('tells apart what cannot be looked through', async () => {
    const core = await openTestBackend();
    put('a');
    const refusal = (path: string) => core.call('files.survey', { path }).catch((error: unknown) => error);
    expect(await refusal(join(folder.path, 'none'))).toMatchObject({ code: 'files/not-found' });
    expect(await refusal('photos')).toMatchObject({ code: 'files/not-found' });
    expect(await refusal(join(folder.path, 'a'))).toMatchObject({ code: 'files/not-a-folder' });
    expect(await refusal(`${folder.path}\0x`)).toMatchObject({ code: 'files/unreadable' });
    await core.close();
  });
});
