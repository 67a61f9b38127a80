import { callOperation } from '#test/e2e/support/call-operation.ts';
import { type PictureLanguage, type Taking, wordsIn } from './picture-taking.ts';

interface Words {
  /** How long a key takes, in milliseconds: one writes more with each in Chinese. */
  keyMs: number;
  opening: string;
  /** What is tied to the source. */
  fact: string;
  source: { title: string; address: string; quote: string };
  /** What follows, line by line, broken off in the middle of a sentence. */
  rest: readonly string[];
  reason: string;
}

/** Answers to the sample's questions. The source is invented, as its address says. */
const words: Record<PictureLanguage, Words> = {
  en: {
    keyMs: 240,
    opening: 'On a north-facing balcony a tomato plant grows tall and thin, with many leaves and few fruits: ',
    fact: 'tomatoes want six hours of sun a day',
    source: {
      title: 'Vegetables on balconies, leaflet 4',
      address: 'https://example.org/balcony-vegetables',
      quote: 'Tomatoes need at least six hours of direct sunlight.',
    },
    rest: [
      '',
      'What does well there is what is grown for its **leaves**:',
      '',
      '- lettuce, spinach and chard;',
      '- mint, parsley and chives;',
      '- radishes, if they get some light in the morning.',
      '',
      'A pot of 20 cm is enough for most of them. Water them when the soil is dry to the touch, and',
    ],
    reason: 'One says that boiled eggs never spoil, which is wrong and may make somebody ill.',
  },
  'zh-CN': {
    keyMs: 700,
    opening: '朝北的阳台晒不到多少太阳，番茄会长得又细又高，叶子多、果子少：',
    fact: '番茄每天要晒六小时太阳',
    source: {
      title: '阳台种菜小册子（四）',
      address: 'https://example.org/balcony-vegetables',
      quote: '番茄每天至少需要六小时直射阳光。',
    },
    rest: [
      '',
      '朝北更适合种吃**叶子**的：',
      '',
      '- 生菜、菠菜、油麦菜；',
      '- 薄荷、香菜、小葱；',
      '- 早上能见点光的话，还可以种小萝卜。',
      '',
      '大多数用 20 厘米的花盆就够了。土摸着干了再浇水，',
    ],
    reason: '一个说煮熟的蛋不会坏，这是错的，有人会因此吃坏肚子。',
  },
};

/** Types as one does, key after key: a clock that stands still would make the editor take all of it for one moment. */
async function type({ page, language, later }: Taking, text: string): Promise<void> {
  for (const key of text) {
    await later(words[language].keyMs);
    await page.keyboard.type(key);
  }
}

/** Ties what was typed last to a source. */
async function tieToSource({ page, language, later }: Taking): Promise<void> {
  const { fact, source } = words[language];
  const { sources } = wordsIn(language).work.text;
  for (let at = 0; at < fact.length; at += 1) await page.keyboard.press('Shift+ArrowLeft');
  await later(2000);
  await page.keyboard.press('Control+m');
  await page.getByLabel(sources.name, { exact: true }).fill(source.title);
  await page.getByLabel(sources.address, { exact: true }).fill(source.address);
  await page.getByLabel(sources.quote, { exact: true }).fill(source.quote);
  await page.getByLabel(sources.quote, { exact: true }).press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await later(2000);
  await page.keyboard.press('Control+End');
}

/** An answer half written: counts, a source, a sentence that is not finished; then how it was written. */
async function takeWriting(taking: Taking): Promise<void> {
  const { page, language, later, take } = taking;
  const { opening, fact, rest } = words[language];
  await page.getByRole('option').first().click();
  await page.locator('.cm-content').first().click();
  await type(taking, opening + fact);
  await tieToSource(taking);
  await type(taking, language === 'en' ? '.' : '。');
  for (const line of rest) {
    await later(1500);
    await page.keyboard.press('Enter');
    await type(taking, line);
  }
  await page.mouse.move(157, 690);
  await take('text');
  await page.keyboard.press('F9');
  await callOperation(page, 'settings.set', { theme: 'dark' });
  await take('authorship');
  await callOperation(page, 'settings.set', { theme: 'light' });
}

/** Two answers compared by each criterion, the machine's judgement shown once one's own was sealed. */
async function takeComparing(taking: Taking): Promise<void> {
  const { page, language, later, take } = taking;
  await page.getByRole('option').nth(3).click();
  await page.locator('[data-panes]').waitFor();
  await later(20_000);
  const right = page.locator('[data-candidate="a"]');
  const left = await right.evaluate((pane) => pane.matches(':first-child'));
  await page.getByRole('radio').first().focus();
  for (const digit of left ? '211' : '677') {
    await page.keyboard.press(digit);
    await page.waitForTimeout(200);
  }
  await page.keyboard.press('Alt+n');
  await type(taking, words[language].reason);
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+j');
  await page.locator('[data-machine="shown"]').waitFor();
  await page.mouse.move(157, 690);
  await take('compare');
}

/** Pictures of the sample texts: writing, how it was written, and two answers compared. */
export async function takeTextPictures(taking: Taking): Promise<void> {
  await takeWriting(taking);
  await takeComparing(taking);
}
