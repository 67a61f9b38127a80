import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { TextKind, TextRules } from '#shared/domain/text.ts';
import { testData } from '#test/support/test-data.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { expectAccessible } from './support/at-rest.ts';

interface Row {
  id: string;
  prompt: string;
  a?: string;
  b?: string;
  c?: string;
  machine?: string;
}

const made: readonly Row[] = [
  { id: 'tides', prompt: 'Why are there **two** tides?', a: 'The *moon*.', b: 'The sun.', c: 'Wind.', machine: 'a' },
  { id: 'salt', prompt: 'Why is the sea salt?', a: 'Rivers.', b: 'Fish.', c: 'Rain.', machine: 'b' },
];

interface Asked {
  kind: TextKind;
  rows?: readonly Row[];
  text?: TextRules;
  labels?: LabelSet;
  answers?: readonly ('a' | 'b' | 'c')[];
}

/** A project of texts to judge; its tasks in their order. */
async function openTexts(app: App, asked: Asked): Promise<{ projectId: ProjectId; tasks: TaskId[] }> {
  const { kind, rows = made, text = {}, labels = [], answers = [] } = asked;
  const folder = await mkdtemp(join(tmpdir(), 'counterledger-texts-'));
  const path = join(folder, 'rows.jsonl');
  await writeFile(path, rows.map((row) => JSON.stringify(row)).join('\n'));
  const { projectId } = await app.call('projects.create', {
    ...{ name: 'Answers', client: null, intermediary: null, modality: 'text', labels },
  });
  await app.call('guidelines.add', {
    ...{ projectId, version: '1', text: 'Judge.', effectiveFrom: '2020-01-01', channel: null, announcedBy: null },
    ...{ rules: { text }, attachments: [], receivedAt: new Date().toISOString() },
  });
  const taken = await app.call('texts.import', {
    projectId,
    path,
    mapping: {
      ...{ kind, name: 'id', prompt: ['prompt'], machine: 'machine', images: null },
      candidates: [...answers],
      models: answers.map(() => null),
    },
  });
  expect(taken.taken).toBe(rows.length);
  await rm(folder, { recursive: true });
  const { tasks } = await app.call('tasks.list', { projectId });
  return { projectId, tasks: tasks.map(({ id }) => id) };
}

async function openWork(page: Page): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(page.locator('[data-task][data-kind]')).toBeVisible();
}

async function onTask(page: Page, taskId: TaskId): Promise<void> {
  await expect(page.locator(`[data-task="${taskId}"]`)).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-judge]') !== null)).toBe(true);
}

async function seal(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`${name} is sealed`)).toBeVisible();
}

async function sealedOf(app: App, projectId: ProjectId, taskId: TaskId) {
  const { submissions } = await app.call('submissions.list', { projectId });
  const mine = submissions.find((each) => each.taskId === taskId && !each.superseded)!;
  return (await app.call('submissions.get', { submissionId: mine.id })).annotation!;
}

const labels: LabelSet = ['wrong', 'harmful'].map((key, at) => ({
  ...{ key, name: key, color: ['#b3261e', '#0f6163'][at]!, attributes: [] },
}));

