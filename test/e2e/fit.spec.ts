import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { encode } from 'fast-png';
import type { TaskId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { boxOf } from '#test/support/box-of.ts';
import { type App, expect, test } from './support/app-fixture.ts';

const size = { width: 600, height: 440 };
/** Where the object of the photo begins and ends, in pixels: known, because it was painted there. */
const truth = { left: 180, top: 120, right: 420, bottom: 320 };
type Sides = typeof truth;

/** A lit object before a dark wall, slightly blurred, with the noise of a night. */
function nightPhoto(): Uint8Array {
  const { width, height } = size;
  let seed = 7;
  const noise = () => ((seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31 - 0.5) * 8;
  /** How much of the object lies in a pixel, in one direction, after a blur of one pixel. */
  const share = (at: number, from: number, to: number) => {
    const lit = (place: number) => (place >= from && place < to ? 1 : 0);
    return (lit(at - 1) + 2 * lit(at) + lit(at + 1)) / 4;
  };
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const lit = share(x, truth.left, truth.right) * share(y, truth.top, truth.bottom);
      data[y * width + x] = Math.round(40 + 60 * lit + noise());
    }
  }
  return encode({ width, height, data, channels: 1 });
}

async function open(app: App, folder: string): Promise<{ page: Page; taskId: TaskId }> {
  await writeFile(join(folder, 'night.png'), nightPhoto());
  const { projectId } = await app.call('projects.create', {
    name: 'Night',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#e69f00' }],
  });
  await app.call('guidelines.add', {
    projectId,
    version: '1',
    text: 'Every side less than 4 pixels from the object.',
    effectiveFrom: '2026-01-01',
    receivedAt: new Date().toISOString(),
    channel: null,
    announcedBy: null,
    rules: { fitTolerancePx: 4 },
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  const { page } = app;
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  const { tasks } = await app.call('tasks.list', { projectId });
  return { page, taskId: tasks[0]!.id };
}

/** Where pixels of the photo are in the window, while it is shown at 100 % in the middle of the stage. */
async function placeOnStage(page: Page): Promise<(x: number, y: number) => readonly [number, number]> {
  const stage = (await page.locator('[data-canvas-host]').boundingBox())!;
  return (x, y) =>
    [stage.x + stage.width / 2 + x - size.width / 2, stage.y + stage.height / 2 + y - size.height / 2] as const;
}

/** Draws a box from corner to corner, in pixels of the photo. */
async function drawBox(page: Page, { left, top, right, bottom }: Sides): Promise<void> {
  const at = await placeOnStage(page);
  await page.keyboard.press('b');
  await page.mouse.move(...at(left, top));
  await page.mouse.down();
  await page.mouse.move(...at(right, bottom), { steps: 5 });
  await page.mouse.up();
}

const figure = (page: Page, side: keyof Sides): Locator =>
  page.getByRole('group', { name: 'Fit of the selected box (advice)' }).locator(`[data-side="${side}"]`);

/** The sides of the one box of the draft, as the core has them. */
async function drawnSides(app: App, taskId: TaskId): Promise<Sides | null> {
  const { base, records } = await app.call('drafts.get', { taskId });
  const [shape] = foldJournal(records, base).doc.shapes;
  if (!shape) return null;
  const { x, y, w, h } = boxOf(shape.geometry);
  return { left: x, top: y, right: x + w, bottom: y + h };
}

/** Waits until the sides that are named lie within a pixel of the truth, and answers all four. */
async function snappedSides(app: App, taskId: TaskId, sides: readonly (keyof Sides)[]): Promise<Sides> {
  const off = async () => {
    const drawn = await drawnSides(app, taskId);
    return drawn ? Math.max(...sides.map((side) => Math.abs(drawn[side] - truth[side]))) : Infinity;
  };
  await expect.poll(off).toBeLessThan(1);
  return (await drawnSides(app, taskId))!;
}

/** The points of the one line of the draft; null while there is none. */
async function drawnPoints(app: App, taskId: TaskId): Promise<readonly (readonly [number, number])[] | null> {
  const { base, records } = await app.call('drafts.get', { taskId });
  const geometry = foldJournal(records, base).doc.shapes[0]?.geometry;
  return geometry?.type === 'polyline' ? geometry.points : null;
}

test('a line follows the edges of the photo, goes straight with Shift, and is taken back piece by piece', async ({
  app,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-wire-'));
  const { page, taskId } = await open(app, folder);
  await page.keyboard.press('Control+1');
  const at = await placeOnStage(page);
  const corner = (x: number, y: number) => (points: readonly (readonly [number, number])[] | null) =>
    points?.some((point) => Math.hypot(point[0] - x, point[1] - y) < 3) ?? false;
  /** Whether anything is drawn over the photo near a place of it. */
  const isDrawnNear = (x: number, y: number) =>
    page.evaluate(
      ([left, top]) =>
        [...document.querySelectorAll<HTMLCanvasElement>('[data-canvas-host] canvas')].slice(1).some((canvas) => {
          const place = canvas.getBoundingClientRect();
          const scale = canvas.width / place.width;
          const [column, row] = [(left - place.left) * scale - 4, (top - place.top) * scale - 4];
          const { data } = canvas.getContext('2d')!.getImageData(column, row, 9, 9);
          return data.some((value, index) => index % 4 === 3 && value > 0);
        }),
      at(x, y),
    );
  /** Clicks once the wire to there is seen to go by a place that a straight line would not. */
  const clickAfter = async (x: number, y: number, [overX, overY]: readonly [number, number]) => {
    expect(await isDrawnNear(overX, overY)).toBe(false);
    await page.mouse.move(...at(x - 3, y - 3));
    await page.mouse.move(...at(x, y));
    await expect.poll(() => isDrawnNear(overX, overY)).toBe(true);
    await page.mouse.click(...at(x, y));
  };
  await page.keyboard.press('Shift+L');
  await page.keyboard.press('Shift+W');
  await expect(page.getByRole('button', { name: /^Lines follow edges/ })).toHaveAttribute('aria-pressed', 'true');
  // From the left side of the object to its top, its right and its bottom: round its corners, not across it.
  await page.mouse.click(...at(180, 200));
  await clickAfter(300, 120, [180, 160]);
  await clickAfter(420, 220, [360, 120]);
  await clickAfter(300, 320, [420, 270]);
  await page.keyboard.press('Control+z');
  // Straight through the object.
  await page.keyboard.down('Shift');
  await page.mouse.move(...at(300, 220), { steps: 2 });
  await page.mouse.click(...at(300, 220));
  await page.keyboard.up('Shift');
  await page.keyboard.press('Enter');
  await expect.poll(() => drawnPoints(app, taskId)).not.toBeNull();
  const points = (await drawnPoints(app, taskId))!;
  expect(corner(truth.left, truth.top)(points), 'round the upper left corner').toBe(true);
  expect(corner(truth.right, truth.top)(points), 'round the upper right corner').toBe(true);
  expect(corner(truth.right, truth.bottom)(points), 'taken back').toBe(false);
  expect(points.at(-1)).toEqual([300, 220]);
  const beside = points.slice(1, -2).map(([x, y]) => {
    const sides = [x - truth.left, x - truth.right, y - truth.top, y - truth.bottom].map((off) => Math.abs(off));
    return Math.min(...sides);
  });
  expect(Math.max(...beside), 'every point on the outline').toBeLessThan(3);
  await rm(folder, { recursive: true });
});

test('how a loosely drawn box fits is told side by side, and keys snap its sides to the edges', async ({ app }) => {
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-fit-'));
  const { page, taskId } = await open(app, folder);
  await page.keyboard.press('Control+1');
  await drawBox(page, { left: 174, top: 122, right: 425, bottom: 322 });
  await expect.poll(() => drawnSides(app, taskId)).not.toBeNull();
  const loose = (await drawnSides(app, taskId))!;

  // Four figures, coloured by the tolerance that the guideline in force names.
  const off = async (side: keyof Sides) => Number(/[\d.]+/.exec((await figure(page, side).textContent()) ?? '')?.[0]);
  await expect(figure(page, 'left')).toHaveAttribute('data-verdict', 'over');
  await expect(figure(page, 'left')).toContainText(/^\+\d/);
  await expect(figure(page, 'right')).toHaveAttribute('data-verdict', 'over');
  await expect(figure(page, 'top')).toHaveAttribute('data-verdict', 'within');
  await expect(figure(page, 'top')).toContainText(/^−\d/);
  await expect(figure(page, 'bottom')).toHaveAttribute('data-verdict', 'within');
  for (const side of ['left', 'top', 'right', 'bottom'] as const) {
    expect(Math.abs((await off(side)) - Math.abs(loose[side] - truth[side])), side).toBeLessThan(1);
  }
  await expect(page.getByText('Tolerance: under 4.')).toBeVisible();

  // One side by its key: the others stay.
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  const one = await snappedSides(app, taskId, ['left']);
  expect([one.top, one.right, one.bottom]).toEqual([loose.top, loose.right, loose.bottom]);
  await expect(figure(page, 'left')).toHaveAttribute('data-verdict', 'within');
  await page.keyboard.press('Control+z');
  await expect.poll(() => drawnSides(app, taskId)).toEqual(loose);
  await expect(figure(page, 'left')).toHaveAttribute('data-verdict', 'over');

  // All four by one key, and one step takes all of them back.
  await page.keyboard.press('x');
  await snappedSides(app, taskId, ['left', 'top', 'right', 'bottom']);
  for (const side of ['left', 'top', 'right', 'bottom'] as const) {
    await expect(figure(page, side)).toHaveAttribute('data-verdict', 'within');
    await expect.poll(() => off(side)).toBeLessThan(1);
  }
  await page.keyboard.press('Control+z');
  await expect.poll(() => drawnSides(app, taskId)).toEqual(loose);
  await page.keyboard.press('Control+Shift+z');
  await snappedSides(app, taskId, ['left', 'top', 'right', 'bottom']);
  await rm(folder, { recursive: true });
});
