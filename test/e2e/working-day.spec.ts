import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { dailyTable, gbkBytes } from '#test/support/gbk.ts';
import { runCliProcess } from '#test/support/cli-process.ts';
import { type App, expect, test } from './support/app-fixture.ts';
import { runAction } from './support/run-action.ts';

type Words = { [key: string]: string | Words };
const words = JSON.parse(readFileSync(join(appRoot, 'resources', 'locales', 'zh-CN.json'), 'utf8')) as Words;

/** A sentence of the Chinese words by its key, with what is put into it. */
function zh(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const found = key
    .split('.')
    .reduce<string | Words | undefined>((at, part) => (at as Words | undefined)?.[part], words);
  if (typeof found !== 'string') throw new Error(`no such words: ${key}`);
  return found.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
}

/** Friday the 6th of March 2026, in the zone of the machine. */
const at = (clock: string) => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return new Date(2026, 2, 6, hour, minute).getTime();
};

test.use({ lang: 'zh-CN', beginAt: at('8:30') });

/** Seconds a key or a click takes. */
const secondsEach = 1.2;

/** A hand that counts what it does: each letter of a text is a key, each click is one. */
class Hand {
  acts = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.acts += 1;
      await this.#page.keyboard.press(key);
    }
  }

  async type(text: string): Promise<void> {
    for (const letter of text) await this.press(letter);
  }

  /** Chinese by an input method: the letters of its sounds and the space that takes the first choice. */
  async write(text: string, sounds: string): Promise<void> {
    this.acts += sounds.length + 1;
    // An input method needs a field to begin in, and a reason is written into the large one.
    await expect(this.#page.getByRole('dialog').locator('textarea:focus')).toBeVisible();
    await this.#page.keyboard.insertText(text);
  }

  async click(what: Locator): Promise<void> {
    this.acts += 1;
    await what.click();
  }

  /** What was done since the last time it was asked. */
  count(): number {
    const { acts } = this;
    this.acts = 0;
    return acts;
  }
}

interface Project {
  name: string;
  /** What a piece or an hour pays, in fen. */
  fen: number;
}

const driving: Project = { name: '驾驶', fen: 80 };
const speech: Project = { name: '语音', fen: 2400 };

/** The day as it is lived, for the test's own count. */
const plan: readonly { what: string; from: string; to: string; project: Project | null }[] = [
  { what: 'annotating', from: '9:00', to: '11:00', project: driving },
  { what: 'waiting', from: '11:00', to: '11:30', project: driving },
  { what: 'annotating', from: '11:30', to: '12:30', project: speech },
  { what: 'break', from: '12:30', to: '13:00', project: null },
  { what: 'annotating', from: '13:00', to: '14:00', project: speech },
  { what: 'training', from: '14:00', to: '15:00', project: driving },
  { what: 'revising', from: '15:00', to: '16:00', project: driving },
  { what: 'annotating', from: '16:00', to: '18:00', project: speech },
];
/** Pieces of driving: the batch of today, and what the table says of the two days before. */
const [piecesToday, piecesBefore, recalled] = [200, 120 + 130, 6];

const minutesOf = (fits: (stretch: (typeof plan)[number]) => boolean) =>
  plan.filter(fits).reduce((sum, { from, to }) => sum + (at(to) - at(from)) / 60_000, 0);
/** By the piece nothing but annotating is paid; by the hour all of the work. */
const isPaid = ({ what, project }: (typeof plan)[number]) =>
  project === speech || (project === driving && what === 'annotating');
const worked = minutesOf(({ what }) => what !== 'break');
const paid = minutesOf(isPaid);
const annotating = minutesOf(({ what }) => what === 'annotating');
const bySpeech = (minutesOf(({ project }) => project === speech) / 60) * speech.fen;
const promisedToday = piecesToday * driving.fen + bySpeech;
const promised = promisedToday + piecesBefore * driving.fen;
const lost = recalled * driving.fen;
const expected = promised - lost;
/** Twenty per cent short. */
const received = expected * 0.8;

const hours = (minutes: number) =>
  minutes < 60 ? `${minutes} 分` : `${Math.floor(minutes / 60)} 小时 ${String(minutes % 60).padStart(2, '0')} 分`;
const yuan = (fen: number) => `${fen < 0 ? '-' : ''}¥${(Math.abs(Math.round(fen)) / 100).toFixed(2)}`;
const perHour = (fen: number, minutes: number) => yuan((fen * 60) / minutes);

