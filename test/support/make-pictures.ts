// Takes the README's pictures from the running program: `npm run pictures`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { callOperation } from '#test/e2e/support/call-operation.ts';
import { launchBrowser, startLoopback } from '#test/e2e/support/loopback-host.ts';
import { fillTheMonth, pictureMoment } from './picture-month.ts';

type Language = 'en' | 'zh-CN';

const folder = join(appRoot, 'resources', 'pictures');

/** Boxes of the first sample picture, in shares of its width and height, with the number key of their class. */
const avenue = [
  { key: '1', box: [0.345, 0.485, 0.42, 0.585] },
  { key: '1', box: [0.461, 0.553, 0.578, 0.708] },
  { key: '2', box: [0.663, 0.385, 0.828, 0.712] },
  { key: '7', box: [0.195, 0.48, 0.232, 0.62] },
] as const;

/** Where the picture lies on the screen: the canvas fits it with a margin, in the middle. */
async function pictureArea(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const stage = await page.getByRole('application').boundingBox();
  if (!stage) throw new Error('no canvas');
  const [width, height] = [960, 600];
  const scale = Math.min((stage.width - 24) / width, (stage.height - 24) / height);
  return {
    x: stage.x + (stage.width - width * scale) / 2,
    y: stage.y + (stage.height - height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
}

async function drawBoxes(page: Page): Promise<void> {
  const area = await pictureArea(page);
  await page.keyboard.press('b');
  for (const { key, box } of avenue) {
    const [left, top, right, bottom] = box;
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
    await page.mouse.move(area.x + left * area.width, area.y + top * area.height);
    await page.mouse.down();
    await page.mouse.move(area.x + right * area.width, area.y + bottom * area.height, { steps: 4 });
    await page.mouse.up();
  }
  await page.mouse.move(area.x + 8, area.y + area.height - 8);
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

async function takePictures(language: Language): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'counterledger-pictures-'));
  const browser = await launchBrowser();
  // A fixed day, so that pictures taken anew differ in what the program shows and in nothing else.
  const clock = { file: `${dataDir}.clock`, at: pictureMoment };
  writeFileSync(clock.file, String(clock.at));
  const host = await startLoopback(browser, { dataDir, lang: language, flags: [], onPage: () => undefined, clock });
  const { page } = host;
  const take = async (name: string) => {
    // Words that pass by are gone, and pictures have loaded.
    await page.waitForTimeout(1200);
    await page.screenshot({ path: join(folder, `${name}-${language}.png`) });
  };
  try {
    await callOperation(page, 'projects.createSample', { language });
    await fillTheDay(page);
    await page.reload();
    await page.getByRole('application').waitFor();
    await page.waitForTimeout(800);
    await drawBoxes(page);
    // Three minutes at this photo, so that its clock has something to say.
    writeFileSync(clock.file, String(pictureMoment + 180_000));
    await page.clock.setFixedTime(pictureMoment + 180_000);
    await page.waitForTimeout(500);
    await page.mouse.move(600, 500);
    await take('work');
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(1500);
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
  } finally {
    await host.close();
    await browser.close();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(clock.file, { force: true });
  }
}

mkdirSync(folder, { recursive: true });
for (const language of ['en', 'zh-CN'] as const) await takePictures(language);
