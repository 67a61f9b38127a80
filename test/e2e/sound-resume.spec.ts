import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testData } from '#test/support/test-data.ts';
import { expect, test } from './support/app-fixture.ts';

test.describe('a segment that is paused', () => {
  test.skip(testData('audio') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterledger-resume-'));
    await copyFile(testData('audio/ami/trn06.wav')!, join(folder, 'meeting.wav'));
  });
  test.afterEach(() => rm(folder, { recursive: true, force: true }));

  test('goes on to its own end, and the last seconds are those before the cursor', async ({ app }) => {
    const { page } = app;
    const { projectId } = await app.call('projects.create', {
      name: 'Meetings',
      client: null,
      intermediary: null,
      modality: 'audio',
      labels: [{ key: 'valid', name: 'Valid', color: '#009e73', attributes: [] }],
    });
    await app.call('tasks.importFolder', { projectId, path: folder });
    const [task] = (await app.call('tasks.list', { projectId })).tasks;
    await app.call('proposals.set', {
      taskId: task!.id,
      model: 'made',
      proposals: [
        {
          id: '01900000-0000-7000-8000-000000000001',
          label: 'valid',
          geometry: { type: 'span', start: 16_000, end: 96_000, tier: 'Speaker 1', channel: null },
          attributes: {},
          score: 0.9,
          model: 'made',
        },
      ],
    });
    await page.reload();
    await expect(page.locator('#main')).toBeVisible();
    await page.keyboard.press('Alt+w');
    await expect(page.locator('[data-canvas-host][data-task]')).toHaveAttribute('data-scanned', '');
    await page.keyboard.press('y');
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await page.keyboard.press('F5');
    await expect(pause).toBeVisible();
    await page.keyboard.press('F4');
    await expect(pause).toBeHidden();
    await page.keyboard.press('F4');
    await expect(pause).toBeVisible();
    // Five seconds long, which it takes to play them; all of the recording would be thirty.
    await expect(pause).toBeHidden({ timeout: 20_000 });
    await expect(page.getByText('00:06.00', { exact: false }).first()).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F9');
    await expect(pause).toBeVisible();
    // Three seconds up to where the key went, not up to where it played last.
    await expect(pause).toBeHidden({ timeout: 20_000 });
    await expect(page.getByText('00:07.00', { exact: false }).first()).toBeVisible();
  });
});