/** A project with what it pays, made and told in its room. */
async function makeProject(page: Page, project: Project, per: 'piece' | 'hour'): Promise<void> {
  const amount = (project.fen / 100).toFixed(2);
  await page.keyboard.press('Alt+p');
  await page.getByRole('button', { name: zh('projects.new.action') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: zh('projects.fields.name') }).fill(project.name);
  await dialog.getByRole('combobox', { name: zh('projects.fields.modality') }).click();
  await page.getByRole('option', { name: zh('projects.modalities.elsewhere') }).click();
  await dialog.getByRole('button', { name: zh('projects.new.confirm') }).click();
  await expect(page.getByRole('heading', { level: 1, name: project.name })).toBeVisible();
  await page.getByText(zh(`projects.per.${per}`), { exact: true }).click();
  await page.getByRole('textbox', { name: zh('projects.terms.amount') }).fill(amount);
  const from = page.getByRole('textbox', { name: zh('projects.terms.from') }).first();
  await from.fill('2026-03-01');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: zh('projects.terms.set') }).click();
  await expect(page.getByText(zh(`projects.rates.${per}`, { amount: yuan(project.fen) }))).toBeVisible();
}

/** Waits until the strip's keys have done what they do: hours pass in an instant here, and the next must not begin too early. */
async function settle(app: App, activity: string | null, project: Project | null): Promise<void> {
  const { projects } = await app.call('projects.list', {});
  const now = async () => {
    const running = (await app.call('time.state', {})).activity;
    return [running?.what ?? null, projects.find(({ id }) => id === running?.projectId)?.name ?? null];
  };
  await expect.poll(now).toEqual([activity, project?.name ?? null]);
  await expect(app.page.getByRole('group', { name: zh('day.switch.title') })).toBeHidden();
}

/** The morning, to two o'clock; answers how many keys the day's keeping took, and how many the break. */
async function liveTheMorning(app: App, hand: Hand): Promise<{ keeping: number; pause: number }> {
  const { page } = app;
  await app.goTo(at('9:00'));
  // The newer project comes first: A is speech, B is driving.
  await hand.press('p', 's', 'b');
  await settle(app, 'annotating', driving);
  await app.goTo(at('11:00'));
  const begun = hand.count();
  // The batch goes in: its number, how many, saved.
  await page.keyboard.press('e');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await page.keyboard.type('200');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await hand.press('s', '0', 'w', '1');
  await settle(app, null, null);
  await expect.poll(async () => (await app.call('time.state', {})).waiting.map(({ what }) => what)).toEqual(['tasks']);
  await app.goTo(at('11:30'));
  await hand.press('w', '1', 's', 'a');
  await settle(app, 'annotating', speech);
  expect((await app.call('time.state', {})).waiting).toEqual([]);
  const keeping = begun + hand.count();
  await app.goTo(at('12:30'));
  await hand.press('s', '8');
  await settle(app, 'break', speech);
  await app.goTo(at('13:00'));
  await hand.press('s', '1');
  await settle(app, 'annotating', speech);
  await app.goTo(at('14:00'));
  return { keeping, pause: hand.count() };
}

/** Three returns of one batch, each a round further, and a recall; answers the keys of each. */
async function comeBack(app: App, hand: Hand): Promise<{ returns: number[]; recall: number }> {
  const { page } = app;
  const returns: number[] = [];
  const reasons = [
    ['没贴合', 'mth'],
    ['又没贴合', 'ymth'],
    ['漏标', 'loubiao'],
  ] as const;
  for (const [round, [reason, sounds]] of reasons.entries()) {
    await app.goTo(at(`15:${10 + 15 * round}`));
    hand.count();
    await hand.press('Alt+r');
    await hand.write(reason, sounds);
    await hand.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    returns.push(hand.count());
    const told = (await app.call('returns.list', {})).returns.map((each) => each.reason);
    expect(told.toSorted()).toEqual(
      reasons
        .slice(0, round + 1)
        .map(([each]) => each)
        .toSorted(),
    );
  }
  await app.goTo(at('15:50'));
  hand.count();
  await hand.press('Alt+Shift+R', ...String(recalled), 'Control+Enter');
  await expect(
    page.getByRole('grid').getByRole('row', { name: new RegExp(zh('returns.recalls.levels.task')) }),
  ).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  return { returns, recall: hand.count() };
}

