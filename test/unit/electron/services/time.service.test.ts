import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { PayRate } from '#shared/domain/project.ts';
import { createIds } from '#electron/core/ids.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { FakeTicker } from '#test/support/fake-ticker.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const minute = 60_000;
const hour = 60 * minute;

let clock: FakeClock;
let ticker: FakeTicker;
let test: TestBackend;

beforeEach(async () => {
  // Nine in the morning in Shanghai.
  clock = new FakeClock('2026-11-23T01:00:00.000Z', 'Asia/Shanghai');
  ticker = new FakeTicker(clock);
  test = await openTestBackend({ clock, ticker });
});
afterEach(() => test.close());

async function project(rate: PayRate | null, name = 'street'): Promise<ProjectId> {
  const given = { client: null, intermediary: null, modality: 'image' as const, labels: [] };
  const { projectId } = await test.call('projects.create', { ...given, name });
  const terms = rate && { effectiveFrom: '2026-01-01', rate, note: null };
  if (terms) await test.call('projects.setTerms', { projectId, terms });
  return projectId;
}

const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });
const at = (time: string) => `2026-11-23T${time}.000Z`;

type Logged = Input<'time.log'>;
const logged = (over: Partial<Logged>): Logged => ({
  lane: 'activity',
  what: 'training',
  start: at('00:00:00'),
  end: at('00:30:00'),
  paid: 'unpaid',
  projectId: null,
  taskId: null,
  tag: null,
  ...over,
});

