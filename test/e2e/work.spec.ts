import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Label } from '#shared/domain/label-set.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { testData } from '#test/support/test-data.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { atRest } from './support/at-rest.ts';
import { boxOf } from '#test/support/box-of.ts';

const labels: Label[] = [
  { key: 'car', name: 'Car', color: '#e69f00' },
  { key: 'person', name: 'Person', color: '#56b4e9' },
  { key: 'truck', color: '#009e73' },
];

const stage = (page: Page) => page.locator('[data-canvas-host]');
const objects = (page: Page) => page.getByRole('listbox', { name: 'Objects' }).getByRole('option');
const allSaved = (page: Page) => expect(page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');
/** The name of the photo on screen, once it is there or once its place says why it is not. */
const photoName = (page: Page) => page.getByRole('option', { selected: true }).first();

async function openWork(page: Page): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
}

/** Drags over the photo, in shares of the stage. */
async function drag(page: Page, from: [number, number], to: [number, number], release = true): Promise<void> {
  const box = await stage(page).boundingBox();
  if (!box) throw new Error('no stage');
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 3 });
  await page.mouse.move(...at(to), { steps: 3 });
  if (release) await page.mouse.up();
}

/** A project over copies of some photos of the test data; opened in the Work room. */
async function openPhotos(app: App, photos: readonly string[]): Promise<{ projectId: ProjectId; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-photos-'));
  for (const photo of photos) await copyFile(testData(photo)!, join(folder, photo.split('/').at(-1)!));
  const { projectId } = await app.call('projects.create', {
    name: 'Street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels,
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  return { projectId, folder };
}

test.describe('on the sample project', () => {
  test('boxes are drawn, classed, sealed and found in the ledger, with mouse and keys', async ({ app }) => {
    const { page } = app;
    const { projectId } = await app.call('projects.createSample', { language: 'en' });
    await openWork(page);
    await drag(page, [0.2, 0.3], [0.35, 0.5]);
    await page.keyboard.press('1');
    await drag(page, [0.5, 0.4], [0.7, 0.6]);
    await page.keyboard.press('2');
    await expect(objects(page)).toHaveCount(2);
    const first = await photoName(page).textContent();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    await expect(photoName(page)).not.toHaveText(first ?? '');

    const { total, entries } = await app.call('ledger.list', {
      filter: { kinds: ['submission.sealed'] },
      offset: 0,
      limit: 10,
    });
    expect(total).toBe(1);
    const { submissions } = await app.call('submissions.list', { projectId });
    const sealed = await app.call('submissions.get', { submissionId: submissions[0]!.id });
    expect(sealed.annotation?.shapes).toHaveLength(2);
    expect(sealed.annotation?.shapes.every(({ label }) => label !== null)).toBe(true);
    const entry = await app.call('ledger.get', { id: entries[0]!.id });
    expect(entry.fields.find(({ name }) => name === 'media_likeness')?.value).toMatch(/^[0-9a-f]{16}$/);

    await page.getByRole('button', { name: 'Open entry' }).click();
    await expect(page.getByRole('heading', { name: 'Ledger' })).toBeVisible();
  });

  test('the whole way goes by keyboard alone', async ({ app }) => {
    const { page } = app;
    const { projectId } = await app.call('projects.createSample', { language: 'en' });
    await openWork(page);
    await page.keyboard.press('Shift+B');
    await expect(objects(page)).toHaveCount(1);
    const [{ id } = { id: null }] = (await app.call('tasks.list', { projectId })).tasks;
    await allSaved(page);
    const before = (await app.call('drafts.get', { taskId: id! })).records;
    for (const key of ['ArrowRight', 'ArrowDown', 'Control+ArrowRight', 'Control+Shift+ArrowDown']) {
      await page.keyboard.press(key);
    }
    await page.keyboard.press('2');
    const stored = () => app.call('drafts.get', { taskId: id! });
    await expect.poll(async () => (await stored()).records.length).toBeGreaterThan(before.length);
    expect((await stored()).base.shapes).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    const { submissions } = await app.call('submissions.list', { projectId });
    const { annotation } = await app.call('submissions.get', { submissionId: submissions[0]!.id });
    const placed = before[0]?.type === 'do' ? before[0].change.edits[0]?.after?.geometry : undefined;
    const { x, y, w, h } = boxOf(placed);
    expect(annotation?.shapes[0]?.geometry).toEqual({ type: 'box', x: x + 1, y: y + 1, w: w + 1, h: h + 10 });
  });

  test('submitting again asks for the reason', async ({ app }) => {
    const { page } = app;
    const { projectId } = await app.call('projects.createSample', { language: 'en' });
    await openWork(page);
    await drag(page, [0.2, 0.3], [0.35, 0.5]);
    await page.keyboard.press('Control+Shift+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    await drag(page, [0.5, 0.4], [0.7, 0.6]);
    await page.keyboard.press('Control+Shift+Enter');
    const dialog = page.getByRole('dialog', { name: 'Submit again?' });
    await dialog.getByRole('textbox').fill('A second car was overlooked');
    await dialog.getByRole('button', { name: 'Seal again' }).click();
    await expect(dialog).toBeHidden();
    const { submissions } = await app.call('submissions.list', { projectId });
    expect(submissions.map(({ superseded }) => superseded)).toEqual([false, true]);
  });

  test('a host killed while one draws loses nothing that was drawn before', async ({ app }) => {
    await app.call('projects.createSample', { language: 'en' });
    await openWork(app.page);
    await drag(app.page, [0.2, 0.3], [0.35, 0.5]);
    await app.page.keyboard.press('1');
    await drag(app.page, [0.5, 0.4], [0.7, 0.6]);
    await allSaved(app.page);
    await drag(app.page, [0.3, 0.6], [0.4, 0.8], false);
    await app.host.kill('SIGKILL');
    await app.page.mouse.up();
    await expect(app.page.locator('[data-saved]')).toHaveAttribute('data-saved', 'waiting');

    const page = await app.host.restart();
    await openWork(page);
    await expect(objects(page)).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(objects(page)).toHaveCount(1);
    await page.keyboard.press('Control+Shift+z');
    await expect(objects(page)).toHaveCount(2);
  });

  test('a long drag is kept while it lasts', async ({ app }) => {
    await app.call('projects.createSample', { language: 'en' });
    await openWork(app.page);
    await drag(app.page, [0.3, 0.4], [0.6, 0.8], false);
    await expect.poll(async () => (await app.call('settings.get', {})).ui['work.gesture'] ?? null).not.toBeNull();
    await app.host.kill('SIGKILL');
    const page = await app.host.restart();
    await openWork(page);
    await expect(objects(page)).toHaveCount(1);
    await allSaved(page);
  });

  test('what an input method composes in the class search is no shortcut', async ({ app, hostKind }) => {
    test.skip(hostKind !== 'loopback', 'the composition is driven through the browser');
    const { page } = app;
    const { projectId } = await app.call('projects.createSample', { language: 'en' });
    const before = (await app.call('projects.get', { projectId })).labels;
    await openWork(page);
    const name = await photoName(page).textContent();
    await page.keyboard.press('/');
    const search = page.getByRole('textbox', { name: 'Find or add a class' });
    await expect(search).toBeFocused();
    const input = await page.context().newCDPSession(page);
    await input.send('Input.imeSetComposition', { text: 'dengd', selectionStart: 5, selectionEnd: 5 });
    // While it composes, Enter takes the letters and Esc gives them up; neither is ours.
    for (const key of ['Enter', 'd', '1', 'Escape']) {
      await page.evaluate((pressed) => {
        const event = new KeyboardEvent('keydown', {
          key: pressed,
          isComposing: true,
          bubbles: true,
          cancelable: true,
        });
        document.activeElement?.dispatchEvent(event);
      }, key);
    }
    await expect(search).toBeFocused();
    await input.send('Input.insertText', { text: '灯塔' });
    await expect(search).toHaveValue('灯塔');
    expect((await app.call('projects.get', { projectId })).labels).toEqual(before);
    await expect(photoName(page)).toHaveText(name ?? '');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^灯塔/ })).toHaveAttribute('aria-pressed', 'true');
    expect((await app.call('projects.get', { projectId })).labels.at(-1)?.key).toBe('灯塔');
    await expect(photoName(page)).toHaveText(name ?? '');
  });
});