/** The training as it was called: ten minutes before, on the driving project. */
async function noteTraining(page: Page): Promise<void> {
  await page.keyboard.press('Alt+c');
  await expect(page.getByRole('heading', { level: 1, name: zh('app.rooms.training') })).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: zh('training.columns.topic') }).fill('新规则');
  await dialog.getByRole('textbox', { name: zh('training.from'), exact: true }).fill('14:00');
  await dialog.getByRole('textbox', { name: zh('training.to'), exact: true }).fill('15:00');
  await dialog.getByRole('combobox', { name: zh('training.columns.project') }).click();
  await page.getByRole('option', { name: driving.name }).click();
  await dialog.getByRole('button', { name: zh('training.save') }).click();
  await expect(dialog).toBeHidden();
}

/** The centre's table of the two days before, in GBK, with forty others in it. */
async function takeTableIn(app: App): Promise<void> {
  const { page } = app;
  const path = join(app.dataDir, 'daily.csv');
  writeFileSync(path, gbkBytes(dailyTable(40)));
  await runAction(page, zh('sheets.title'));
  await page.getByRole('textbox', { name: zh('sheets.source.path') }).fill(path);
  await page.getByRole('combobox', { name: zh('sheets.people.me') }).fill('我');
  await page.getByRole('option', { name: '我 (2)' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: zh('sheets.becomes.project') }).click();
  await page.getByRole('option', { name: driving.name }).click();
  await page.getByRole('textbox', { name: zh('sheets.becomes.released') }).fill('2026-03-06');
  await page.keyboard.press('Tab');
  const mine = page.getByRole('list', { name: zh('sheets.result.counts') });
  await expect(mine).toContainText(zh('sheets.skipped.other-people'));
  await expect(mine).toContainText('40');
  await page.getByRole('button', { name: /^导入 2 行/ }).click();
  await expect(page.getByText('2 行已经在账簿里。')).toBeVisible();
}

/** What came in, for the month under way. */
async function notePayment(page: Page, amount: string): Promise<void> {
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: zh('pay.columns.amount') }).fill(amount);
  await dialog.getByRole('button', { name: zh('pay.new.save') }).click();
  await expect(dialog).toBeHidden();
}

/** Goes to a room by its key and waits for its heading. */
async function openRoom(page: Page, key: string, name: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function readToday(page: Page): Promise<void> {
  await openRoom(page, 'Alt+t', zh('app.rooms.today'));
  const figures = page.getByRole('region', { name: zh('today.figures') });
  for (const figure of [hours(worked), hours(worked - paid), yuan(promisedToday)]) {
    await expect(figures.getByRole('button', { name: figure, exact: true })).toBeVisible();
  }
  await expect(figures).toContainText(zh('figures.paid.name') + hours(paid));
  await expect(figures).toContainText(zh('figures.annotating.name') + hours(annotating));
  await expect(figures).toContainText(zh('figures.presence.name') + hours((at('18:00') - at('9:00')) / 60_000));
  await expect(figures).toContainText(zh('day.activities.revising') + hours(60));
  await expect(figures).toContainText(zh('day.activities.training') + hours(60));
  await expect(figures).toContainText(zh('day.waiting.tasks') + hours(30));
  await expect(figures).toContainText(perHour(promisedToday, worked));
  await expect(figures).toContainText(perHour(promisedToday, paid));
  await expect(figures).toContainText(perHour(promisedToday, annotating));
  await expect(figures).toContainText(zh('figures.pieces.name') + String(piecesToday));
}

async function readMonth(page: Page): Promise<void> {
  await openRoom(page, 'Alt+m', zh('app.rooms.period'));
  await page.getByText(zh('period.month'), { exact: true }).click();
  const figures = page.getByRole('region', { name: zh('period.figures'), exact: true });
  for (const figure of [
    ...[hours(worked), hours(worked - paid), yuan(promised), yuan(received)],
    ...[perHour(promised, worked), perHour(promised, paid), perHour(promised, annotating), perHour(received, worked)],
  ]) {
    await expect(figures.getByRole('button', { name: figure, exact: true }).first()).toBeVisible();
  }
}

async function readReturns(page: Page): Promise<void> {
  await openRoom(page, 'Alt+b', zh('app.rooms.returns'));
  for (const [round, reason] of ['没贴合', '又没贴合', '漏标'].entries()) {
    await expect(page.getByRole('row').filter({ has: page.getByText(reason, { exact: true }) })).toContainText(
      String(round + 1),
    );
  }
  const pieces = piecesToday + piecesBefore;
  await expect(page.getByRole('button', { name: new RegExp(`^${pieces - 1} / ${pieces} `) })).toBeVisible();
  await page.getByText(zh('returns.tabs.recalls'), { exact: true }).click();
  await expect(
    page.getByRole('grid').getByRole('row', { name: new RegExp(zh('returns.recalls.levels.task')) }),
  ).toContainText(yuan(lost));
}

async function readPay(page: Page): Promise<void> {
  await openRoom(page, 'Alt+y', zh('app.rooms.pay'));
  const head = (figure: string) =>
    page
      .locator('dl > div')
      .filter({ has: page.getByText(zh(`pay.figures.${figure}`), { exact: true }) })
      .locator('dd');
  await expect(head('expected')).toHaveText(yuan(expected));
  await expect(head('received')).toHaveText(yuan(received));
  await expect(head('difference')).toHaveText(yuan(received - expected));
  const row = (name: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByText(name, { exact: true }) })
      .first();
  await expect(row(driving.name)).toContainText(yuan((piecesToday + piecesBefore) * driving.fen));
  await expect(row(driving.name)).toContainText(yuan(lost));
  await expect(row(speech.name)).toContainText(yuan(bySpeech));
}

