import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { sampleTiff } from '#test/support/sample-tiff.ts';
import { shapeId } from '#shared/domain/annotation.ts';
import { testData } from '#test/support/test-data.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { atRest } from './support/at-rest.ts';

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterledger-seeing-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const stage = (page: Page) => page.locator('[data-canvas-host]');
const loupe = (page: Page) => page.locator('[data-loupe]');

/** A project over the test's folder, opened in the Work room. */
async function open(app: App, timeout = 10_000): Promise<Page> {
  const { projectId } = await app.call('projects.create', {
    name: 'Night',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#e69f00' }],
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  const { page } = app;
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible({ timeout });
  await stage(page).focus();
  return page;
}

/** Types a zoom in percent by its key. */
async function zoomTo(page: Page, percent: number): Promise<void> {
  await page.keyboard.press('Shift+Z');
  await expect(page.getByLabel('Zoom', { exact: true })).toBeFocused();
  await page.keyboard.type(`${percent}`);
  await page.keyboard.press('Enter');
}

/** The colour of the ground canvas in the middle of the stage, moved by CSS pixels. */
function shownAt(page: Page, dx = 0, dy = 0): Promise<number[]> {
  return page.evaluate(
    async ([x, y]) => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const canvas = document.querySelector<HTMLCanvasElement>('[data-canvas-host] canvas')!;
      const at = { x: Math.round(canvas.width / 2 + x), y: Math.round(canvas.height / 2 + y) };
      return [...canvas.getContext('2d')!.getImageData(at.x, at.y, 1, 1).data.slice(0, 3)];
    },
    [dx, dy] as const,
  );
}

/** The colour of a pixel of the open photo, decoded as a whole by the browser. */
function fileColor(page: Page, x: number, y: number): Promise<number[]> {
  return page.evaluate(
    async ([left, top]) => {
      const id = document.querySelector('[data-task]')!.getAttribute('data-task');
      const blob = await (await fetch(`/media/${id}`)).blob();
      // Cut out afterwards: the browser cuts before it turns a picture by its EXIF.
      const bitmap = await createImageBitmap(blob);
      const context = new OffscreenCanvas(1, 1).getContext('2d')!;
      context.drawImage(bitmap, -left, -top);
      bitmap.close();
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    },
    [x, y] as const,
  );
}

/** A PNG of 8 bits whose pixels tell where they are. */
function places(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) data.set([at % width, Math.floor(at / width), 40], at * 3);
  return encode({ width, height, data, depth: 8, channels: 3 });
}

test('at 6400 % a pixel is a square of one colour, and lines part them', async ({ app }) => {
  await writeFile(join(folder, 'a.png'), places(200, 100));
  const page = await open(app);
  await zoomTo(page, 6400);
  await expect(page.getByLabel('Zoom', { exact: true })).toHaveValue(/^6,?400\s?%$/);
  // The middle of the photo is the corner where four pixels meet.
  for (const [dx, dy, color] of [
    [8, 8, [100, 50, 40]],
    [56, 56, [100, 50, 40]],
    [-8, 8, [99, 50, 40]],
    [8, -8, [100, 49, 40]],
  ] as const) {
    await expect.poll(() => shownAt(page, dx, dy)).toEqual(color);
  }
  await expect.poll(async () => (await shownAt(page, 0, 20)).join()).not.toBe('100,50,40');
  await page.keyboard.press('Shift+G');
  await expect.poll(async () => (await shownAt(page, 0, 20)).join()).toBe('100,50,40');
  // Not beyond.
  await zoomTo(page, 9000);
  await expect(page.getByLabel('Zoom', { exact: true })).toHaveValue(/^6,?400\s?%$/);
});

