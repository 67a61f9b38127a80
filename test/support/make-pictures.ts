// Takes the README's pictures from the running program: `npm run pictures`, or some of them: `npm run pictures audio`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { callOperation } from '#test/e2e/support/call-operation.ts';
import { launchBrowser, startLoopback } from '#test/e2e/support/loopback-host.ts';
import type { RunningHost } from '#test/e2e/support/running-host.ts';
import { fillTheMonth, pictureMoment } from './picture-month.ts';
import { takeSoundPictures } from './picture-sound.ts';
import { takeTextPictures } from './picture-text.ts';
import type { PictureLanguage, Taking } from './picture-taking.ts';

const folder = join(appRoot, 'resources', 'pictures');

/** Pixels of the sample pictures. */
const size = { width: 960, height: 600 };

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** What is drawn on the first sample picture, in its pixels, with the number key of the class; the last stays selected. */
const avenue = [
  { key: '1', box: [331, 291, 403, 352] },
  { key: '1', box: [442, 332, 555, 426] },
  { key: '7', box: [186, 287, 224, 373] },
  { key: '2', box: [637, 231, 795, 428] },
] as const satisfies readonly { key: string; box: Box }[];

/** The car at its left edge, which a box would not hug. */
const parkedCar = [
  [1, 347],
  [35, 341],
  [62, 350],
  [84, 371],
  [108, 377],
  [113, 401],
  [84, 405],
  [66, 414],
  [46, 403],
  [1, 405],
] as const;

/** What a machine proposes on the same picture. */
const proposed = [
  { label: 'car', box: [402, 263, 441, 299], score: 0.91 },
  { label: 'car', box: [546, 261, 584, 292], score: 0.83 },
  { label: 'car', box: [599, 293, 638, 353], score: 0.58 },
  { label: 'rider', box: [766, 301, 876, 434], score: 0.44 },
  { label: 'truck', box: [470, 284, 533, 331], score: 0.37 },
] as const satisfies readonly { label: string; box: Box; score: number }[];

/** What is drawn on the night picture. */
const night = [
  { key: '7', box: [140, 291, 167, 365] },
  { key: '4', box: [262, 271, 332, 360] },
  { key: '9', box: [631, 419, 669, 480] },
  { key: '1', box: [428, 347, 556, 452] },
  { key: '1', box: [599, 295, 673, 355] },
] as const satisfies readonly { key: string; box: Box }[];

/** Where a pixel of the picture lies on the screen: the canvas fits it with a margin, in the middle. */
async function places(page: Page): Promise<(x: number, y: number) => { x: number; y: number }> {
  const stage = await page.getByRole('application').boundingBox();
  if (!stage) throw new Error('no canvas');
  const scale = Math.min((stage.width - 24) / size.width, (stage.height - 24) / size.height);
  const left = stage.x + (stage.width - size.width * scale) / 2;
  const top = stage.y + (stage.height - size.height * scale) / 2;
  return (x, y) => ({ x: left + x * scale, y: top + y * scale });
}

/** Draws boxes by hand and lets their sides be snapped, as one does. */
async function drawBoxes(page: Page, boxes: readonly { key: string; box: Box }[]): Promise<void> {
  const at = await places(page);
  await page.keyboard.press('b');
  for (const { key, box } of boxes) {
    const [from, to] = [at(box[0], box[1]), at(box[2], box[3])];
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press('x');
    await page.waitForTimeout(900);
  }
}

async function drawParkedCar(page: Page): Promise<void> {
  const at = await places(page);
  await page.keyboard.press('l');
  await page.keyboard.press('1');
  for (const [x, y] of parkedCar) {
    const place = at(x, y);
    await page.mouse.move(place.x, place.y);
    await page.mouse.click(place.x, place.y);
  }
  await page.keyboard.press('Enter');
}

/** Takes in what a machine found, kept apart from what is drawn. */
async function propose(page: Page, below: string): Promise<void> {
  const { projects } = await callOperation(page, 'projects.list', {});
  const labels = [...new Set(proposed.map(({ label }) => label))];
  const file = join(below, 'proposals.json');
  const coco = {
    images: [{ id: 1, file_name: '01-day-avenue.jpg', ...size }],
    categories: labels.map((name, place) => ({ id: place + 1, name })),
    annotations: proposed.map(({ label, box: [left, top, right, bottom], score }, place) => ({
      id: place + 1,
      image_id: 1,
      category_id: labels.indexOf(label) + 1,
      bbox: [left, top, right - left, bottom - top],
      score,
    })),
  };
  writeFileSync(file, JSON.stringify(coco));
  await callOperation(page, 'imports.apply', { projectId: projects[0]!.id, path: file, scored: 'apart' });
}

