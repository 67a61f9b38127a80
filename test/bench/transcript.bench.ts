// Writing in the room of recordings with 5,000 segments on one recording: from a key to its frame while letters are typed, on from row to row,
// and from segment to segment, in the program as it stands, beside a bare textarea in the same window.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { JournalRecord, Shape } from '#shared/domain/annotation.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import { endHost, startLoopbackProcess } from '#test/support/host-process.ts';
import { writeWave } from '#test/support/sounds.ts';
import { seeded } from '#test/support/seeded.ts';
import { span } from '#test/support/spans.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend } from '#test/support/test-backend.ts';
import type { BenchRow } from './bench-row.ts';

const rate = 8000;
const count = 5000;
const seconds = 2 * count;
/** Milliseconds between two keys: as fast as people type. */
const betweenMs = 60;
const turns = 4;
const keysOfTurn = 30;

/** Speech of a kind: loud and quiet in turns, so that rules about silence have something to find. */
function samples(): Int16Array {
  const random = seeded(5);
  return Int16Array.from({ length: seconds * rate }, (_, at) => {
    const loud = Math.floor(at / rate / 0.7) % 3 !== 0;
    return (random() - 0.5) * (loud ? 16_000 : 60);
  });
}

/** Segments side by side, most of them written, some with more than fits on two lines, some empty. */
function segments(): Shape[] {
  const said = [
    '今天天气很好，我们去公园散步。',
    'the quick brown fox jumps over the lazy dog',
    '请把下周的会议改到星期四下午三点。',
  ];
  return Array.from({ length: count }, (_, at) => {
    const [start, end] = [2 * at * rate, 2 * at * rate + 1.8 * rate];
    const text = at % 7 === 0 ? undefined : said[at % 3]!.repeat(at % 11 === 0 ? 9 : 1);
    const more = { attributes: {}, ...(text !== undefined && { text }) };
    return span(at + 1, start, end, at % 2 === 0 ? '说话人 A' : '说话人 B', more);
  });
}

async function prepared(folder: string): Promise<string> {
  writeWave(join(folder, 'long.wav'), rate, 1, samples());
  const core = await openTestBackend();
  try {
    await core.call('settings.set', { language: 'en' });
    const { projectId } = await core.call('projects.create', {
      name: 'Long',
      client: null,
      intermediary: null,
      modality: 'audio',
      labels: [
        { key: 'valid', name: 'Valid', color: '#009e73', attributes: [] },
        { key: 'invalid', name: 'Invalid', color: '#d55e00', noTranscript: true, attributes: [] },
      ],
    });
    await core.call('guidelines.add', {
      projectId,
      version: '1',
      text: 'No segment over 10 s, no silence over 0.5 s inside one, nothing left unwritten.',
      effectiveFrom: '2024-01-01',
      receivedAt: '2024-01-01T08:00:00.000Z',
      channel: null,
      announcedBy: null,
      rules: {
        longestSegmentS: 10,
        longestInnerSilenceS: 0.5,
        requireTranscript: true,
        noOverlap: 'tier',
        longestGapS: 3,
      },
      attachments: [],
    });
    await core.call('tasks.importFolder', { projectId, path: folder });
    const [task] = (await core.call('tasks.list', { projectId })).tasks;
    const edits = segments().map((after, at) => ({ before: null, after, indexBefore: null, indexAfter: at }));
    const records: JournalRecord[] = [{ type: 'do', at: 0, change: { label: 'draw', edits } }];
    await core.call('drafts.append', { taskId: task!.id, after: 0, records });
    return core.dir;
  } finally {
    await core.backend.close();
  }
}

/** Notes, for every key, how long it takes until its frame is made. */
async function watchKeys(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    const noted = (pressed: number) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => taken.push(performance.now() - pressed));
        port1.start();
        port2.postMessage(null);
      });
    };
    addEventListener('keydown', (event) => noted(event.timeStamp), { capture: true });
  });
}

async function press(page: Page, keys: (at: number) => string): Promise<number[]> {
  await page.evaluate(() => void ((window as unknown as { taken: number[] }).taken.length = 0));
  for (let at = 0; at < keysOfTurn; at += 1) {
    await page.keyboard.press(keys(at));
    await page.waitForTimeout(betweenMs);
  }
  return page.evaluate(() => [...(window as unknown as { taken: number[] }).taken]);
}

const letters = (at: number): string => (at % 6 === 5 ? 'Space' : 'abcde'[at % 6]!);

/** What is pressed, by what is measured. */
const ways = {
  'a letter': letters,
  'Enter, on to the next row': () => 'Enter',
  'Alt+Down, on to the next row': () => 'Alt+ArrowDown',
  'Down, on to the next segment': () => 'ArrowDown',
} as const;
type Way = keyof typeof ways;

async function bare(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.id = 'bare';
    area.style.cssText = 'position:fixed;left:300px;bottom:60px;width:500px;height:46px;z-index:9';
    document.body.append(area);
    area.focus();
  });
  const taken = await press(page, letters);
  await page.evaluate(() => document.getElementById('bare')!.remove());
  return taken;
}

/** The keys are in the row of a segment, or on the picture. */
async function stand(page: Page, way: Way): Promise<void> {
  await page.locator('[data-canvas-host]').focus();
  await page.keyboard.press('ArrowDown');
  if (way !== 'Down, on to the next segment') await page.keyboard.press('Enter');
  await page.waitForTimeout(800);
}

async function measured(page: Page): Promise<{ taken: Record<Way, number[]>; bare: number[] }> {
  const names = Object.keys(ways) as Way[];
  const found = {
    taken: Object.fromEntries(names.map((way) => [way, []])) as unknown as Record<Way, number[]>,
    bare: [] as number[],
  };
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const way of names) {
      await stand(page, way);
      const times = await press(page, ways[way]);
      // The first turn warms up.
      if (turn > 0) found.taken[way].push(...times);
    }
    const times = await bare(page);
    if (turn > 0) found.bare.push(...times);
  }
  return found;
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)]!;
}

/** Runs the bench; two minutes. */
export async function run(): Promise<BenchRow[]> {
  const program = findBrowser();
  if (!program) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  const folder = tempDir();
  const dataDir = await prepared(folder.path);
  const host = startLoopbackProcess(['--data-dir', dataDir, '--port', '0', '--no-open', '--lang', 'en']);
  const browser = await chromium.launch({
    executablePath: program.path,
    args: ['--disable-frame-rate-limit', '--disable-gpu-vsync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en' });
    await watchKeys(page);
    await page.goto(await host.address);
    await page.locator('#main').waitFor();
    await page.keyboard.press('Alt+w');
    await page.locator('[data-canvas-host][data-scanned]').waitFor({ timeout: 120_000 });
    await page.waitForTimeout(1500);
    const { taken, bare: reference } = await measured(page);
    return (Object.keys(ways) as Way[]).flatMap((way) =>
      [0.5, 0.95].map((share) => ({
        name: `transcript: ${count.toLocaleString('en')} segments, ${way}, key to frame, p${share * 100}`,
        value: quantile(taken[way], share),
        unit: 'ms',
        reference: { name: 'bare textarea', value: quantile(reference, share) },
        ...(share > 0.5 && { budget: '20 ms' }),
      })),
    );
  } finally {
    await browser.close();
    await endHost(host);
    folder.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
