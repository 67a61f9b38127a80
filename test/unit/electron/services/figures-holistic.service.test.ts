import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ProjectId } from '#shared/domain/ids.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { payProject, setTerms, work, yuan } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const hour = 3_600_000;
let core: TestBackend;
let projectId: ProjectId;

beforeEach(async () => {
  core = await openTestBackend({ clock: new FakeClock('2026-11-23T15:00:00.000Z', 'Asia/Shanghai') });
  projectId = await payProject(core, 'street');
  await setTerms(core, projectId, { rate: { per: 'piece', amount: yuan(9) } });
});
afterEach(() => core.close());

const at = (time: string) => new Date(`2026-11-23T${time}:00.000+08:00`).toISOString();
const log = (what: 'annotating' | 'meeting', [start, end]: [string, string], paid: 'by-piece' | 'unpaid') =>
  core.call('time.log', {
    ...{ lane: 'activity', what, start: at(start), end: at(end), paid, projectId, taskId: null, tag: null },
  });
const train = (name: string, expires: string | null) =>
  core.call('training.record', {
    ...{ projectId, topic: name, calledAt: null, mandatory: null, paid: false, retraining: false, fee: null },
    ...{ travelCost: null, travelMs: null, certificate: { name, file: null, expires }, needed: null, note: null },
    sessions: [{ start: '2026-10-01T01:00:00.000Z', end: '2026-10-01T02:00:00.000Z' }],
  });

const weights = {
  ...{ ratePerHour: yuan(20), unpaidPercent: 100, yearPercent: 10, certificatePercent: 5 },
  perPieceMinor: 50,
};
const holistic = (since: string | null) =>
  core.call('figures.holistic', { from: '2026-11-23', to: '2026-11-23', weights, since });

it('counts all work time, expertise and productivity of the days, beside what was promised and received', async () => {
  await log('annotating', ['09:00', '16:00'], 'by-piece');
  await log('meeting', ['16:00', '18:00'], 'unpaid');
  await work(core, projectId, { day: '2026-11-23', count: 14 });
  await train('street pass', null);
  await train('old pass', '2026-10-31');
  const pay = await holistic('2024-11-01');
  expect(pay.facts).toEqual({ paidMs: 7 * hour, unpaidMs: 2 * hour, months: 24, certificates: 1, pieces: 14 });
  // 9 h at 20; two years at 10 % and one certificate at 5 %; 14 pieces at 0.50.
  expect([pay.time, pay.expertise, pay.productivity, pay.total].map(({ minor }) => minor)).toEqual([
    18000, 4500, 700, 23200,
  ]);
  expect(pay.perHour).toEqual(yuan(25.78));
  expect([pay.promised, pay.received]).toEqual([[yuan(126)], []]);

  const entries = async (figure: 'holistic' | 'holistic-expertise' | 'holistic-productivity') => {
    const found = await core.call('figures.entries', { from: '2026-11-23', to: '2026-11-23', figure });
    const { entries: rows } = await core.call('ledger.list', {
      filter: { entries: found.entries },
      offset: 0,
      limit: 50,
    });
    return rows.map(({ kind }) => kind).sort();
  };
  expect(await entries('holistic-productivity')).toEqual(['work.elsewhere']);
  expect(await entries('holistic-expertise')).toContain('training.held');
  expect(new Set(await entries('holistic'))).toEqual(new Set(['time.spent', 'training.held', 'work.elsewhere']));
});

it('takes the first work in the ledger for the beginning when nobody says another, and is nothing without work', async () => {
  expect(await holistic(null)).toMatchObject({ since: null, total: yuan(0), perHour: null, facts: { months: 0 } });
  await train('street pass', null);
  expect(await holistic(null)).toMatchObject({ since: '2026-10-01', facts: { months: 1, certificates: 1 } });
});
