import type { Page } from '@playwright/test';
import { type App, expect, test } from './support/app-fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const panel = (page: Page) => page.getByRole('complementary').filter({ has: page.getByRole('tablist') });

/** A project, and an hour of training stated for it. */
async function stateAnHour(app: App): Promise<void> {
  // Whatever the hour, the hour before lies in the same working day.
  await app.call('settings.set', { dayStartHour: (new Date().getHours() + 12) % 24 });
  const { projectId } = await app.call('projects.create', {
    name: 'Night shift',
    client: 'A client',
    intermediary: null,
    modality: 'image',
    labels: [],
  });
  const end = Date.now() - 60_000;
  await app.call('time.log', {
    lane: 'activity',
    what: 'training',
    start: new Date(end - 3_600_000).toISOString(),
    end: new Date(end).toISOString(),
    paid: 'unpaid',
    projectId,
    taskId: null,
    tag: 'first day',
  });
}

async function openLedger(app: App): Promise<Page> {
  await stateAnHour(app);
  await app.page.reload();
  await expect(app.page.locator('#main')).toBeVisible();
  await app.page.keyboard.press('Alt+l');
  await expect(app.page.getByRole('heading', { name: 'Ledger' })).toBeVisible();
  return app.page;
}

async function correct(page: Page, how: string): Promise<void> {
  await panel(page).getByRole('button', { name: 'Correct', exact: true }).click();
  await page.getByRole('menuitem', { name: how }).click();
}

test.describe('the ledger page', () => {
  test('lists every entry and filters by kind, project, source and day', async ({ app }) => {
    const page = await openLedger(app);
    const rows = page.getByRole('rowgroup').last().getByRole('row');
    await expect(rows).toHaveCount(3);
    await expect(page.getByText('3 entries')).toBeVisible();

    await page.getByRole('combobox', { name: 'Kind' }).fill('Time');
    await page.getByRole('option', { name: 'Time', exact: true }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('training');
    await page.getByRole('textbox', { name: 'Day' }).fill('2001-01-01');
    await page.getByRole('textbox', { name: 'Day' }).press('Enter');
    await expect(page.getByText('No entry matches these filters.')).toBeVisible();
  });

  test('amends an entry with a reason, and keeps the one before', async ({ app }) => {
    const page = await openLedger(app);
    await page.getByRole('row').filter({ hasText: 'training' }).click();
    await correct(page, 'Amend…');
    await dialog(page).getByLabel('Tag').fill('second day');
    const write = dialog(page).getByRole('button', { name: 'Write the amendment' });
    await expect(write).toBeDisabled();
    await dialog(page).getByLabel('Reason').fill('It was the second day.');
    await write.click();
    await expect(dialog(page)).toBeHidden();

    const before = page.getByRole('row').filter({ hasText: 'training' }).last();
    await expect(before).toContainText('amended');
    await before.click();
    await panel(page)
      .getByRole('tab', { name: /^Corrections/ })
      .click();
    await expect(panel(page).getByText('It was the second day.')).toBeVisible();
    const { spans } = await app.call('time.day', { day: null });
    expect(spans.map(({ tag }) => tag)).toEqual(['second day']);
  });

  test('amends an amount, a day, a time, a project and tags as one writes them', async ({ app }) => {
    await stateAnHour(app);
    const given = { client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
    const { projectId } = await app.call('projects.create', { ...given, name: 'Speech' });
    const happenedAt = new Date().toISOString();
    const paid = { projectId: null, amount: { minor: 19_200, currency: 'CNY' }, channel: null, note: null };
    await app.call('pay.receive', {
      ...paid,
      ...{ periodFrom: '2026-02-01', periodTo: '2026-02-28', attachments: [], happenedAt },
    });
    const work = { projectId, name: 'batch 9', count: 3, timeMs: 90_500, attachments: [], note: null };
    await app.call('elsewhere.log', { ...work, doneAt: happenedAt });
    const { page } = app;
    const amend = async (row: string, change: () => Promise<void>) => {
      await page.getByRole('row').filter({ hasText: row }).first().click();
      await correct(page, 'Amend…');
      await change();
      await dialog(page).getByLabel('Reason').fill('Mistyped.');
      await dialog(page).getByRole('button', { name: 'Write the amendment' }).click();
      await expect(dialog(page)).toBeHidden();
    };
    await page.reload();
    await expect(page.locator('#main')).toBeVisible();
    await page.keyboard.press('Alt+l');
    await amend('Pay received', async () => {
      await dialog(page).getByRole('textbox', { name: 'Amount' }).fill('1,920.00');
      await dialog(page).getByRole('combobox', { name: 'Project' }).click();
      await page.getByRole('option', { name: 'Night shift' }).click();
      const until = dialog(page).getByRole('textbox', { name: 'Period to' });
      await until.fill('2026-02-15');
      await until.press('Tab');
    });
    const { records } = await app.call('pay.list', { from: '2026-02-01', to: '2026-02-28' });
    expect(records).toMatchObject([
      { amount: { minor: 192_000, currency: 'CNY' }, projectName: 'Night shift', periodTo: '2026-02-15' },
    ]);
    // What was not touched keeps its half second.
    await amend('batch 9', async () => {
      await expect(dialog(page).getByRole('textbox', { name: 'Time it took' })).toHaveValue('1.50833');
      await dialog(page).getByRole('textbox', { name: 'How many' }).fill('4');
    });
    expect((await app.call('elsewhere.list', {})).tasks).toMatchObject([{ count: 4, timeMs: 90_500 }]);
    await amend('batch 9', () => dialog(page).getByRole('textbox', { name: 'Time it took' }).fill('2.5'));
    expect((await app.call('elsewhere.list', {})).tasks).toMatchObject([{ count: 4, timeMs: 150_000 }]);
  });

  test('voids an entry: it stays, but counts no more', async ({ app }) => {
    const page = await openLedger(app);
    await page.getByRole('row').filter({ hasText: 'training' }).click();
    await correct(page, 'Void…');
    await dialog(page).getByLabel('Reason').fill('It never happened.');
    await dialog(page).getByRole('button', { name: 'Void the entry' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByRole('row').filter({ hasText: 'training' }).last()).toContainText('voided');
    expect((await app.call('time.day', { day: null })).spans).toEqual([]);
  });

  test('erases a field for good, and the ledger still verifies', async ({ app }) => {
    const page = await openLedger(app);
    await page.getByRole('row').filter({ hasText: 'Project started' }).click();
    await expect(panel(page).getByText('A client')).toBeVisible();
    await correct(page, 'Erase fields…');
    await dialog(page).getByLabel('Client').check();
    await expect(dialog(page).getByText('No backup holds it.')).toBeVisible();
    await dialog(page).getByLabel('Reason').fill('It must not be kept.');
    await dialog(page).getByRole('button', { name: 'Erase for good' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(panel(page).getByText('erased')).toBeVisible();
    await expect(panel(page).getByText('A client')).toBeHidden();
    expect((await app.call('ledger.verify', {})).problems).toEqual([]);
  });

  test('goes by keys: arrows move, Enter opens, Escape closes', async ({ app }) => {
    const page = await openLedger(app);
    const table = page.getByRole('grid');
    await expect(table.getByRole('row').filter({ hasText: 'Project started' })).toBeVisible();
    await table.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(panel(page)).toBeVisible();
    await expect(panel(page).getByRole('heading').first()).toHaveText('Project started');
    await page.keyboard.press('ArrowUp');
    await expect(panel(page).getByRole('heading').first()).toHaveText('Time');
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
  });
});
