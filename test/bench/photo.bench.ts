import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import { callOperation } from '#test/e2e/support/call-operation.ts';
import { startLoopback } from '#test/e2e/support/loopback-host.ts';
import { family, isRenderer, pss } from '#test/support/process-memory.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';
import type { BenchRow } from './bench-row.ts';

/** How often each photo is opened, every time in a window that has just started. */
const rounds = 5;
const memoryRounds = 2;
const frames = 90;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

interface Photo {
  name: string;
  /** Megapixels. */
  size: number;
  budget: string;
}

/** A JPEG of some size made from a real photo, in the browser, since nothing else here writes one. */
async function makeJpeg(page: Page, from: string, width: number, height: number): Promise<Buffer> {
  const packed = await page.evaluate(
    async ([file, w, h]) => {
      const bytes = Uint8Array.from(atob(file), (letter) => letter.codePointAt(0)!);
      const photo = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext('2d')!;
      context.imageSmoothingQuality = 'high';
      context.drawImage(photo, 0, 0, w, h);
      const made = new Uint8Array(
        await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })).arrayBuffer(),
      );
      let text = '';
      for (let at = 0; at < made.length; at += 8192) text += String.fromCodePoint(...made.subarray(at, at + 8192));
      return btoa(text);
    },
    [readFileSync(from).toString('base64'), width, height] as const,
  );
  return Buffer.from(packed, 'base64');
}

/** Milliseconds from the click on a photo of the queue to the frame that shows it. */
function openByClick(page: Page, name: string): Promise<number> {
  return page.evaluate(async (photo) => {
    const option = [...document.querySelectorAll<HTMLElement>('[role="option"]')].find((each) =>
      each.textContent?.includes(photo),
    );
    const host = document.querySelector('[data-canvas-host]');
    if (!option || !host) throw new Error(`no ${photo}`);
    const before = host.getAttribute('data-task');
    const start = performance.now();
    option.click();
    await new Promise<void>((resolve) => {
      const look = () => {
        const now = host.getAttribute('data-task');
        if (now !== null && now !== before) resolve();
      };
      new MutationObserver(look).observe(host, { attributes: true });
    });
    // The next frame paints it, and the one after begins once that is done.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return performance.now() - start;
  }, name);
}

/** The least that any program in this browser needs: fetch the file, decode it smaller, draw it. */
function bareOpen(page: Page, taskId: string): Promise<number> {
  return page.evaluate(async (id) => {
    const start = performance.now();
    const blob = await (await fetch(`/media/${id}`, { cache: 'no-store' })).blob();
    const decoder = new ImageDecoder({ data: blob.stream(), type: blob.type, desiredWidth: 2400, desiredHeight: 2400 });
    const { image } = await decoder.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 1366;
    canvas.height = 768;
    canvas.getContext('2d')!.drawImage(image, 0, 0, 1366, 768);
    document.body.append(canvas);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const taken = performance.now() - start;
    image.close();
    decoder.close();
    canvas.remove();
    return taken;
  }, taskId);
}

/** Frame times of a pan; `how` draws bare Canvas2D instead, or adds a CSS filter to the canvas. */
function panFrames(page: Page, how: 'program' | 'css' | 'bare', count: number): Promise<number[]> {
  return page.evaluate(
    async ([kind, length]) => {
      const root = document.querySelector<HTMLElement>('[data-canvas-host] > *')!;
      const ground = root.querySelector('canvas')!;
      const picture =
        kind === 'bare' ? await createImageBitmap(ground, { resizeWidth: 2732, resizeHeight: 1536 }) : null;
      const bare = document.createElement('canvas');
      bare.width = ground.width;
      bare.height = ground.height;
      Object.assign(bare.style, { position: 'absolute', left: '0', top: '0' });
      if (picture) root.append(bare);
      const context = bare.getContext('2d', { alpha: false })!;
      if (kind === 'css') ground.style.filter = 'brightness(1.2) contrast(1.1) saturate(1.2)';
      const times: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < length; frame += 1) {
        const by = frame % 40 < 20 ? 9 : -9;
        if (picture) context.drawImage(picture, -600 + (frame % 40) * by, -300);
        else {
          const wheel = { deltaX: by, deltaY: 0, bubbles: true, cancelable: true, clientX: 600, clientY: 400 };
          root.dispatchEvent(new WheelEvent('wheel', wheel));
        }
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      ground.style.filter = '';
      bare.remove();
      picture?.close();
      return times.slice(5);
    },
    [how, count] as const,
  );
}

/** Watches memory while something is done: the most of all processes and of the renderers, MB. */
async function peakWhile(act: () => Promise<void>): Promise<{ all: number; renderer: number }> {
  const peak = { all: 0, renderer: 0 };
  const look = () => {
    const ids = family(process.pid).filter((id) => id !== process.pid);
    peak.all = Math.max(peak.all, pss(ids));
    peak.renderer = Math.max(peak.renderer, ...ids.filter(isRenderer).map((id) => pss([id])));
  };
  const timer = setInterval(look, 120);
  try {
    await act();
    look();
  } finally {
    clearInterval(timer);
  }
  return peak;
}