describe('the account of a day', () => {
  it('of nine hours present by the piece, seven annotating, one in training, one waiting for rules: two hours unpaid, named by kind', async () => {
    const projectId = await project({ per: 'piece', amount: yuan(60) });
    const taskId = createIds(clock).uuid() as TaskId;
    await test.call('time.clock', { in: true });
    for (let done = 0; done < 7 * hour; done += minute) {
      await test.call('time.touch', { taskId, projectId, activity: 'annotating' });
      ticker.pass(minute);
    }
    await test.call('time.switch', { activity: 'training' });
    ticker.pass(hour);
    await test.call('time.switch', { activity: null });
    await test.call('time.wait', { for: 'rules', on: true, projectId });
    ticker.pass(hour);
    await test.call('time.wait', { for: 'rules', on: false });
    await test.call('time.clock', { in: false });

    const account = await test.call('time.day', { day: null });
    expect(account).toMatchObject({
      day: '2026-11-23',
      start: '2026-11-22T20:00:00.000Z',
      end: '2026-11-23T20:00:00.000Z',
      gaps: [],
      totals: {
        presence: 9 * hour,
        worked: 9 * hour,
        paidByTime: 0,
        paidByPiece: 7 * hour,
        unpaid: 2 * hour,
        byActivity: { annotating: 7 * hour, training: hour },
        byWaiting: { rules: hour },
        unpaidByKind: { rules: hour, training: hour },
      },
    });
    expect(account.spans.map((span) => [span.lane, span.what, span.paid, span.running])).toEqual([
      ['presence', 'present', 'unpaid', false],
      ['activity', 'annotating', 'by-piece', false],
      ['activity', 'training', 'unpaid', false],
      ['waiting', 'rules', 'unpaid', false],
    ]);
    expect(new Set(account.spans.map((span) => span.entryId))).toEqual(new Set(account.entries));
  });

  it('shows what runs now, marked', async () => {
    await test.call('time.switch', { activity: 'meeting' });
    ticker.pass(hour);
    const { spans, totals, entries } = await test.call('time.day', { day: null });
    expect(spans).toMatchObject([{ what: 'meeting', running: true, entryId: null, end: clock.instant }]);
    expect(totals.worked).toBe(hour);
    expect(entries).toEqual([]);
  });

  it('does not say unpaid of work whose pay was never told: from the terms on, it is paid by them', async () => {
    const given = { client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
    const { projectId } = await test.call('projects.create', { ...given, name: 'new' });
    await test.call('time.switch', { activity: 'annotating', projectId });
    ticker.pass(hour);
    await test.call('time.switch', { activity: null });
    const untold = await test.call('time.day', { day: null });
    expect(untold.totals).toMatchObject({ worked: hour, unstated: hour, unpaid: 0, paidByPiece: 0 });
    const terms = { effectiveFrom: '2026-01-01', rate: { per: 'piece' as const, amount: yuan(1) }, note: null };
    await test.call('projects.setTerms', { projectId, terms });
    await test.call('time.switch', { activity: 'annotating', projectId });
    ticker.pass(hour);
    await test.call('time.switch', { activity: null });
    const told = await test.call('time.day', { day: null });
    expect(told.totals).toMatchObject({ worked: 2 * hour, unstated: hour, paidByPiece: hour, unpaid: 0 });
  });

  it('counts work done elsewhere by its units and pays it by the terms in force that day', async () => {
    const projectId = await project({ per: 'piece', amount: yuan(60) });
    await test.call('projects.setTerms', {
      projectId,
      terms: { effectiveFrom: '2026-11-24', rate: { per: 'piece', amount: yuan(50) }, note: null },
    });
    const log = (id: ProjectId | null, count: number) =>
      test.call('elsewhere.log', {
        projectId: id,
        name: 'batch 7',
        count,
        timeMs: null,
        attachments: [],
        note: null,
        doneAt: at('00:59:00'),
      });
    await log(projectId, 8);
    await log(null, 2);
    const account = await test.call('time.day', { day: '2026-11-23' });
    expect(account).toMatchObject({ pieces: 10, promised: [yuan(480)], piecesWithoutTerms: 2 });
    // The two entries of the work, and the terms.
    expect(account.entries).toHaveLength(3);
    expect((await test.call('time.day', { day: '2026-11-22' })).pieces).toBe(0);
  });

  it('pays hours to the millisecond, overlapping ones once', async () => {
    const projectId = await project({ per: 'hour', amount: yuan(20) });
    const paid = { projectId, paid: 'by-time' as const };
    await test.call('time.log', logged({ ...paid, what: 'annotating' }));
    await test.call(
      'time.log',
      logged({ ...paid, lane: 'waiting', what: 'tasks', start: at('00:20:00'), end: at('00:45:00') }),
    );
    const account = await test.call('time.day', { day: null });
    expect(account).toMatchObject({ promised: [yuan(15)], totals: { paidByTime: 45 * minute, worked: 45 * minute } });
  });
});

describe('stated time', () => {
  it('is refused when it makes no sense', async () => {
    const codeOf = (over: Partial<Logged>) =>
      test.call('time.log', logged(over)).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    expect(await codeOf({ end: at('00:00:00') })).toBe('ledger/ends-before-start');
    expect(await codeOf({ end: at('01:10:00') })).toBe('ledger/in-the-future');
    expect(await codeOf({ what: 'rules' })).toBe('host/bad-input');
    expect(await codeOf({ projectId: createIds(clock).uuid() })).toBe('projects/not-found');
    expect(await codeOf({})).toBe('ok');
    expect(await codeOf({ start: at('00:29:59'), end: at('00:40:00') })).toBe('ledger/overlap');
    expect(await codeOf({ start: at('00:30:00'), end: at('00:40:00') })).toBe('ok');
  });

  it('beside measured time counts once', async () => {
    await test.call('time.switch', { activity: 'training' });
    ticker.pass(hour);
    await test.call('time.switch', { activity: null });
    await test.call('time.log', logged({ start: at('00:30:00'), end: at('01:30:00') }));
    const { totals } = await test.call('time.day', { day: null });
    expect(totals).toMatchObject({ worked: 90 * minute, byActivity: { training: 90 * minute } });
  });

  it('may be long: a day inside it sees its part', async () => {
    clock.advance(72 * hour);
    await test.call('time.log', logged({ start: at('01:00:00'), end: '2026-11-26T01:00:00.000Z' }));
    await test.call('time.log', logged({ start: at('00:30:00'), end: at('00:40:00') }));
    for (const day of ['2026-11-24', '2026-11-25']) {
      expect((await test.call('time.day', { day })).totals.worked).toBe(24 * hour);
    }
  });

  it('after an amendment is as if it had been entered so', async () => {
    const other = await openTestBackend({ clock });
    const span = fc.record({
      what: fc.constantFrom('training' as const, 'meeting' as const, 'break' as const),
      paid: fc.constantFrom('unpaid' as const, 'by-time' as const),
      from: fc.nat(29),
      minutes: fc.integer({ min: 1, max: 30 }),
    });
    // Each run has an hour of its own, far enough in the past.
    let run = 0;
    const placed = (
      base: number,
      { what, paid, from, minutes }: typeof span extends fc.Arbitrary<infer T> ? T : never,
    ) => ({
      what,
      paid,
      start: new Date(base + from * minute).toISOString(),
      end: new Date(base + (from + minutes) * minute).toISOString(),
    });
    const comparable = async (on: TestBackend) => {
      const { spans, totals, gaps } = await on.call('time.day', { day: '2026-11-22' });
      return { spans: spans.map((one) => ({ ...one, id: null, entryId: null })), totals, gaps };
    };
    try {
      await fc.assert(
        fc.asyncProperty(span, span, async (first, second) => {
          const base = Date.parse('2026-11-21T20:00:00.000Z') + run * hour;
          run += 1;
          const { entryId } = await test.call('time.log', logged(placed(base, first)));
          const { start, end, what, paid } = placed(base, second);
          test.backend.db.transaction((tx) =>
            test.backend.ledger.correct(
              tx,
              [
                {
                  type: 'amend',
                  entryId: entryId as EntryId,
                  values: { lane: 'activity', what, paid, project: null, task: null, tag: null, ended_by: 'stated' },
                  occurredStart: start,
                  occurredEnd: end,
                },
              ],
              'noted wrongly',
            ),
          );
          await other.call('time.log', logged({ start, end, what, paid }));
          expect(await comparable(test)).toEqual(await comparable(other));
        }),
        { numRuns: 20 },
      );
    } finally {
      await other.close();
    }
  });
});