test('the loupe says the true colour, also by night and while a box is drawn', async ({ app }) => {
  await writeFile(join(folder, 'a.png'), places(200, 100));
  const page = await open(app);
  await page.keyboard.press('z');
  const box = (await stage(page).boundingBox())!;
  await zoomTo(page, 200);
  const at = { x: box.x + box.width / 2 + 41, y: box.y + box.height / 2 - 21 };
  await page.mouse.move(at.x, at.y);
  // 200 %: 41 CSS pixels are twenty and a half of the photo.
  await expect(loupe(page).locator('[data-loupe-at]')).toHaveText('120, 39');
  await expect(loupe(page).locator('[data-loupe-color]')).toHaveText('#782728  120 39 40');
  await page.keyboard.press('n');
  await expect.poll(() => shownAt(page, 41, -21)).not.toEqual([120, 39, 40]);
  await page.mouse.move(at.x + 2, at.y);
  await expect(loupe(page).locator('[data-loupe-color]')).toHaveText('#792728  121 39 40');
  await page.keyboard.press('b');
  await page.mouse.down();
  await page.mouse.move(at.x + 42, at.y + 20, { steps: 4 });
  await expect(loupe(page).locator('[data-loupe-at]')).toHaveText('141, 49');
  await atRest(page);
  const glass = (await loupe(page).boundingBox())!;
  const pointer = { x: at.x + 42, y: at.y + 20 };
  const covers =
    pointer.x >= glass.x &&
    pointer.x < glass.x + glass.width &&
    pointer.y >= glass.y &&
    pointer.y < glass.y + glass.height;
  expect(covers).toBe(false);
  await page.mouse.up();
  // Remembered with its strength.
  await page.keyboard.press('.');
  await expect(loupe(page)).toContainText('6×');
  await expect.poll(async () => (await app.call('settings.get', {})).ui['work.loupe-power']).toBe(6);
  await page.keyboard.press('z');
  await expect(loupe(page)).toHaveCount(0);
});

test('the night look is for the eye, is kept for the project, and one key shows the photo as it was', async ({
  app,
}) => {
  const grey = new Uint8Array(200 * 100 * 3).fill(30);
  grey.fill(12, 0, 3000);
  await writeFile(join(folder, 'a.png'), encode({ width: 200, height: 100, data: grey, depth: 8, channels: 3 }));
  const page = await open(app);
  await expect.poll(() => shownAt(page)).toEqual([30, 30, 30]);
  await page.keyboard.press('n');
  await expect.poll(async () => (await shownAt(page))[0]).toBeGreaterThan(200);
  await page.keyboard.down('o');
  await expect.poll(() => shownAt(page)).toEqual([30, 30, 30]);
  await page.waitForTimeout(300);
  await page.keyboard.up('o');
  await expect.poll(async () => (await shownAt(page))[0]).toBeGreaterThan(200);
  // A tap leaves it off, the next one brings it back, however long the window takes over the first half of it.
  await page.evaluate(() => {
    const dawdle = () => {
      const end = performance.now() + 400;
      for (let now = 0; now < end; now = performance.now());
    };
    window.addEventListener('keydown', (event) => event.key === 'o' && dawdle());
  });
  const tap = () => Promise.all([page.keyboard.down('o'), page.keyboard.up('o')]);
  await tap();
  await expect.poll(() => shownAt(page)).toEqual([30, 30, 30]);
  await tap();
  await expect.poll(async () => (await shownAt(page))[0]).toBeGreaterThan(200);
  await page.reload();
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  await expect.poll(async () => (await shownAt(page))[0]).toBeGreaterThan(200);
  // A slider by keys.
  await stage(page).focus();
  await page.keyboard.press('n');
  await expect.poll(() => shownAt(page)).toEqual([30, 30, 30]);
  await page.keyboard.press('Shift+N');
  await page.getByRole('slider', { name: 'Brightness' }).focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await shownAt(page))[0]).toBe(56);
  await page.getByRole('button', { name: 'As it was' }).click();
  await expect.poll(() => shownAt(page)).toEqual([30, 30, 30]);
});

