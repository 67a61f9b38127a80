import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { someProject } from '#test/support/entry-drafts.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
let projectId: ProjectId;

beforeEach(async () => {
  // The 22nd of November, nine in the morning in Shanghai.
  test = await openTestBackend();
  ({ projectId } = await test.call('projects.create', someProject('street')));
});
afterEach(() => test.close());

type Reported = Input<'accuracy.report'>;
const figure = (forDay: string, over: Partial<Reported> = {}): Reported => ({
  projectId,
  stage: null,
  forDay,
  releasedOn: forDay,
  percent: null,
  correct: null,
  total: null,
  note: null,
  heardAt: test.clock.instant,
  ...over,
});
const report = (forDay: string, percent: string, over: Partial<Reported> = {}) =>
  test.call('accuracy.report', figure(forDay, { percent, ...over }));
const setBar = (operator: 'at-least' | 'over', percent: string, effectiveFrom = '2026-01-01') =>
  test.call('projects.setBar', { projectId, effectiveFrom, bar: { operator, percent, measuredBy: null } });
const days = (from = '2026-11-15', to = '2026-11-22') => test.call('accuracy.days', { projectId, from, to });

describe('the client’s accuracy', () => {
  it('of 93 % and 94 % on two working days against "at least 95 %" raises suspension risk', async () => {
    await setBar('at-least', '95');
    await report('2026-11-18', '93');
    expect((await days()).risk).toBeNull();
    // A day off between them does not break the run.
    const { entryId } = await report('2026-11-20', '94');
    const { risk, days: shown } = await days();
    expect(risk).toMatchObject({ stage: null, days: ['2026-11-18', '2026-11-20'] });
    expect(risk!.entries).toContain(entryId);
    expect(shown.map(({ day, reports }) => [day, reports[0]!.meetsBar, reports[0]!.suspensionRisk])).toEqual([
      ['2026-11-20', false, true],
      ['2026-11-18', false, false],
    ]);
    // Seen from the second day alone it is still the second in a row.
    expect((await days('2026-11-20')).days[0]!.reports[0]!.suspensionRisk).toBe(true);
    // A day at 95 % breaks it.
    await report('2026-11-21', '95');
    expect((await days()).risk).toBeNull();
    await setBar('over', '95');
    expect((await days()).risk!.days).toEqual(['2026-11-18', '2026-11-20', '2026-11-21']);
  });

  it('is never rounded before it is compared: 190 of 200 meets "at least 95 %", 189 does not', async () => {
    await setBar('at-least', '95');
    await test.call('accuracy.report', figure('2026-11-18', { correct: 190, total: 200 }));
    await test.call('accuracy.report', figure('2026-11-19', { correct: 189, total: 200 }));
    await test.call('accuracy.report', figure('2026-11-20', { percent: '94.999999' }));
    const meets = async () => (await days()).days.map(({ reports }) => reports[0]!.meetsBar);
    expect(await meets()).toEqual([false, false, true]);
    await setBar('over', '95');
    expect(await meets()).toEqual([false, false, false]);
  });

  it('runs at each stage by itself, and the last figure for a day is the one that counts', async () => {
    await setBar('at-least', '95');
    await report('2026-11-18', '93', { stage: 'reviewer' });
    await report('2026-11-19', '90', { stage: 'inspector' });
    expect((await days()).risk).toBeNull();
    await report('2026-11-19', '94', { stage: 'reviewer' });
    expect((await days()).risk).toMatchObject({ stage: 'reviewer' });
    await report('2026-11-19', '96', { stage: 'reviewer', note: 'corrected by them' });
    expect((await days()).risk).toBeNull();
  });

  it('goes by the bar of its day, and by none before the first', async () => {
    await setBar('at-least', '95', '2026-11-19');
    await report('2026-11-18', '93');
    await report('2026-11-19', '94');
    const { days: shown, risk } = await days();
    expect(shown.map(({ bar, reports }) => [bar?.percent ?? null, reports[0]!.meetsBar])).toEqual([
      ['95', false],
      [null, null],
    ]);
    expect(risk).toBeNull();
  });

  it('is refused when it cannot be', async () => {
    const problemOf = (input: Reported) =>
      test.call('accuracy.report', input).then(
        () => 'ok',
        (error: { code: string; details: { problem?: string } }) => error.details.problem ?? error.code,
      );
    expect(await problemOf(figure('2026-11-20'))).toBe('no-figure');
    expect(await problemOf(figure('2026-11-20', { percent: '95', correct: 3 }))).toBe('half-a-count');
    expect(await problemOf(figure('2026-11-20', { correct: 3, total: 2 }))).toBe('more-correct-than-all');
    expect(await problemOf(figure('2026-11-20', { percent: '100.1' }))).toBe('over-100');
    expect(await problemOf(figure('2026-11-20', { percent: '95', releasedOn: '2026-11-19' }))).toBe('released-before');
    expect(await problemOf(figure('2026-11-20', { percent: '95', heardAt: '2027-01-01T00:00:00.000Z' }))).toBe(
      'ledger/in-the-future',
    );
  });
});

describe("the owner's own count", () => {
  const log = async (name: string, count: number, doneAt: string) =>
    (await test.call('elsewhere.log', { projectId, name, count, timeMs: null, attachments: [], note: null, doneAt }))
      .taskId;

  it('is by working day, less what came back or was recalled since', async () => {
    await setBar('at-least', '95');
    // One in the morning belongs to the working day before, which begins at four.
    await log('late', 30, '2026-11-19T17:00:00.000Z');
    const id = await log('batch', 10, '2026-11-20T03:00:00.000Z');
    await test.call('returns.open', {
      subject: { type: 'elsewhere', id },
      stage: 'reviewer',
      round: 1,
      reason: 'x',
      ruleCited: null,
      guidelineId: null,
      itemised: null,
      check: null,
      reviewer: null,
      deadline: null,
      deduction: null,
      view: null,
      attachments: [],
      receivedAt: test.clock.instant,
    });
    const { days: shown } = await days();
    expect(shown).toMatchObject([
      { day: '2026-11-20', mine: { correct: 9, total: 10 }, mineMeetsBar: false, reports: [] },
      { day: '2026-11-19', mine: { correct: 30, total: 30 }, mineMeetsBar: true },
    ]);
    await test.call('recalls.receive', {
      ...{ projectId, level: 'task', segmentId: null, works: [{ type: 'elsewhere', id }], pieces: 4 },
      ...{ stage: null, reason: '', ruleCited: null, statedLoss: null, attachments: [] },
      receivedAt: test.clock.instant,
    });
    expect((await days()).days[0]!.mine).toEqual({ correct: 6, total: 10 });
    // The work, its return and its recall.
    expect((await test.call('accuracy.mine', { projectId, day: '2026-11-20' })).entries).toHaveLength(3);
    expect((await test.call('accuracy.mine', { projectId, day: '2026-11-21' })).entries).toEqual([]);
  });
});
