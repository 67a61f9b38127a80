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

test('a day without the program is written down, set right by project, and what was wrong is taken out', async ({
  app,
}) => {
  const { page } = app;
  const make = async (name: string, per: 'piece' | 'hour') => {
    const given = { name, client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
    const { projectId } = await app.call('projects.create', given);
    const rate = { per, amount: { minor: 2400, currency: 'CNY' } };
    await app.call('projects.setTerms', { projectId, terms: { effectiveFrom: '2020-01-01', rate, note: null } });
    return projectId;
  };
  const hourly = await make('hourly', 'hour');
  const pieces = await make('pieces', 'piece');
  const { day: today } = await app.call('time.state', {});
  const before = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  const day = before(2);
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+t');
  for (const back of [1, 2]) {
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('textbox', { name: 'Day' })).toHaveValue(before(back));
  }
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'From' })).toBeFocused();
  await page.keyboard.type('900');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1130');
  await dialog.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: 'pieces' }).click();
  await dialog.getByRole('button', { name: /Write it down/ }).click();
  await expect(dialog).toBeHidden();
  const spans = async () =>
    (await app.call('time.day', { day })).spans.map(({ what, source, paid, projectId }) => [
      what,
      source,
      paid,
      projectId,
    ]);
  expect(await spans()).toEqual([['annotating', 'stated', 'by-piece', pieces]]);

  // It was for the other one, which pays by the hour.
  const stretch = page.getByRole('button', { name: 'Annotating 09:00–11:30' });
  await stretch.click();
  await dialog.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: 'hourly' }).click();
  await dialog.getByRole('button', { name: 'Chose the wrong one' }).click();
  await dialog.getByRole('button', { name: 'Write the correction' }).click();
  await expect(dialog).toBeHidden();
  expect(await spans()).toEqual([['annotating', 'stated', 'by-time', hourly]]);

  // And it never was: not without a reason.
  await stretch.click();
  const takeOut = dialog.getByRole('button', { name: 'It does not count' });
  await expect(takeOut).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('another day');
  await takeOut.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Nothing was recorded on this day.')).toBeVisible();
  expect(await spans()).toEqual([]);
});
