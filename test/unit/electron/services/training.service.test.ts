import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import { payProject, rebuiltTheSame, yuan } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const hour = 3_600_000;
let test: TestBackend;
beforeEach(async () => {
  // The 22nd of November, nine in the morning in Shanghai.
  test = await openTestBackend();
});
afterEach(() => test.close());

/** Nine hours of a day in Shanghai, from nine o'clock. */
const nineHours = (day: string) => ({ start: `${day}T01:00:00.000Z`, end: `${day}T10:00:00.000Z` });

const hold = (more: Partial<Input<'training.record'>> = {}) =>
  test.call('training.record', {
    projectId: null,
    topic: 'new rules',
    calledAt: null,
    mandatory: true,
    paid: false,
    retraining: false,
    fee: null,
    travelCost: null,
    travelMs: null,
    certificate: null,
    needed: null,
    note: null,
    sessions: [nineHours('2026-11-10')],
    ...more,
  });
const summary = (more: Partial<Input<'training.summary'>> = {}) =>
  test.call('training.summary', { from: null, to: null, ratePerHour: null, ...more });

describe('three nine-hour days, unpaid', () => {
  it('are 27 hours, worth 540 yuan at 20 an hour', async () => {
    const made = await hold({ sessions: ['2026-11-10', '2026-11-11', '2026-11-12'].map(nineHours) });
    expect(made.timeEntries).toHaveLength(3);
    const { unpaid, worth, time } = await summary({ ratePerHour: yuan(20) });
    expect(unpaid).toEqual({ ms: 27 * hour, entries: [made.entryId] });
    expect(time.ms).toBe(27 * hour);
    expect(worth).toMatchObject({ amount: yuan(540), from: 'given' });
    const { totals } = await test.call('time.day', { day: '2026-11-11' });
    expect(totals).toMatchObject({ unpaid: 9 * hour, unpaidByKind: { training: 9 * hour } });
  });

  it('stay apart from unpaid time while nobody has said whether they are paid', async () => {
    await hold({ paid: null });
    expect((await summary()).unpaid).toEqual({ ms: 0, entries: [] });
    const { totals } = await test.call('time.day', { day: '2026-11-10' });
    expect(totals).toMatchObject({ unpaid: 0, unstated: 9 * hour, paidByTime: 0 });
  });

  it('are worth what the figures give where no rate is given', async () => {
    await hold();
    expect((await summary()).worth).toBeNull();
    await test.call('pay.receive', {
      projectId: null,
      periodFrom: null,
      periodTo: null,
      amount: yuan(180),
      channel: null,
      note: null,
      attachments: [],
      happenedAt: test.clock.instant,
    });
    // 180 yuan for nine hours of work, the training itself.
    expect((await summary()).worth).toMatchObject({ ratePerHour: yuan(20), amount: yuan(180), from: 'figures' });
  });
});

describe('a training', () => {
  it('writes itself and its time as one group', async () => {
    const { entryId, timeEntries } = await hold();
    const groups = await Promise.all(
      [entryId, ...timeEntries].map(async (id) => (await test.call('ledger.get', { id })).group),
    );
    expect(new Set(groups).size).toBe(1);
    expect(groups[0]).not.toBeNull();
  });

  it('writes no time where an activity stands, and says how much that was', async () => {
    await test.call('time.log', {
      lane: 'activity',
      what: 'training',
      start: '2026-11-10T03:00:00.000Z',
      end: '2026-11-10T05:00:00.000Z',
      paid: 'unpaid',
      projectId: null,
      taskId: null,
      tag: null,
    });
    const { timeEntries, timeStoodMs } = await hold();
    expect([timeEntries.length, timeStoodMs]).toEqual([2, 2 * hour]);
    expect((await test.call('time.day', { day: '2026-11-10' })).totals.worked).toBe(9 * hour);
    const again = await hold();
    expect(again).toMatchObject({ timeEntries: [], timeStoodMs: 9 * hour });
  });

  it('keeps when one was called, what it cost and by which project', async () => {
    const projectId = await payProject(test, 'street');
    await hold({ projectId, calledAt: '2026-11-10T00:30:00.000Z', fee: yuan(3000), travelCost: yuan(12), paid: true });
    await hold({ sessions: [nineHours('2026-11-12')], travelMs: hour });
    const { trainings, total } = await test.call('training.list', {});
    expect(total).toBe(2);
    expect(trainings[1]).toMatchObject({ noticeMs: hour / 2, projectName: 'street', paid: true });
    expect(trainings[1]!.entries).toHaveLength(2);
    const { projects, fees, travel, travelTime, unpaid } = await summary();
    expect([fees.amounts, travel.amounts, travelTime.ms, unpaid.ms]).toEqual([
      [yuan(3000)],
      [yuan(12)],
      hour,
      9 * hour,
    ]);
    expect(projects.find((project) => project.projectId === projectId)).toMatchObject({
      costs: [yuan(3012)],
      unpaidMs: 0,
    });
    expect((await summary({ from: '2026-11-11', to: '2026-11-30' })).count).toBe(1);
  });

  it('says when its certificate is about to expire', async () => {
    const certificate = (name: string, expires: string) => ({ name, file: null, expires });
    await hold({ certificate: certificate('soon', '2026-12-22') });
    await hold({ certificate: certificate('later', '2028-01-01'), sessions: [nineHours('2026-11-12')] });
    expect((await summary()).expiring).toMatchObject([{ name: 'soon', daysLeft: 30 }]);
  });

  it('can be said to have been needed, or not, later', async () => {
    const { trainingId } = await hold();
    await test.call('training.setNeeded', { trainingId, needed: false, reason: 'nobody asked for it' });
    await test.call('training.setNeeded', { trainingId, needed: true, reason: 'somebody did' });
    expect((await test.call('training.list', {})).trainings[0]).toMatchObject({ needed: true, topic: 'new rules' });
    await rebuiltTheSame(test);
  });

  it('refuses days that overlap or end before they begin, and what is not there', async () => {
    const day = nineHours('2026-11-10');
    await expect(hold({ sessions: [day, day] })).rejects.toMatchObject({ code: 'ledger/overlap' });
    const backwards = { start: day.end, end: day.start };
    await expect(hold({ sessions: [backwards] })).rejects.toMatchObject({ code: 'ledger/ends-before-start' });
    await expect(hold({ sessions: [nineHours('2026-11-23')] })).rejects.toMatchObject({ code: 'ledger/in-the-future' });
    expect((await test.call('training.list', {})).total).toBe(0);
  });
});
