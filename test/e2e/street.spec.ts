import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Shape } from '#shared/domain/annotation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { testData } from '#test/support/test-data.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { runAction } from './support/run-action.ts';
import { boxOf } from '#test/support/box-of.ts';

const photos = ['img_2.png', 'img_3.png'] as const;

/** What is boxed on each photo, in shares of the stage, with the number key of the class. */
const boxes = {
  'img_2.png': [
    { key: '2', from: [0.3, 0.3], to: [0.62, 0.66] },
    { key: '1', from: [0.66, 0.5], to: [0.76, 0.62] },
  ],
  'img_3.png': [{ key: '2', from: [0.36, 0.35], to: [0.58, 0.7] }],
} as const;

async function drawAll(page: Page, photo: keyof typeof boxes): Promise<void> {
  const stage = await page.locator('[data-canvas-host]').boundingBox();
  if (!stage) throw new Error('no stage');
  for (const { key, from, to } of boxes[photo]) {
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
    await page.mouse.move(stage.x + from[0] * stage.width, stage.y + from[1] * stage.height);
    await page.mouse.down();
    await page.mouse.move(stage.x + to[0] * stage.width, stage.y + to[1] * stage.height, { steps: 5 });
    await page.mouse.up();
  }
}

/** From the first window, or the room of projects, to the Work room over a folder of photos. */
async function openFolder(page: Page, folder: string, name: string): Promise<void> {
  await page.getByLabel('Folder of photos').fill(folder);
  await page.getByLabel('Project name').fill(name);
  await page.getByRole('button', { name: 'Use the twelve driving classes' }).click();
  await page.getByLabel('Pay for each photo').fill('0.35');
  await page.getByRole('button', { name: 'Create the project and take in the photos' }).click();
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
}

async function sealedShapes(app: App, projectId: ProjectId): Promise<Map<string, readonly Shape[]>> {
  const { submissions } = await app.call('submissions.list', { projectId });
  const found = new Map<string, readonly Shape[]>();
  for (const { id, mediaName } of submissions) {
    const { annotation } = await app.call('submissions.get', { submissionId: id });
    found.set(mediaName, annotation?.shapes ?? []);
  }
  return found;
}

const plain = (shapes: readonly Shape[]) => shapes.map(({ label, geometry }) => ({ label, geometry }));

test.describe('the whole way of a street photo', () => {
  test.skip(() => testData('images/street_yolo') === null, 'COUNTERLEDGER_TEST_DATA is not set');

  let root = '';
  test.beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'counterledger-street-'));
    await mkdir(join(root, 'photos'));
    for (const photo of photos) {
      await copyFile(testData(`images/street_yolo/images/${photo}`)!, join(root, 'photos', photo));
    }
  });
  test.afterEach(() => rm(root, { recursive: true, force: true }));

  test('boxed, sealed, found in the ledger, verified, exported as COCO and read back equal', async ({ app }) => {
    test.setTimeout(120_000);
    const { page } = app;
    await page.getByText('Open a folder of photos').click();
    await openFolder(page, join(root, 'photos'), 'Night shift');
    for (const photo of photos) {
      await expect(page.getByRole('region', { name: 'Photo' }).getByText(photo)).toBeVisible();
      await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
      await drawAll(page, photo);
      await page.keyboard.press('Control+Enter');
      // The classes of driving ask how far each object is hidden, which is not answered here.
      await page.getByRole('button', { name: 'Submit all the same' }).click();
      await expect(page.getByText(`${photo} is sealed`)).toBeVisible();
    }

    // The ledger has it, with its time and a proof.
    await page.keyboard.press('Alt+l');
    await expect(page.getByRole('heading', { level: 1, name: 'Ledger' })).toBeVisible();
    await page.getByRole('row').filter({ hasText: 'Submission sealed' }).filter({ hasText: 'img_3.png' }).click();
    const panel = page.getByRole('complementary', { name: 'Submission sealed' });
    await expect(panel.getByText('Time it took').locator('..')).toContainText(/\d+ (s|min)/);
    await expect(panel.getByText('Annotation', { exact: true }).locator('..')).toContainText('1 object');
    await panel.getByRole('tab', { name: 'Hash and proof' }).click();
    await panel.getByRole('button', { name: 'Make the evidence' }).click();
    await expect(panel.getByText(/^Checked: the entry stands in the ledger/)).toBeVisible();

    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: 'Check the ledger' }).click();
    await expect(page.getByText(/^Everything is in order/)).toBeVisible();

    // Out as COCO: the numbers of the file are those that were sealed, not rounded.
    const file = join(root, 'night-shift.json');
    await page.keyboard.press('Alt+w');
    await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
    await runAction(page, 'Export annotations');
    await page.getByRole('dialog').getByRole('textbox', { name: 'File', exact: true }).fill(file);
    await page.getByRole('button', { name: 'Write the file' }).click();
    await expect(page.getByText('Nothing was lost.')).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    const { projects } = await app.call('projects.list', {});
    const sealed = await sealedShapes(app, projects[0]!.id);
    const coco = JSON.parse(await readFile(file, 'utf8')) as {
      images: { id: number; file_name: string }[];
      annotations: { image_id: number; bbox: number[] }[];
    };
    for (const image of coco.images) {
      const written = coco.annotations.filter(({ image_id }) => image_id === image.id).map(({ bbox }) => bbox);
      const shapes = sealed.get(image.file_name) ?? [];
      expect(written).toEqual(shapes.map(({ geometry }) => boxOf(geometry)).map(({ x, y, w, h }) => [x, y, w, h]));
    }
    expect(coco.annotations).toHaveLength(3);

    // And back in, into a project of its own.
    await runAction(page, 'Open a folder of photos');
    await openFolder(page, join(root, 'photos'), 'Read back');
    await runAction(page, 'Import annotations');
    await page.getByRole('dialog').getByLabel('File or folder of annotations').fill(file);
    await page.getByRole('button', { name: 'Add to the drafts' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    const second = (await app.call('projects.list', {})).projects.find(({ name }) => name === 'Read back')!;
    const { tasks } = await app.call('tasks.list', { projectId: second.id });
    for (const task of tasks) {
      const { base, records } = await app.call('drafts.get', { taskId: task.id });
      expect(plain(foldJournal(records, base).doc.shapes)).toEqual(plain(sealed.get(task.name) ?? []));
    }
  });
});
