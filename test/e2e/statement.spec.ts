import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { expectAccessible } from './support/at-rest.ts';
import { runAction } from './support/run-action.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Ten pieces of a project with a bar, two of them sent back by a reviewer and one by a machine. */
async function lived(app: App): Promise<ProjectId> {
  const given = { client: 'ACME', intermediary: null, modality: 'elsewhere' as const, labels: [] };
  const { projectId } = await app.call('projects.create', { ...given, name: 'Street' });
  const bar = { operator: 'at-least' as const, percent: '98', measuredBy: 'a daily sample' };
  await app.call('projects.setBar', { projectId, effectiveFrom: '2020-01-01', bar });
  const sendBack = async (stage: 'reviewer' | 'machine', ruleCited: string) => {
    const { taskId } = await app.call('elsewhere.log', {
      ...{ projectId, name: 'photo', count: 1, timeMs: null, doneAt: hoursAgo(3), attachments: [], note: null },
    });
    await app.call('returns.open', {
      ...{ subject: { type: 'elsewhere', id: taskId }, stage, round: 1, reason: 'loose', ruleCited, guidelineId: null },
      ...{ itemised: false, check: 'sample', reviewer: null, deadline: null, deduction: null, view: null },
      ...{ attachments: [], receivedAt: hoursAgo(1) },
    } as Input<'returns.open'>);
  };
  await sendBack('reviewer', 'fit below 3 px');
  await sendBack('reviewer', 'brighten at night');
  await sendBack('machine', 'fit below 3 px');
  await app.call('elsewhere.log', {
    ...{ projectId, name: 'batch', count: 7, timeMs: null, doneAt: hoursAgo(4), attachments: [], note: null },
  });
  return projectId;
}

test('returns are read by stage and rule, and each figure opens its entries', async ({ app }) => {
  const { page } = app;
  await lived(app);
  await page.keyboard.press('Alt+b');
  await page.getByRole('radiogroup', { name: 'What to show' }).getByText('Figures', { exact: true }).click();
  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures.getByRole('button', { name: '7 / 10 · 70.0 %' })).toBeVisible();
  await expectAccessible(page);
  const row = (name: string) => figures.getByRole('row').filter({ hasText: name });
  await expect(row('reviewer').getByRole('button')).toHaveText('2');
  await expect(row('machine').getByRole('button')).toHaveText('1');
  await row('fit below 3 px').getByRole('button').hover();
  await expect(page.getByRole('tooltip')).toContainText('Returns that cite no rule are in none.');
  await row('fit below 3 px').getByRole('button').click();
  await expect(page.getByText('Returns by rule: fit below 3 px')).toBeVisible();
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(3);
});

test('an accuracy statement is filled from the ledger, written to, and leaves as Markdown', async ({ app }) => {
  const { page } = app;
  await lived(app);
  await runAction(page, 'Accuracy statement');
  const sheet = page.getByRole('region', { name: 'Accuracy statement' });
  await expect(sheet.getByRole('heading', { name: 'Accuracy of the project Street' })).toBeVisible();
  await expect(sheet.getByText('1 / 3 · 33.3 %')).toBeVisible();
  await expectAccessible(page);

  const why = sheet.getByRole('region', { name: 'Justification given' });
  await why.getByRole('button', { name: 'Write it…' }).click();
  await why.getByRole('textbox').fill('None was given.');
  await why.getByRole('button', { name: 'Write it down' }).click();
  await expect(why.getByText('None was given.')).toBeVisible();

  const folder = mkdtempSync(join(tmpdir(), 'counterledger-statement-'));
  try {
    const path = join(folder, 'street.md');
    await page.getByRole('button', { name: 'Write as Markdown…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill(path);
    await dialog.getByRole('button', { name: 'Write the file' }).click();
    await expect(dialog).toBeHidden();
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('# Accuracy of the project Street');
    expect(text).toContain('None was given.');
    expect(text).toContain('| reviewer | 2 |');
    // Names of clients stay here unless asked for.
    expect(text).not.toContain('ACME');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
