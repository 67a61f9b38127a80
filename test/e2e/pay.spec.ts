import type { Page } from '@playwright/test';
import { type App, expect, test } from './support/app-fixture.ts';
import { expectAccessible } from './support/at-rest.ts';

const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });
const two = (value: number) => String(value).padStart(2, '0');
const dayText = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** A project of work in another tool at 60 yuan a piece, eight of which were done just now. */
async function eightTasks(app: App, now = Date.now()) {
  await app.call('settings.set', { language: 'en' });
  const { projectId } = await app.call('projects.create', {
    name: 'street',
    client: null,
    intermediary: null,
    modality: 'elsewhere',
    labels: [],
  });
  await app.call('projects.setTerms', {
    projectId,
    terms: { effectiveFrom: '2026-01-01', rate: { per: 'piece', amount: yuan(60) }, note: null },
  });
  for (let n = 1; n <= 8; n += 1) {
    await app.call('elsewhere.log', {
      projectId,
      name: `batch ${n}`,
      count: 1,
      timeMs: null,
      attachments: [],
      note: null,
      doneAt: new Date(now).toISOString(),
    });
  }
  return projectId;
}

const pay = (page: Page) => page.getByRole('region', { name: 'Pay' });
const dialog = (page: Page) => page.getByRole('dialog');
const head = (page: Page, name: string) =>
  pay(page)
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

