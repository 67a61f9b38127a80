import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerChange, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { expect, test } from './support/app-fixture.ts';

test.describe('files of texts', () => {
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterledger-exchange-'));
  });
  test.afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = async (name: string, lines: readonly (string | object)[]): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    return path;
  };

  test('become a project through their columns, which are remembered; a tie goes beside the export', async ({
    app,
  }) => {
    const { page } = app;
    const row = (id: string) => ({
      key: id,
      q: { text: `Question ${id}?` },
      left: `first ${id}`,
      right: `second ${id}`,
    });
    const first = await file('pairs.jsonl', [row('a'), '{ not json', row('b')]);

    await page.getByText('Open a file of texts').click();
    await page.getByLabel('File of texts').fill(first);
    await page.getByLabel('Comparison').check();
    await page.getByRole('button', { name: 'Create the project and look at the file' }).click();

    const dialog = page.getByRole('dialog', { name: 'Take in a file of texts' });
    await expect(dialog.getByLabel('What is done with each row')).toHaveValue('Compare two answers');
    // Nothing is known by these names yet: what each column becomes is said by hand.
    const becomes = (column: string, label: string) =>
      dialog.getByLabel(`What ${column} becomes`).selectOption({ label });
    await becomes('key', 'name of the row');
    await becomes('q.text', 'what is asked');
    await becomes('left', 'an answer of a machine');
    await becomes('right', 'an answer of a machine');
    const tasks = dialog.getByRole('list', { name: 'The tasks as they would become' });
    await expect(tasks.getByText('Question a?')).toBeVisible();
    await expect(tasks.getByText('is not JSON')).toBeVisible();
    await dialog.getByRole('button', { name: 'Take in the rows' }).click();
    await expect(dialog.getByText('2 tasks were taken in.')).toBeVisible();
    await expect(dialog.getByText('1 row was left out:')).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const { projects } = await app.call('projects.list', {});
    const projectId = projects[0]!.id;
    const { guidelines } = await app.call('guidelines.list', { projectId });
    expect(guidelines[0]!.rules.text).toMatchObject({ preferenceScale: 7, judgeFirst: true });
    const queue = page.getByRole('listbox', { name: 'Queue' });
    await expect(queue.getByText('Question a?')).toBeVisible();
    await page.getByLabel('Part of a text or a name').fill('Question b');
    await expect(queue.getByRole('option')).toHaveCount(1);
    await page.getByLabel('Part of a text or a name').fill('');

    // A second file with the same columns needs nothing said.
    const second = await file('more.jsonl', [row('c')]);
    await page.getByRole('button', { name: 'Project: files in' }).click();
    await page.getByRole('menuitem', { name: 'Take in a file of texts…' }).click();
    await dialog.getByLabel('File of texts').fill(second);
    await expect(tasks.getByText('Question c?')).toBeVisible();
    await expect(dialog.getByLabel('What left becomes')).toHaveValue('candidate');
    await dialog.getByRole('button', { name: 'Take in the rows' }).click();
    await expect(dialog.getByText('1 task was taken in.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const { tasks: all } = await app.call('tasks.list', { projectId });
    for (const [place, overall] of [1, 0].entries()) {
      const change = answerChange(emptyDoc, { shown: ['a', 'b'], preferences: { overall } })!;
      const records = [{ type: 'do' as const, at: 1, change }];
      await app.call('drafts.append', { taskId: all[place]!.id, after: 0, records });
    }
    await page.getByRole('button', { name: 'Project: files in' }).click();
    await page.getByRole('menuitem', { name: 'Export answers…' }).click();
    const out = page.getByRole('dialog', { name: 'Export answers' });
    await out.getByLabel('Format').click();
    await page.getByRole('option', { name: 'TRL preferences: chosen, rejected' }).click();
    await out.getByText('Drafts as well').click();
    await expect(out.getByText('1 answer is to be written.')).toBeVisible();
    await expect(out.getByText('A file beside it keeps what has no place there: …ties.jsonl')).toBeVisible();
    await expect(out.getByRole('listitem').filter({ hasText: 'ties' })).toBeVisible();
    const path = join(folder, 'out.jsonl');
    await out.getByRole('textbox', { name: 'File', exact: true }).fill(path);
    await out.getByRole('button', { name: 'Write the file' }).click();
    await expect(out.getByText('Beside it: out.ties.jsonl')).toBeVisible();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      ...{ prompt: 'Question a?', chosen: 'second a', rejected: 'first a' },
    });
    expect(JSON.parse(await readFile(join(folder, 'out.ties.jsonl'), 'utf8'))).toMatchObject({ verdict: 'tie' });
  });

  test('of a format bring their answers, unless one wants the columns', async ({ app }) => {
    const { page } = app;
    const path = await file('answers.jsonl', [{ prompt: 'Why?', completion: ' Because.' }]);
    await page.getByText('Open a file of texts').click();
    await page.getByLabel('File of texts').fill(path);
    await page.getByRole('button', { name: 'Create the project and look at the file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take in a file of texts' });
    await expect(dialog.getByText(/This file is Prompts and responses/)).toBeVisible();
    await expect(dialog.getByText('comes with an answer')).toBeVisible();
    await dialog.getByText('Map the columns myself').click();
    await expect(dialog.getByLabel('What completion becomes')).toBeVisible();
    await dialog.getByText('Take answers along').click();
    await dialog.getByRole('button', { name: 'Take in the rows' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.locator('.cm-content').first()).toHaveText('Because.');
  });
});

test('the sample texts open from the first window', async ({ app }) => {
  const { page } = app;
  await page.getByText('Try the sample texts').click();
  await expect(page.locator('[data-task][data-kind="write"]')).toBeVisible();
});
