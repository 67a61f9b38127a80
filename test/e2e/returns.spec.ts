import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { JournalRecord, Shape } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { type App, expect, test } from './support/app-fixture.ts';

const dayMs = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });

/** Presses keys and counts them: each letter of a text is one. */
function counter(page: Page) {
  let keys = 0;
  return {
    async press(key: string) {
      keys += 1;
      await page.keyboard.press(key);
    },
    async type(text: string) {
      keys += text.length;
      await page.keyboard.type(text);
    },
    get keys() {
      return keys;
    },
  };
}

function moved(before: Shape | null, to: number): JournalRecord {
  const id = (before?.id ?? '019a0000-0000-7000-8000-000000000001') as Shape['id'];
  const after: Shape = {
    id,
    label: 'car',
    geometry: { type: 'box', x: to, y: 20, w: 100, h: 50 },
    attributes: {},
    origin: 'hand',
  };
  const edits = [{ before, after, indexBefore: before === null ? null : 0, indexAfter: 0 }];
  return { type: 'do', at: 0, change: { label: before === null ? 'draw' : 'move', edits } };
}

/** Seals a task with a box that stands 3 px further right each round. */
async function seal(app: App, taskId: TaskId, round: number): Promise<void> {
  const before = round === 0 ? null : shapeAt(round - 1);
  const { length } = await app.call('drafts.append', {
    taskId,
    after: round,
    records: [moved(before, 10 + 3 * round)],
  });
  await app.call('tasks.submit', { taskId, journalLength: length });
}

const shapeAt = (round: number): Shape => {
  const record = moved(null, 10 + 3 * round);
  if (record.type !== 'do') throw new Error('a change');
  return record.change.edits[0]!.after!;
};

async function firstTask(app: App) {
  const { projectId } = await app.call('projects.createSample', { language: 'en' });
  const { tasks } = await app.call('tasks.list', { projectId, limit: 1 });
  return { projectId, taskId: tasks[0]!.id };
}

test('three returns in three rounds and a recall are noted by keyboard, in at most 12 and 8 keys', async ({ app }) => {
  const { page } = app;
  const { projectId, taskId } = await firstTask(app);
  await app.call('settings.set', { language: 'en' });
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  const reasons = ['loose', 'again', 'still'];
  for (const [round, reason] of reasons.entries()) {
    await seal(app, taskId, round);
    const by = counter(page);
    await by.press('Alt+R');
    await expect(page.getByRole('textbox', { name: 'Reason, as given' })).toBeFocused();
    await by.type(reason);
    await by.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(by.keys).toBeLessThanOrEqual(12);
  }
  const { total, returns } = await app.call('returns.list', { projectId });
  expect(total).toBe(3);
  expect(returns.map((each) => [each.round, each.reason])).toEqual([
    [3, 'still'],
    [2, 'again'],
    [1, 'loose'],
  ]);
  // What the second revision changed, read off the page.
  await page.getByRole('row', { name: /again/ }).click();
  await expect(page.getByText('left +3 px · right +3 px')).toBeVisible();

  // In the place of what the sample pays.
  const { effectiveFrom } = (await app.call('projects.get', { projectId })).terms[0]!;
  await app.call('projects.setTerms', {
    projectId,
    terms: { effectiveFrom, rate: { per: 'piece', amount: yuan(60) }, note: null },
  });
  const work = { projectId, timeMs: null, attachments: [], note: null, doneAt: new Date().toISOString() };
  await app.call('elsewhere.log', { ...work, name: 'batch', count: 7 });
  const by = counter(page);
  await by.press('Alt+Shift+R');
  await expect(page.getByRole('textbox', { name: 'Pieces' })).toBeFocused();
  await by.type('6');
  await expect(page.getByText('CN¥360.00')).toBeVisible();
  await by.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(by.keys).toBeLessThanOrEqual(8);
  const list = page.getByRole('grid').getByRole('row', { name: /Single tasks/ });
  await expect(list).toContainText('CN¥360.00');
  // Case 1 of the field: eight at 60, six recalled; 480 promised, 360 lost, 120 left, 75 %. No project has to be chosen for it.
  for (const figure of ['CN¥480.00', 'CN¥120.00', '6 / 8 · 75.0 %']) {
    await expect(page.getByRole('button', { name: figure })).toBeVisible();
  }
  await page.getByRole('button', { name: '6 / 8 · 75.0 %' }).click();
  await expect(page.getByText('Recalls and the work they name')).toBeVisible();
});

