import { expect, test } from './support/app-fixture.ts';

const at = (clock: string) => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return new Date(2026, 2, 6, hour, minute).getTime();
};

test.use({ beginAt: at('9:00') });

test('idle and slept hours are asked about later, in a batch, once', async ({ app }) => {
  test.setTimeout(120_000);
  const { page } = app;
  await app.call('projects.createSample', { language: 'en' });
  await page.reload();
  const canvas = page.locator('[data-canvas-host][data-task]');
  await expect(canvas).toBeVisible();
  const box = (await canvas.boundingBox())!;
  const touch = async () => {
    // The window tells of work at most once a second.
    await page.waitForTimeout(1100);
    const told = page.waitForResponse((response) => response.request().postData()?.includes('"time.touch"') === true);
    await page.mouse.move(box.x + 200, box.y + 200 + Math.floor((Date.now() / 7) % 50));
    await page.mouse.wheel(0, 10);
    await told;
    await expect.poll(async () => (await app.call('time.state', {})).activity?.what).toBe('annotating');
  };
  await page.keyboard.press('p');
  await expect.poll(async () => (await app.call('time.state', {})).presence?.what).toBe('present');
  await touch();
  await app.goTo(at('9:02'));
  await touch();
  // Called away for twenty minutes, without a word to the program.
  await app.goTo(at('9:20'));
  await touch();
  await app.goTo(at('9:21'));
  await touch();
  // The lid is shut over lunch.
  await app.goTo(at('10:30'), 'asleep');
  await touch();
  await app.goTo(at('10:33'));
  await touch();

  // Nothing asked by itself meanwhile: a button says how many there are.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '2 gaps to name' })).toBeVisible();
  const { gaps } = await app.call('time.day', { day: null });
  expect(gaps.map(({ why }) => why)).toEqual(['idle', 'suspend']);
  await page.keyboard.press('g');
  await expect(page.getByRole('group', { name: /what was it/ })).toContainText('Nothing was touched');
  // A meeting; and the other one was one's own time.
  await page.keyboard.press('5');
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: /gaps? to name/ })).toHaveCount(0);
  const account = await app.call('time.day', { day: null });
  expect(account.gaps).toEqual([]);
  expect(account.spans.filter(({ what }) => what === 'meeting')).toMatchObject([{ source: 'stated' }]);
  // Once: it is not asked again, not in another room and not by a start anew.
  await page.keyboard.press('Alt+t');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Switch the activity' })).toBeVisible();
  await expect(page.getByRole('button', { name: /gaps? to name/ })).toHaveCount(0);
});

test('what was left open on the last day of work is asked with what is open today', async ({ app }) => {
  const { page } = app;
  const on = (day: number, clock: string) => new Date(at(clock) + day * 86_400_000).toISOString();
  const log = (day: number, from: string, to: string) =>
    app.call('time.log', {
      ...{ lane: 'activity', what: 'annotating', paid: 'unpaid', projectId: null, taskId: null, tag: null },
      ...{ start: on(day, from), end: on(day, to) },
    });
  // Tuesday, from eight to five with an hour nobody spoke of, and today so far. What is older than the last day is not asked any more.
  await log(-7, '8:00', '9:00');
  await log(-7, '10:00', '11:00');
  await log(-3, '8:00', '12:00');
  await log(-3, '13:00', '17:00');
  await log(0, '8:00', '8:10');
  await log(0, '8:30', '8:50');
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+p');
  await expect(page.getByRole('button', { name: '2 gaps to name' })).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('group', { name: /Tue.*12:00–13:00/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('group', { name: /^08:10–08:30/ })).toBeVisible();
  await page.keyboard.press('5');
  await expect(page.getByRole('button', { name: /gaps? to name/ })).toHaveCount(0);
  const whats = async (day: string) => (await app.call('time.day', { day })).spans.map(({ what }) => what);
  expect(await whats('2026-03-03')).toEqual(['annotating', 'break', 'annotating']);
  expect(await whats('2026-03-06')).toEqual(['annotating', 'meeting', 'annotating']);
});
