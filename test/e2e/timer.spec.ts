import type { Page } from '@playwright/test';
import { type App, expect, test } from './support/app-fixture.ts';

/** The program with two projects and an annotating day under way. */
async function begin(app: App): Promise<Page> {
  const { page } = app;
  for (const name of ['street', 'speech']) {
    await app.call('projects.create', { name, client: null, intermediary: null, modality: 'elsewhere', labels: [] });
  }
  await app.call('settings.set', { language: 'en' });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Switch the activity' })).toBeVisible();
  return page;
}

/** Opens the small timer by its key: a picture-in-picture window of the page, or a window of the host. */
async function openTimer(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('Shift+S');
  const timer = await opened;
  await expect(timer.getByRole('group', { name: 'Small timer' })).toBeVisible();
  return timer;
}

test('the small timer shows the day and changes it with one key each', async ({ app }) => {
  const page = await begin(app);
  await page.keyboard.press('s');
  await page.keyboard.press('b');
  await expect.poll(async () => (await app.call('time.state', {})).activity?.what).toBe('annotating');
  const timer = await openTimer(page);
  await expect(timer.getByRole('group')).toContainText('Annotating');
  await expect(timer.getByRole('group')).toContainText('street');
  await expect(timer.locator('time').first()).not.toHaveText('00:00:00');
  const what = async () => (await app.call('time.state', {})).activity?.what ?? null;
  await timer.keyboard.press('b');
  await expect.poll(what).toBe('break');
  await expect(timer.getByRole('group')).toContainText('Break');
  await timer.keyboard.press('b');
  await expect.poll(what).toBe('annotating');
  await expect(timer.getByRole('group')).toContainText('Annotating');
  await timer.keyboard.press('s');
  await timer.keyboard.press('4');
  await expect.poll(what).toBe('meeting');
  await expect(timer.getByRole('group')).toContainText('Meeting');
  await timer.keyboard.press('w');
  await timer.keyboard.press('1');
  await expect.poll(async () => (await app.call('time.state', {})).waiting.map((each) => each.what)).toEqual(['tasks']);
  await timer.keyboard.press('p');
  await expect(timer.getByRole('group')).toContainText('Clocked in since');
  await timer.keyboard.press('Space');
  await expect.poll(what).toBeNull();
  await expect(timer.getByRole('button', { name: 'Go on' })).toBeVisible();
  await timer.keyboard.press('Space');
  await expect.poll(what).toBe('meeting');
});

test('hidden from the next desk, the small timer is a clock, and so are all windows', async ({ app }) => {
  const page = await begin(app);
  const timer = await openTimer(page);
  await timer.keyboard.press('h');
  await expect(timer.getByRole('group')).toHaveCount(0);
  await expect(timer.locator('body')).toHaveText(/^\d\d:\d\d$/);
  await expect(page.locator('[inert] #main')).toHaveCount(1);
  await timer.getByRole('button', { name: 'Show the timer' }).click();
  await expect(timer.getByRole('group', { name: 'Small timer' })).toBeVisible();
  await expect(page.locator('[inert] #main')).toHaveCount(0);
});
