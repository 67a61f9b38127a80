import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Label } from '#shared/domain/label-set.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { testData } from '#test/support/test-data.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { expectAccessible } from './support/at-rest.ts';

const labels: Label[] = [
  {
    key: 'valid',
    name: 'Valid',
    color: '#009e73',
    attributes: [
      {
        name: 'gender',
        title: 'Gender',
        input: 'radio',
        values: ['female', 'male'],
        initial: 'female',
        required: true,
        mutable: true,
      },
    ],
  },
  {
    key: 'invalid',
    name: 'Invalid',
    color: '#999999',
    noTranscript: true,
    attributes: [
      {
        name: 'reason',
        title: 'Reason',
        input: 'radio',
        values: ['noise', 'not speech'],
        initial: null,
        required: true,
        mutable: true,
      },
    ],
  },
];

const rules: CheckableRules = {
  longestSegmentS: 10,
  longestInnerSilenceS: 0.5,
  requireLabel: true,
  requireTranscript: true,
  noOverlap: 'tier',
  tokens: [{ text: '<noise>', title: 'noise' }, { text: '□' }],
};

const host = (page: Page) => page.locator('[data-canvas-host][data-task]');
const rows = (page: Page) => page.getByRole('list', { name: 'Transcript' }).getByRole('listitem');
const current = (page: Page) => page.locator('[aria-current] [data-transcript]');

async function openWork(page: Page): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(host(page)).toHaveAttribute('data-scanned', '', { timeout: 20_000 });
}

/** Drags over the first lane, in shares of the width of the picture. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = await host(page).boundingBox();
  if (!box) throw new Error('no picture');
  // Right of the names of the lanes.
  const left = 90;
  const at = (share: number) => [box.x + left + share * (box.width - left), box.y + box.height * 0.45] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at((from + to) / 2), { steps: 4 });
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

async function openRecordings(
  app: App,
  recordings: readonly string[],
): Promise<{ projectId: ProjectId; folder: string; taskId: TaskId }> {
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-recordings-'));
  for (const each of recordings) await copyFile(testData(each)!, join(folder, each.split('/').at(-1)!));
  const { projectId } = await app.call('projects.create', {
    name: 'Meetings',
    client: null,
    intermediary: null,
    modality: 'audio',
    labels,
  });
  await app.call('guidelines.add', {
    projectId,
    version: '1',
    text: 'No segment over 10 s.',
    effectiveFrom: '2024-01-01',
    receivedAt: '2024-01-01T08:00:00.000Z',
    channel: null,
    announcedBy: null,
    rules,
    attachments: [],
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  const { tasks } = await app.call('tasks.list', { projectId });
  return { projectId, folder, taskId: tasks[0]!.id };
}

/** What is composed by an input method, letter by letter, with the keys that end it pressed on the way. */
async function compose(page: Page, letters: string, text: string): Promise<void> {
  const input = await page.context().newCDPSession(page);
  for (let at = 1; at <= letters.length; at += 1) {
    await input.send('Input.imeSetComposition', { text: letters.slice(0, at), selectionStart: at, selectionEnd: at });
  }
  for (const [key, held] of [
    ['Enter', {}],
    ['1', {}],
    ['Escape', {}],
    ['F4', {}],
    ['1', { altKey: true }],
    ['z', { ctrlKey: true }],
    ['ArrowUp', { ctrlKey: true }],
    [' ', { ctrlKey: true }],
  ] as const) {
    await page.evaluate(
      ([pressed, modifiers]) => {
        const event = new KeyboardEvent('keydown', {
          key: pressed,
          isComposing: true,
          bubbles: true,
          cancelable: true,
          ...modifiers,
        });
        document.activeElement?.dispatchEvent(event);
      },
      [key, held] as const,
    );
  }
  await input.send('Input.insertText', { text });
  await input.detach();
}

