import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { type App, expect, test } from './support/app-fixture.ts';

const minute = 60_000;

interface Stretch {
  lane: 'presence' | 'activity' | 'waiting';
  what: string;
  from: number;
  to: number;
  paid: 'by-piece' | 'by-time' | 'unpaid';
}

/** Minutes from eight hours after the working day began: two projects, one wait, one training. */
const stretches: readonly (Stretch & { project: 'street' | 'speech' | null })[] = [
  { lane: 'presence', what: 'present', from: 0, to: 470, paid: 'unpaid', project: null },
  { lane: 'activity', what: 'annotating', from: 0, to: 180, paid: 'by-piece', project: 'street' },
  { lane: 'activity', what: 'training', from: 180, to: 240, paid: 'unpaid', project: 'street' },
  { lane: 'activity', what: 'annotating', from: 240, to: 390, paid: 'by-time', project: 'speech' },
  { lane: 'waiting', what: 'rules', from: 390, to: 480, paid: 'unpaid', project: 'speech' },
];

/** Yesterday as it was worked; answers the day and when it begins. */
async function workADay(app: App): Promise<{ day: string; start: number }> {
  const today = await app.call('time.day', { day: null });
  const day = new Date(Date.parse(`${today.day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const { start } = await app.call('time.day', { day });
  const begin = Date.parse(start) + 8 * 60 * minute;
  const make = async (name: string, rate: object) => {
    const given = { name, client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
    const { projectId } = await app.call('projects.create', given);
    const terms = { effectiveFrom: '2020-01-01', rate, note: null } as Input<'projects.setTerms'>['terms'];
    await app.call('projects.setTerms', { projectId, terms });
    return projectId;
  };
  const projects: Record<string, ProjectId> = {
    street: await make('Street', { per: 'piece', amount: { minor: 75, currency: 'CNY' } }),
    speech: await make('Speech', { per: 'hour', amount: { minor: 2400, currency: 'CNY' } }),
  };
  const at = (minutes: number) => new Date(begin + minutes * minute).toISOString();
  for (const { project, from, to, ...stretch } of stretches) {
    const projectId = project === null ? null : projects[project]!;
    const span = { ...stretch, start: at(from), end: at(to), projectId, taskId: null, tag: null };
    await app.call('time.log', span as Input<'time.log'>);
  }
  await app.call('elsewhere.log', {
    ...{ projectId: projects['street']!, name: 'photos', count: 120, timeMs: null, doneAt: at(180), attachments: [] },
    note: null,
  });
  return { day, start: begin };
}

/** Worked, paid and unpaid minutes, counted minute by minute without the program's own arithmetic. */
function count(day: readonly Stretch[]): { worked: number; unpaid: number; annotating: number } {
  const counted = { worked: 0, unpaid: 0, annotating: 0 };
  for (let at = 0; at < 600; at += 1) {
    const now = day.filter(
      ({ lane, what, from, to }) => lane !== 'presence' && what !== 'break' && from <= at && at < to,
    );
    if (now.length > 0) counted.worked += 1;
    if (now.length > 0 && now.every(({ paid }) => paid === 'unpaid')) counted.unpaid += 1;
    if (now.some(({ what }) => what === 'annotating')) counted.annotating += 1;
  }
  return counted;
}

const words = (minutes: number) =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
const yuan = (fen: number) => `CN¥${(fen / 100).toFixed(2)}`;

test('a day is read off the page, and corrected by dragging with a reason', async ({ app }) => {
  const { page } = app;
  await workADay(app);
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+t');
  await page.getByRole('button', { name: 'The day before' }).click();
  const figures = page.getByRole('region', { name: 'Figures of the day' });

  const expectFigures = async (day: readonly Stretch[]) => {
    const { worked, unpaid, annotating } = count(day);
    const hourly = day.filter(({ paid }) => paid === 'by-time').reduce((sum, { from, to }) => sum + to - from, 0);
    const fen = 120 * 75 + Math.round((hourly * 2400) / 60);
    await expect(figures.getByRole('button', { name: words(worked), exact: true })).toBeVisible();
    await expect(figures.getByRole('button', { name: words(unpaid), exact: true })).toBeVisible();
    await expect(figures).toContainText(`${yuan(Math.round((fen * 60) / worked))} per hour of all work`);
    await expect(figures).toContainText(`per hour annotating${yuan(Math.round((fen * 60) / annotating))}`);
    await expect(figures.getByRole('button', { name: yuan(fen), exact: true })).toBeVisible();
    await expect(figures).toContainText('Pieces120');
  };
  await expectFigures(stretches);

  // The training ended an hour later than was written down: its edge is dragged over the next project's time.
  const training = page.getByRole('group', { name: 'The day’s ribbon' }).getByRole('button', { name: /^Training/ });
  const box = (await training.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width - 2, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 1.5, y, { steps: 6 });
  await page.mouse.move(box.x + 2 * box.width - 2, y, { steps: 6 });
  await page.mouse.up();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Annotating');
  await dialog.getByRole('button', { name: 'Switched too late' }).click();
  await dialog.getByRole('button', { name: 'Write the correction' }).click();
  await expect(dialog).toBeHidden();

  const { day } = await app.call('time.day', { day: null });
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const account = await app.call('time.day', { day: before });
  const moved = account.spans.find(({ what }) => what === 'training')!;
  const extra = (Date.parse(moved.end) - Date.parse(moved.start)) / minute - 60;
  expect(extra).toBeGreaterThan(45);
  expect(extra).toBeLessThan(75);
  await expectFigures(
    stretches.map((each) => {
      if (each.what === 'training') return { ...each, to: each.to + extra };
      return each.paid === 'by-time' ? { ...each, from: each.from + extra } : each;
    }),
  );
  const { entries } = await app.call('ledger.list', { filter: { kinds: ['entry.amended'] }, offset: 0, limit: 10 });
  expect(entries).toHaveLength(2);
  const [first, second] = await Promise.all(entries.map(({ id }) => app.call('ledger.get', { id })));
  expect(first!.group).toBe(second!.group);
  expect(first!.history.at(-1)!.reason).toBe('Switched too late');
});

test('a figure opens into its entries, and the week adds up to its days', async ({ app }) => {
  const { page } = app;
  const { day } = await workADay(app);
  const today = (await app.call('time.day', { day: null })).day;
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('heading', { name: 'Week and month' })).toBeVisible();
  const { worked, unpaid } = count(stretches);
  await page.getByText('Month', { exact: true }).click();
  const summary = page.getByRole('region', { name: 'Figures', exact: true });
  // On the first of a month yesterday lies in the one before.
  if (today.slice(0, 7) !== day.slice(0, 7)) {
    await expect(page.getByText('Nothing was recorded in this period')).toBeVisible();
    await page.keyboard.press('ArrowLeft');
  }
  await expect(summary.getByRole('button', { name: words(worked), exact: true })).toBeVisible();
  const days = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Day', exact: true }) });
  await expect(days).toContainText(words(unpaid));
  await summary.getByRole('button', { name: words(unpaid), exact: true }).click();
  // One training, one wait: nothing else is unpaid work.
  await expect(page.getByRole('main').getByText('2 entries', { exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('training');
});
