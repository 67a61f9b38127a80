import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePng } from '#test/support/sample-png.ts';
import { expect, test } from './support/app-fixture.ts';
import { runAction } from './support/run-action.ts';

/** COCO with so many boxes on one photo that reading takes a while. */
function manyBoxes(count: number): string {
  const boxes = Array.from(
    { length: count },
    (_, i) => `{"id":${i + 1},"image_id":1,"category_id":1,"bbox":[${i % 50},${i % 30},9.5,7.25]}`,
  );
  const head = '{"images":[{"id":1,"file_name":"a.png","width":64,"height":48}],"categories":[{"id":1,"name":"car"}]';
  return `${head},"annotations":[${boxes.join(',\n')}]}`;
}

test('a look into a long file shows how far it is, is called off, and begins again', async ({ app }) => {
  // So many boxes are read here that a busy machine takes its time, once and a half.
  test.setTimeout(180_000);
  const { page } = app;
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-import-'));
  await mkdir(join(folder, 'photos'));
  await writeFile(join(folder, 'photos', 'a.png'), samplePng(64, 48));
  const file = join(folder, 'many.json');
  await writeFile(file, manyBoxes(400_000));
  const { projectId } = await app.call('projects.create', {
    name: 'Many',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [],
  });
  await app.call('tasks.importFolder', { projectId, path: join(folder, 'photos') });
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  await runAction(page, 'Import annotations');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File or folder of annotations').fill(file);
  const progress = dialog.getByRole('progressbar', { name: 'Reading…' });
  await expect(progress).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).first().click();
  const again = dialog.getByRole('button', { name: 'Read again' });
  await expect(again).toBeVisible();
  await expect(progress).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Add to the drafts' })).toBeDisabled();
  await again.click();
  await expect(progress).toBeVisible();
  await expect(dialog.getByText(/400,000/).first()).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByRole('button', { name: 'Add to the drafts' })).toBeEnabled();
  await rm(folder, { recursive: true });
});
