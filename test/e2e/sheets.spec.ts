import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { dailyTable, gbkBytes } from '#test/support/gbk.ts';
import { expect, test } from './support/app-fixture.ts';
import { runAction } from './support/run-action.ts';

/** Goes to the room by the palette, as from any other room. */
async function openRoom(page: Page, name: string): Promise<void> {
  await runAction(page, name);
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

async function pick(page: Page, label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

test('a GBK table with forty other people in it gives my two rows and nobody else', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'en' });
  const project = { name: 'driving', client: null, intermediary: null, modality: 'image' as const, labels: [] };
  const { projectId } = await app.call('projects.create', project);
  const path = join(app.dataDir, 'daily.csv');
  writeFileSync(path, gbkBytes(dailyTable(40)));

  await openRoom(page, 'Take in a table');
  await page.getByRole('textbox', { name: 'File' }).fill(path);
  await expect(page.getByRole('combobox', { name: 'Characters' })).toHaveValue('GBK / GB18030');
  await expect(page.getByText('41 people in this table.')).toBeVisible();
  // Nothing can be taken in before it is said who I am.
  await expect(page.getByRole('button', { name: 'Take in', exact: true })).toBeDisabled();
  await page.getByRole('combobox', { name: 'I am' }).fill('我');
  await page.getByRole('option', { name: '我 (2)' }).click();
  await page.keyboard.press('Escape');
  await pick(page, 'Project', 'driving');
  await expect(page.getByText('Say when the figures were released.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Released on' }).fill('2026-03-06');
  await page.keyboard.press('Tab');
  const counts = page.getByRole('list', { name: 'Counts' });
  await expect(counts).toContainText('42 rows read');
  await expect(counts).toContainText('40 left out: of other people');
  await expect(page.getByRole('region', { name: 'My rows' })).toContainText('94.5 %');
  await page.getByRole('button', { name: 'Take in 2 rows' }).click();
  await expect(page.getByRole('status').filter({ hasText: '2 rows are in the ledger.' })).toBeVisible();

  const { tasks } = await app.call('elsewhere.list', { projectId });
  expect(tasks.map(({ count }) => count)).toEqual([130, 120]);
  const kinds = ['accuracy.reported', 'work.elsewhere', 'import.taken'];
  const { entries } = await app.call('ledger.list', { filter: { kinds }, offset: 0, limit: 50 });
  expect(entries.filter(({ source }) => source === 'imported')).toHaveLength(4);
  for (const { id } of entries) expect(JSON.stringify(await app.call('ledger.get', { id }))).not.toContain('工人');
});

test('a table is filled in as the last one of its project was, but for the day it was released', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'en' });
  const given = { client: null, intermediary: null, modality: 'image' as const, labels: [] };
  const reading = { encoding: null, delimiter: null, sheet: null, headerRow: null };
  const how = { keepWholeFile: false, leaveOutRefused: false, dryRun: false };
  for (const [name, me] of [
    ['driving', '我'],
    ['street', '工人1'],
  ] as const) {
    const { projectId } = await app.call('projects.create', { ...given, name });
    const source = { pasted: dailyTable(3), name: 'before' };
    const { suggested } = await app.call('sheets.preview', { source, reading, mapping: null });
    const mine = { project: projectId, me: { column: '用户名', names: [me] }, releasedOn: '2026-03-06' };
    await app.call('sheets.apply', { source, mapping: { ...suggested, projects: undefined, ...mine }, ...how });
  }
  const path = join(app.dataDir, 'next.csv');
  writeFileSync(path, `${dailyTable(3)}\r\n我,驾驶,2026-03-06,90,95%,7\r\n`);
  await openRoom(page, 'Take in a table');
  await page.getByRole('textbox', { name: 'File' }).fill(path);
  await expect(page.getByText('as you decided the last time')).toBeVisible();
  const project = page.getByRole('combobox', { name: 'Project', exact: true });
  await expect(project).toHaveValue('street');
  await expect(page.getByText('Say when the figures were released.')).toBeVisible();
  await pick(page, 'Project', 'driving');
  await page.getByRole('textbox', { name: 'Released on' }).fill('2026-03-07');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Take in 1 row' })).toBeEnabled();
  await expect(page.getByRole('region', { name: 'My rows' })).toContainText('90');
});

