import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import fc from 'fast-check';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { callOperation } from './support/call-operation.ts';
import { KillableSession } from './support/killable-session.ts';

/** How often to kill. 200 by hand (`COUNTERLEDGER_KILLS=200`, about half an hour), a few in every run. */
const kills = Number(process.env['COUNTERLEDGER_KILLS'] ?? 6);
const seed = Number(process.env['COUNTERLEDGER_SEED'] ?? 20261122);
/** What a kill may cost of drawing, in milliseconds. */
const mayBeLost = 2000;
const boxesEach = 3;

/** What the person at the window has seen done. */
interface Seen {
  /** When each box was seen in the list, by photo. */
  drawn: Map<string, number[]>;
  /** Photos whose submission the window answered by going on. */
  submitted: Set<string>;
  /** The last head of the ledger. */
  head: { size: number; root: string };
}

const photoName = (index: number) => `photo-${String(index).padStart(4, '0')}.png`;

async function shownPhoto(page: Page): Promise<string> {
  return page
    .getByRole('region', { name: 'Photo' })
    .getByText(/^photo-\d{4}\.png$/)
    .innerText();
}

/** Waits until the photo itself is there to be drawn on. */
const photoIsShown = (page: Page) => expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();

/** Drags a box in a cell of its own, clear of the tool bar and of the handles of the boxes before. */
async function drawBox(page: Page, place: number): Promise<void> {
  const area = await page.getByRole('application').boundingBox();
  if (!area) throw new Error('no canvas');
  const [column, row] = [place % 6, Math.floor(place / 6) % 3];
  const x = area.x + 120 + column * 100;
  const y = area.y + 150 + row * 130;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y + 60, { steps: 3 });
  await page.mouse.up();
}

/** Boxes and submits photo after photo until something under it is killed. */
async function workUntilKilled(page: Page, seen: Seen): Promise<void> {
  for (;;) {
    const name = await shownPhoto(page);
    if (seen.submitted.has(name)) {
      // The window opens where one was, and the photo there was sealed in the moment of the kill.
      await page.keyboard.press('d');
      await expect.poll(() => shownPhoto(page)).not.toBe(name);
      continue;
    }
    const times = seen.drawn.get(name) ?? [];
    seen.drawn.set(name, times);
    await photoIsShown(page);
    while (times.length < boxesEach) {
      await drawBox(page, times.length);
      await expect(page.getByRole('listbox', { name: 'Objects' }).getByRole('option')).toHaveCount(times.length + 1);
      times.push(Date.now());
    }
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => shownPhoto(page)).not.toBe(name);
    seen.submitted.add(name);
    const { size, root } = await callOperation(page, 'ledger.status', {});
    seen.head = { size, root };
  }
}

/** Everything seen done is there; then the log is brought to what is there, to go on from. */
async function checkNothingLost(page: Page, tasks: Map<string, TaskId>, seen: Seen, killedAt: number): Promise<void> {
  const verified = await callOperation(page, 'ledger.verify', {});
  expect(verified.problems).toEqual([]);
  const grown = await callOperation(page, 'ledger.proveConsistency', { first: seen.head.size, second: null });
  expect(grown.firstRoot, 'the ledger seen before the kill is the beginning of this one').toBe(seen.head.root);

  for (const [name, times] of seen.drawn) {
    const taskId = tasks.get(name)!;
    const { task } = await callOperation(page, 'tasks.get', { taskId });
    if (seen.submitted.has(name)) expect(task.state, `${name} was submitted`).toBe('submitted');
    const { base, records } = await callOperation(page, 'drafts.get', { taskId });
    const shapes = foldJournal(records, base).doc.shapes.length;
    const settled = times.filter((at) => at <= killedAt - mayBeLost).length;
    expect(shapes, `boxes of ${name}`).toBeGreaterThanOrEqual(settled);
    expect(shapes, `boxes of ${name}`).toBeLessThanOrEqual(boxesEach);
    if (task.state === 'submitted') {
      expect(shapes, `boxes sealed of ${name}`).toBe(boxesEach);
      seen.submitted.add(name);
      // Checked once more at the end, with all others; not after every kill.
      seen.drawn.delete(name);
    } else {
      // One that was kept although nobody saw it in the list any more is gone on from as well.
      seen.drawn.set(
        name,
        Array.from({ length: shapes }, (_, at) => times[at] ?? killedAt),
      );
    }
  }
}

async function startProject(page: Page, folder: string): Promise<Map<string, TaskId>> {
  const { projectId } = await callOperation(page, 'projects.create', {
    name: 'Kills',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#e69f00' }],
  });
  await callOperation(page, 'tasks.importFolder', { projectId, path: folder });
  return taskIds(page, projectId);
}

async function taskIds(page: Page, projectId: ProjectId): Promise<Map<string, TaskId>> {
  const { tasks } = await callOperation(page, 'tasks.list', { projectId, limit: 1000 });
  return new Map(tasks.map((task) => [task.name, task.id]));
}

async function openWork(session: KillableSession): Promise<Page> {
  const page = await session.open();
  await photoIsShown(page);
  await page.keyboard.press('b');
  return page;
}

test(`kill -9 of host and browser, apart, at ${kills} random moments loses no work`, async ({
  browserName: _,
}, info) => {
  test.skip(info.project.name !== 'loopback', 'kills processes of the loopback host');
  test.setTimeout(60_000 + kills * 30_000);
  const root = mkdtempSync(join(tmpdir(), 'counterledger-kills-'));
  const folder = join(root, 'photos');
  mkdirSync(folder);
  const photos = 40 + kills * 6;
  for (let index = 0; index < photos; index += 1) writeFileSync(join(folder, photoName(index)), samplePng(800, 600));

  const session = new KillableSession(join(root, 'data'));
  const moments = fc.sample(fc.integer({ min: 50, max: 4000 }), { numRuns: kills, seed });
  const seen: Seen = { drawn: new Map(), submitted: new Set(), head: { size: 0, root: '' } };
  try {
    const first = await session.open();
    const tasks = await startProject(first, folder);
    const status = await callOperation(first, 'ledger.status', {});
    seen.head = { size: status.size, root: status.root };

    let page = await openWork(session);
    for (const [turn, moment] of moments.entries()) {
      const ended = workUntilKilled(page, seen).then(
        () => null,
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, moment));
      const killedAt = Date.now();
      await (turn % 2 === 0 ? session.killHost() : session.killBrowser());
      page = await openWork(session);
      expect(await ended, 'the window that lost its other half stopped').not.toBeNull();
      await checkNothingLost(page, tasks, seen, killedAt);
    }
    await checkNothingLost(page, tasks, seen, Date.now());
    for (const name of seen.submitted) {
      const { task } = await callOperation(page, 'tasks.get', { taskId: tasks.get(name)! });
      expect(task.state, name).toBe('submitted');
    }
    console.log(`${kills} kills, ${seen.submitted.size} photos submitted, ledger of ${seen.head.size} entries`);
  } finally {
    await session.close();
    rmSync(root, { recursive: true, force: true });
  }
});