test('a TIFF lies as it should and has the right colours; 16 bits of grey are windowed and read true', async ({
  app,
}) => {
  const colors = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
  const turned = { width: 2, height: 2, channels: 3, bits: 8, photometric: 2, orientation: 6 } as const;
  await writeFile(join(folder, 'a.tif'), sampleTiff({ ...turned, values: colors }));
  const data = Uint16Array.from({ length: 6400 }, (_, at) => 1000 + (at % 80) * 10);
  await writeFile(join(folder, 'b.png'), encode({ width: 80, height: 80, data, depth: 16, channels: 1 }));
  const cmyk = { width: 2, height: 1, channels: 4, bits: 8, photometric: 5, compression: 8 } as const;
  await writeFile(join(folder, 'c.tif'), sampleTiff({ ...cmyk, values: [255, 0, 0, 0, 0, 255, 255, 0] }));
  const page = await open(app);
  await zoomTo(page, 6400);
  // Orientation 6 turns the stored picture by a quarter, clockwise: its left column is the top row.
  await expect
    .poll(async () => [await shownAt(page, -30, -30), await shownAt(page, 30, -30)])
    .toEqual([
      [0, 0, 255],
      [255, 0, 0],
    ]);
  await expect
    .poll(async () => [await shownAt(page, -30, 30), await shownAt(page, 30, 30)])
    .toEqual([
      [255, 255, 0],
      [0, 255, 0],
    ]);
  await page.keyboard.press('d');
  await expect(page.getByRole('option', { selected: true }).first()).toContainText('b.png');
  await page.keyboard.press('z');
  await zoomTo(page, 1600);
  const box = (await stage(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2 + 4, box.y + box.height / 2 + 4);
  await expect(loupe(page).locator('[data-loupe-color]')).toHaveText('1400');
  await expect.poll(async () => Math.abs((await shownAt(page, 8, 8))[0]! - 129)).toBeLessThan(3);
  await page.keyboard.press('d');
  await expect(page.getByRole('option', { selected: true }).first()).toContainText('c.tif');
  await zoomTo(page, 6400);
  await expect
    .poll(async () => [await shownAt(page, -30, 0), await shownAt(page, 30, 0)])
    .toEqual([
      [0, 255, 255],
      [255, 0, 0],
    ]);
});

test('HEIC is refused with what to do', async ({ app }) => {
  await writeFile(join(folder, 'a.heic'), Buffer.from('0000001866747970686569630000000068656963', 'hex'));
  const { page } = app;
  const { projectId } = await app.call('projects.create', {
    name: 'Phones',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [],
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  await page.keyboard.press('Alt+w');
  await expect(page.getByText(/Save the photos as JPEG/)).toBeVisible();
});

test('the overview shows what is in view and takes one elsewhere', async ({ app }) => {
  await writeFile(join(folder, 'a.png'), places(200, 100));
  const page = await open(app);
  const overview = page.locator('[data-navigator]');
  await expect(overview).toHaveCount(0);
  await zoomTo(page, 3200);
  await expect(overview).toBeVisible();
  await atRest(page);
  const box = (await overview.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + (box.width * 30.5) / 200, box.y + (box.height * 60.5) / 100, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => shownAt(page)).toEqual([30, 60, 40]);
  await page.keyboard.press('Shift+O');
  await expect(overview).toHaveCount(0);
});

test.describe('with the photos of the test data', () => {
  test.skip(() => testData('images/large') === null, 'COUNTERLEDGER_TEST_DATA is not set');

  test('72 megapixels are seen at depth with the very pixels of the file', async ({ app }) => {
    test.setTimeout(120_000);
    const photo = testData('images/large/berlin_01_upscaled_71.9MP.jpg')!;
    await copyFile(photo, join(folder, 'a.jpg'));
    // How soon it is there is measured elsewhere; here only what is seen counts, however long a busy machine decodes.
    const page = await open(app, 60_000);
    await page.keyboard.press('z');
    await zoomTo(page, 400);
    const box = (await stage(page).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2 + 2);
    await atRest(page);
    await expect(loupe(page).locator('[data-loupe-color]')).toHaveText(/^#/);
    const [x, y] = (await loupe(page).locator('[data-loupe-at]').textContent())!.split(', ').map(Number);
    const truth = await fileColor(page, x!, y!);
    await expect(loupe(page).locator('[data-loupe-color]')).toHaveText(new RegExp(`  ${truth.join(' ')}$`));
    await expect.poll(() => shownAt(page, 2, 2), { timeout: 15_000 }).toEqual(truth);
  });

  test('a CMYK photo shows the colours of the same photo in RGB', async ({ app }) => {
    await copyFile(testData('images/special/berlin_02_progressive.jpg')!, join(folder, 'a.jpg'));
    await copyFile(testData('images/special/berlin_02_cmyk.jpg')!, join(folder, 'b.jpg'));
    const page = await open(app);
    const spots = [-200, -100, 0, 100, 200].flatMap((x) => [-120, 0, 120].map((y) => [x, y] as const));
    const colors = async () => {
      const found: number[] = [];
      for (const [x, y] of spots) found.push(...(await shownAt(page, x, y)));
      return found;
    };
    const truth = await colors();
    await page.keyboard.press('d');
    await expect(page.getByRole('option', { selected: true }).first()).toContainText('b.jpg');
    await expect
      .poll(async () => {
        const found = await colors();
        return found.reduce((sum, value, at) => sum + Math.abs(value - truth[at]!), 0) / found.length;
      })
      // Were the inks taken the wrong way round, it would be a negative: some 100 off.
      .toBeLessThan(25);
  });
});

test('thumbnails are kept, a TIFF one too, and shown again without decoding', async ({ app }) => {
  await writeFile(join(folder, 'a.png'), places(200, 100));
  const values = Array.from({ length: 300 }, (_, at) => at % 256);
  await writeFile(
    join(folder, 'b.tif'),
    sampleTiff({ width: 10, height: 10, channels: 3, bits: 8, photometric: 2, values }),
  );
  const page = await open(app);
  const { projects } = await app.call('projects.list', {});
  const { tasks } = await app.call('tasks.list', { projectId: projects[0]!.id });
  const taskIds = tasks.map(({ id }) => id);
  await expect.poll(async () => (await app.call('thumbnails.get', { taskIds })).thumbnails.length).toBe(2);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.reload();
  await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
  const drawn = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('[role="option"] canvas')].map(
        (canvas) => canvas.getContext('2d')!.getImageData(40, 30, 1, 1).data[3],
      ),
    );
  await expect.poll(drawn).toEqual([255, 255]);
  expect(fetched.filter((path) => path.includes('thumb-worker'))).toEqual([]);
});

/** A JPEG of 16 MP made in the page, told to lie on its side. */
async function turnedJpeg(page: Page): Promise<Buffer> {
  const packed = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(5000, 3200);
    const context = canvas.getContext('2d')!;
    for (let x = 0; x < 5000; x += 40) {
      for (let y = 0; y < 3200; y += 40) {
        context.fillStyle = `rgb(${(x * 7) % 256} ${(y * 5) % 256} ${(x + y) % 256})`;
        context.fillRect(x, y, 40, 40);
      }
    }
    const bytes = new Uint8Array(
      await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer(),
    );
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCodePoint(...bytes.subarray(at, at + 8192));
    return btoa(text);
  });
  const jpeg = Buffer.from(packed, 'base64');
  const exif = Buffer.from(
    'ffe1002245786966000049492a00080000000100120103000100000006000000000000000000',
    'hex',
  ).subarray(0, 36);
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

test('a large photo that lies on its side is seen upright at depth, with the very pixels of the file', async ({
  app,
}) => {
  test.setTimeout(120_000);
  await writeFile(join(folder, 'a.jpg'), await turnedJpeg(app.page));
  const page = await open(app, 60_000);
  await page.keyboard.press('z');
  await zoomTo(page, 800);
  const box = (await stage(page).boundingBox())!;
  for (const [dx, dy] of [
    [4, 4],
    [-200, 150],
    [250, -130],
  ] as const) {
    await page.mouse.move(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy);
    // The loupe is drawn once a frame: what it says of the place before is not read.
    await atRest(page);
    await expect(loupe(page).locator('[data-loupe-color]')).toHaveText(/^#/);
    const [x, y] = (await loupe(page).locator('[data-loupe-at]').textContent())!.split(', ').map(Number);
    const truth = await fileColor(page, x!, y!);
    await expect(loupe(page).locator('[data-loupe-color]')).toHaveText(new RegExp(`  ${truth.join(' ')}$`));
    await expect.poll(() => shownAt(page, dx, dy), { timeout: 15_000 }).toEqual(truth);
  }
});

test('what is sealed by night is what would be sealed by day', async ({ app }) => {
  const grey = encode({ width: 200, height: 100, data: new Uint8Array(200 * 100 * 3).fill(30), depth: 8, channels: 3 });
  for (const name of ['a.png', 'b.png']) await writeFile(join(folder, name), grey);
  const page = await open(app);
  const { projects } = await app.call('projects.list', {});
  const { tasks } = await app.call('tasks.list', { projectId: projects[0]!.id });
  const shape = {
    id: shapeId.parse('01920000-0000-7000-8000-000000000001'),
    label: null,
    geometry: { type: 'box', x: 10.25, y: 20, w: 30, h: 40 },
    attributes: {},
    origin: 'hand',
  } as const;
  for (const { id } of tasks) {
    await app.call('drafts.addShapes', { label: 'duplicate', tasks: [{ taskId: id, shapes: [shape] }] });
  }
  await page.reload();
  await expect(page.getByRole('listbox', { name: 'Objects' }).getByRole('option')).toHaveCount(1);
  await stage(page).focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/is sealed$/).first()).toBeVisible();
  await page.getByRole('option', { name: /b\.png/ }).click();
  await stage(page).focus();
  await page.keyboard.press('n');
  await expect.poll(async () => (await shownAt(page, 60))[0]).toBeGreaterThan(50);
  await page.keyboard.press('Control+Enter');
  const sealed = () => app.call('ledger.list', { filter: { kinds: ['submission.sealed'] }, offset: 0, limit: 5 });
  await expect.poll(async () => (await sealed()).entries.length).toBe(2);
  const fields = await Promise.all((await sealed()).entries.map(({ id }) => app.call('ledger.get', { id })));
  const [night, day] = fields.map(({ fields: all }) => {
    const value = (name: string) => all.find((field) => field.name === name)?.value;
    return { annotation: value('annotation'), hash: value('annotation_hash'), media: value('media_hash') };
  });
  expect(day?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(night).toEqual(day);
});
