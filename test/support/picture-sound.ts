import type { Page } from '@playwright/test';
import { callOperation } from '#test/e2e/support/call-operation.ts';
import { type PictureLanguage, type Taking, wordsIn } from './picture-taking.ts';

/** What is written for the first sample recording, which is in no language: the driver of a depot, invented like the voice. */
const oneVoice = {
  en: [
    'Good morning, this is the depot in the north.',
    'We have four crates for you today,',
    'two of them are heavy, please bring <noise> the trolley.',
    'I am at the gate by ten,',
    'or call me first.',
  ],
  'zh-CN': [
    '早上好，这里是城北的仓库。',
    '今天有四箱货要给你们送过去，',
    '有两箱比较重，麻烦[噪音]带一辆大推车。',
    '我十点以前到门口，',
    '有事先打电话。',
  ],
} as const;

/** The telephone call, written half through. */
const call = {
  en: ['Depot, hello?', 'Hello, has my parcel come?', 'One moment, I shall look.'],
  'zh-CN': ['喂，仓库。', '你好，我的包裹到了吗？', '稍等，我看一下。'],
} as const;

/** Lets the program propose segments, takes all of them and answers the one question that has no usual answer. */
async function takeProposed(page: Page, language: PictureLanguage, gender: 'female' | 'male'): Promise<void> {
  const { start } = wordsIn(language);
  await page.keyboard.press('v');
  await page.getByRole('option', { selected: true }).waitFor();
  await page.waitForTimeout(1500);
  await page.keyboard.press('Alt+Shift+y');
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+a');
  await page.getByText(start.speech.gender[gender], { exact: true }).click();
}

/** Writes row after row, from the first segment on. */
async function write(page: Page, rows: readonly string[]): Promise<void> {
  await page.locator('[data-canvas-host][data-task]').click({ position: { x: 130, y: 60 } });
  await page.keyboard.press('Enter');
  for (const each of rows) {
    await page.keyboard.type(each);
    await page.keyboard.press('Enter');
  }
  await page.waitForTimeout(600);
}

async function open(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('option', { name }).click();
  await page.locator('[data-canvas-host][data-scanned]').waitFor();
  await page.waitForTimeout(1000);
}

/** Ends the segment that plays since a key led to it, and leaves nothing under the pointer. */
async function rest(page: Page, language: PictureLanguage): Promise<void> {
  const pause = page.getByRole('button', { name: wordsIn(language).work.sound.pause, exact: true });
  if (await pause.isVisible()) await pause.click();
  await page.mouse.move(157, 600);
}

/** Pictures of the sample recordings: one voice with a silence that breaks a rule, and a call with a tier for each channel. */
export async function takeSoundPictures({ page, language, take, later }: Taking): Promise<void> {
  const { work } = wordsIn(language);
  await open(page, /01-one/);
  await page.keyboard.press('Shift+g');
  await takeProposed(page, language, 'female');
  await write(page, oneVoice[language]);
  // The last two in one: with the silence between them inside.
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Control+j');
  await page.getByRole('region', { name: work.breaches.title }).scrollIntoViewIfNeeded();
  await later(180_000);
  await rest(page, language);
  await take('sound');
  await open(page, /02-tele/);
  await page.keyboard.press('Shift+g');
  await page.keyboard.press('Shift+n');
  await page.getByRole('switch', { name: work.sound.settings.perChannel }).click();
  await page.keyboard.press('Escape');
  await takeProposed(page, language, 'male');
  await write(page, call[language]);
  await rest(page, language);
  await callOperation(page, 'settings.set', { theme: 'dark' });
  await take('call');
  await callOperation(page, 'settings.set', { theme: 'light' });
}