async function readTraining(page: Page): Promise<void> {
  await openRoom(page, 'Alt+c', zh('app.rooms.training'));
  const figure = (name: string) =>
    page.locator('dl > div').filter({ has: page.getByText(zh(`training.figures.${name}`)) });
  await expect(figure('hours').getByRole('button', { name: zh('training.hours', { hours: 1 }) })).toBeVisible();
  await expect(figure('unpaid').getByRole('button', { name: zh('training.hours', { hours: 1 }) })).toBeVisible();
  await expect(page.getByRole('row', { name: /新规则/ })).toContainText(driving.name);
}

test('a whole working day in Chinese, and the right figures on every page', async ({ app }) => {
  test.setTimeout(180_000);
  const { page } = app;
  const hand = new Hand(page);
  await expect(page.locator('#main')).toBeVisible();
  await makeProject(page, driving, 'piece');
  await makeProject(page, speech, 'hour');
  hand.count();
  const morning = await liveTheMorning(app, hand);
  // Called away to a training on the driving project.
  await hand.press('s', '3', 's', 'b');
  await settle(app, 'training', driving);
  await app.goTo(at('15:00'));
  await hand.press('s', '2');
  await settle(app, 'revising', driving);
  const back = await comeBack(app, hand);
  await app.goTo(at('16:00'));
  await hand.press('s', '1', 's', 'a');
  await settle(app, 'annotating', speech);
  await app.goTo(at('18:00'));
  hand.count();
  await hand.press('s', '0', 'p');
  await settle(app, null, null);
  await expect.poll(async () => (await app.call('time.state', {})).presence).toBeNull();

  // What it cost to keep: two projects and one wait, a return, a recall.
  const keeping = morning.keeping + hand.count();
  test.info().annotations.push({
    type: 'keys',
    description: JSON.stringify({ keeping, seconds: keeping * secondsEach, pause: morning.pause, ...back }),
  });
  expect(keeping * secondsEach).toBeLessThanOrEqual(20);
  expect(Math.max(...back.returns)).toBeLessThanOrEqual(12);
  expect(back.recall).toBeLessThanOrEqual(8);

  await noteTraining(page);
  await takeTableIn(app);
  await openRoom(page, 'Alt+y', zh('app.rooms.pay'));
  await notePayment(page, (received / 100).toFixed(2));
  await readToday(page);
  await readMonth(page);
  await readReturns(page);
  await readPay(page);
  await readTraining(page);

  // Of the forty others nothing was kept.
  const { entries } = await app.call('ledger.list', { filter: {}, offset: 0, limit: 100 });
  for (const { id } of entries) expect(JSON.stringify(await app.call('ledger.get', { id }))).not.toContain('工人');
  const verified = await runCliProcess(['ledger', 'verify', '--data-dir', app.dataDir]);
  expect(verified.code, verified.stderr).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ value: { ok: true, problems: [] } });
  const { tables } = await app.call('ledger.rebuild', {});
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter(({ differed }) => differed > 0)).toEqual([]);
});
