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

/** A host that takes its time over one operation. */
async function slowHost(page: Page, operation: string, ms: number): Promise<void> {
  await page.route('**/call', async (route) => {
    if (route.request().postData()?.includes(`"${operation}"`) === true) {
      await new Promise((done) => setTimeout(done, ms));
    }
    await route.fallback();
  });
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

test('a return is written blindly however long its dialog takes to know what there is', async ({ app }) => {
  const { page } = app;
  await logWork(app);
  await page.keyboard.press('Alt+b');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Returns');
  await slowHost(page, 'returns.list', 2500);
  for (const reason of ['loose', 'again']) {
    await typeBlindly(page, 'Alt+r', ...reason, 'Control+Enter', 's');
    // What follows the form is not for the form.
    await expect(page.getByRole('group', { name: 'What are you doing now?' })).toBeVisible({ timeout: 15_000 });
    await page.keyboard.press('Escape');
  }
  const { returns } = await app.call('returns.list', {});
  expect(returns.map(({ reason }) => reason).toSorted()).toEqual(['again', 'loose']);
});

test('the answer to a question is waited for, and the next key means what it shows then', async ({ app }) => {
  const { page } = app;
  await logWork(app);
  await slowHost(page, 'time.switch', 2500);
  await slowHost(page, 'time.state', 400);
  await typeBlindly(page, 's', '3', 'w', '1');
  const now = async () => {
    const { activity, waiting } = await app.call('time.state', {});
    return [activity?.what, ...waiting.map(({ what }) => what)];
  };
  await expect.poll(now).toEqual(['training', 'tasks']);
});

test('a dialog that was closed takes no keys, even while it fades', async ({ app }) => {
  const { page } = app;
  await page.addInitScript(() => {
    const later = window.setTimeout.bind(window);
    // As on a machine that is busy beyond measure: what should take 90 ms is not over while this runs.
    const slow = (act: () => void, ms?: number) => later(act, ms === 90 ? 600_000 : ms);
    window.setTimeout = slow as typeof window.setTimeout;
  });
  await logWork(app);
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
  await typeBlindly(page, 'Escape', 'Alt+l');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ledger');
});

test('a key of a room comes to it, although the room is loaded only now', async ({ app }) => {
  const { page } = app;
  await logWork(app);
  await page.route(/training-page/, async (route) => {
    await new Promise((done) => setTimeout(done, 2500));
    await route.continue();
  });
  await typeBlindly(page, 'Alt+c', 'n', ...'Edges');
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('Edges');
});