test('work of long ago comes back as well, found by its name', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'en' });
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const work = { projectId: null, count: 1, timeMs: null, attachments: [], note: null };
  const old = await app.call('elsewhere.log', { ...work, name: 'crossing 7', doneAt: ago(600) });
  for (let n = 0; n < 101; n += 1)
    await app.call('elsewhere.log', { ...work, name: `lane ${n}`, doneAt: ago(300 - n) });
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+r');
  const reason = page.getByRole('textbox', { name: 'Reason, as given' });
  await expect(reason).toBeFocused();
  const chosen = page.getByRole('combobox', { name: 'Work that came back' });
  await expect(chosen).toHaveValue(/^lane 100 /);
  await page.keyboard.type('loose');
  await expect(reason).toHaveValue('loose');
  await chosen.fill('no such');
  await expect(page.getByText('No work of that name.')).toBeVisible();
  // Whoever gives up looking has what was chosen before.
  await reason.click();
  await expect(chosen).toHaveValue(/^lane 100 /);
  await chosen.fill('crossing');
  // What is written stays while another work is looked for.
  await expect(reason).toHaveValue('loose');
  await page.getByRole('option', { name: /^crossing 7 / }).click();
  await expect(chosen).toHaveValue(/^crossing 7 /);
  await reason.fill('missed');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const { returns } = await app.call('returns.list', {});
  expect(returns).toMatchObject([{ subject: { id: old.taskId }, reason: 'missed' }]);
});

test('what was never written down is logged first, and then came back', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'en' });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Counterledger' })).toBeVisible();
  await page.keyboard.press('Alt+r');
  await page.getByRole('dialog').getByRole('button', { name: 'Log work done elsewhere' }).click();
  await expect(page.getByRole('textbox', { name: 'Name or number' })).toBeFocused();
  await page.keyboard.type('batch 3');
  await page.keyboard.press('Control+Enter');
  const reason = page.getByRole('textbox', { name: 'Reason, as given' });
  await expect(reason).toBeFocused();
  await page.keyboard.type('loose');
  await expect(reason).toHaveValue('loose');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect((await app.call('returns.list', {})).returns).toMatchObject([{ workName: 'batch 3', reason: 'loose' }]);
});

test('of a batch that came back one says how many of its pieces, and only these count as returned', async ({ app }) => {
  const { page } = app;
  const { projectId } = await firstTask(app);
  await app.call('settings.set', { language: 'en' });
  const work = { projectId, timeMs: null, attachments: [], note: null, doneAt: new Date().toISOString() };
  await app.call('elsewhere.log', { ...work, name: 'batch', count: 40 });
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+R');
  const reason = page.getByRole('textbox', { name: 'Reason, as given' });
  await expect(reason).toBeFocused();
  await page.keyboard.type('loose');
  await expect(reason).toHaveValue('loose');
  await page.getByRole('textbox', { name: 'Pieces' }).fill('10');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect((await app.call('returns.list', { projectId })).returns).toMatchObject([{ reason: 'loose', pieces: 10 }]);
  await expect(page.getByRole('button', { name: '30 / 40' })).toBeVisible();
});

