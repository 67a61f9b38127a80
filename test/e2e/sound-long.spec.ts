import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { family, isRenderer, pss } from '#test/support/process-memory.ts';
import { testData } from '#test/support/test-data.ts';
import { expect, test } from './support/app-fixture.ts';

/** An hour of MP3 in the window: it opens, plays and is proposed for, and the window never holds the whole of it. */
const recording = testData('audio/long/long_open_mix.mp3');
const seconds = 3721;
const megabytes = 2 ** 20;

const host = (page: Page) => page.locator('[data-canvas-host][data-task]');

/** Notes, from before the page's own code on, how many bytes are decoded: at most in one go, and in all. */
async function watchDecoding(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const bytes = { most: 0, all: 0 };
    Object.assign(window, { decodedBytes: bytes });
    const { decodeAudioData } = BaseAudioContext.prototype;
    BaseAudioContext.prototype.decodeAudioData = function decode(this: BaseAudioContext, ...given) {
      bytes.most = Math.max(bytes.most, given[0].byteLength);
      bytes.all += given[0].byteLength;
      return decodeAudioData.apply(this, given);
    };
  });
  await page.reload();
}

const decoded = (page: Page) =>
  page.evaluate(() => (window as unknown as { decodedBytes: { most: number; all: number } }).decodedBytes);

/** The most that any renderer of the browser takes while something is done, MB. */
async function rendererWhile(act: () => Promise<void>): Promise<number> {
  let most = 0;
  const look = () => {
    for (const id of family(process.pid).filter(isRenderer)) most = Math.max(most, pss([id]));
  };
  const timer = setInterval(look, 250);
  try {
    await act();
    look();
  } finally {
    clearInterval(timer);
  }
  return most;
}

test.describe('an hour of sound', () => {
  test.skip(recording === null, 'COUNTERLEDGER_TEST_DATA is not set');
  test.setTimeout(180_000);

  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterledger-long-'));
    await copyFile(recording!, join(folder, 'long.mp3'));
  });
  test.afterEach(() => rm(folder, { recursive: true, force: true }));

  test('plays at once, is proposed for within the rules, opens again from what was kept, and is never held whole', async ({
    app,
    hostKind,
  }) => {
    test.skip(hostKind !== 'loopback' || process.platform !== 'linux', 'the memory of Chromium is read in /proc');
    const { projectId } = await app.call('projects.create', {
      name: 'Long',
      client: null,
      intermediary: null,
      modality: 'audio',
      labels: [{ key: 'valid', name: 'Valid', color: '#009e73', attributes: [] }],
    });
    await app.call('guidelines.add', {
      projectId,
      version: '1',
      text: 'No segment over 10 s.',
      effectiveFrom: '2024-01-01',
      receivedAt: '2024-01-01T08:00:00.000Z',
      channel: null,
      announcedBy: null,
      rules: { longestSegmentS: 10, longestInnerSilenceS: 0.5 },
      attachments: [],
    });
    await app.call('tasks.importFolder', { projectId, path: folder });
    const [task] = (await app.call('tasks.list', { projectId })).tasks;
    await watchDecoding(app.page);
    const { page } = app;

    const renderer = await rendererWhile(async () => {
      await expect(page.locator('#main')).toBeVisible();
      await page.keyboard.press('Alt+w');
      await expect(host(page)).toBeVisible();
      // Long before all of it was gone through.
      await page.keyboard.press('F4');
      await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
      expect(await host(page).getAttribute('data-scanned')).toBeNull();
      await page.waitForTimeout(1500);
      await page.keyboard.press('F4');
      await expect(host(page)).toHaveAttribute('data-scanned', '', { timeout: 90_000 });
      await page.keyboard.press('v');
      await expect(page.getByRole('region', { name: 'Proposed segments' })).toBeVisible({ timeout: 20_000 });
      await page.keyboard.press('Shift+g');
      for (let at = 0; at < 8; at += 1) await page.keyboard.press('+');
      await page.waitForTimeout(1500);
    });
    const { proposals } = await app.call('proposals.list', { taskId: task!.id });
    expect(proposals.length).toBeGreaterThan(200);
    let spoken = 0;
    for (const { geometry } of proposals) {
      if (geometry.type !== 'span') throw new Error('no segment');
      expect(geometry.end - geometry.start).toBeLessThanOrEqual(10 * 16_000);
      spoken += geometry.end - geometry.start;
    }
    expect(spoken / 16_000).toBeLessThan(seconds);
    expect(renderer).toBeLessThan(600);
    // A slice at a time: an hour at once would be 14 MB in and 240 MB out.
    expect((await decoded(page)).most).toBeLessThan(megabytes);

    // Again: all of its peaks are there at once, and nothing is gone through.
    await page.reload();
    await expect(page.locator('#main')).toBeVisible();
    await page.keyboard.press('Alt+w');
    await expect(host(page)).toHaveAttribute('data-scanned', '', { timeout: 20_000 });
    expect((await decoded(page)).all).toBeLessThan(megabytes / 10);
  });
});
