import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { PayRate } from '#shared/domain/project.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let core: TestBackend;

beforeEach(async () => {
  // Monday, 23:00 in Shanghai: the day is over.
  core = await openTestBackend({ clock: new FakeClock('2026-11-23T15:00:00.000Z', 'Asia/Shanghai') });
});
afterEach(() => core.close());

const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });
const hour = 3_600_000;
/** Local time of the given day as an instant. */
const at = (time: string, day = '2026-11-23') => new Date(`${day}T${time}:00.000+08:00`).toISOString();

async function project(name: string, rate: PayRate): Promise<ProjectId> {
  const given = { client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
  const { projectId } = await core.call('projects.create', { ...given, name });
  await core.call('projects.setTerms', { projectId, terms: { effectiveFrom: '2026-01-01', rate, note: null } });
  return projectId;
}

type Logged = Input<'time.log'>;
async function log(what: Logged['what'], [start, end]: [string, string], over: Partial<Logged> = {}): Promise<EntryId> {
  const lane = what === 'present' ? 'presence' : ['rules', 'tasks', 'feedback'].includes(what) ? 'waiting' : 'activity';
  const span = { lane, what, start, end, paid: 'unpaid', projectId: null, taskId: null, tag: null, ...over } as Logged;
  return (await core.call('time.log', span)).entryId as EntryId;
}

const period = (from = '2026-11-23', to = from) => core.call('figures.period', { from, to });

/** Nine hours present by the piece: seven annotating, one in training, one waiting for rules; 14 pieces at 9 yuan. */
async function ordinaryDay(): Promise<ProjectId> {
  const projectId = await project('street', { per: 'piece', amount: yuan(9) });
  await log('present', [at('09:00'), at('18:00')]);
  await log('annotating', [at('09:00'), at('16:00')], { projectId, paid: 'by-piece' });
  await log('training', [at('16:00'), at('17:00')], { projectId });
  await log('rules', [at('17:00'), at('18:00')], { projectId });
  await core.call('elsewhere.log', {
    ...{ projectId, name: 'batch', count: 14, timeMs: null, doneAt: at('16:00'), attachments: [], note: null },
  });
  return projectId;
}

describe('the figures of a period', () => {
  it('divide the same pay by all hours, paid hours and annotating hours, each under its name', async () => {
    await ordinaryDay();
    const { totals, promised, perHour, pieces, unpaidWorth, unpaidWorthByKind } = await period();
    expect(totals).toMatchObject({ presence: 9 * hour, worked: 9 * hour, paid: 7 * hour, unpaid: 2 * hour });
    expect(totals.unpaidByKind).toEqual({ training: hour, rules: hour });
    expect(pieces).toBe(14);
    expect(promised).toEqual([yuan(126)]);
    // 126 / 9 = 14, 126 / 7 = 18.
    expect(perHour).toEqual({ worked: [yuan(14)], paid: [yuan(18)], annotating: [yuan(18)] });
    expect(unpaidWorth).toEqual([yuan(36)]);
    expect(unpaidWorthByKind).toEqual({ training: [yuan(18)], rules: [yuan(18)] });
  });

  it('divide what was received by the same three, and each opens into its own hours', async () => {
    const projectId = await ordinaryDay();
    await core.call('pay.receive', {
      ...{ projectId, amount: yuan(63), channel: null, note: null, attachments: [], happenedAt: at('18:00') },
      ...{ periodFrom: '2026-11-23', periodTo: '2026-11-23' },
    });
    const { perHour, receivedPerHour } = await period();
    expect(receivedPerHour).toEqual({ worked: [yuan(7)], paid: [yuan(9)], annotating: [yuan(9)] });
    expect(perHour.worked).toEqual([yuan(14)]);
    const day = { from: '2026-11-23', to: '2026-11-23' };
    const behind = async (hours: 'worked' | 'paid' | 'annotating') =>
      (await core.call('figures.entries', { ...day, figure: `received-per-hour-${hours}` })).total;
    // The payment, and three stretches of work of which one is paid.
    expect([await behind('worked'), await behind('paid'), await behind('annotating')]).toEqual([4, 2, 2]);
  });

  it('add up over the days, whatever the order of entry', async () => {
    const projectId = await ordinaryDay();
    // Over the end of a working day, and two projects beside each other.
    await log('annotating', [at('22:00', '2026-11-21'), at('06:00', '2026-11-22')], { projectId, paid: 'by-piece' });
    await log('meeting', [at('10:00', '2026-11-20'), at('11:30', '2026-11-20')]);
    const whole = await period('2026-11-16', '2026-11-23');
    expect(whole.days).toHaveLength(8);
    const sum = (of: (day: (typeof whole.days)[number]) => number) => whole.days.reduce((so, day) => so + of(day), 0);
    expect(sum(({ totals }) => totals.worked)).toBe(whole.totals.worked);
    expect(whole.totals.worked).toBe(18.5 * hour);
    expect(sum(({ pieces }) => pieces)).toBe(whole.pieces);
    expect(whole.totals.paid + whole.totals.unpaid).toBe(whole.totals.worked);
    const shares = Object.values(whole.totals.shares).reduce((so, ms) => so + ms, 0);
    expect(shares).toBe(whole.totals.worked);
    expect(whole.projects.map(({ name, worked }) => [name, worked])).toEqual([
      ['street', 17 * hour],
      [null, 1.5 * hour],
    ]);
  });

  it('keep apart what nobody said the pay of: neither paid nor unpaid, until it is corrected', async () => {
    const given = { client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
    const { projectId } = await core.call('projects.create', { ...given, name: 'no terms' });
    await log('annotating', [at('09:00'), at('12:00')], { projectId, paid: 'unstated' });
    await log('rules', [at('11:00'), at('13:00')], { projectId });
    const { totals, projects } = await period();
    expect(totals).toMatchObject({ worked: 4 * hour, paid: 0, unstated: 3 * hour, unpaid: hour });
    expect(projects).toMatchObject([{ worked: 4 * hour, unstated: 3 * hour, unpaid: hour }]);
    const day = { from: '2026-11-23', to: '2026-11-23' };
    expect((await core.call('figures.entries', { ...day, figure: 'unstated' })).total).toBe(1);
    expect((await core.call('figures.entries', { ...day, figure: 'paid' })).total).toBe(0);
  });

  it('read the same after an amendment as if it had been entered so', async () => {
    const projectId = await ordinaryDay();
    const wrong = await log('revising', [at('19:00'), at('20:00')], { projectId });
    const values = {
      ...{ lane: 'activity', what: 'meeting', paid: 'by-time', project: projectId, task: null, tag: null },
    };
    await core.call('ledger.correct', {
      corrections: [
        {
          type: 'amend',
          entryId: wrong,
          values: { ...values, ended_by: 'stated' },
          occurredStart: at('19:30'),
          occurredEnd: at('20:30'),
        },
      ],
      reason: 'switched too late',
    });
    const amended = await period();
    const direct = await openTestBackend({ clock: new FakeClock('2026-11-23T15:00:00.000Z', 'Asia/Shanghai') });
    try {
      const before = core;
      core = direct;
      const other = await ordinaryDay();
      await log('meeting', [at('19:30'), at('20:30')], { projectId: other, paid: 'by-time' });
      const entered = await period();
      core = before;
      const anonymous = (data: typeof entered) => ({
        ...data,
        projects: data.projects.map((each) => ({ ...each, projectId: '' })),
      });
      expect(anonymous(amended)).toEqual(anonymous(entered));
    } finally {
      await direct.close();
    }
  });

  it('hold days against a higher bar, and keep or lose the whole promised pay', async () => {
    const projectId = await project('street', { per: 'piece', amount: yuan(1) });
    const done = async (day: string, count: number, returned: boolean) => {
      const given = {
        projectId,
        name: day,
        count,
        timeMs: null,
        doneAt: at('10:00', day),
        attachments: [],
        note: null,
      };
      const { taskId } = await core.call('elsewhere.log', given);
      if (!returned) return;
      const subject = { type: 'elsewhere' as const, id: taskId };
      await core.call('returns.open', {
        ...{
          subject,
          stage: 'inspector' as const,
          round: 1,
          reason: 'loose',
          ruleCited: null,
          guidelineId: null,
          itemised: null,
        },
        ...{ check: null, reviewer: null, deadline: null, deduction: null, view: null, attachments: [], objects: [] },
        receivedAt: at('12:00', day),
      });
    };
    await done('2026-11-20', 20, true);
    await done('2026-11-21', 50, true);
    await done('2026-11-22', 10, false);
    const { whatIf } = await period('2026-11-20', '2026-11-22');
    // 19 of 20 is exactly 95 %, 49 of 50 exactly 98 %.
    expect(whatIf.map(({ percent, kept, lost, daysBelow, days }) => [percent, kept, lost, daysBelow, days])).toEqual([
      ['95', [yuan(80)], [], 0, 3],
      ['98', [yuan(60)], [yuan(20)], 1, 3],
      ['99', [yuan(10)], [yuan(70)], 2, 3],
    ]);
    // Of the last day, of which nothing came back, the client said 94.9 %.
    await core.call('accuracy.report', {
      ...{ projectId, stage: 'inspector', forDay: '2026-11-22', releasedOn: '2026-11-23', percent: '94.9' },
      ...{ correct: null, total: null, note: null, heardAt: at('08:00') },
    });
    const [under95] = (await period('2026-11-20', '2026-11-22')).whatIf;
    expect(under95).toEqual({ percent: '95', kept: [yuan(70)], lost: [yuan(10)], days: 3, daysBelow: 1 });
    const range = { from: '2026-11-20', to: '2026-11-22' };
    const { entries: behind } = await core.call('figures.entries', { ...range, figure: 'what-if' });
    const { entries } = await core.call('ledger.list', { filter: { entries: behind }, offset: 0, limit: 50 });
    expect(entries.map(({ kind }) => kind)).toContain('accuracy.reported');
  });

  it('open into their entries', async () => {
    const projectId = await ordinaryDay();
    const ask = async (asked: Omit<Input<'figures.entries'>, 'from' | 'to'>) => {
      const found = await core.call('figures.entries', { from: '2026-11-23', to: '2026-11-23', ...asked });
      const { entries } = await core.call('ledger.list', { filter: { entries: found.entries }, offset: 0, limit: 50 });
      return entries.map(({ kind, about }) => `${kind} ${about}`).sort();
    };
    expect(await ask({ figure: 'unpaid' })).toEqual(['time.spent rules', 'time.spent training']);
    expect(await ask({ figure: 'unpaid', kind: 'rules' })).toEqual(['time.spent rules']);
    expect(await ask({ figure: 'worked', projectId: null })).toEqual([]);
    expect(await ask({ figure: 'pieces', projectId })).toEqual(['work.elsewhere batch']);
    expect((await ask({ figure: 'per-hour-worked' })).length).toBe(5);
  });

  it('refuse a period that ends before it begins, or that nobody reads', async () => {
    await expect(period('2026-11-23', '2026-11-22')).rejects.toThrow('host/bad-input');
    await expect(period('2020-01-01', '2026-11-22')).rejects.toThrow('host/bad-input');
  });
});