/** The day of the pictures, so that the strip has something to show. */
async function fillTheDay(page: Page): Promise<void> {
  const { projects } = await callOperation(page, 'projects.list', {});
  const projectId = projects[0]?.id ?? null;
  const at = (minutesAgo: number) => new Date(pictureMoment - minutesAgo * 60_000).toISOString();
  const spans = [
    ['presence', 'present', 330, 12, 'unpaid'],
    ['activity', 'training', 330, 260, 'unpaid'],
    ['activity', 'annotating', 250, 150, 'by-piece'],
    ['waiting', 'rules', 150, 110, 'unpaid'],
    ['activity', 'annotating', 110, 30, 'by-piece'],
  ] as const;
  for (const [lane, what, from, to, paid] of spans) {
    const span = { lane, what, start: at(from), end: at(to), paid, projectId, taskId: null, tag: null };
    await callOperation(page, 'time.log', span);
  }
}

async function takeImagePictures({ page, language, below, take, later }: Taking): Promise<void> {
  await page.getByRole('application').waitFor();
  await page.waitForTimeout(800);
  await propose(page, below);
  await drawParkedCar(page);
  await drawBoxes(page, avenue);
  await page.keyboard.press('v');
  await later(180_000);
  await page.waitForTimeout(500);
  const at = await places(page);
  // Beside the photo, so that no crosshair lies over it.
  await page.mouse.move(560, 715);
  await take('work');
  await page.keyboard.press('Control+Enter');
  // The machine's proposals stay undecided.
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  await page.getByRole('option', { name: /05-night/ }).click();
  await page.waitForTimeout(1000);
  await callOperation(page, 'settings.set', { theme: 'dark' });
  await page.keyboard.press('n');
  await drawBoxes(page, night);
  await page.keyboard.press('z');
  const corner = at(night.at(-1)!.box[2], night.at(-1)!.box[3]);
  await page.mouse.move(corner.x, corner.y);
  await take('night');
  await callOperation(page, 'settings.set', { theme: 'light' });
  await page.keyboard.press('z');
  await page.keyboard.press('n');
  await page.getByRole('option', { name: /02-day/ }).click();
  await page.waitForTimeout(500);
  await takeLedgerPictures(page, language, take);
}

async function takeLedgerPictures(page: Page, language: PictureLanguage, take: Taking['take']): Promise<void> {
  await page.keyboard.press('Alt+l');
  await page.getByRole('row').nth(1).waitFor();
  await page.getByRole('row').nth(1).click();
  await page.getByRole('tab').nth(2).click();
  await page.getByRole('tabpanel').getByRole('button').last().click();
  await take('ledger');
  await page.keyboard.press('Alt+t');
  await take('today');
  await fillTheMonth(page, language);
  for (const [key, room] of [
    ['Alt+m', 'month'],
    ['Alt+b', 'returns'],
    ['Alt+y', 'pay'],
    ['Alt+c', 'training'],
  ] as const) {
    await page.keyboard.press(key);
    if (room === 'month') await page.getByText(language === 'en' ? 'Month' : '月', { exact: true }).click();
    await take(room);
  }
}

const parts = {
  image: takeImagePictures,
  audio: takeSoundPictures,
  text: takeTextPictures,
} as const;

type Part = keyof typeof parts;

/** Takes the pictures of one sample project, in a program and a data folder of its own. */
async function takePictures(language: PictureLanguage, part: Part): Promise<void> {
  const below = mkdtempSync(join(tmpdir(), 'counterledger-pictures-'));
  const browser = await launchBrowser();
  // A fixed day, so that pictures taken anew differ in what the program shows and in nothing else.
  const clock = { file: join(below, 'clock'), at: pictureMoment };
  writeFileSync(clock.file, String(clock.at));
  const start = { dataDir: join(below, 'data'), lang: language, flags: [], onPage: () => undefined, clock };
  let host: RunningHost | null = null;
  try {
    host = await startLoopback(browser, start);
    const { page } = host;
    await callOperation(page, 'projects.createSample', { language, modality: part });
    await fillTheDay(page);
    await page.reload();
    await parts[part]({
      page,
      language,
      below,
      async take(name) {
        // Words that pass by are gone, and pictures have loaded.
        await page.waitForTimeout(1200);
        await page.screenshot({ path: join(folder, `${name}-${language}.png`) });
      },
      async later(ms) {
        clock.at += ms;
        writeFileSync(clock.file, String(clock.at));
        await page.clock.setFixedTime(clock.at);
      },
    });
  } finally {
    await host?.close();
    await browser.close();
    rmSync(below, { recursive: true, force: true });
  }
}

mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const part of Object.keys(parts) as Part[]) {
  if (wanted.length > 0 && !wanted.includes(part)) continue;
  for (const language of ['en', 'zh-CN'] as const) await takePictures(language, part);
}