test.describe('on real photos', () => {
  test.skip(() => testData('images') === null, 'COUNTERLEDGER_TEST_DATA is not set');

  let folder: string | null = null;
  test.afterEach(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
    folder = null;
  });

  test('a street photo is boxed and sealed at the pixels it was drawn at', async ({ app }) => {
    const { page } = app;
    const opened = await openPhotos(app, ['images/street/berlin_01.jpg', 'images/street/berlin_02.jpg']);
    ({ folder } = opened);
    await openWork(page);
    await drag(page, [0.25, 0.3], [0.4, 0.45]);
    await page.keyboard.press('1');
    await drag(page, [0.55, 0.5], [0.7, 0.75]);
    await page.keyboard.press('2');
    await expect(objects(page)).toHaveCount(2);
    const sizes = await objects(page).last().getByText(/×/).textContent();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('berlin_01.jpg is sealed')).toBeVisible();
    const { submissions } = await app.call('submissions.list', { projectId: opened.projectId });
    const sealed = await app.call('submissions.get', { submissionId: submissions[0]!.id });
    expect(sealed.annotation?.shapes.map(({ label }) => label)).toEqual(['car', 'person']);
    const last = boxOf(sealed.annotation!.shapes[1]!.geometry);
    expect(sizes).toBe(`${Math.round(last.w)} × ${Math.round(last.h)}`);
    expect(sealed.timeSpentMs).toBeGreaterThan(0);
    expect(sealed.mediaHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('photos turned by EXIF stand upright', async ({ app }) => {
    const { page } = app;
    const names = ['hopper.jpg', 'hopper_orientation_4.jpg', 'hopper_orientation_6.jpg', 'hopper_orientation_6.webp'];
    const opened = await openPhotos(
      app,
      names.map((name) => `images/special/${name}`),
    );
    ({ folder } = opened);
    const { tasks } = await app.call('tasks.list', { projectId: opened.projectId });
    await openWork(page);
    const seen: number[][] = [];
    for (const name of [...names].sort()) {
      await page.getByRole('option', { name }).first().click();
      const { id } = tasks.find((task) => task.name === name)!;
      await expect(page.locator(`[data-canvas-host][data-task="${id}"]`)).toBeVisible();
      await expect(page.locator('section span[title]').getByText(name)).toBeVisible();
      await atRest(page);
      seen.push(await pixelsShown(page));
    }
    const [upright, ...turned] = seen;
    // A turned picture would differ by 60 and more in some of the nine cells.
    for (const cells of turned) {
      cells.forEach((value, at) => expect(Math.abs(value - upright![at]!)).toBeLessThan(20));
    }
    expect(Math.max(...upright!) - Math.min(...upright!)).toBeGreaterThan(60);
  });

  test('a photo that cannot be read says why, and the queue goes on', async ({ app }) => {
    const { page } = app;
    const bad = ['berlin_02_truncated40.jpg', 'bomb_30000x30000_1bit.png', 'broken.png', 'zero_bytes.jpg'];
    ({ folder } = await openPhotos(app, [...bad.map((name) => `images/bad/${name}`), 'images/special/hopper.jpg']));
    await page.keyboard.press('Alt+w');
    const told: Record<string, RegExp> = {
      'berlin_02_truncated40.jpg': /damaged/,
      'bomb_30000x30000_1bit.png': /too large/,
      'broken.png': /damaged/,
    };
    for (const [name, why] of Object.entries(told)) {
      await expect(page.getByRole('heading', { name })).toBeVisible();
      await expect(page.getByText(why)).toBeVisible();
      await page.keyboard.press('d');
    }
    await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
    await expect(page.locator('section span[title]').getByText('hopper.jpg')).toBeVisible();
    await page.keyboard.press('d');
    await expect(page.getByText(/not a single byte/)).toBeVisible();
    await expect(page.getByRole('button', { name: /Submit and seal/ })).toBeDisabled();
  });
});

/** The red of the photo on the stage in 3 x 3 cells, 0..255. */
function pixelsShown(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const drawn = document.querySelector<HTMLCanvasElement>('[data-canvas-host] canvas')!;
    const context = new OffscreenCanvas(3, 3).getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(drawn, 0, 0, 3, 3);
    return [...context.getImageData(0, 0, 3, 3).data].filter((_, at) => at % 4 === 0);
  });
}
