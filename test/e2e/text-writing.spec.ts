import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { TextKind, TextRules } from '#shared/domain/text.ts';
import { decodeEdits, textAfter } from '#shared/text/edit-log.ts';
import { fromBase64 } from '#shared/proofs/base64.ts';
import { draftEdits } from '#shared/text/draft-edits.ts';
import { historyBytes } from '#shared/text/history-file.ts';
import { onePixelPng } from '#test/support/one-pixel-png.ts';
import { testData } from '#test/support/test-data.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { expectAccessible } from './support/at-rest.ts';

const editor = (page: Page) => page.locator('.cm-content').first();
const room = (page: Page) => page.locator('[data-task][data-kind]');
const allSaved = (page: Page) => expect(page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');

interface Row {
  id: string;
  prompt: string;
  draft?: string;
  images?: string[];
}

const folders: string[] = [];
test.afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A project of texts with these rows and rules; the tasks in their order. */
async function openTexts(
  app: App,
  kind: TextKind,
  rows: readonly Row[],
  text: TextRules = {},
): Promise<{ projectId: ProjectId; tasks: TaskId[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-texts-'));
  folders.push(folder);
  await writeFile(join(folder, 'one.png'), onePixelPng);
  const path = join(folder, 'rows.jsonl');
  await writeFile(path, rows.map((row) => JSON.stringify(row)).join('\n'));
  const { projectId } = await app.call('projects.create', {
    ...{ name: 'Questions', client: null, intermediary: null, modality: 'text', labels: [] },
  });
  await app.call('guidelines.add', {
    ...{ projectId, version: '1', text: 'Answer.', effectiveFrom: '2020-01-01', channel: null, announcedBy: null },
    ...{ rules: { text }, attachments: [], receivedAt: new Date().toISOString() },
  });
  const taken = await app.call('texts.import', {
    projectId,
    path,
    mapping: {
      ...{ kind, name: 'id', prompt: ['prompt'], models: [], machine: null, images: 'images' },
      candidates: kind === 'correct' ? ['draft'] : [],
    },
  });
  expect(taken.taken).toBe(rows.length);
  const { tasks } = await app.call('tasks.list', { projectId });
  return { projectId, tasks: tasks.map(({ id }) => id) };
}

async function openWork(page: Page): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(room(page)).toBeVisible();
}

/** The task on screen. */
async function onTask(page: Page, taskId: TaskId): Promise<void> {
  await expect(page.locator(`[data-task="${taskId}"]`)).toBeVisible();
  await expect(editor(page)).toBeFocused();
}

async function sealedOf(app: App, projectId: ProjectId, taskId: TaskId) {
  const { submissions } = await app.call('submissions.list', { projectId });
  const mine = submissions.find((each) => each.taskId === taskId && !each.superseded)!;
  const { annotation } = await app.call('submissions.get', { submissionId: mine.id });
  const { entries } = await app.call('ledger.list', {
    filter: { kinds: ['submission.sealed'], subject: mine.id },
    offset: 0,
    limit: 1,
  });
  const entry = await app.call('ledger.get', { id: entries[0]!.id });
  const field = (name: string) => entry.fields.find((each) => each.name === name)?.value as never;
  return {
    answer: annotation?.answer ?? {},
    text: field('text') as { kind: string; refused: string | null; edits: number | null },
    history: field('history') as { hash: string | null; bytes: number; typed: number; pasted: number } | null,
  };
}

async function logOf(app: App, taskId: TaskId, field = 'answer') {
  const { logs } = await app.call('texts.readLogs', { taskId });
  return decodeEdits(fromBase64(logs.find((log) => log.field === field)?.data ?? '')).edits;
}

/** Real prompts of the test data. */
async function prompts(file: string, count: number): Promise<Row[]> {
  const lines = (await readFile(testData(file)!, 'utf8')).split('\n').slice(0, count);
  return lines.map((line, at) => {
    const row = JSON.parse(line) as { prompt: string; response?: string };
    return { id: `p${at + 1}`, prompt: row.prompt, ...(row.response !== undefined && { draft: row.response }) };
  });
}

/** What is composed by an input method, letter by letter, with keys that belong to it pressed on the way. */
async function compose(page: Page, letters: string, text: string): Promise<void> {
  const input = await page.context().newCDPSession(page);
  for (let at = 1; at <= letters.length; at += 1) {
    await input.send('Input.imeSetComposition', { text: letters.slice(0, at), selectionStart: at, selectionEnd: at });
    // As fast as one types: what is looked at again after a key is, while it composes.
    await page.waitForTimeout(60);
  }
  for (const key of ['Enter', '1', 'Escape', 'F4', 'F9', ' ']) {
    await page.evaluate((pressed) => {
      const event = new KeyboardEvent('keydown', { key: pressed, isComposing: true, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    }, key);
  }
  await input.send('Input.insertText', { text });
  await input.detach();
}

test.describe('one made-up prompt', () => {
  const rows = [
    { id: 'tides', prompt: 'Why are there **two** tides a day?' },
    { id: 'salt', prompt: 'Why is the sea salt?' },
  ];

  test('is answered by keys alone, and a killed host and a restart keep text and undo', async ({ app }) => {
    const { tasks } = await openTexts(app, 'write', rows, { lengthUnit: 'words', longest: 250 });
    // A rest parts two steps of undo, and only where one is meant: not where the machine is slow between two letters.
    const begun = Date.now();
    await app.page.clock.setFixedTime(begun);
    await openWork(app.page);
    await onTask(app.page, tasks[0]!);
    await app.page.keyboard.type('The moon pulls the sea.');
    await expect(editor(app.page)).toHaveText('The moon pulls the sea.');
    await app.page.clock.setFixedTime(begun + 700);
    await app.page.keyboard.type(' So does the sun.');
    await expect(app.page.locator('[data-unit="words"]')).toContainText('9 words / 250');
    await allSaved(app.page);
    await app.page.keyboard.press('Control+z');
    await expect(editor(app.page)).toHaveText('The moon pulls the sea.');
    await allSaved(app.page);
    await app.host.kill('SIGKILL');
    await app.page.keyboard.type(' X');
    await expect(app.page.locator('[data-saved]')).toHaveAttribute('data-saved', 'waiting');

    const page = await app.host.restart();
    await openWork(page);
    await onTask(page, tasks[0]!);
    await expect(editor(page)).toHaveText('The moon pulls the sea.');
    await page.keyboard.press('Control+Shift+z');
    await expect(editor(page)).toHaveText('The moon pulls the sea. So does the sun.');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(page.locator('.cm-placeholder')).toBeVisible();
    await page.keyboard.press('Control+y');
    await expect(editor(page)).toHaveText('The moon pulls the sea.');
    await allSaved(page);
    expect((await logOf(app, tasks[0]!)).map(({ how }) => how)).toContain('undo');
  });

  test('is composed in Chinese: nothing fires, nothing is lost', async ({ app }) => {
    const { page } = app;
    const { tasks } = await openTexts(app, 'write', rows, { lengthUnit: 'han', longest: 1 });
    await openWork(page);
    await onTask(page, tasks[0]!);
    await compose(page, 'yueliang', '月亮');
    await compose(page, 'lazhehai', '拉着海。');
    await expect(editor(page)).toHaveText('月亮拉着海。');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('[data-proof]')).toHaveCount(0);
    await expect(page.locator('[data-unit="han"]')).toContainText('5');
    await allSaved(page);
    const edits = await logOf(app, tasks[0]!);
    expect(textAfter(edits)).toBe('月亮拉着海。');
    expect(new Set(edits.map(({ how }) => how))).toEqual(new Set(['compose']));
    await page.keyboard.press('Control+z');
    await expect(editor(page)).not.toHaveText('月亮拉着海。');
  });

  test('breaks rules that are listed, led to and asked about', async ({ app }) => {
    const { page } = app;
    const { projectId, tasks } = await openTexts(app, 'write', rows, {
      ...{ lengthUnit: 'words', longest: 4, forbiddenParts: ['obviously'], requiredParts: ['moon'] },
      ...{ finishedSentences: true, requireSource: true },
    });
    await openWork(page);
    await onTask(page, tasks[0]!);
    await page.keyboard.type('Obviously it is because of water');
    await expect(page.getByText('“obviously” must not stand in the answer')).toBeVisible();
    await expect(page.getByText('6 long, at most 4')).toBeVisible();
    await expect(page.locator('.cl-mark-forbidden')).toHaveText('Obviously');
    await expect(page.locator('.cl-mark-beyond')).toHaveText('of water');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Too long: 1');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await editor(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('The moon does it.');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Control+m');
    await expect(page.getByRole('dialog', { name: 'Source' })).toBeVisible();
    await page.keyboard.type('Newton');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.cl-mark-passage')).toHaveText('The moon does it.');
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('So: ');
    await expect(page.locator('.cl-mark-passage')).toHaveText('The moon does it.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toContainText('Too long: 1');
    await page.keyboard.press('Tab');
    await page.getByRole('dialog').getByRole('button').last().press('Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    const { answer } = await sealedOf(app, projectId, tasks[0]!);
    expect(answer.text).toBe('So: The moon does it.');
    expect(answer.sources).toMatchObject([{ title: 'Newton' }]);
  });

  test('shows how it was written, and the history attached is the one sealed', async ({ app }) => {
    const { page } = app;
    const { projectId, tasks } = await openTexts(app, 'write', rows);
    await openWork(page);
    await onTask(page, tasks[0]!);
    await page.keyboard.type('Typed words.');
    await expect(editor(page)).toHaveText('Typed words.');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', ' Pasted words.');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect(editor(page)).toHaveText('Typed words. Pasted words.');
    await page.keyboard.press('Control+Shift+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    const sealed = await sealedOf(app, projectId, tasks[0]!);
    const { logs } = await app.call('texts.readLogs', { taskId: tasks[0]! });
    const bytes = historyBytes(logs.map(({ field, data }) => ({ field, bytes: fromBase64(data) })));
    expect(sealed.history).toMatchObject({ typed: 12, pasted: 14, bytes: bytes.length });
    expect(sealed.history?.hash).toBe(createHash('sha256').update(bytes).digest('hex'));

    await page.keyboard.press('F9');
    await expect(page.locator('[data-figure="pasted"]')).toContainText('54%');
    await page.getByRole('button', { name: 'Attach to the submission' }).press('Enter');
    await expect(page.getByText('exactly the history that was sealed')).toBeVisible();
    const replay = page.locator('[data-replay]');
    await replay.getByRole('slider').focus();
    await page.keyboard.press('Home');
    await expect(replay).toHaveAttribute('data-replay', /^[01]$/);
    await page.getByRole('button', { name: 'Erase the history' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    const edits = await logOf(app, tasks[0]!);
    expect(edits).toHaveLength(1);
    expect(textAfter(edits)).toBe('Typed words. Pasted words.');
  });

  test('has find and replace, snippets, preview and a room for nothing but the text', async ({ app }) => {
    const { page } = app;
    const { tasks } = await openTexts(app, 'write', rows);
    await openWork(page);
    await onTask(page, tasks[0]!);
    await page.keyboard.press('Alt+0');
    await expect(page.getByRole('dialog', { name: 'Snippets' })).toBeVisible();
    await page.keyboard.type('In short: ');
    await page.keyboard.press('Control+Enter');
    // The focus is back in the text.
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(editor(page)).toBeFocused();
    await page.keyboard.press('Alt+1');
    await page.keyboard.type('sea and **sea**');
    await expect(editor(page)).toHaveText('In short: sea and **sea**');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('sea');
    await expect(page.locator('.cm-search input[name="search"]')).toHaveValue('sea');
    await page.keyboard.press('Tab');
    const replacement = page.locator('.cm-search input[name="replace"]');
    await replacement.focus();
    await page.keyboard.type('moon');
    await expect(replacement).toHaveValue('moon');
    await page.locator('.cm-search [name="replaceAll"]').press('Enter');
    await expect(editor(page)).toHaveText('In short: moon and **moon**');
    await replacement.focus();
    await page.keyboard.press('Escape');
    await expect(editor(page)).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(editor(page)).toHaveText('In short: sea and **sea**');
    await page.keyboard.press('F6');
    await expect(page.getByRole('group', { name: 'The answer as Markdown' }).locator('strong')).toHaveText('sea');
    await page.keyboard.press('F6');
    await page.keyboard.press('F10');
    await expect(page.locator('[data-prompt]')).toHaveCount(0);
    await expect(page.getByRole('listbox', { name: 'Queue' })).toHaveCount(0);
    await page.keyboard.press('F10');
    await expect(page.locator('[data-prompt] strong')).toHaveText('two');
  });

  test('shows the pictures of the task and no others, and every line in its own direction', async ({ app }) => {
    const { page } = app;
    const { tasks } = await openTexts(app, 'write', [
      {
        id: 'p',
        prompt: '![sea](one.png) ![far](https://example.org/x.png) ![out](../out.png)',
        images: ['one.png', '../out.png'],
      },
    ]);
    await openWork(page);
    await onTask(page, tasks[0]!);
    const loaded = (name: string) =>
      page.getByAltText(name, { exact: true }).evaluate((image: HTMLImageElement) =>
        image.decode().then(
          () => image.naturalWidth,
          () => 0,
        ),
      );
    expect(await loaded('sea')).toBe(1);
    expect(await loaded('out')).toBe(0);
    await expect(page.getByText('Picture: far')).toBeVisible();
    await page.keyboard.type('left to right');
    await page.keyboard.press('Enter');
    await page.keyboard.type('שלום עולם');
    await expect(page.locator('.cm-line')).toHaveText(['left to right', 'שלום עולם']);
    const [latin, hebrew] = await page.locator('.cm-line').evaluateAll((lines) =>
      lines.map((line) => {
        const range = document.createRange();
        range.selectNodeContents(line);
        const [text, whole] = [range.getBoundingClientRect(), line.getBoundingClientRect()];
        return { left: text.left - whole.left, right: whole.right - text.right };
      }),
    );
    expect(latin!.left).toBeLessThan(2);
    expect(hebrew!.right).toBeLessThan(2);
    expect(hebrew!.left).toBeGreaterThan(50);
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    test.describe(lang, () => {
      test.use({ lang });
      test(`is accessible (${lang})`, async ({ app }) => {
        const { page } = app;
        const { tasks } = await openTexts(app, 'write', rows, { longest: 1, lengthUnit: 'words' });
        await openWork(page);
        await onTask(page, tasks[0]!);
        await page.keyboard.type('Two words');
        await expect(page.locator('.cl-mark-beyond')).toBeVisible();
        for (const key of [null, 'Control+f', 'F9', 'F4'] as const) {
          if (key !== null) await page.keyboard.press(key);
          await expectAccessible(page);
        }
      });
    });
  }
});

test.describe('a conversation', () => {
  test('is led turn by turn, each reply rated', async ({ app }) => {
    const { page } = app;
    const { projectId, tasks } = await openTexts(app, 'converse', [{ id: 'c', prompt: 'Ask about tides.' }], {
      criteria: [{ name: 'helpful', title: 'Helpful', input: 'likert' }],
    });
    await openWork(page);
    await expect(page.locator(`[data-task="${tasks[0]!}"]`)).toBeVisible();
    await page.keyboard.press('Alt+Enter');
    await expect(editor(page)).toBeFocused();
    await page.keyboard.type('Why two tides?');
    await page.keyboard.press('Alt+Enter');
    const reply = page.locator('.cm-content').nth(1);
    await expect(reply).toBeFocused();
    await page.keyboard.type('Because of the moon.');
    await expect(reply).toHaveText('Because of the moon.');
    await page.getByRole('radiogroup', { name: 'Helpful' }).getByRole('radio').first().focus();
    await page.keyboard.press('4');
    await expect(page.getByRole('radio', { name: '4' })).toBeChecked();
    await page.keyboard.press('Control+Shift+Enter');
    await expect(page.getByText(/is sealed$/)).toBeVisible();
    const { answer } = await sealedOf(app, projectId, tasks[0]!);
    expect(answer.turns).toEqual([
      { role: 'user', content: 'Why two tides?', model: null, ratings: {} },
      { role: 'assistant', content: 'Because of the moon.', model: null, ratings: { helpful: 4 } },
    ]);
  });
});

test.describe('ten real prompts', () => {
  test.slow();

  test.skip(testData('text') === null, 'no real input');

  test('are answered by keyboard alone, two of them refused', async ({ app }) => {
    const { page } = app;
    const rows = [
      ...(await prompts('text/en/pred_davinci-self-instruct.jsonl', 5)),
      ...(await prompts('text/zh/cvalues_responsibility_prompts.jsonl', 5)),
    ].map((row, at) => ({ ...row, id: `p${at + 1}` }));
    const { projectId, tasks } = await openTexts(app, 'write', rows, { lengthUnit: 'words', longest: 250 });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      if (at === 3 || at === 8) {
        await page.keyboard.press('F4');
        await expect(page.getByRole('dialog', { name: 'Refuse this task' })).toBeVisible();
        await page.keyboard.press(at === 3 ? '3' : '7');
        if (at === 8) {
          await page.keyboard.type('nobody can know');
          await page.keyboard.press('Enter');
        }
        await expect(page.getByRole('dialog')).toBeHidden();
      } else if (at >= 5) await compose(page, 'haode', `好的，第${at}个回答。`);
      else await page.keyboard.type(`Answer ${at}: short, but finished.`);
      await page.keyboard.press('Control+Enter');
      await expect(page.getByText(`p${at + 1} is sealed`)).toBeVisible();
    }
    const refused = await sealedOf(app, projectId, tasks[8]!);
    expect(refused.answer.refused).toEqual({ reason: 'other', words: 'nobody can know' });
    expect(refused.text.refused).toBe('other');
    expect((await sealedOf(app, projectId, tasks[3]!)).text.refused).toBe('asks-for-a-table');
    expect((await sealedOf(app, projectId, tasks[6]!)).answer.text).toBe('好的，第6个回答。');
    for (const taskId of tasks) {
      const { history } = await sealedOf(app, projectId, taskId);
      const { logs } = await app.call('texts.readLogs', { taskId });
      const bytes = historyBytes(logs.map(({ field, data }) => ({ field, bytes: fromBase64(data) })));
      expect(history?.hash ?? null).toBe(logs.length === 0 ? null : createHash('sha256').update(bytes).digest('hex'));
    }
  });

  test('begin conversations that are led and rated by keyboard alone', async ({ app }) => {
    const { page } = app;
    const rows = [
      ...(await prompts('text/en/pred_davinci-self-instruct.jsonl', 5)),
      ...(await prompts('text/zh/cvalues_responsibility_prompts.jsonl', 5)),
    ].map((row, at) => ({ ...row, id: `c${at + 1}` }));
    const { projectId, tasks } = await openTexts(app, 'converse', rows, {
      criteria: [{ name: 'helpful', title: 'Helpful', input: 'likert' }],
    });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await expect(page.locator(`[data-task="${taskId}"]`)).toBeVisible();
      await page.keyboard.press('Alt+Enter');
      await expect(editor(page)).toBeFocused();
      await page.keyboard.type(`Question ${at}?`);
      await page.keyboard.press('Alt+Enter');
      await expect(page.locator('.cm-content').nth(1)).toBeFocused();
      await page.keyboard.type(`Reply ${at}.`);
      const helpful = page.getByRole('radiogroup', { name: 'Helpful' });
      // Which model answered may be said before; nobody knows it here.
      for (let stops = 0; stops < 6 && (await helpful.locator(':focus').count()) === 0; stops += 1) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press(String((at % 5) + 1));
      await expect(helpful.getByRole('radio', { name: String((at % 5) + 1) })).toBeChecked();
      await page.keyboard.press('Control+Enter');
      await expect(page.getByText(`c${at + 1} is sealed`)).toBeVisible();
      const { answer, text } = await sealedOf(app, projectId, taskId);
      expect(answer.turns?.map(({ content }) => content)).toEqual([`Question ${at}?`, `Reply ${at}.`]);
      expect(answer.turns?.[1]?.ratings).toEqual({ helpful: (at % 5) + 1 });
      expect(text.kind).toBe('converse');
    }
  });

  test('have drafts of a machine corrected', async ({ app }) => {
    const { page } = app;
    const rows = await prompts('text/en/pred_davinci-self-instruct.jsonl', 10);
    const { projectId, tasks } = await openTexts(app, 'correct', rows);
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('Well');
      const { edits } = draftEdits(rows[at]!.draft!, `Well${rows[at]!.draft!}`);
      await expect(page.locator(`[data-edits="${edits}"]`)).toBeVisible();
      await page.keyboard.press('F5');
      await page.keyboard.press('F5');
      await page.keyboard.press('Control+Enter');
      await expect(page.getByText(`p${at + 1} is sealed`)).toBeVisible();
      const { answer, text } = await sealedOf(app, projectId, taskId);
      expect(answer.text).toBe(`Well${rows[at]!.draft!}`);
      expect(text.edits).toBe(edits);
    }
  });
});
