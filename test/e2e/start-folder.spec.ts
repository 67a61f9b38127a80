import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePng } from '#test/support/sample-png.ts';
import { sampleWav } from '#test/support/sample-sounds.ts';
import { type App, expect, test } from './support/app-fixture.ts';

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterledger-start-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const projectCount = async (app: App) => (await app.call('projects.list', {})).projects.length;

test('nothing is made of a folder in which nothing can be worked on, and it is said what lies there', async ({
  app,
}) => {
  const { page } = app;
  await page.getByText('Open a folder of photos or recordings').click();
  const field = page.getByLabel('Folder of photos or recordings');
  const begin = async (path: string) => {
    await field.fill(path);
    await page.getByRole('button', { name: /^Create the project/ }).click();
  };
  await begin(folder);
  await expect(page.getByText('This folder is empty.')).toBeVisible();
  await expect(field).toBeFocused();

  const other = join(folder, 'notes');
  await mkdir(join(other, 'in'), { recursive: true });
  await writeFile(join(other, 'in', 'a.pdf'), 'x');
  await begin(other);
  await expect(
    page.getByText('No photos or recordings lie in this folder or below it, only 1 other file (.pdf).'),
  ).toBeVisible();
  await begin('photos');
  await expect(page.getByText('“photos” is not a whole path.')).toBeVisible();
  await begin(join(folder, 'gone'));
  await expect(page.getByText(`${join(folder, 'gone')} is not there.`)).toBeVisible();
  await begin(join(other, 'in', 'a.pdf'));
  await expect(page.getByText('a.pdf is not a folder. Choose a folder.')).toBeVisible();
  await expect(field).toBeFocused();
  await field.fill('');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Choose a folder first.')).toBeVisible();
  await expect(field).toBeFocused();
  expect(await projectCount(app)).toBe(0);

  // The way to begin with what does lie there.
  await writeFile(join(other, 'rows.jsonl'), '{"prompt":"x"}\n');
  await begin(other);
  await expect(page.getByText('but 1 file that may hold texts')).toBeVisible();
  await page.getByRole('button', { name: 'Open a file of texts instead' }).click();
  const file = page.getByLabel('File of texts');
  await file.fill(join(other, 'none.jsonl'));
  await page.getByRole('button', { name: /look at the file/ }).click();
  await expect(page.getByText(/none\.jsonl.* is not there/)).toBeVisible();
  await expect(file).toBeFocused();
  await writeFile(join(other, 'empty.jsonl'), '\n');
  await file.fill(join(other, 'empty.jsonl'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('No row of this file could be read.')).toBeVisible();
  expect(await projectCount(app)).toBe(0);
});

test('a folder of the other kind, also below, is taken by the button that says so', async ({ app }) => {
  const { page } = app;
  await mkdir(join(folder, 'calls'));
  await writeFile(join(folder, 'cover.png'), samplePng(8, 8));
  await page.getByText('Open a folder of photos or recordings').click();
  const field = page.getByLabel('Folder of photos or recordings');
  await field.fill(folder);
  await expect(page.getByText('1 photo', { exact: true })).toBeVisible();
  await page.getByText('Recordings', { exact: true }).click();
  await page.getByRole('button', { name: 'Create the project and take in the recordings' }).click();
  await expect(page.getByText('No recordings lie in this folder or below it, but 1 photo.')).toBeVisible();
  await expect(field).toBeFocused();
  expect(await projectCount(app)).toBe(0);

  await rm(join(folder, 'cover.png'));
  await writeFile(join(folder, 'calls', 'one.wav'), sampleWav({ rate: 8000, frames: 16_000 }));
  await page.getByRole('button', { name: 'Work on the photos' }).click();
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('No photos lie in this folder or below it, but 1 recording.')).toBeVisible();
  await page.getByRole('button', { name: 'Work on the recordings' }).click();
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  expect(await projectCount(app)).toBe(1);
});
