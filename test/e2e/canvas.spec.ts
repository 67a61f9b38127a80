import { expect, test as base, type Page } from '@playwright/test';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { Change } from '#shared/domain/annotation.ts';
import { openCanvasPage } from '#test/bench/canvas-browser.ts';
import { boxOf } from '#test/support/box-of.ts';

declare global {
  interface Window {
    canvas: ImageCanvas;
    changes: Change[];
  }
}

/** The canvas alone in a page, over a made-up photo of 1920 x 1280 pixels. */
const test = base.extend<{ page: Page }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern which fixtures it needs
  page: async ({}, use) => {
    const { browser, page } = await openCanvasPage();
    await use(page);
    await browser.close();
  },
});

const show = (page: Page, count: number) => page.evaluate((boxes) => window.canvasPage.play(null, boxes), count);

const viewport = (page: Page) => page.evaluate(() => window.canvas.viewport);

const edits = (page: Page) =>
  page.evaluate(() => window.changes.map(({ label, edits: [edit] }) => ({ label, geometry: edit?.after?.geometry })));

/** From image pixels to the page. */
async function onScreen(page: Page, x: number, y: number): Promise<{ x: number; y: number }> {
  const view = await viewport(page);
  return { x: x * view.scale + view.x, y: y * view.scale + view.y };
}

test('a box is drawn by dragging, resized by its corner and moved', async ({ page }) => {
  await show(page, 0);
  await page.evaluate(() => window.canvas.zoomTo(1));
  await page.evaluate(() => window.canvas.setTool('box'));
  await page.mouse.move(300, 200);
  await page.mouse.down();
  await page.mouse.move(400, 260, { steps: 3 });
  await page.mouse.up();
  await page.evaluate(() => window.canvas.setTool('select'));
  await page.mouse.move(400, 260);
  await page.mouse.down();
  await page.mouse.move(450, 300, { steps: 3 });
  await page.mouse.up();
  await page.mouse.move(350, 230);
  await page.mouse.down();
  await page.mouse.move(340, 250, { steps: 3 });
  await page.mouse.up();
  const [drawn, resized, moved, ...more] = await edits(page);
  expect(more).toEqual([]);
  expect(drawn).toMatchObject({ label: 'draw', geometry: { w: 100, h: 60 } });
  expect(resized).toMatchObject({ label: 'resize', geometry: { ...drawn!.geometry, w: 150, h: 100 } });
  const { x, y } = boxOf(drawn!.geometry);
  expect(moved).toMatchObject({ label: 'move', geometry: { x: x - 10, y: y + 20, w: 150, h: 100 } });
});

test('a box begun by a click stays with the picture while it is panned', async ({ page }) => {
  await show(page, 0);
  await page.evaluate(() => window.canvas.setTool('box'));
  await page.mouse.click(400, 300);
  await page.mouse.move(450, 350);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(500, 350, { steps: 2 });
  await page.mouse.up({ button: 'right' });
  await page.mouse.click(600, 400);
  const [drawn] = await edits(page);
  const { x, y, w, h } = boxOf(drawn!.geometry);
  const start = await onScreen(page, x, y);
  const end = await onScreen(page, x + w, y + h);
  for (const [found, expected] of [
    [start, { x: 450, y: 300 }],
    [end, { x: 600, y: 400 }],
  ] as const) {
    expect(found.x).toBeCloseTo(expected.x, 1);
    expect(found.y).toBeCloseTo(expected.y, 1);
  }
});

