import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ProjectId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { boxOf } from '#test/support/box-of.ts';
import { testData } from '#test/support/test-data.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { runAction } from './support/run-action.ts';

const occlusion = {
  name: 'occlusion',
  title: 'Occlusion',
  input: 'select',
  values: ['fully visible', 'partial', 'severe', 'invisible'],
  initial: null,
  required: true,
  mutable: true,
} as const;

/** A photo whose guideline asks for a smallest size and one answer of every car. */
async function openRuled(app: App): Promise<{ projectId: ProjectId; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-rules-'));
  await copyFile(testData('images/street_yolo/images/img_2.png')!, join(folder, 'street.png'));
  const { projectId } = await app.call('projects.create', {
    name: 'Street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#e69f00', attributes: [{ ...occlusion, values: [...occlusion.values] }] }],
  });
  await app.call('guidelines.add', {
    projectId,
    version: '4.2',
    text: 'Boxes hug the object.',
    effectiveFrom: '2026-01-01',
    receivedAt: new Date().toISOString(),
    channel: null,
    announcedBy: null,
    rules: { minBoxPx: 12, insideImage: true, requireLabel: true },
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  await expect(app.page.locator('#main')).toBeVisible();
  await app.page.keyboard.press('Alt+w');
  await expect(app.page.locator('[data-canvas-host][data-task]')).toBeVisible();
  return { projectId, folder };
}

/** Drags over the photo, in shares of the stage. */
async function drag(page: Page, [x1, y1]: [number, number], [x2, y2]: [number, number]): Promise<void> {
  const box = (await page.locator('[data-canvas-host]').boundingBox())!;
  await page.mouse.move(box.x + x1 * box.width, box.y + y1 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + x2 * box.width, box.y + y2 * box.height, { steps: 4 });
  await page.mouse.up();
}

const breaches = (page: Page) => page.getByRole('region', { name: 'Open breaches' }).getByRole('button');

test('rules are listed while one works, answered by key, asked about once, and kept in the ledger', async ({ app }) => {
  test.skip(testData('images/street_yolo') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  const { page } = app;
  const { projectId, folder } = await openRuled(app);

  await drag(page, [0.3, 0.3], [0.5, 0.55]);
  await expect(breaches(page)).toHaveText(['car: “Occlusion” is not answered']);
  // A question without an answer, by key alone: there and back to the photo.
  await page.keyboard.press('F2');
  await expect(page.getByRole('radio', { name: /fully visible/ })).toBeFocused();
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await expect(breaches(page)).toHaveCount(0);
  await expect(page.getByRole('radio', { name: /severe/ })).toBeChecked();
  await page.keyboard.press('Shift+F2');
  await page.keyboard.type('two readings of rule 4.2');
  await page.keyboard.press('Enter');
  // The focus is back on the photo: an arrow moves the box.
  await page.keyboard.press('ArrowRight');

  await page.keyboard.press('b');
  await drag(page, [0.7, 0.7], [0.705, 0.76]);
  await expect(breaches(page)).toHaveCount(2);
  await drag(page, [0.6, 0.2], [0.75, 0.4]);
  await expect(breaches(page)).toHaveCount(3);
  await page.keyboard.press('Escape');
  // One key leads past all that one box breaks to what the next one does.
  for (const here of [
    ['true', 'true', 'false'],
    ['true', 'true', 'false'],
    ['false', 'false', 'true'],
  ]) {
    await page.keyboard.press('F8');
    for (const [row, is] of here.entries()) await expect(breaches(page).nth(row)).toHaveAttribute('data-here', is);
  }
  await expect(page.getByRole('option', { selected: true }).last()).toContainText('car');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Submit with open breaches?' })).toContainText('Too small: 1');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/is sealed$/)).toBeVisible();

  const { submissions } = await app.call('submissions.list', { projectId });
  const { annotation } = await app.call('submissions.get', { submissionId: submissions[0]!.id });
  expect(annotation?.shapes[0]).toMatchObject({
    attributes: { occlusion: 'severe' },
    ambiguous: 'two readings of rule 4.2',
  });
  const { entries } = await app.call('ledger.list', { filter: { kinds: ['submission.sealed'] }, offset: 0, limit: 1 });
  const { fields } = await app.call('ledger.get', { id: entries[0]!.id });
  expect(fields.find(({ name }) => name === 'breaches')?.value).toEqual({
    asked: true,
    open: [
      { rule: 'minBoxPx', count: 1 },
      { rule: 'requiredAttributes', count: 2 },
    ],
  });
  await rm(folder, { recursive: true });
});

test('what is drawn is held against the version sealed before, difference by difference', async ({ app }) => {
  test.skip(testData('images/street_yolo') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  const { page } = app;
  const { folder } = await openRuled(app);
  await drag(page, [0.3, 0.3], [0.5, 0.55]);
  await page.keyboard.press('F2');
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/is sealed$/)).toBeVisible();

  const panel = page.getByRole('complementary', { name: 'Compare' });
  await page.keyboard.press('c');
  await expect(panel).toContainText(/version 1, sealed/);
  await expect(panel).toContainText('Nothing differs.');
  await page.locator('[data-canvas-host]').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(panel.getByRole('list', { name: 'Differences' }).getByRole('button')).toContainText(['10 px']);
  await expect(panel).toContainText('0 have every side less than 3 px from it');
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('ArrowLeft');
  await expect(panel).toContainText(/Every side of the one object lies less than 3 px from version 1, sealed/);
  await page.keyboard.press('F7');
  await expect(panel.getByRole('list', { name: 'Differences' }).locator('[data-here="true"]')).toBeVisible();
  await panel.getByRole('button', { name: 'Keep it as a note' }).click();
  await expect(page.getByText('Kept as a note to this task.')).toBeVisible();
  const { entries } = await app.call('ledger.list', { filter: { kinds: ['note.written'] }, offset: 0, limit: 1 });
  expect(entries).toHaveLength(1);
  await rm(folder, { recursive: true });
});

test('a machine’s proposals are kept apart, decided by key, and what became of them is sealed', async ({ app }) => {
  test.skip(testData('images/street_yolo') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  const { page } = app;
  const { projectId, folder } = await openRuled(app);
  const result = (id: number, bbox: number[], score: number) => ({ id, image_id: 1, category_id: 1, bbox, score });
  const predictions = {
    images: [{ id: 1, file_name: 'street.png', width: 640, height: 427 }],
    categories: [{ id: 1, name: 'car' }],
    annotations: [
      result(1, [100, 100, 120, 90], 0.95),
      result(2, [300, 150, 80, 60], 0.4),
      result(3, [20, 200, 40, 40], 0.2),
    ],
  };
  const file = join(folder, 'predictions.json');
  await writeFile(file, JSON.stringify(predictions));
  await app.call('imports.apply', { projectId, path: file, scored: 'apart' });

  const proposals = page.getByRole('region', { name: 'Machine proposals' });
  await expect(proposals.getByRole('listitem')).toHaveText([/car20%/, /car40%/, /car95%/]);
  await expect(page.getByRole('listbox', { name: 'Objects' }).getByRole('option')).toHaveCount(0);
  await page.keyboard.press('m');
  await expect(proposals.locator('[data-here="true"]')).toContainText('20%');
  await page.keyboard.press('k');
  await expect(proposals.getByRole('listitem')).toHaveCount(2);
  // Taken over to be corrected: it is selected, and an arrow moves it.
  await page.keyboard.press('u');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F2');
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Y');
  await expect(proposals).toHaveCount(0);
  await page.keyboard.press('F2');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(proposals.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/is sealed$/)).toBeVisible();
  const { entries } = await app.call('ledger.list', { filter: { kinds: ['submission.sealed'] }, offset: 0, limit: 1 });
  const { fields } = await app.call('ledger.get', { id: entries[0]!.id });
  expect(fields.find(({ name }) => name === 'machine')?.value).toMatchObject({
    proposed: 3,
    accepted: 1,
    corrected: 1,
    rejected: 1,
    undecided: 0,
    by_hand: 0,
    corrections: [{ largest_px: 4, label_changed: false }],
  });
  await rm(folder, { recursive: true });
});

test('a reviewer’s file is held against the draft, named by its hash, and kept with the note', async ({ app }) => {
  test.skip(testData('images/street_yolo') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  const { page } = app;
  const { projectId, folder } = await openRuled(app);
  await drag(page, [0.3, 0.3], [0.5, 0.55]);
  await expect(breaches(page)).toHaveCount(1);
  const { tasks } = await app.call('tasks.list', { projectId });
  const drawn = async () => {
    const { base, records } = await app.call('drafts.get', { taskId: tasks[0]!.id });
    return foldJournal(records, base).doc.shapes[0]?.geometry;
  };
  await expect.poll(drawn).toBeDefined();
  const { x, y, w, h } = boxOf(await drawn());
  // Two pixels to the left of what was drawn, and something nobody drew.
  const text = JSON.stringify({
    images: [{ id: 1, file_name: 'street.png', width: 640, height: 427 }],
    categories: [{ id: 1, name: 'car' }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [x - 2, y, w, h] },
      { id: 2, image_id: 1, category_id: 1, bbox: [1, 1] },
    ],
  });
  await writeFile(join(folder, 'review.json'), text);
  const hash = createHash('sha256').update(text).digest('hex');

  await page.keyboard.press('c');
  const panel = page.getByRole('complementary', { name: 'Compare' });
  await panel.getByRole('combobox', { name: 'Held against' }).click();
  await page.getByRole('option', { name: 'a file …' }).click();
  await panel.getByRole('textbox', { name: 'Annotation file' }).fill(join(folder, 'review.json'));
  await expect(panel).toContainText('annotations[1] has a box that is not four numbers');
  await expect(panel).toContainText(
    `Every side of the one object lies less than 3 px from the file “review.json” (SHA-256 ${hash.slice(0, 12)}…)`,
  );
  await panel.getByRole('checkbox', { name: 'Keep the file with the note' }).check();
  await panel.getByRole('button', { name: 'Keep it as a note' }).click();
  await expect(page.getByText('Kept as a note to this task.')).toBeVisible();
  const { notes } = await app.call('notes.list', { about: tasks[0]!.id });
  expect(notes[0]?.text).toContain(`review.json: SHA-256 ${hash}`);
  expect(notes[0]?.attachments).toMatchObject([{ blob: hash, name: 'review.json', mediaType: 'application/json' }]);

  // Changed under the program: it says so rather than keep another file under the name.
  await writeFile(join(folder, 'review.json'), `${text} `);
  await panel.getByRole('button', { name: 'Keep it as a note' }).click();
  await expect(panel).toContainText('it was changed after it was read');
  expect((await app.call('notes.list', { about: tasks[0]!.id })).notes).toHaveLength(1);
  expect(boxOf(await drawn())).toMatchObject({ x, y, w, h });
  await rm(folder, { recursive: true });
});

test('the queue goes by what the machine is least sure of, is stepped through so, and remembers it', async ({
  app,
}) => {
  test.skip(testData('images/street_yolo') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  const { page } = app;
  const { projectId, folder } = await openRuled(app);
  const names = ['street.png', 'street_1.png', 'street_2.png', 'street_3.png'];
  for (const name of names.slice(1)) await copyFile(join(folder, 'street.png'), join(folder, name));
  await app.call('tasks.importFolder', { projectId, path: folder });
  const scores = { 'street_1.png': 0.9, 'street_3.png': 0.45 };
  const predictions = {
    images: Object.keys(scores).map((file_name, i) => ({ id: i + 1, file_name, width: 640, height: 427 })),
    categories: [{ id: 1, name: 'car' }],
    annotations: Object.values(scores).map((score, i) => ({
      id: i + 1,
      image_id: i + 1,
      category_id: 1,
      bbox: [100, 100, 80, 60],
      score,
    })),
  };
  await writeFile(join(folder, 'predictions.json'), JSON.stringify(predictions));
  await app.call('imports.apply', { projectId, path: join(folder, 'predictions.json'), scored: 'apart' });

  const rows = page.getByRole('listbox', { name: 'Queue' }).getByRole('option');
  await expect(rows).toContainText(names);
  await page.getByRole('button', { name: 'Order: by file' }).click();
  await page.getByRole('menuitemradio', { name: /closest call first/i }).click();
  const unsure = ['street_3.png', 'street_1.png', 'street.png', 'street_2.png'];
  await expect(rows).toContainText(unsure);
  await rows.first().click();
  await page.locator('[data-canvas-host]').focus();
  for (const name of unsure.slice(1)) {
    await page.keyboard.press('d');
    await expect(page.getByRole('option', { selected: true })).toContainText(name);
  }
  await expect(page.getByText('4 of 4')).toBeVisible();
  await page.reload();
  await expect(rows).toContainText(unsure);
  await runAction(page, 'Queue by file');
  await expect(rows).toContainText(names);
  await rm(folder, { recursive: true });
});