test('a return goes into the error notebook in one press and is found by two letters', async ({ app }) => {
  const { page } = app;
  const { taskId } = await firstTask(app);
  await app.call('settings.set', { language: 'en' });
  await page.reload();
  await expect(page.locator('#main')).toBeVisible();
  await seal(app, taskId, 0);
  await page.keyboard.press('Alt+R');
  await expect(page.getByRole('textbox', { name: 'Reason, as given' })).toBeFocused();
  await page.keyboard.type('框没有贴合');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('row', { name: /贴合/ }).click();
  await page.getByRole('button', { name: 'Into the error notebook' }).click();
  await page.getByRole('button', { name: 'See in the notebook' }).click();
  await expect(page.getByRole('heading', { name: 'Error notebook' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the notebook' }).fill('贴合');
  await expect(page.getByRole('row', { name: /框没有贴合/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the notebook' }).fill('轿车');
  await expect(page.getByText('Nothing in the notebook fits.')).toBeVisible();
});

test('93 % and 94 % on two days raise the risk, calmly, with the figures behind it', async ({ app }) => {
  const { page } = app;
  const { projectId } = await firstTask(app);
  await app.call('settings.set', { language: 'en' });
  const bar = { operator: 'at-least' as const, percent: '95', measuredBy: null };
  await app.call('projects.setBar', { projectId, effectiveFrom: '2020-01-01', bar });
  const day = dayOf(Date.now() - 3 * dayMs);
  await app.call('accuracy.report', {
    ...{ projectId, stage: null, forDay: day, releasedOn: day, percent: '93', correct: null, total: null },
    ...{ note: null, heardAt: new Date().toISOString() },
  });
  await page.reload();
  await page.getByRole('button', { name: 'Accuracy', exact: true }).click();
  await expect(page.getByRole('button', { name: '93 %' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'in a row' })).toBeHidden();
  await page.getByRole('button', { name: 'Note an accuracy figure' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('94');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'suspension may follow' })).toBeVisible();
  await expect(page.getByText('below, in a row')).toBeVisible();
  // A figure of another project is kept for that one, and shown there.
  const given = { client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
  await app.call('projects.create', { ...given, name: 'speech' });
  const asked = page.getByRole('dialog');
  await expect(asked).toBeHidden();
  await page.getByRole('button', { name: 'Note an accuracy figure' }).click();
  await asked.getByRole('textbox').first().fill('97.25');
  await asked.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: 'speech' }).click();
  await asked.getByRole('button', { name: /^Record the figure/ }).click();
  // While it fades there are two fields of that name.
  await expect(asked).toBeHidden();
  await expect(page.getByRole('button', { name: '97.25 %' })).toBeVisible();
  await expect(page.getByRole('button', { name: '93 %' })).toBeHidden();
  const shown = page.getByRole('combobox', { name: 'Project' });
  await shown.click();
  await page.getByRole('option').filter({ hasNotText: 'speech' }).click();
  await page.getByRole('button', { name: 'See the figures' }).click();
  await expect(page.getByText('Figures below the bar')).toBeVisible();
});

test('a file kept with a note comes out again under its own name, byte for byte', async ({ app }) => {
  const { page } = app;
  const { projectId } = await app.call('projects.create', {
    ...{ name: 'Street', client: null, intermediary: null, modality: 'elsewhere', labels: [] },
  });
  const { taskId } = await app.call('elsewhere.log', {
    ...{ projectId, name: 'batch', count: 1, timeMs: null, attachments: [], note: null },
    doneAt: new Date(Date.now() - dayMs).toISOString(),
  });
  await app.call('returns.open', {
    ...{ subject: { type: 'elsewhere', id: taskId }, stage: 'reviewer', round: 1, reason: 'loose', ruleCited: null },
    ...{ guidelineId: null, itemised: null, check: null, reviewer: null, deadline: null, deduction: null, view: null },
    ...{ attachments: [], receivedAt: new Date().toISOString() },
  });
  await page.keyboard.press('Alt+b');
  await page.getByRole('row').filter({ hasText: 'batch' }).click();
  await page.getByRole('button', { name: 'Write a note…' }).click();
  await page.getByRole('textbox', { name: 'Notes' }).fill('What the chat said');
  const buffer = Buffer.from([0, 255, 13, 10, 239, 187, 191, 9]);
  await page.locator('input[type=file]').setInputFiles({ name: 'chat, day 3.bin', mimeType: '', buffer });
  const save = page.getByRole('button', { name: 'Keep the note' });
  await expect(save).toBeInViewport({ ratio: 1 });
  await save.click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'chat, day 3.bin' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('chat, day 3.bin');
  expect((await readFile(await file.path())).equals(buffer)).toBe(true);
});
