import type { Page } from '@playwright/test';
import type { Shape } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { type App, expect, test } from './support/app-fixture.ts';

const objects = (page: Page) => page.getByRole('listbox', { name: 'Objects' }).getByRole('option');
const allSaved = (page: Page) => expect(page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');

/** The sample project in the Work room; boxes are placed and everything done by key. */
async function openSample(app: App) {
  const { page } = app;
  const { projectId } = await app.call('projects.createSample', { language: 'en' });
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  const { tasks } = await app.call('tasks.list', { projectId, limit: 20 });
  return { page, projectId, tasks: tasks.map(({ id }) => id) };
}

/** Waits until the photo of a task is on screen. */
async function isShown(page: Page, taskId: TaskId | undefined): Promise<void> {
  await expect(page.locator(`[data-canvas-host][data-task="${taskId}"]`)).toBeVisible();
}

async function draft(app: App, taskId: TaskId | undefined): Promise<readonly Shape[]> {
  const { base, records } = await app.call('drafts.get', { taskId: taskId! });
  return foldJournal(records, base).doc.shapes;
}

const left = ({ geometry }: Shape): number => (geometry.type === 'box' ? geometry.x : Number.NaN);
const lefts = async (app: App, taskId: TaskId | undefined) => (await draft(app, taskId)).map(left);

test('boxes are copied, pasted on another photo, ordered in depth, and all of it undone', async ({ app }) => {
  const { page, tasks } = await openSample(app);
  await page.keyboard.press('Shift+b');
  await page.keyboard.press('Control+d');
  await expect(objects(page)).toHaveCount(2);
  await allSaved(page);
  const [first = 0, second = 0] = await lefts(app, tasks[0]);
  expect(second).toBe(first + 10);

  // The copy goes below the first, and to the top again.
  await page.keyboard.press('Control+[');
  await allSaved(page);
  await expect.poll(() => lefts(app, tasks[0])).toEqual([second, first]);
  await page.keyboard.press('Control+}');
  await expect.poll(() => lefts(app, tasks[0])).toEqual([first, second]);

  // A tenth of a pixel, one, and ten.
  for (const key of ['Shift+End', 'ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
  await expect.poll(async () => (await lefts(app, tasks[0]))[1]).toBeCloseTo(second + 11.1, 6);

  await page.keyboard.press('Control+x');
  await expect(objects(page)).toHaveCount(1);
  await page.keyboard.press('d');
  await isShown(page, tasks[1]);
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+v');
  await expect(objects(page)).toHaveCount(2);
  await expect.poll(async () => (await lefts(app, tasks[1])).length).toBe(2);
  const pasted = await lefts(app, tasks[1]);
  expect(pasted[0]).toBeCloseTo(second + 11.1, 6);
  expect(pasted[1]).toBeCloseTo(second + 21.1, 6);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(objects(page)).toHaveCount(0);
  await page.keyboard.press('a');
  await isShown(page, tasks[0]);
  await page.keyboard.press('Control+z');
  await expect(objects(page)).toHaveCount(2);
});

test('objects are locked, hidden and shown alone, and a filter leaves the others out', async ({ app }) => {
  const { page, tasks } = await openSample(app);
  await page.keyboard.press('Shift+b');
  await page.keyboard.press('Control+d');
  await page.keyboard.press('2');
  await expect(objects(page)).toHaveCount(2);
  await page.keyboard.press('Shift+k');
  await expect(objects(page).last()).toContainText('locked');
  // Nothing changes it, and the rest of the selection is changed.
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(objects(page)).toHaveCount(1);
  await expect(objects(page).first()).toContainText('Bus');
  await page.keyboard.press('Control+z');
  await objects(page).last().click();
  await page.keyboard.press('Shift+k');
  await expect(objects(page).last()).not.toContainText('locked');

  await page.keyboard.press('\\');
  await expect(page.getByText('1 out of sight')).toBeVisible();
  await page.keyboard.press('d');
  await isShown(page, tasks[1]);
  await expect(page.getByText('out of sight')).toBeHidden();
  await page.keyboard.press('a');
  await isShown(page, tasks[0]);
  await expect(page.getByText('1 out of sight')).toBeVisible();
  await page.keyboard.press('Control+\\');
  await objects(page).first().click();
  await page.keyboard.press('|');
  await expect(objects(page).last()).toContainText('hidden');
  await page.keyboard.press('|');
  await expect(page.getByText('out of sight')).toBeHidden();

  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Class' }).click();
  await page.getByRole('option', { name: 'Bus', exact: true }).click();
  await expect(objects(page)).toHaveCount(1);
  await expect(page.getByRole('heading', { name: /^Objects/ })).toContainText('1 shown');
  await page.getByRole('button', { name: 'No filter' }).click();
  await expect(objects(page)).toHaveCount(2);
});

test('an object is carried on through the photos and filled in between two of them', async ({ app }) => {
  const { page, tasks } = await openSample(app);
  await page.keyboard.press('Shift+b');
  await expect(objects(page)).toHaveCount(1);
  await allSaved(page);
  const [from = 0] = await lefts(app, tasks[0]);
  // Asked once.
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('textbox', { name: 'Photos' })).toBeFocused();
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await expect(page.getByText('4 objects placed on 4 photos.')).toBeVisible();
  for (const task of tasks.slice(1, 5)) expect(await lefts(app, task)).toEqual([from]);
  expect(await draft(app, tasks[5])).toEqual([]);

  for (const task of tasks.slice(1, 5)) {
    await page.keyboard.press('d');
    await isShown(page, task);
  }
  await expect(objects(page)).toHaveCount(1);
  await objects(page).first().click();
  await page.getByRole('application').focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await allSaved(page);
  await expect.poll(() => lefts(app, tasks[4])).toEqual([from + 40]);
  await page.keyboard.press('Control+i');
  await expect(page.getByText('3 objects placed on 3 photos.')).toBeVisible();
  expect(await Promise.all(tasks.slice(0, 6).map((task) => lefts(app, task)))).toEqual(
    [[0], [10], [20], [30], [40], []].map((row) => row.map((by) => from + by)),
  );
  // One undoable change in each photo.
  await page.keyboard.press('a');
  await isShown(page, tasks[3]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => lefts(app, tasks[3])).toEqual([from]);
});

test('what an object is answered with becomes what new ones begin with, tags included', async ({ app }) => {
  const { page, projectId, tasks } = await openSample(app);
  const { labels } = await app.call('projects.get', { projectId });
  const occlusion = {
    ...{ name: 'occlusion', input: 'radio' as const, values: ['none', 'half'], initial: null },
    ...{ required: true, mutable: false },
  };
  await app.call('projects.change', {
    projectId,
    labels: labels.map((label, at) => (at === 0 ? { ...label, attributes: [occlusion] } : label)),
  });
  await page.keyboard.press('Shift+b');
  const panel = page.getByRole('region', { name: 'Selected object' });
  await panel.getByRole('radio', { name: 'half' }).click();
  await panel.getByRole('button', { name: /New objects begin with this answer/ }).click();
  await expect(panel.getByRole('button', { pressed: true, name: /begin with this answer/ })).toBeVisible();
  await page.getByRole('application').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+b');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+t');
  await expect(objects(page)).toHaveCount(3);
  await allSaved(page);
  await expect
    .poll(async () => (await draft(app, tasks[0])).map(({ geometry, attributes }) => [geometry.type, attributes]))
    .toEqual([
      ['box', { occlusion: 'half' }],
      ['box', { occlusion: 'half' }],
      ['tag', { occlusion: 'half' }],
    ]);
  // The tag is answered like any other object.
  await objects(page).last().click();
  await panel.getByRole('radio', { name: 'none' }).click();
  await expect.poll(async () => (await draft(app, tasks[0])).at(-1)?.attributes).toEqual({ occlusion: 'none' });
});

test('an action is given other keys, clashes are refused by name, and the keys are kept', async ({ app }) => {
  const { page, tasks } = await openSample(app);
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog');
  await help.getByRole('button', { name: 'Change keys' }).click();
  await help.getByRole('textbox', { name: 'Find an action' }).fill('Next task');
  await help.getByRole('button', { name: 'Change the keys of “Next task”' }).click();
  await page.keyboard.press('a');
  await expect(help.getByRole('alert')).toContainText('Taken by “Previous task”');
  await page.keyboard.press('Control+Alt+n');
  await expect(help.getByRole('button', { name: 'Default keys for “Next task”' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  await page.keyboard.press('d');
  await page.keyboard.press('Control+Alt+n');
  await isShown(page, tasks[1]);
  await expect
    .poll(async () => (await app.call('settings.get', {})).ui['keys'])
    .toEqual({ 'work.next': ['Ctrl+Alt+N'] });
  await page.reload();
  await isShown(page, tasks[1]);
  await page.keyboard.press('Control+Alt+n');
  await isShown(page, tasks[2]);

  // From the settings back to how the keys come.
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: /See and change keys/ }).click();
  await help.getByRole('button', { name: 'Change keys' }).click();
  await help.getByRole('button', { name: /Default keys for the one changed/ }).click();
  await expect.poll(async () => (await app.call('settings.get', {})).ui['keys']).toEqual({});
});