test('a pasted table whose dates can be read two ways waits for its owner', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'zh-CN' });
  await openRoom(page, '导入表格');
  await page.getByText('粘贴', { exact: true }).click();
  const pasted = page.getByRole('textbox', { name: '把复制的表粘贴在这里' });
  await pasted.fill(['日期\t数量', ...Array.from({ length: 205 }, (_, at) => `2026-04-03\t${at}`)].join('\n'));
  await page.getByRole('checkbox', { name: '全部都是我的' }).check();
  await expect(page.getByText('只列出前 200 行，其余各行同样处理。')).toBeVisible();
  await pasted.fill('日期\t数量\n03/04/2026\t5\n05/04/2026\t6\n06/04/2026\t很多\n');
  await expect(page.getByText(/只列出前/)).toBeHidden();
  await expect(page.getByText('这一列有不止一种读法，请选一种。')).toBeVisible();
  await expect(page.getByRole('button', { name: /^导入/ })).toBeDisabled();
  await pick(page, /^日期, 写法/, /2026：日在前/);
  await expect(page.getByRole('list', { name: '读不了的单元格' })).toContainText('粘贴的表!B4');
  await expect(page.getByRole('button', { name: /^导入/ })).toBeDisabled();
  await page.getByRole('checkbox', { name: /先导入其他的/ }).check();
  await page.getByRole('button', { name: '导入 2 行' }).click();
  await expect(page.getByText('2 行已经在账簿里。')).toBeVisible();
  const { tasks } = await app.call('elsewhere.list', {});
  expect(tasks.map(({ doneAt }) => doneAt.slice(0, 7))).toEqual(['2026-04', '2026-04']);
});

test('entries as exported say by themselves whether they hold and what is here already', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'zh-CN' });
  const work = { projectId: null, name: '一批', count: 3, timeMs: null, attachments: [], note: null };
  await app.call('elsewhere.log', { ...work, doneAt: new Date(Date.now() - 60_000).toISOString() });
  const path = join(dirname(app.dataDir), `${basename(app.dataDir)}-entries.jsonl`);
  await app.call('ledger.export', { format: 'lines', path, overwrite: true, from: null, to: null });
  await openRoom(page, '导入表格');
  await page.getByRole('textbox', { name: '文件' }).fill(path);
  await expect(page.getByRole('status').filter({ hasText: '全部核对过' })).toBeVisible();
  await expect(page.getByText('就是这本账簿，里面的条目这里都有了。')).toBeVisible();
  await expect(page.getByRole('button', { name: '导入 0 条' })).toBeDisabled();

  const wrong = path.replace('.jsonl', '-wrong.jsonl');
  writeFileSync(wrong, readFileSync(path, 'utf8').replace('一批', '两批'));
  await page.getByRole('textbox', { name: '文件' }).fill(wrong);
  await expect(page.getByRole('list', { name: '对不上的行' })).toContainText('第 3 行：内容和当初的承诺不符');
  await expect(page.getByRole('button', { name: /^导入/ }).last()).toBeDisabled();
  for (const each of [path, wrong]) rmSync(each);
});

test('a table a page shows leaves as a file that the ledger names', async ({ app }) => {
  const { page } = app;
  await app.call('settings.set', { language: 'en' });
  const work = { projectId: null, name: '=1+1', count: 3, timeMs: null, attachments: [], note: null };
  await app.call('elsewhere.log', { ...work, doneAt: new Date(Date.now() - 60_000).toISOString() });
  await openRoom(page, 'Work done elsewhere');
  await page.getByRole('button', { name: 'Export tables…' }).click();
  await expect(page.getByRole('group', { name: 'What leaves' })).toContainText('=1+1');
  await page.getByText('CSV', { exact: true }).click();
  const path = join(dirname(app.dataDir), `${basename(app.dataDir)}-table.csv`);
  await page.getByRole('textbox', { name: 'File' }).fill(path);
  await page.getByRole('button', { name: 'Write the file' }).click();
  await expect(page.getByText(`1 row written to ${basename(path)}.`)).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain(",'=1+1,3,");
  const { entries } = await app.call('ledger.list', { filter: { kinds: ['ledger.exported'] }, offset: 0, limit: 1 });
  expect(entries[0]?.about).toBe(basename(path));
  rmSync(path);
});
