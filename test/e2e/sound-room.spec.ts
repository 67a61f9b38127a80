import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { JournalRecord, Shape } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { sampleWav } from '#test/support/sample-sounds.ts';
import { span } from '#test/support/spans.ts';
import { type App, expect, test } from './support/app-fixture.ts';

/** What is done to many segments at once, to speakers, and to be heard: by key, in the window. */
const rate = 8000;
const host = (page: Page) => page.locator('[data-canvas-host][data-task]');

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterledger-room-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** A recording of thirty seconds in two channels, with segments in its draft. */
async function open(app: App, shapes: readonly Shape[]): Promise<TaskId> {
  await writeFile(join(folder, 'talk.wav'), sampleWav({ rate, channels: 2, frames: 30 * rate }));
  const { projectId } = await app.call('projects.create', {
    name: 'Talk',
    client: null,
    intermediary: null,
    modality: 'audio',
    labels: [{ key: 'valid', name: 'Valid', color: '#009e73', attributes: [] }],
  });
  await app.call('guidelines.add', {
    projectId,
    version: '1',
    text: 'Everything is written down.',
    effectiveFrom: '2024-01-01',
    receivedAt: '2024-01-01T08:00:00.000Z',
    channel: null,
    announcedBy: null,
    rules: { requireTranscript: true },
    attachments: [],
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  const taskId = (await app.call('tasks.list', { projectId })).tasks[0]!.id;
  const edits = shapes.map((after, at) => ({ before: null, after, indexBefore: null, indexAfter: at }));
  const records: JournalRecord[] = [{ type: 'do', at: 0, change: { label: 'draw', edits } }];
  await app.call('drafts.append', { taskId, after: 0, records });
  const { page } = app;
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(host(page)).toHaveAttribute('data-scanned', '', { timeout: 60_000 });
  await host(page).focus();
  return taskId;
}

/** Start and tier of every segment, as they are on the disk. */
async function kept({ call }: App, taskId: TaskId): Promise<[number, string][]> {
  const { base, records } = await call('drafts.get', { taskId });
  return foldJournal(records, base).doc.shapes.map(({ geometry }) => {
    if (geometry.type !== 'span') throw new Error('no segment');
    return [geometry.start / rate, geometry.tier];
  });
}

test('many segments are shifted at once, and speakers named, each as one step that comes back', async ({ app }) => {
  const { page } = app;
  const taskId = await open(app, [
    span(1, 2 * rate, 4 * rate, '', { text: 'one' }),
    span(2, 5 * rate, 6 * rate, '', { text: 'two' }),
    span(3, 8 * rate, 9 * rate, 'Li', { text: 'three' }),
  ]);
  const now = () => kept(app, taskId);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1500');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const shifted = [
    [3.5, ''],
    [6.5, ''],
    [9.5, 'Li'],
  ];
  await expect.poll(now).toEqual(shifted);

  // Those without a speaker are given one that there is already.
  const tierMenu = () => page.getByRole('button', { name: /^New segments come to/ });
  const rename = async (chosen: string, name: string) => {
    await tierMenu().click();
    await page.getByRole('menuitem', { name: chosen, exact: true }).click();
    await expect(page.getByRole('menu')).toBeHidden();
    await tierMenu().click();
    await page.getByRole('menuitem', { name: 'Rename the tier…' }).click();
    await expect(dialog.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  };
  await page.getByRole('list', { name: 'Transcript' }).getByRole('textbox').first().click();
  await page.keyboard.press('Escape');
  await rename('no speaker', 'Li');
  await expect.poll(now).toEqual(shifted.map(([start]) => [start, 'Li']));
  await host(page).focus();
  await page.keyboard.press('Control+z');
  await expect.poll(now).toEqual(shifted);
  // And one by itself is moved by key: from nobody to Li.
  await page.getByRole('list', { name: 'Transcript' }).getByRole('textbox').first().click();
  await page.keyboard.press('F3');
  await expect.poll(async () => (await now())[0]).toEqual([3.5, 'Li']);
  await rename('Li', 'Li Hua');
  await expect.poll(now).toEqual([
    [3.5, 'Li Hua'],
    [6.5, ''],
    [9.5, 'Li Hua'],
  ]);

  // What is found says where it is, and with nothing to put in its place that it will be gone.
  await page.keyboard.press('Control+f');
  const find = page.getByRole('region', { name: 'Find and replace' });
  await expect(find.getByRole('textbox', { name: 'Find' })).toBeFocused();
  await page.keyboard.type('two');
  const hit = find.getByRole('listitem');
  await expect(hit).toHaveText(/00:06\.50.*two.*deleted/);
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await expect(hit.locator('ins')).toHaveText('2');
  await expect(hit.getByText('deleted')).toBeHidden();
  await page.keyboard.press('Backspace');
  await find.getByRole('button', { name: 'Delete 1' }).click();
  await expect(hit).toHaveCount(0);
});

test('a segment is looped, a channel heard alone, and the last seconds heard again, by key while one writes', async ({
  app,
}) => {
  const { page } = app;
  await open(app, [span(1, 10 * rate, 11 * rate, 'Li', { text: '' })]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F4');
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  const clock = async () => {
    const [minutes, seconds] = (await page.locator('[data-sound-clock]').textContent())!.split(':').map(Number);
    return 60 * minutes! + seconds!;
  };
  const loop = page.getByRole('button', { name: 'Play the segment again and again' });
  await page.keyboard.press('F6');
  await expect(loop).toHaveAttribute('aria-pressed', 'true');
  await expect(pause).toBeVisible();
  // Longer than the segment: it still plays, and inside.
  await page.waitForTimeout(2500);
  await expect(pause).toBeVisible();
  expect(await clock()).toBeLessThanOrEqual(11.05);
  expect(await clock()).toBeGreaterThanOrEqual(9.95);
  await page.keyboard.press('F6');
  await expect(loop).toHaveAttribute('aria-pressed', 'false');
  await expect(pause).toBeHidden({ timeout: 10_000 });

  const solo = page.getByRole('button', { name: 'Hear one channel alone: the next' });
  for (const heard of ['channel 1', 'channel 2', 'all channels']) {
    await page.keyboard.press('Shift+F5');
    await expect(solo).toHaveText(heard);
  }

  // Three seconds back from where it stands, and it ends where it was.
  const stood = await clock();
  await page.keyboard.press('F9');
  await expect(pause).toBeVisible();
  await expect.poll(clock, { intervals: [20] }).toBeLessThan(stood - 0.5);
  await expect(pause).toBeHidden({ timeout: 20_000 });
  expect(Math.abs((await clock()) - stood)).toBeLessThan(0.1);
  // None of the keys wrote anything.
  await expect(page.locator('[aria-current] [data-transcript]')).toHaveValue('');
});

for (const lang of ['en', 'zh-CN'] as const) {
  test.describe(`what is written, ${lang}`, () => {
    test.use({ lang });

    test('is seen whole in every row, with the breaches in sight, in the letters of the window', async ({ app }) => {
      const { page } = app;
      // Notes, from before the page's own code on, what is written with on canvases.
      await page.addInitScript(() => {
        const families = new Set<string>();
        Object.assign(window, { families });
        const font = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, 'font')!;
        Object.defineProperty(CanvasRenderingContext2D.prototype, 'font', {
          ...font,
          set(this: CanvasRenderingContext2D, given: string) {
            families.add(given.replace(/^.*?px /, ''));
            font.set!.call(this, given);
          },
        });
      });
      await page.reload();
      const texts = [
        '',
        'short',
        'a long sentence that goes on and on '.repeat(12),
        '这句话很长，一直写下去，'.repeat(20),
      ];
      await open(
        app,
        Array.from({ length: 40 }, (_, at) =>
          span(at + 1, at * 5600, at * 5600 + 2400, 'Li', { text: texts[at % 4]! }),
        ),
      );
      const fields = page.locator('[data-transcript]');
      for (let at = 0; at < 30; at += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page.locator('[aria-current] [data-transcript]')).toBeFocused();
      const cut = await fields.evaluateAll(
        (all) => all.filter((each) => each.scrollHeight > each.clientHeight + 1).length,
      );
      expect(cut).toBe(0);
      // One below the other, without a strip between them.
      const boxes = await page.locator('[data-segment]').evaluateAll((all) =>
        all
          .map((each) => each.getBoundingClientRect())
          .map(({ top, bottom }) => [top, bottom] as const)
          .sort(([a], [b]) => a - b),
      );
      for (const [at, [top]] of boxes.entries()) if (at > 0) expect(Math.abs(top - boxes[at - 1]![1])).toBeLessThan(1);
      expect(boxes.some(([top, bottom]) => bottom - top > 90)).toBe(true);

      const breaches = page.getByRole('region', { name: lang === 'en' ? 'Open breaches' : '不合规则' });
      await expect(breaches).toBeInViewport({ ratio: 1 });
      const told = await page.evaluate(() => [...(window as unknown as { families: Set<string> }).families]);
      const wanted = await page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--cl-font').replaceAll(/\s+/g, ' ').trim(),
      );
      expect(told).toEqual([wanted]);
    });
  });
}