/** Real prompts with the answers of two models. */
async function pairs(count: number): Promise<Row[]> {
  const read = async (name: string) =>
    (await readFile(testData(`text/en/${name}`)!, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { prompt: string; response: string });
  const [one, other] = [await read('pred_davinci-self-instruct.jsonl'), await read('pred_text-davinci-001.jsonl')];
  return one.slice(0, count).map(({ prompt, response }, at) => ({
    ...{ id: `p${at + 1}`, prompt, a: response, b: other[at]!.response, c: `${response} ` },
  }));
}

test.describe('made-up texts', () => {
  test('are put into categories by typing, arrows and digits', async ({ app }) => {
    const { page } = app;
    const categories = [
      { key: 'nature', title: 'Nature' },
      { key: 'sea', title: 'The sea', parent: 'nature' },
      ...Array.from({ length: 9_990 }, (_, at) => ({ key: `k${at}`, parent: 'nature' })),
      { key: 'art', title: '艺术' },
    ];
    const { projectId, tasks } = await openTexts(app, {
      kind: 'categorise',
      text: { categories, severalCategories: true },
    });
    await openWork(page);
    await onTask(page, tasks[0]!);
    expect(await page.locator('[data-key]').count()).toBeLessThan(100);
    await page.keyboard.type('nat SEA');
    await expect(page.locator('[data-key]')).toHaveText(['The seaNature']);
    await page.keyboard.press('Enter');
    await expect(page.locator('li[data-chosen]')).toHaveText('The sea');
    await page.keyboard.type('艺');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(page.locator('li[data-chosen]')).toHaveText('艺术');
    await page.keyboard.press('Backspace');
    await expect(page.locator('li[data-chosen]')).toHaveCount(0);
    await page.keyboard.press('2');
    await page.keyboard.press('1');
    await expect(page.locator('li[data-chosen]')).toHaveCount(2);
    await page.keyboard.press('Alt+n');
    await page.keyboard.type('Because.');
    await seal(page, 'tides');
    await onTask(page, tasks[1]!);
    await page.keyboard.press('2');
    await expect(page.locator('li[data-chosen]')).toHaveText('艺术');
    const { answer } = await sealedOf(app, projectId, tasks[0]!);
    expect(answer).toEqual({ categories: ['art', 'sea'], reason: 'Because.' });
    await page.getByRole('status').getByRole('button').first().press('Enter');
    await expect(page.getByText('Sort into categories', { exact: true })).toBeVisible();
    await expect(page.getByText('Typed 8', { exact: false })).toBeVisible();
  });

  test('are judged before the machine is heard, and the figures follow', async ({ app }) => {
    const { page } = app;
    const { projectId, tasks } = await openTexts(app, { kind: 'categorise', text: { judgeFirst: true } });
    await openWork(page);
    const beside = page.locator('[data-machine]');
    for (const [at, own, last] of [
      [0, 'b', 'a'],
      [1, 'b', 'b'],
    ] as const) {
      await onTask(page, tasks[at]!);
      await expect(beside).toHaveAttribute('data-machine', 'hidden');
      await page.keyboard.type(own);
      await page.keyboard.press('Enter');
      if (at === 0) {
        await page.keyboard.press('Control+j');
        await expect(beside.locator('[data-judgement="machine"] dd')).toHaveText('a');
        await expect(beside.locator('[data-judgement="own"] dd')).toHaveText('b');
        await page.keyboard.press('Backspace');
        await page.keyboard.type(last);
        await page.keyboard.press('Enter');
        await expect(beside.locator('[data-judgement="now"] dd')).toHaveText('a');
      }
      await seal(page, made[at]!.id);
    }
    const judged = async (taskId: TaskId) =>
      (await app.call('judgements.list', { taskId })).judgements.map(({ beforeMachine, judgement, machineAnswer }) => ({
        ...{ beforeMachine, judgement, machineAnswer },
      }));
    await expect
      .poll(() => judged(tasks[0]!))
      .toEqual([
        { beforeMachine: true, judgement: { categories: ['b'] }, machineAnswer: 'a' },
        { beforeMachine: false, judgement: { categories: ['a'] }, machineAnswer: 'a' },
      ]);
    await expect.poll(() => judged(tasks[1]!)).toHaveLength(1);
    const { agreement } = await app.call('machine.summary', { projectId });
    expect(agreement).toEqual({
      before: { of: 1, all: 2 },
      after: { of: 1, all: 1 },
      cameRound: { of: 1, all: 1 },
      final: { of: 2, all: 2 },
    });
  });

  test('are never told by what is known of the task before', async ({ app }) => {
    const { page } = app;
    const { tasks } = await openTexts(app, { kind: 'categorise' });
    await app.call('settings.set', { ui: { 'work.text.judgeFirst': true } });
    await openWork(page);
    const beside = page.locator('[data-machine]');
    await onTask(page, tasks[0]!);
    await page.keyboard.type('b');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+j');
    await expect(beside).toHaveAttribute('data-machine', 'shown');
    // The host answers about the next task when that is long on screen.
    const told: string[] = [];
    let hold = true;
    await page.route('**/call', async (route) => {
      const asked = route.request().postData() ?? '';
      const about = asked.includes(tasks[1]!) ? /texts\.get|judgements\.list/.exec(asked)?.[0] : undefined;
      // What the task asks is read as it is opened; the question after that is for what changed since.
      const late = about === 'judgements.list' || (about === 'texts.get' && told.includes(about));
      if (about) told.push(about);
      while (late && hold) await new Promise((resolve) => setTimeout(resolve, 50));
      await route.continue();
    });
    await page.keyboard.press('Control+Enter');
    await expect(page.locator(`[data-task="${tasks[1]!}"]`)).toContainText('Why is the sea salt?');
    await expect(beside).toHaveAttribute('data-machine', 'hidden');
    expect(told).toContain('judgements.list');
    hold = false;
    await expect(beside).toHaveAttribute('data-machine', 'hidden');
    await page.unrouteAll({ behavior: 'wait' });
  });

  test('have passages marked by caret and Shift, overlapping, in whole graphemes, either way', async ({ app }) => {
    const { page } = app;
    const text = 'One 👨‍👩‍👧 two. שלום עולם end.';
    const { projectId, tasks } = await openTexts(app, { kind: 'mark', rows: [{ id: 'm', prompt: text }], labels });
    await openWork(page);
    await onTask(page, tasks[0]!);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+Home');
    for (let at = 0; at < 5; at += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('1');
    const rows = page.locator('[data-passage]');
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('One 👨‍👩‍👧');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+Shift+End');
    await page.keyboard.press('2');
    await expect(rows).toHaveCount(2);
    await expect
      .poll(() => page.evaluate(() => [...CSS.highlights.keys()].sort()))
      .toEqual(['cl-passage-0f6163', 'cl-passage-b3261e', 'cl-passage-current']);
    expect(await page.locator('[data-text="prompt.0"]').textContent()).toBe(text);
    await page.keyboard.press(']');
    await page.keyboard.press('2');
    await page.keyboard.press('Control+m');
    await page.getByRole('dialog', { name: 'Source' }).waitFor();
    await page.keyboard.type('A book');
    await page.keyboard.press('Enter');
    await expect(rows.filter({ hasText: 'A book' })).toHaveCount(1);
    await onTask(page, tasks[0]!);
    await page.keyboard.press('Delete');
    await expect(rows).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(rows).toHaveCount(2);
    await seal(page, 'm');
    const { shapes, answer } = await sealedOf(app, projectId, tasks[0]!);
    const found = shapes.map(({ label, geometry }) => ({ label, geometry }));
    expect(found).toContainEqual({
      label: 'harmful',
      geometry: { type: 'passage', field: 'prompt.0', start: 0, end: 'One 👨‍👩‍👧'.length },
    });
    expect(found).toHaveLength(2);
    expect(answer?.sources).toMatchObject([{ title: 'A book' }]);
    expect(shapes.filter(({ attributes }) => attributes['source'] === answer?.sources?.[0]?.id)).toHaveLength(1);
  });

  test('are ranked by dragging letters as well', async ({ app }) => {
    const { page } = app;
    const { tasks } = await openTexts(app, { kind: 'rank', answers: ['a', 'b', 'c'] });
    await openWork(page);
    await onTask(page, tasks[0]!);
    const chip = (await page.locator('[data-chip="B"]').boundingBox())!;
    const slot = (await page.locator('[data-slot="1"]').boundingBox())!;
    await page.mouse.move(chip.x + 8, chip.y + 8);
    await page.mouse.down();
    await page.mouse.move(slot.x + 50, slot.y + 15, { steps: 4 });
    await page.mouse.up();
    await expect(page.locator('[data-slot="1"] [data-chip="B"]')).toBeVisible();
    await page.locator('[data-rank]').nth(0).focus();
    // A dialog that comes and goes meanwhile leaves the focus where it was.
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await page.keyboard.type('export annotations');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Export answers' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('3');
    await expect(page.locator('[data-slot="3"] [data-chip="A"]')).toBeVisible();
    await page.locator('[data-rank]').nth(0).focus();
    await page.keyboard.press('Shift+ArrowUp');
    await expect(page.locator('[data-slot="2"] [data-chip="A"]')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.locator('[data-slot="1"] [data-chip="B"]')).toBeVisible();
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    test.describe(lang, () => {
      test.use({ lang });
      for (const kind of ['categorise', 'compare', 'rank', 'rate', 'mark'] as const) {
        test(`${kind} is accessible (${lang})`, async ({ app }) => {
          const { page } = app;
          const answers = kind === 'categorise' ? [] : (['a', 'b', 'c'] as const).slice(0, kind === 'compare' ? 2 : 3);
          const criteria = [
            { name: 'helpful', input: 'likert' as const },
            { name: 'true', input: 'yes-no' as const },
            { name: 'score', input: 'number' as const },
          ];
          const categories = [{ key: 'sea' }, { key: 'tide', parent: 'sea' }];
          const { tasks } = await openTexts(app, {
            ...{ kind, answers, labels, text: { criteria, categories, judgeFirst: true, preferenceScale: 7 } },
          });
          await openWork(page);
          await onTask(page, tasks[0]!);
          if (kind === 'categorise') await page.keyboard.press('Enter');
          else if (kind === 'mark') {
            await page.keyboard.press('Control+a');
            await page.keyboard.press('Control+a');
            await page.keyboard.press('1');
          } else await page.keyboard.press('2');
          await expectAccessible(page);
        });
      }
    });
  }
});

test.describe('ten real prompts', () => {
  // Ten tasks each, from opening to sealing.
  test.slow();
  test.skip(testData('text') === null, 'no real input');

  test('are put into categories', async ({ app }) => {
    const { page } = app;
    const categories = ['rewrite', 'write', 'explain', 'other'].map((key) => ({ key }));
    const { projectId, tasks } = await openTexts(app, {
      kind: 'categorise',
      rows: await pairs(10),
      text: { categories },
    });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      await page.keyboard.type(['rewr', 'expl', 'oth'][at % 3]!);
      await page.keyboard.press('Enter');
      await seal(page, `p${at + 1}`);
    }
    expect((await sealedOf(app, projectId, tasks[4]!)).answer?.categories).toEqual(['explain']);
  });

  test('have two answers compared, blind, by a criterion and overall', async ({ app }) => {
    const { page } = app;
    const rows = await pairs(10);
    const { projectId, tasks } = await openTexts(app, {
      ...{ kind: 'compare', rows, answers: ['a', 'b'] as const },
      text: { criteria: [{ name: 'helpful', input: 'likert' }], preferenceScale: 7 },
    });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      await expect(page.locator('[data-criterion="helpful"] [role="radio"]').first()).toBeFocused();
      // As fast as one types: each key is for the question after the one before.
      await page.keyboard.press('Space');
      await page.keyboard.press('2');
      await page.keyboard.press(at === 3 ? '0' : at === 4 ? '4' : '6');
      const shown = await page
        .locator('[data-candidate]')
        .evaluateAll((all) => all.map((each) => each.dataset['candidate']));
      await seal(page, `p${at + 1}`);
      const { answer } = await sealedOf(app, projectId, taskId);
      expect(answer).toEqual({
        shown,
        preferences: { helpful: -2, overall: at === 3 ? 'both-bad' : at === 4 ? 0 : 2 },
      });
    }
  });

  test('have three answers ranked, two of them tied', async ({ app }) => {
    const { page } = app;
    const { projectId, tasks } = await openTexts(app, {
      kind: 'rank',
      rows: await pairs(10),
      answers: ['a', 'b', 'c'],
    });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      for (const digit of ['3', '1', '1']) await page.keyboard.press(digit);
      const shown = await page.locator('[data-rank]').evaluateAll((all) => all.map((each) => each.dataset['rank']!));
      await seal(page, `p${at + 1}`);
      const { answer } = await sealedOf(app, projectId, taskId);
      expect(answer).toEqual({ shown, ranking: [[shown[1], shown[2]], [shown[0]]] });
    }
  });

  test('have an answer rated by three kinds of questions', async ({ app }) => {
    const { page } = app;
    const criteria: TextRules['criteria'] = [
      { name: 'helpful', input: 'likert' },
      { name: 'true', input: 'yes-no' },
      { name: 'score', input: 'number', min: 0, max: 100 },
    ];
    const { projectId, tasks } = await openTexts(app, {
      kind: 'rate',
      rows: await pairs(10),
      answers: ['a'],
      text: { criteria },
    });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      await expect(page.getByRole('radiogroup', { name: 'true' })).toBeVisible();
      await page.keyboard.press('4');
      await page.keyboard.press('Tab');
      await page.keyboard.press('n');
      await page.keyboard.press('Tab');
      await page.keyboard.type('7');
      await seal(page, `p${at + 1}`);
      const { answer } = await sealedOf(app, projectId, taskId);
      expect(answer?.ratings).toEqual({ a: { helpful: 4, true: false, score: 7 } });
    }
  });

  test('have a passage marked', async ({ app }) => {
    const { page } = app;
    const rows = await pairs(10);
    const { projectId, tasks } = await openTexts(app, { kind: 'mark', rows, answers: ['a'], labels });
    await openWork(page);
    for (const [at, taskId] of tasks.entries()) {
      await onTask(page, taskId);
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Control+Shift+ArrowRight');
      await page.keyboard.press('2');
      await expect(page.locator('[data-passage]')).toHaveCount(1);
      await seal(page, `p${at + 1}`);
      const { shapes } = await sealedOf(app, projectId, taskId);
      expect(shapes).toMatchObject([{ label: 'harmful', geometry: { field: 'candidate.a', start: 0 } }]);
    }
  });
});
