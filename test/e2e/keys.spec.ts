import type { Page } from '@playwright/test';
import { type App, expect, test } from './support/app-fixture.ts';

/** A piece of work done elsewhere, which something can come back from. */
async function logWork(app: App): Promise<void> {
  const { projectId } = await app.call('projects.createSample', { language: 'en' });
  await app.call('elsewhere.log', {
    ...{ projectId, name: 'batch 7', count: 4, timeMs: null, attachments: [], note: null },
    doneAt: new Date().toISOString(),
  });
  await app.call('settings.set', { language: 'en' });
  await app.page.reload();
  await expect(app.page.locator('#main')).toBeVisible();
}

/** Presses keys one after another without a look at the page, as practised fingers do. */
async function typeBlindly(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('what is typed right after the palette’s key is in its field, and Enter runs what it finds', async ({ app }) => {
  const { page } = app;
  await logWork(app);
  for (let round = 0; round < 3; round += 1) {
    await typeBlindly(page, 'Control+k', ...'abc');
    await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('abc');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await typeBlindly(page, 'Control+k', ...'training', 'Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Training');
});

test('a return is written blindly: key, reason, save, the first time its room is opened', async ({ app }) => {
  const { page } = app;
  await logWork(app);
  await typeBlindly(page, 'Alt+r', ...'loose', 'Control+Enter');
  await expect
    .poll(async () => (await app.call('returns.list', {})).returns.map(({ reason }) => reason))
    .toEqual(['loose']);
  await expect(page.getByRole('dialog')).toBeHidden();
  // From the palette into the dialog: two questions, one run of keys; Tab and Backspace do what they do.
  await typeBlindly(page, 'Control+k', ...'note a return', 'Enter', ...'no', 'Tab', ...'R1x', 'Backspace');
  await expect(page.getByRole('textbox', { name: 'Reason, as given' })).toHaveValue('no');
  await expect(page.getByRole('textbox', { name: 'Rule cited' })).toHaveValue('R1');
  await typeBlindly(page, 'Escape', 'e', ...'batch 8', 'Enter', '5', 'Enter', 'Enter');
  await expect
    .poll(async () => (await app.call('elsewhere.list', {})).tasks.map(({ name, count }) => [name, count]))
    .toContainEqual(['batch 8', 5]);
});

test('a question that does not come gives its keys back to the room', async ({ app }) => {
  const { page } = app;
  await app.call('projects.createSample', { language: 'en' });
  await app.call('settings.set', { language: 'en' });
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  // There is no work anything could come back from, so the dialog has no field.
  await typeBlindly(page, 'Alt+r', 'Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('s');
  await expect(page.getByRole('group', { name: /now/i })).toBeVisible();
});
