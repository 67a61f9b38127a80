// Texts being written: from a key to its frame in a short and a long text, with the history of writing kept and without, beside a bare textarea
// and a bare CodeMirror in the same run; and how long the log of an hour of writing is.
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { encodeEdits, type Edit } from '#shared/text/edit-log.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import { testData } from '#test/support/test-data.ts';
import { bundlePage } from './bench-page.ts';
import type { BenchRow } from './bench-row.ts';
import type { EditorKind } from './text-page.ts';

const kinds: readonly EditorKind[] = ['textarea', 'bare', 'without', 'with'];
/** Keys of one turn of one editor; the editors take turns, so that what else the machine does meets all of them. */
const keysOfTurn = 40;
const turns = 6;

async function openPage(): Promise<{ browser: Browser; page: Page }> {
  const found = findBrowser();
  if (!found) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  const { script } = await bundlePage('text-page.ts');
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--disable-frame-rate-limit', '--disable-gpu-vsync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.on('pageerror', (error) => console.error(error));
  await page.addScriptTag({ content: script });
  return { browser, page };
}

/** A text of so many UTF-16 units: real answers where they are at hand, in lines as people write them. */
function textOf(units: number): string {
  const path = testData('text/en/pred_davinci-self-instruct.jsonl');
  const lines = path
    ? readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { prompt: string }).prompt]))
    : ['The moon pulls the sea towards it, and the earth turns through what it raised. '.repeat(4)];
  let text = '';
  for (let at = 0; text.length < units; at += 1) text += `${lines[at % lines.length]!}\n`;
  return text.slice(0, units);
}

const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;

async function keyToFrame(page: Page, text: string): Promise<Record<EditorKind, number[]>> {
  const taken: Record<EditorKind, number[]> = { textarea: [], bare: [], without: [], with: [] };
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const kind of kinds) {
      await page.evaluate(([which, what]) => window.textPage.open(which, what), [kind, text] as const);
      await page.waitForTimeout(150);
      for (let key = 0; key < keysOfTurn; key += 1) {
        await page.keyboard.press(key % 6 === 5 ? 'Space' : 'abcde'[key % 6]!);
      }
      await page.waitForTimeout(60);
      const samples = await page.evaluate(() => window.textPage.taken());
      // The first turn warms up.
      if (turn > 0) taken[kind].push(...samples);
    }
  }
  for (const samples of Object.values(taken)) samples.sort((a, b) => a - b);
  return taken;
}

/** An hour of writing as people write: 40 words a minute with rests, one key in ten takes something back, now and then elsewhere. */
function hourOfWriting(): Edit[] {
  const edits: Edit[] = [];
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  let [at, length, place] = [Date.UTC(2026, 10, 22, 9), 0, 0];
  const end = at + 3_600_000;
  while (at < end) {
    at += random() < 0.02 ? 4000 + random() * 20_000 : 120 + random() * 220;
    if (random() < 0.01) place = Math.floor(random() * length);
    if (random() < 0.1 && place > 0) {
      edits.push({ at, from: place - 1, removed: 1, inserted: '', how: 'type' });
      place -= 1;
      length -= 1;
    } else {
      edits.push({ at, from: place, removed: 0, inserted: 'etaoin shrdlu'[Math.floor(random() * 13)]!, how: 'type' });
      place += 1;
      length += 1;
    }
  }
  return edits;
}

/** Runs the bench; a minute and a half. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const { browser, page } = await openPage();
  try {
    for (const [name, units] of [
      ['250 words', 1500],
      ['50,000 characters', 50_000],
    ] as const) {
      const text = textOf(units);
      const taken = await keyToFrame(page, text);
      const p95 = (kind: EditorKind) => quantile(taken[kind], 0.95);
      const middle = (kind: EditorKind) => quantile(taken[kind], 0.5);
      const row = (kind: 'with' | 'without', reference: 'textarea' | 'bare', budget?: string): BenchRow => ({
        name: `${name}: key to frame, history ${kind === 'with' ? 'on' : 'off'}, p95`,
        value: p95(kind),
        unit: 'ms',
        reference: { name: reference === 'bare' ? 'bare CodeMirror' : 'bare textarea', value: p95(reference) },
        ...(budget !== undefined && { budget }),
      });
      rows.push(row('with', 'textarea', '16 ms'), row('with', 'bare'), row('without', 'bare'));
      const micros = await page.evaluate(([what, keys]) => window.textPage.cost(what, keys), [text, 5000] as const);
      rows.push({
        name: `${name}: history of one key, of a frame (median ${middle('with').toFixed(1)} ms)`,
        value: (micros / 10 / middle('with')) as number,
        unit: '%',
        budget: 'under 2 %',
      });
    }
  } finally {
    await browser.close();
  }
  const edits = hourOfWriting();
  rows.push({
    name: `log of an hour of writing (${edits.length} keystrokes)`,
    value: encodeEdits(edits).bytes.length / 1000,
    unit: 'kB',
    budget: 'under 200 kB',
  });
  return rows;
}
