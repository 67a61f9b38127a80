import type { Page } from '@playwright/test';
import type { Shape } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { areaOf } from '#shared/geometry/area.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { type App, expect, test } from './support/app-fixture.ts';

const stage = (page: Page) => page.locator('[data-canvas-host]');
const objects = (page: Page) => page.getByRole('listbox', { name: 'Objects' }).getByRole('option');
/** The list shows as many rows as there is room for; its head counts them all. */
const counted = (page: Page, count: number) =>
  expect(page.getByRole('heading', { name: /^Objects/ })).toHaveText(new RegExp(`^Objects\\s*${count}(?!\\d)`));
const allSaved = (page: Page) => expect(page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');

type Share = readonly [number, number];

/** The sample project in the Work room, with a hand on the stage. */
async function openSample(app: App) {
  const { page } = app;
  const { projectId } = await app.call('projects.createSample', { language: 'en' });
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  const box = await stage(page).boundingBox();
  if (!box) throw new Error('no stage');
  const at = ([x, y]: Share) => [box.x + x * box.width, box.y + y * box.height] as const;
  const taskId = (await stage(page).getAttribute('data-task')) as TaskId;
  return {
    page,
    projectId,
    taskId,
    click: async (...places: readonly Share[]) => {
      for (const place of places) {
        await page.mouse.move(...at(place));
        await page.mouse.click(...at(place));
      }
    },
    drag: async (...places: readonly Share[]) => {
      await page.mouse.move(...at(places[0]!));
      await page.mouse.down();
      for (const place of places.slice(1)) await page.mouse.move(...at(place), { steps: 4 });
      await page.mouse.up();
    },
  };
}

/** The shapes as the draft keeps them. */
async function drafted(app: App, taskId: TaskId): Promise<readonly Shape[]> {
  const { base, records } = await app.call('drafts.get', { taskId });
  return foldJournal(records, base).doc.shapes;
}

const kinds = (shapes: readonly Shape[]) => shapes.map(({ geometry }) => geometry.type);

test('every kind of shape is drawn with the mouse, undone in the middle, and found in the draft', async ({ app }) => {
  const { page, taskId, click, drag } = await openSample(app);
  await page.keyboard.press('b');
  await drag([0.1, 0.15], [0.2, 0.3]);
  await page.keyboard.press('Shift+R');
  await click([0.3, 0.3], [0.4, 0.2], [0.42, 0.3]);
  await page.keyboard.press('Shift+E');
  await drag([0.5, 0.15], [0.6, 0.3]);
  await page.keyboard.press('"');

  // A polygon: one point too many, taken back in the middle, brought back, taken back again, and closed.
  await page.keyboard.press('l');
  await click([0.7, 0.15], [0.85, 0.15], [0.85, 0.3], [0.95, 0.4]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Backspace');
  await counted(page, 3);
  await click([0.7, 0.3]);
  await click([0.7, 0.15]);
  await counted(page, 4);

  await page.keyboard.press('Shift+L');
  await click([0.1, 0.5], [0.2, 0.45], [0.3, 0.55]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+P');
  await click([0.4, 0.5]);
  await page.keyboard.press('i');
  await drag([0.55, 0.5], [0.7, 0.5], [0.7, 0.65], [0.55, 0.65], [0.55, 0.5]);
  await page.keyboard.press('Shift+T');
  await counted(page, 8);
  await expect(page.getByRole('group', { name: 'Tags of the photo' }).getByRole('button')).toHaveCount(1);

  await allSaved(page);
  await expect
    .poll(async () => kinds(await drafted(app, taskId)))
    .toEqual(['box', 'rotated-box', 'ellipse', 'polygon', 'polyline', 'point', 'mask', 'tag']);
  const shapes = await drafted(app, taskId);
  const turned = shapes[1]?.geometry;
  expect(turned?.type === 'rotated-box' && turned.angle < -10 && turned.angle > -80).toBe(true);
  expect(shapes[2]?.geometry).toMatchObject({ angle: 15 });
  expect(shapes[3]?.geometry).toMatchObject({ parts: [{ outer: { length: 4 } }] });
  // The stroke closed, so that what it goes around is painted too.
  const mask = shapes[6]?.geometry;
  expect(mask?.type === 'mask' && areaOf(mask) > 0.9 * mask.w * mask.h).toBe(true);

  // Another tool in the middle of a polygon finishes it; Escape leaves no trace of one.
  await page.keyboard.press('l');
  await click([0.75, 0.5], [0.9, 0.5], [0.9, 0.65]);
  await page.keyboard.press('v');
  await counted(page, 9);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('l');
  await click([0.75, 0.5], [0.9, 0.5], [0.9, 0.65]);
  await page.keyboard.press('Escape');
  await counted(page, 8);

  // All of it undone one by one, and done again.
  for (let step = 0; step < 9; step += 1) await page.keyboard.press('Control+z');
  await counted(page, 0);
  for (let step = 0; step < 9; step += 1) await page.keyboard.press('Control+y');
  await counted(page, 8);
  await allSaved(page);
  await expect.poll(async () => await drafted(app, taskId)).toEqual(shapes);
});

test('a polygon gets a neighbour with a shared border, a hole, is cut apart and joined', async ({ app }) => {
  const { page, taskId, click } = await openSample(app);
  await page.keyboard.press('l');
  await click([0.2, 0.2], [0.45, 0.2], [0.5, 0.4], [0.45, 0.6], [0.2, 0.6]);
  await page.keyboard.press('Enter');
  // Three points of the neighbour, the two on the border a little beside it: it is drawn to them and follows.
  await click([0.452, 0.203], [0.8, 0.2], [0.8, 0.6], [0.451, 0.598]);
  await page.keyboard.press('Enter');
  await counted(page, 2);
  await allSaved(page);
  const [first, second] = (await drafted(app, taskId)).map(({ geometry }) =>
    geometry.type === 'polygon' ? geometry.parts[0]!.outer : [],
  );
  const border = first!.slice(1, 4);
  expect(second).toHaveLength(5);
  for (const place of border) expect(second).toContainEqual(place);

  await objects(page).first().click();
  await page.keyboard.press('Shift+H');
  await click([0.25, 0.3], [0.35, 0.3], [0.3, 0.5]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+C');
  await click([0.1, 0.4], [0.6, 0.4]);
  await page.keyboard.press('Enter');
  await counted(page, 3);
  await page.keyboard.press('Control+j');
  await counted(page, 2);
  await allSaved(page);
  const [whole] = await drafted(app, taskId);
  expect(whole?.geometry).toMatchObject({ parts: [{ holes: [expect.anything()] }] });
});

test('points are placed and vertices moved with the keys alone, and said aloud', async ({ app }) => {
  const { page, taskId } = await openSample(app);
  await stage(page).getByRole('application').or(page.getByRole('application')).first().focus();
  await page.keyboard.press('l');
  const draw = async (...moves: readonly (readonly [key: string, times: number])[]) => {
    for (const [key, times] of moves) {
      for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    }
  };
  await draw(['ArrowRight', 1], ['Shift+ArrowRight', 4], ['Shift+ArrowDown', 3], ['Shift+ArrowLeft', 4]);
  // Once more at the same place: done.
  await page.keyboard.press('Enter');
  await counted(page, 1);
  await expect(page.getByText(/^Selected: .*polygon of 4 points, 40 × 30 pixels/)).toBeAttached();

  await page.keyboard.press('Shift+V');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Insert');
  await allSaved(page);
  await expect.poll(async () => kinds(await drafted(app, taskId))).toEqual(['polygon']);
  const outer = async () => {
    const [shape] = await drafted(app, taskId);
    return shape?.geometry.type === 'polygon' ? shape.geometry.parts[0]!.outer : [];
  };
  await expect.poll(async () => (await outer()).length).toBe(5);
  const [a, , b, c] = await outer();
  expect([b![0] - a![0], b![1] - a![1], c![1] - b![1]]).toEqual([40, 10, 30]);
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await outer()).length).toBe(4);
});
