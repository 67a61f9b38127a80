import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePng } from '#test/support/sample-png.ts';
import { sampleWav } from '#test/support/sample-sounds.ts';
import { expect, test } from './support/app-fixture.ts';

test.describe('a folder with photos and recordings', () => {
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterledger-start-'));
    await writeFile(join(folder, 'cover.png'), samplePng(8, 8));
    await writeFile(join(folder, 'call.wav'), sampleWav({ rate: 8000, frames: 16_000 }));
  });
  test.afterEach(() => rm(folder, { recursive: true, force: true }));

  test('asks which are meant, and comes with the rules of speech where one likes', async ({ app }) => {
    const { page } = app;
    await page.getByText('Open a folder of photos or recordings').click();
    await page.getByLabel('Folder of photos or recordings').fill(folder);
    await expect(page.getByText('This folder holds 1 photo and 1 recording.')).toBeVisible();
    await page.getByRole('button', { name: 'Create the project' }).click();
    await expect(page.getByRole('alert')).toHaveText(/Say whether the photos or the recordings/);
    await page.getByText('Recordings', { exact: true }).click();
    await page.getByLabel('Project name').fill('Calls');
    await page.getByRole('button', { name: /valid \/ invalid/ }).click();
    await page.getByRole('button', { name: 'Create the project and take in the recordings' }).click();
    await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();

    const { projects } = await app.call('projects.list', {});
    const [{ id, modality, labels }] = projects as [(typeof projects)[number]];
    expect([modality, labels.map(({ key }) => key)]).toEqual(['audio', ['valid', 'invalid']]);
    expect(labels[1]!.noTranscript).toBe(true);
    const { guidelines } = await app.call('guidelines.list', { projectId: id });
    expect(guidelines[0]!.rules).toMatchObject({ longestSegmentS: 10, longestInnerSilenceS: 0.5 });
    expect((await app.call('tasks.list', { projectId: id })).tasks.map(({ name }) => name)).toEqual(['call.wav']);

    // A new version of the guideline begins with the rules of the one before, and knows tokens by their lines.
    await page.getByRole('button', { name: 'Projects', exact: true }).click();
    await page.getByText('Calls').last().click();
    await page.getByRole('button', { name: 'Add a version' }).click();
    await expect(page.getByLabel('Longest segment, seconds')).toHaveValue('10');
    await expect(page.getByLabel('Fit tolerance, pixels')).toHaveCount(0);
    await page.getByLabel('Version').fill('2');
    await page.getByLabel('Tokens for what is no word').fill('□ = missing\n<cough>');
    await page.getByRole('button', { name: 'Record the guideline' }).click();
    await expect
      .poll(async () =>
        (await app.call('guidelines.list', { projectId: id })).guidelines.map(({ rules }) => rules.tokens),
      )
      .toContainEqual([{ text: '□', title: 'missing' }, { text: '<cough>' }]);
  });
});

test('the sample recordings open from the first window', async ({ app }) => {
  const { page } = app;
  await page.getByText('Try the sample recordings').click();
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  await expect(page.getByText('01-one-voice.wav').first()).toBeVisible();
});