test('the wheel zooms to the cursor up to 64x, where pixels are squares of one colour', async ({ page }) => {
  await show(page, 0);
  await page.mouse.move(600, 400);
  const before = await viewport(page);
  const point = { x: (600 - before.x) / before.scale, y: (400 - before.y) / before.scale };
  for (let notch = 0; notch < 40; notch += 1) await page.mouse.wheel(0, -120);
  await expect.poll(async () => (await viewport(page)).scale).toBe(64);
  const there = await onScreen(page, point.x, point.y);
  expect(there.x).toBeCloseTo(600, 3);
  expect(there.y).toBeCloseTo(400, 3);
  const squares = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { x, y } = window.canvas.viewport;
    const ground = document.querySelector('canvas')!;
    const context = ground.getContext('2d')!;
    const seen: { colors: number; color: string }[] = [];
    // Whole image pixels in view, a device pixel in from their edges.
    for (let column = Math.ceil(-x / 64); (column + 1) * 64 + x < ground.width; column += 1) {
      const left = Math.round(x) + column * 64;
      const top = Math.round(y) + Math.ceil(-y / 64) * 64;
      const { data } = context.getImageData(left + 1, top + 1, 62, 62);
      const colors = new Set<string>();
      for (let at = 0; at < data.length; at += 4) colors.add(data.slice(at, at + 3).join(' '));
      seen.push({ colors: colors.size, color: [...colors][0]! });
    }
    return seen;
  });
  expect(squares.length).toBeGreaterThan(15);
  expect(squares.every(({ colors }) => colors === 1)).toBe(true);
  expect(new Set(squares.map(({ color }) => color)).size).toBeGreaterThan(10);
});

test('what is kept and moved on the ground looks as if painted anew', async ({ page }) => {
  await show(page, 3_000);
  const worst = await page.evaluate(async () => {
    const { canvas } = window;
    const ground = document.querySelector('canvas')!;
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const pixels = () => ground.getContext('2d')!.getImageData(0, 0, ground.width, ground.height).data.slice();
    let state = 5;
    const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    // More than a thousand boxes in view, from where on a pan moves what is painted.
    canvas.zoomTo(1);
    await frames();
    for (let step = 0; step < 40; step += 1) {
      const shape = canvas.doc.shapes[Math.floor(random() * canvas.doc.shapes.length)]!;
      const what = random();
      if (what < 0.5) canvas.pan((random() - 0.5) * 300, (random() - 0.5) * 200);
      else canvas.select([shape.id]);
      if (what > 0.7) canvas.command('nudge', { dx: 10, dy: 3 });
      if (what > 0.9) canvas.command('delete');
      canvas.settle();
      await frames();
    }
    const kept = pixels();
    canvas.setOptions({});
    await frames();
    const fresh = pixels();
    return kept.reduce((most, value, at) => Math.max(most, Math.abs(value - fresh[at]!)), 0);
  });
  expect(worst).toBeLessThanOrEqual(1);
});

test('a sharper decode of the photo disturbs neither the view nor a box under way', async ({ page }) => {
  await show(page, 0);
  await page.evaluate(() => {
    window.canvas.zoomTo(2);
    window.canvas.setTool('box');
  });
  const before = await viewport(page);
  await page.mouse.click(400, 300);
  await page.mouse.move(500, 380);
  await page.evaluate(() => {
    const sharper = new OffscreenCanvas(3840, 2560);
    const context = sharper.getContext('2d')!;
    context.fillStyle = '#204060';
    context.fillRect(0, 0, 3840, 2560);
    window.canvas.exchangeImage(sharper);
  });
  await page.mouse.click(500, 380);
  expect(await viewport(page)).toEqual(before);
  expect(await edits(page)).toMatchObject([{ label: 'draw', geometry: { w: 50, h: 40 } }]);
  const color = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [...document.querySelector('canvas')!.getContext('2d')!.getImageData(900, 600, 1, 1).data];
  });
  expect(color).toEqual([0x20, 0x40, 0x60, 255]);
});

test('the canvas gives everything back', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await show(page, 50);
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.evaluate(() => window.canvas.dispose());
  await page.mouse.move(400, 400);
  await page.mouse.up();
  await page.setViewportSize({ width: 900, height: 600 });
  await page.waitForTimeout(100);
  expect(await page.locator('#host > *').count()).toBe(0);
  expect(errors).toEqual([]);
});
