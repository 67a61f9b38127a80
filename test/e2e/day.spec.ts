import { expect, test } from './support/app-fixture.ts';

/** Minutes before now, as the ledger writes instants. */
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

test('one key asks, the next one answers: waiting and switching', async ({ app }) => {
  const { page } = app;
  await app.call('projects.createSample', { language: 'en' });
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  await page.keyboard.press('w');
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Start or end waiting' })).toContainText('Waiting for tasks');
  await page.keyboard.press('s');
  await page.keyboard.press('4');
  await expect(page.getByRole('button', { name: 'Switch the activity' })).toContainText('Meeting');
  await expect.poll(async () => (await app.call('time.state', {})).activity?.what).toBe('meeting');
  expect((await app.call('time.state', {})).waiting.map(({ what }) => what)).toEqual(['tasks']);
  await page.keyboard.press('w');
  await page.keyboard.press('1');
  await expect.poll(async () => (await app.call('time.state', {})).waiting).toEqual([]);
  // The digits answered; none of them gave a class.
  await expect(page.getByRole('listbox', { name: 'Objects' }).getByRole('option')).toHaveCount(0);
});

test('a clock runs by itself, without asking the core', async ({ app }) => {
  const { page } = app;
  await app.call('time.switch', { activity: 'meeting' });
  const clock = page.getByRole('button', { name: 'Switch the activity' }).locator('time');
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+p');
  await expect(clock).toBeVisible();
  const calls: string[] = [];
  page.on('request', (request) => calls.push(String(request.postData())));
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? '');
  await page.waitForTimeout(1200);
  expect(calls.filter((call) => call.includes('time.state'))).toEqual([]);
});

test('a gap is named with one key, and what it was is stated', async ({ app }) => {
  const { page } = app;
  const span = { lane: 'activity', paid: 'unpaid', projectId: null, taskId: null, tag: null } as const;
  // Whatever the hour, the hour before lies in the same working day.
  await app.call('settings.set', { dayStartHour: (new Date().getHours() + 12) % 24 });
  await app.call('time.log', { ...span, what: 'training', start: ago(60), end: ago(50) });
  await app.call('time.log', { ...span, what: 'training', start: ago(30), end: ago(10) });
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+p');
  await expect(page.getByRole('button', { name: /gaps? to name/ })).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('group', { name: /20 min: what was it/ })).toBeVisible();
  await page.keyboard.press('5');
  await expect
    .poll(async () => (await app.call('time.day', { day: null })).spans.filter(({ what }) => what === 'meeting'))
    .toMatchObject([{ source: 'stated', paid: 'unpaid' }]);
  expect((await app.call('time.day', { day: null })).gaps).toEqual([]);
});