test.describe('on real recordings', () => {
  test.skip(() => testData('audio') === null, 'COUNTERLEDGER_TEST_DATA is not set');
  test.setTimeout(120_000);

  let folder: string | null = null;
  test.afterEach(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
    folder = null;
  });

  test('a meeting is segmented by proposal and by hand, written, mended, sealed and found in the ledger', async ({
    app,
    hostKind,
  }) => {
    test.skip(hostKind !== 'loopback', 'the composition is driven through the browser');
    const { page } = app;
    const opened = await openRecordings(app, ['audio/ami/trn01.wav']);
    ({ folder } = opened);
    await openWork(page);

    // By hand: nearly all of it in one segment, which breaks rules.
    await drag(page, 0.02, 0.9);
    await expect(rows(page)).toHaveCount(1);
    const breaches = page.getByRole('region', { name: 'Open breaches' });
    await expect(breaches.getByText(/s long, at most 10/)).toBeVisible();
    await expect(breaches.getByText(/Silence of .* inside/).first()).toBeVisible();

    // Mended by key alone, breach after breach, until only what is to be written is left.
    const mendable = breaches.getByRole('button', { name: /^Mend/ });
    await expect(async () => {
      await page.keyboard.press('F8');
      await page.keyboard.press('Control+m');
      // What is left is looked for again after each; only when nothing more comes, it is done.
      await expect(mendable).toHaveCount(0, { timeout: 300 });
    }).toPass({ intervals: [0], timeout: 60_000 });
    await expect(breaches.getByText(/s long, at most 10/)).toHaveCount(0);
    await expect(breaches.getByText(/Silence of/)).toHaveCount(0);
    const mended = await rows(page).count();
    expect(mended).toBeGreaterThan(2);

    // One step each: undone to the one segment, taken away, and proposed instead.
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await expect(rows(page)).toHaveCount(0);
    await page.keyboard.press('v');
    const proposals = page.getByRole('region', { name: 'Proposed segments' });
    await expect(proposals).toBeVisible({ timeout: 20_000 });
    const proposed = (await app.call('proposals.list', { taskId: opened.taskId })).proposals.length;
    expect(proposed).toBeGreaterThan(1);
    await page.keyboard.press('k');
    await page.keyboard.press('y');
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press('Alt+Shift+y');
    await expect(rows(page)).toHaveCount(proposed - 1);
    await expect(proposals).toBeHidden();

    // Written row by row; Chinese is composed in one of them, tokens come by key.
    await rows(page).first().getByRole('textbox').click();
    const name = await page.getByRole('option', { selected: true }).first().textContent();
    await compose(page, 'nihao', '你好');
    await expect(current(page)).toHaveValue('你好');
    await expect(page.getByRole('button', { name: /^Speed 1×/ })).toBeVisible();
    await page.keyboard.press('Alt+1');
    await expect(current(page)).toHaveValue('你好<noise>');
    await page.keyboard.press('Enter');
    for (let at = 1; at < proposed - 1; at += 1) {
      await page.keyboard.type(`okay ${at}`);
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('option', { selected: true }).first()).toHaveText(name ?? '');
    await expect(breaches).toBeHidden();
    await page.keyboard.press('Control+Shift+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();

    const { submissions } = await app.call('submissions.list', { projectId: opened.projectId });
    const sealed = await app.call('submissions.get', { submissionId: submissions[0]!.id });
    expect(sealed.timeSpentMs).toBeGreaterThan(0);
    const texts = sealed.annotation!.shapes.map(({ text }) => text);
    expect(texts).toContain('你好<noise>');
    expect(texts.every((text) => text !== undefined && text !== '')).toBe(true);
    const rate = 16_000;
    for (const { geometry } of sealed.annotation!.shapes) {
      if (geometry.type !== 'span') throw new Error('no segment');
      expect(Number.isInteger(geometry.start) && Number.isInteger(geometry.end)).toBe(true);
      expect(geometry.end - geometry.start).toBeLessThanOrEqual(10 * rate);
    }
    const { entries } = await app.call('ledger.list', {
      filter: { kinds: ['submission.sealed'] },
      offset: 0,
      limit: 10,
    });
    const entry = await app.call('ledger.get', { id: entries[0]!.id });
    const field = (wanted: string) => entry.fields.find((each) => each.name === wanted)?.value;
    expect(field('breaches')).toEqual({ open: [], asked: false });
    expect(field('media_sound')).toMatchObject({ rate, channels: 1 });
    expect(field('machine')).toMatchObject({ proposed, rejected: 1 });
  });

  test('a machine’s words are corrected, and how far is sealed with them; open breaches are asked about', async ({
    app,
    hostKind,
  }) => {
    test.skip(hostKind !== 'loopback', 'the composition is driven through the browser');
    const { page } = app;
    const opened = await openRecordings(app, ['audio/mandarin/aishell-BAC009S0724W0121.wav']);
    ({ folder } = opened);
    await app.call('proposals.set', {
      taskId: opened.taskId,
      model: 'whisper',
      proposals: [
        {
          id: '01900000-0000-7000-8000-000000000001',
          label: 'valid',
          geometry: { type: 'span', start: 6000, end: 60_000, tier: 'Speaker 1', channel: null },
          text: '广州市房地产中介协会分西',
          attributes: { gender: 'female' },
          score: 0.9,
          model: 'whisper',
        },
      ],
    });
    await openWork(page);
    await page.keyboard.press('y');
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press('i');
    await expect(current(page)).toBeFocused();
    await expect(current(page)).toHaveValue('广州市房地产中介协会分西');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await expect(current(page)).toHaveValue('广州市房地产中介协会分');
    await compose(page, 'xi', '析');
    await expect(current(page)).toHaveValue('广州市房地产中介协会分析');
    await expect(page.getByText('8.3% of characters changed')).toBeVisible();
    // The speed, the undo and the tokens were left alone while it composed.
    await expect(page.getByRole('button', { name: /^Speed 1×/ })).toBeVisible();

    // One key puts the machine's words back, another takes that back.
    await page.keyboard.press('Alt+Shift+o');
    await expect(current(page)).toHaveValue('广州市房地产中介协会分西');
    await page.keyboard.press('Control+z');
    await expect(current(page)).toHaveValue('广州市房地产中介协会分析');

    // Invalid without a reason: asked about before it is sealed.
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await expect(
      page.getByRole('region', { name: 'Open breaches' }).getByText('“Reason” is not answered'),
    ).toBeVisible();
    await page.keyboard.press('Control+Shift+Enter');
    const dialog = page.getByRole('dialog', { name: /open breaches/i });
    await expect(dialog.getByText('Not answered: 1')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Shift+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    const { entries } = await app.call('ledger.list', {
      filter: { kinds: ['submission.sealed'] },
      offset: 0,
      limit: 10,
    });
    const entry = await app.call('ledger.get', { id: entries[0]!.id });
    const field = (wanted: string) => entry.fields.find((each) => each.name === wanted)?.value;
    expect(field('machine')).toMatchObject({ transcripts: { characters: 12, edits: 1 } });
  });

  test('typing comes back as one, words are exchanged everywhere as one, and a killed host loses nothing', async ({
    app,
  }) => {
    const opened = await openRecordings(app, ['audio/ami/trn04.wav']);
    ({ folder } = opened);
    await openWork(app.page);
    const { keyboard } = app.page;
    await drag(app.page, 0.1, 0.3);
    await drag(app.page, 0.5, 0.7);
    await expect(rows(app.page)).toHaveCount(2);
    await rows(app.page).first().getByRole('textbox').click();
    await keyboard.type('the old committee met and the old chair spoke for a long time', { delay: 30 });
    await keyboard.press('Enter');
    await keyboard.type('old news');
    await expect(current(app.page)).toHaveValue('old news');
    await keyboard.press('Control+f');
    await app.page.getByRole('textbox', { name: 'Find' }).fill('old');
    await app.page.getByRole('textbox', { name: 'Replace by' }).fill('new');
    await expect(app.page.getByText('3 places')).toBeVisible();
    await app.page.getByRole('button', { name: 'Replace 3' }).click();
    await expect(rows(app.page).nth(0).getByRole('textbox')).toHaveValue(/^the new committee met and the new chair/);
    await expect(rows(app.page).nth(1).getByRole('textbox')).toHaveValue('new news');
    await app.page.getByRole('button', { name: 'Close' }).click();
    await keyboard.press('Control+z');
    await expect(rows(app.page).nth(1).getByRole('textbox')).toHaveValue('old news');
    // One step each as a rule; on a busy machine a wait between two letters is a rest.
    const emptied = async (row: number) => {
      const field = rows(app.page).nth(row).getByRole('textbox');
      let steps = 0;
      for (let left = await field.inputValue(); left !== ''; left = await field.inputValue()) {
        await keyboard.press('Control+z');
        await expect(field).not.toHaveValue(left);
        steps += 1;
      }
      return steps;
    };
    await emptied(1);
    const field = rows(app.page).nth(0).getByRole('textbox');
    await expect(field).toHaveValue(/^the old committee.*a long time$/);
    const steps = await emptied(0);
    for (let at = 0; at < steps; at += 1) await keyboard.press('Control+Shift+z');
    await expect(field).toHaveValue(/a long time$/);

    // Typed, and the page loaded again at once.
    await rows(app.page).nth(1).getByRole('textbox').click();
    await keyboard.type('half');
    await app.page.reload();
    await openWork(app.page);
    await expect(rows(app.page).nth(1).getByRole('textbox')).toHaveValue('half');

    // Typed without a rest: what is older than a second is on disk, whatever happens.
    await rows(app.page).nth(1).getByRole('textbox').selectText();
    const stored = async () => JSON.stringify((await app.call('drafts.get', { taskId: opened.taskId })).records);
    const typing = keyboard.type('words that go on and on and on without any rest', { delay: 40 });
    await expect.poll(stored).toContain('words that');
    await typing;
    await expect.poll(stored).toContain('words that go on and on and on without any rest');
    await app.host.kill('SIGKILL');
    const page = await app.host.restart();
    await openWork(page);
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).nth(1).getByRole('textbox')).toHaveValue('words that go on and on and on without any rest');
    await expect(rows(page).nth(0).getByRole('textbox')).toHaveValue(/a long time$/);
  });

  test('segments are cut in two at the text cursor, put together, moved to a speaker and nudged by key', async ({
    app,
  }) => {
    const { page } = app;
    const opened = await openRecordings(app, ['audio/ami/trn06.wav']);
    ({ folder } = opened);
    await openWork(page);
    const segments = async () => {
      await expect(page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');
      const { base, records } = await app.call('drafts.get', { taskId: opened.taskId });
      return foldJournal(records, base).doc.shapes.map(({ text, geometry }) => {
        if (geometry.type !== 'span') throw new Error('no segment');
        return { text, ...geometry };
      });
    };
    await drag(page, 0.2, 0.4);
    await page.keyboard.press('i');
    await page.keyboard.type('one two three four');
    await page.keyboard.press('Home');
    for (let at = 0; at < 7; at += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+Enter');
    await expect(rows(page)).toHaveCount(2);
    // What is typed next belongs to the second one.
    await expect(current(page)).toBeFocused();
    await expect(current(page)).toHaveValue('three four');
    const [first, second] = await segments();
    expect([first?.text, second?.text]).toEqual(['one two', 'three four']);
    expect(first?.end).toBe(second?.start);
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Control+j');
    await expect(rows(page)).toHaveCount(1);
    await expect(current(page)).toHaveValue('one two three four');

    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+t');
    await page.getByRole('dialog').getByRole('textbox').fill('Anna');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('F3');
    await expect(rows(page).first().getByText('Anna')).toBeVisible();
    await host(page).focus();
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    // Ten milliseconds at 16 kHz each: the end once, then all of it.
    await expect
      .poll(async () => (await segments())[0])
      .toEqual({
        ...first,
        text: 'one two three four',
        tier: 'Anna',
        start: first!.start + 160,
        end: second!.end + 320,
      });
    for (let at = 0; at < 4; at += 1) await page.keyboard.press('Control+z');
    await expect(rows(page)).toHaveCount(2);
  });

  test('what cannot be heard says why, and the room is accessible', async ({ app }) => {
    const { page } = app;
    const opened = await openRecordings(app, ['audio/ami/trn05.wav', 'audio/bad/text_named.wav']);
    ({ folder } = opened);
    await page.keyboard.press('Alt+w');
    await expect(page.getByText('This is not a recording, whatever its name says.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'text_named.wav' })).toBeVisible();
    await page.keyboard.press('d');
    await expect(host(page)).toHaveAttribute('data-scanned', '', { timeout: 20_000 });
    await page.keyboard.press('v');
    await expect(page.getByRole('region', { name: 'Proposed segments' })).toBeVisible();
    await page.keyboard.press('y');
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press('Shift+n');
    await expectAccessible(page);
  });

  test.describe('in Chinese', () => {
    test.use({ lang: 'zh-CN' });

    test('the room is accessible while it is worked in', async ({ app }) => {
      const { page } = app;
      const opened = await openRecordings(app, ['audio/telephone8k/ami_trn01_trn04_stereo_ulaw.wav']);
      ({ folder } = opened);
      await openWork(page);
      await page.keyboard.press('v');
      await expect(page.getByRole('region', { name: '建议的片段' })).toBeVisible();
      await page.keyboard.press('y');
      await page.keyboard.press('i');
      await page.keyboard.type('words');
      await page.keyboard.press('Control+f');
      await page.keyboard.type('wor');
      await expect(page.getByText('1 处', { exact: true })).toBeVisible();
      await expectAccessible(page);
    });
  });
});