/** Chooses from a list of the dialog. */
async function choose(page: Page, label: string, option: string) {
  await dialog(page).getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('a month that was paid 20 % short becomes a claim, and every figure opens', async ({ app }) => {
  const { page } = app;
  await eightTasks(app);
  await page.keyboard.press('Alt+Y');
  await expect(head(page, 'Expected')).toHaveText('CN¥480.00');
  await page.keyboard.press('n');
  await expect(dialog(page)).toBeVisible();
  // The amount has the focus: it is the one thing that must be typed.
  await page.keyboard.type('384');
  await expect(dialog(page).getByRole('textbox').first()).toHaveValue('384');
  await choose(page, 'Currency', 'CNY');
  await choose(page, 'Project', 'street');
  await dialog(page).getByRole('button', { name: 'Write it down' }).press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(head(page, 'Received')).toHaveText('CN¥384.00');
  await expect(head(page, 'Difference')).toHaveText('-CN¥96.00');

  await page.keyboard.press('c');
  await expect(dialog(page).getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('96');
  await expect(dialog(page).getByRole('textbox').first()).toHaveValue('96');
  await choose(page, 'Currency', 'CNY');
  await dialog(page).getByRole('textbox', { name: 'What it is for' }).fill('20 % missing');
  await dialog(page).getByRole('button', { name: 'Write it down' }).press('Enter');
  await expect(pay(page).getByRole('region', { name: 'Claims' })).toContainText('20 % missing');
  await expect(head(page, 'Claims not settled')).toContainText('CN¥96.00');
  await expectAccessible(page);

  await head(page, 'Expected').getByRole('button').first().click();
  // Eight pieces of work and the terms.
  await expect(
    page.getByRole('grid', { name: /Ledger/ }).or(page.getByRole('table', { name: /Ledger/ })),
  ).toBeVisible();
  await expect(page.getByText('9 entries')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await pay(page).getByRole('button', { name: 'Close the claim' }).click();
  await dialog(page).getByRole('button', { name: 'Close the claim' }).click();
  await expect(dialog(page)).toBeHidden();
  expect((await app.call('claims.list', { open: true })).total).toBe(0);
});

test('a pasted statement is held against the ledger row by row', async ({ app }) => {
  const { page } = app;
  await eightTasks(app);
  await page.keyboard.press('Alt+Y');
  await page.keyboard.press('k');
  const { day } = await app.call('time.state', {});
  await dialog(page).getByText('Paste it', { exact: true }).click();
  await dialog(page)
    .getByRole('textbox', { name: 'The table, pasted' })
    .fill(`date\tname\tpieces\n${day}\tbatch 1\t1\n${day}\tbatch 2\t3\n${day}\tbatch 9\t1`);
  await dialog(page).getByRole('button', { name: 'Compare 3 rows' }).click();
  await expect(dialog(page).getByRole('status')).toHaveText(
    '1 different6 only in the ledger1 only in the statement1 matched',
  );
  await dialog(page)
    .getByRole('row', { name: /differs/ })
    .getByRole('button', { name: 'Open' })
    .click();
  await expect(page.getByText('1 entry')).toBeVisible();

  // What the ledger has nothing of leads to what it has of that day.
  await page.keyboard.press('Alt+Y');
  await page.keyboard.press('k');
  await dialog(page).getByText('Paste it', { exact: true }).click();
  await dialog(page).getByRole('textbox', { name: 'The table, pasted' }).fill(`date\tname\tpieces\n${day}\tbatch 9\t1`);
  await dialog(page).getByRole('button', { name: 'Compare 1 row' }).click();
  await dialog(page).getByRole('button', { name: 'That day' }).click();
  await expect(page.getByRole('textbox', { name: 'Day' })).toHaveValue(day);
});

test('a training called at the last minute is kept with its hours', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'en' });
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  await page.keyboard.press('Alt+C');
  await page.keyboard.press('n');
  await expect(dialog(page).getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('new rules');
  // What fills the fields below goes past the keyboard, and would be there before keys that are kept back.
  await expect(dialog(page).getByRole('textbox').first()).toHaveValue('new rules');
  await dialog(page).getByRole('textbox', { name: 'Day' }).fill(dayText(yesterday));
  await dialog(page).getByRole('textbox', { name: 'From', exact: true }).fill('9:00');
  await dialog(page).getByRole('textbox', { name: 'To', exact: true }).fill('18:00');
  await dialog(page).getByRole('button', { name: 'Write it down' }).press('Enter');
  await expect(dialog(page)).toBeHidden();
  await page.getByRole('textbox', { name: 'What an hour is worth to you' }).fill('20');
  const figures = page.locator('dl');
  await expect(figures).toContainText('9 h');
  await expect(figures).toContainText('180.00');
  const { trainings } = await app.call('training.list', {});
  // Nobody asked whether it was mandatory or needed, and nobody said so.
  const said = { topic: 'new rules', timeMs: 9 * 3_600_000, paid: false, mandatory: null, needed: null };
  expect(trainings[0]).toMatchObject(said);
  await expectAccessible(page);

  const begun = new Date(Date.now() - 3 * 24 * 3_600_000);
  await app.call('training.record', {
    ...{ projectId: null, topic: 'impromptu', mandatory: true, paid: false, retraining: true, fee: null },
    ...{ travelCost: null, travelMs: null, certificate: null, needed: null, note: null },
    calledAt: new Date(begun.getTime() - 30 * 60_000).toISOString(),
    sessions: [{ start: begun.toISOString(), end: new Date(begun.getTime() + 3_600_000).toISOString() }],
  });
  await expect(page.getByRole('row', { name: /impromptu/ })).toContainText('30 min before');
  await expect(page.getByRole('row', { name: /impromptu/ })).toContainText('unpaid');
  await app.call('training.record', {
    ...{ projectId: null, topic: 'of no word', mandatory: null, paid: null, retraining: false, fee: null },
    ...{ travelCost: null, travelMs: null, certificate: null, needed: null, note: null, calledAt: null },
    sessions: [
      {
        start: new Date(begun.getTime() - 24 * 3_600_000).toISOString(),
        end: new Date(begun.getTime() - 23 * 3_600_000).toISOString(),
      },
    ],
  });
  await expect(page.getByRole('row', { name: /of no word/ })).toContainText('not said');
  await expect(page.getByRole('row', { name: /of no word/ })).not.toContainText('paid');

  await page.getByRole('row', { name: /new rules/ }).click();
  const panel = page.getByRole('complementary', { name: 'new rules' });
  await panel.getByText('not needed', { exact: true }).click();
  await panel.getByRole('textbox', { name: 'Reason' }).fill('nobody asked for it');
  await panel.getByRole('button', { name: 'Say so' }).click();
  await expect(panel).toBeHidden();
  expect((await app.call('training.list', {})).trainings[0]).toMatchObject({ needed: false });
  expect((await app.call('ledger.rebuild', {})).tables.filter(({ differed }) => differed > 0)).toEqual([]);
});

test.describe('in the night to the first of a month', () => {
  const now = new Date(2026, 2, 1, 0, 30).getTime();
  test.use({ beginAt: now });

  test('what was just worked is in the month that pay opens with', async ({ app }) => {
    const { page } = app;
    await eightTasks(app, now);
    await page.keyboard.press('Alt+Y');
    await expect(head(page, 'Expected')).toHaveText('CN¥480.00');
    await expect(page.getByText('February 2026')).toBeVisible();
  });
});
