import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app-fixture.ts';

const form = (page: Page) => page.getByRole('dialog', { name: 'Work done elsewhere' });
/** The window listens to keys. */
const ready = (page: Page) => expect(page.locator('#main')).toBeVisible();

test('work done elsewhere is logged in five keys', async ({ app }) => {
  const { page } = app;
  await ready(page);
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('batch 0412');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(form(page)).toBeHidden();
  const { total, tasks } = await app.call('elsewhere.list', {});
  expect(total).toBe(1);
  expect(tasks[0]).toMatchObject({ name: 'batch 0412', count: 1, timeMs: null, attachments: [] });
  const { entries } = await app.call('ledger.list', {
    filter: { kinds: ['work.elsewhere'] },
    offset: 0,
    limit: 10,
  });
  expect(entries.map(({ source }) => source)).toEqual(['stated']);
});

test('count, minutes and a pasted screenshot go with it, and it can come back', async ({ app }) => {
  const { page } = app;
  await ready(page);
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('HIT 3K');
  await page.keyboard.press('Enter');
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.keyboard.type('25');
  // What is pasted here goes past the keyboard, and would be there before keys that are kept back.
  await expect(form(page).locator('input:focus')).toHaveValue('25');
  await paste(page);
  await expect(form(page).getByRole('img', { name: 'screenshot.png' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form(page)).toBeHidden();
  const { tasks } = await app.call('elsewhere.list', {});
  expect(tasks[0]).toMatchObject({ name: 'HIT 3K', count: 12, timeMs: 25 * 60_000 });
  expect(tasks[0]?.attachments[0]).toMatchObject({ mediaType: 'image/png', name: 'screenshot.png' });
  const { bytes } = await app.call('attachments.get', { blob: tasks[0]!.attachments[0]!.blob });
  expect(bytes).toBe(tasks[0]?.attachments[0]?.bytes);
});

test('a file that is too large is told, and nothing is logged without it', async ({ app }) => {
  const { page } = app;
  const path = join(app.dataDir, 'screen.mp4');
  await writeFile(path, '');
  await truncate(path, 25 * 1024 * 1024);
  await ready(page);
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('video');
  await expect(form(page).getByRole('textbox').first()).toHaveValue('video');
  await form(page).locator('input[type=file]').setInputFiles(path);
  await expect(form(page).getByText(/larger than 25/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  expect((await app.call('elsewhere.list', {})).total).toBe(0);
  await form(page).getByRole('button', { name: 'Take out screen.mp4' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(form(page)).toBeHidden();
  expect((await app.call('elsewhere.list', {})).total).toBe(1);
});

/** What Ctrl+V does with a picture in the clipboard, of which a browser without a window has none. */
async function paste(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')!.fillRect(0, 0, 20, 30);
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([picture], 'screenshot.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement!.dispatchEvent(event);
  });
}