/** The program in a fresh window on a folder, its first (small) photo open. */
async function openProgram(browser: Browser, photos: string) {
  const data = tempDir();
  const host = await startLoopback(browser, { dataDir: data.path, lang: 'en', flags: [], onPage: () => undefined });
  const { page } = host;
  const { projectId } = await callOperation(page, 'projects.create', {
    name: 'Large',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [],
  });
  await callOperation(page, 'tasks.importFolder', { projectId, path: photos });
  const { tasks } = await callOperation(page, 'tasks.list', { projectId });
  await page.keyboard.press('Alt+w');
  await page.locator('[data-canvas-host][data-task]').waitFor();
  // The one after it is decoded ahead; nothing else is under way then.
  await page.waitForTimeout(800);
  return {
    page,
    idOf: (name: string) => tasks.find((task) => task.name === name)!.id,
    async close() {
      await host.close();
      data.remove();
    },
  };
}

async function zoomTo(page: Page, percent: string): Promise<void> {
  await page.keyboard.press('Shift+Z');
  await page.keyboard.type(percent);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(900);
}

async function openingRows(browser: Browser, folder: string, photo: Photo): Promise<BenchRow[]> {
  const taken: number[] = [];
  const bare: number[] = [];
  let peak = { all: 0, renderer: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const program = await openProgram(browser, folder);
    bare.push(await bareOpen(program.page, program.idOf(photo.name)));
    taken.push(await openByClick(program.page, photo.name));
    await program.close();
  }
  // By themselves: looking at the memory of processes holds them up.
  for (let round = 0; round < memoryRounds; round += 1) {
    const program = await openProgram(browser, folder);
    const seen = await peakWhile(async () => {
      await openByClick(program.page, photo.name);
      for (const zoom of ['25', '100', '400']) await zoomTo(program.page, zoom);
    });
    peak = { all: Math.max(peak.all, seen.all), renderer: Math.max(peak.renderer, seen.renderer) };
    await program.close();
  }
  const name = `photo: ${photo.size} MP`;
  return [
    {
      name: `${name}, click to first view`,
      value: median(taken),
      unit: 'ms',
      reference: { name: 'bare fetch, reduced decode and draw', value: median(bare) },
      budget: photo.budget,
    },
    { name: `${name}, opened and zoomed in, renderer at most`, value: peak.renderer, unit: 'MB', budget: '250 MB' },
    { name: `${name}, opened and zoomed in, all processes at most`, value: peak.all, unit: 'MB' },
  ];
}

async function panRows(browser: Browser, folder: string, photo: Photo): Promise<BenchRow[]> {
  const program = await openProgram(browser, folder);
  const { page } = program;
  const times: Record<string, number[]> = { plain: [], looked: [], css: [], bare: [] };
  try {
    await openByClick(page, photo.name);
    await zoomTo(page, '100');
    await page.waitForTimeout(600);
    for (let round = 0; round < 3; round += 1) {
      times['bare']!.push(...(await panFrames(page, 'bare', frames)));
      times['plain']!.push(...(await panFrames(page, 'program', frames)));
      times['css']!.push(...(await panFrames(page, 'css', frames)));
      await page.keyboard.press('n');
      await page.waitForTimeout(1500);
      times['looked']!.push(...(await panFrames(page, 'program', frames)));
      await page.keyboard.press('n');
      await page.waitForTimeout(800);
    }
  } finally {
    await program.close();
  }
  const reference = { name: 'bare Canvas2D drawing one bitmap', value: median(times['bare']!) };
  const row = (what: string, key: string): BenchRow => ({
    name: `photo: ${photo.size} MP at 100 %, frame of a pan, ${what}`,
    value: median(times[key]!),
    unit: 'ms',
    reference,
  });
  return [row('as it is', 'plain'), row('by night', 'looked'), row('with a CSS filter instead (not used)', 'css')];
}

/** Large photos in the built program: the time to the first view, memory, and moving about at depth with and without a look. */
export async function run(): Promise<BenchRow[]> {
  const found = findBrowser();
  if (!found) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  const large = testData('images/large/berlin_01_upscaled_71.9MP.jpg');
  const real = testData('images/street/berlin_01.jpg') ?? join(appRoot, 'resources/samples/image/05-night-street.jpg');
  const folder = tempDir();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--disable-background-networking', '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  try {
    mkdirSync(join(folder.path, 'photos'));
    const photos = join(folder.path, 'photos');
    for (const name of ['a', 'b', 'd', 'e', 'g']) writeFileSync(join(photos, `${name}.png`), samplePng(640, 480));
    const page = await browser.newPage();
    writeFileSync(join(photos, 'c.jpg'), await makeJpeg(page, real, 6000, 4000));
    await page.close();
    if (large) copyFileSync(large, join(photos, 'f.jpg'));
    const rows = await openingRows(browser, photos, { name: 'c.jpg', size: 24, budget: '350 ms' });
    if (!large) return [...rows, ...(await panRows(browser, photos, { name: 'c.jpg', size: 24, budget: '' }))];
    const photo: Photo = { name: 'f.jpg', size: 72, budget: '450 ms' };
    return [...rows, ...(await openingRows(browser, photos, photo)), ...(await panRows(browser, photos, photo))];
  } finally {
    await browser.close();
    folder.remove();
  }
}
