import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/time.ts';
import { createIds } from '#electron/core/ids.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { FakeTicker } from '#test/support/fake-ticker.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

let clock: FakeClock;
let ticker: FakeTicker;
let folder: ReturnType<typeof tempDir>;
let test: TestBackend;
let taskA: TaskId;
let taskB: TaskId;

const open = () => openTestBackend({ clock, ticker, dataDir: folder.path });

beforeEach(async () => {
  // Nine in the morning in Shanghai.
  clock = new FakeClock('2026-11-22T01:00:00.000Z', 'Asia/Shanghai');
  ticker = new FakeTicker(clock);
  folder = tempDir();
  test = await open();
  const ids = createIds(clock);
  taskA = ids.uuid() as TaskId;
  taskB = ids.uuid() as TaskId;
});
afterEach(async () => {
  await test.close();
  folder.remove();
  if (test.errors.length > 0) throw new Error(`logged: ${JSON.stringify(test.errors)}`);
});

const touch = (taskId: TaskId | null = taskA, activity: Activity = 'annotating', projectId: ProjectId | null = null) =>
  test.call('time.touch', { taskId, projectId, activity });

/** Works on a task: a touch a second as a window sends them, or one in five to pass longer times sooner. */
async function work(ms: number, taskId: TaskId = taskA): Promise<void> {
  const step = ms > 2 * minute ? 5 * second : second;
  for (let done = 0; done < ms; done += step) {
    await touch(taskId);
    ticker.pass(step);
  }
  await touch(taskId);
}

const entries = () => test.backend.db.read.get<{ n: number }>('SELECT count(*) AS n FROM entry')!.n;
const taskMs = async (taskId: TaskId) => (await test.call('time.task', { taskId })).taskMs;
const day = (of: string | null = null): Promise<Output<'time.day'>> => test.call('time.day', { day: of });

/** Stretches of a day as `what start-end endedBy`, times as UTC hours and minutes. */
async function stretches(of: string | null = null): Promise<string[]> {
  const { spans } = await day(of);
  const endings = new Map(
    test.backend.db.read
      .all<{ id: string; ended_by: string | null }>('SELECT id, ended_by FROM time_span')
      .map((row) => [row.id, row.ended_by]),
  );
  return spans.map((span) => {
    const ending = span.running ? 'running' : endings.get(span.id);
    return `${span.what} ${span.start.slice(11, 19)}-${span.end.slice(11, 19)} ${ending}`;
  });
}

const clockChanges = () =>
  test.backend.db.read
    .all<{ header: string; value: string; name: string; seq: number }>(
      `SELECT entry.seq, field.name, field.value FROM entry JOIN field USING (seq) WHERE kind = 'clock.changed' ORDER BY seq`,
    )
    .reduce<Record<number, Record<string, unknown>>>((all, { seq, name, value }) => {
      all[seq] = { ...all[seq], [name]: JSON.parse(value) };
      return all;
    }, {});
const changes = () => Object.values(clockChanges());

describe('touching a task', () => {
  it('measures one stretch a visit', async () => {
    await work(5 * minute);
    await work(2 * minute, taskB);
    await test.call('time.switch', { activity: null });
    expect(await stretches()).toEqual(['annotating 01:00:00-01:05:00 switch', 'annotating 01:05:00-01:07:00 stop']);
    const { spans } = await day();
    expect(spans.map((span) => span.taskId)).toEqual([taskA, taskB]);
    expect(spans.every((span) => span.source === 'measured')).toBe(true);
  });

  it('writes nothing while it goes on', async () => {
    await work(10 * second);
    const before = entries();
    await work(minute);
    expect(entries()).toBe(before);
  });

  it('counts a glance at a task to the task after it', async () => {
    await work(minute);
    for (const task of [taskB, taskA, taskB]) {
      await touch(task);
      ticker.pass(300);
    }
    await work(minute, taskB);
    await test.call('time.switch', { activity: null });
    const { spans, totals } = await day();
    expect(spans.map((span) => [span.taskId, span.start.slice(14, 23), span.end.slice(14, 23)])).toEqual([
      [taskA, '00:00.000', '01:00.000'],
      [taskB, '01:00.000', '02:00.900'],
    ]);
    expect(totals.worked).toBe(2 * minute + 900);
  });

  it('tells how long a task took, idle tail and earlier visits included', async () => {
    await work(minute);
    await work(minute, taskB);
    await work(minute);
    ticker.pass(30 * second);
    const state = await test.call('time.state', {});
    expect(await taskMs(taskA)).toBe(2 * minute + 30 * second);
    // Which is on screen is the window's to know: another one has its own time, touched last or not.
    expect(await taskMs(taskB)).toBe(minute);
    expect(state.activity).toMatchObject({ what: 'annotating', elapsedMs: minute + 30 * second, taskId: taskA });
    ticker.pass(20 * minute);
    expect((await test.call('time.state', {})).activity).toBeNull();
    expect(await taskMs(taskA)).toBe(2 * minute);
    await test.call('time.switch', { activity: null });
    expect(await taskMs(taskA)).toBe(2 * minute);
  });
});

describe('leaving', () => {
  it('ends what touches began: what is done elsewhere in the program is not that task', async () => {
    await work(10 * second);
    await test.call('time.leave', {});
    ticker.pass(3 * minute);
    expect((await test.call('time.state', {})).activity).toBeNull();
    expect((await day()).totals.worked).toBe(10 * second);
    await work(5 * second);
    expect((await day()).totals.worked).toBe(15 * second);
  });

  it('lets go on what was chosen by hand', async () => {
    await test.call('time.switch', { activity: 'meeting' });
    await test.call('time.leave', {});
    ticker.pass(3 * minute);
    expect((await test.call('time.state', {})).activity?.what).toBe('meeting');
  });
});

describe('idle', () => {
  it('ends the stretch at the last touch and asks about the rest once', async () => {
    await work(10 * minute);
    ticker.pass(20 * minute);
    await work(10 * minute);
    await test.call('time.switch', { activity: null });
    expect(await stretches()).toEqual(['annotating 01:00:00-01:10:00 idle', 'annotating 01:30:00-01:40:00 stop']);
    const gap = { start: '2026-11-22T01:10:00.000Z', end: '2026-11-22T01:30:00.000Z' };
    expect((await day()).gaps).toEqual([{ ...gap, why: 'idle' }]);

    const answer = { lane: 'waiting', what: 'rules', paid: 'unpaid' } as const;
    await test.call('time.answerGap', { ...gap, answer, projectId: null });
    const { gaps, totals } = await day();
    expect(gaps).toEqual([]);
    expect(totals).toMatchObject({ worked: 40 * minute, byWaiting: { rules: 20 * minute } });
  });

  it('is not asked about again when it was nothing', async () => {
    await work(minute);
    ticker.pass(20 * minute);
    await work(minute);
    const { gaps } = await day();
    expect(gaps).toHaveLength(1);
    const { start, end } = gaps[0]!;
    await test.call('time.answerGap', { start, end, answer: { lane: 'nothing' }, projectId: null });
    expect((await day()).gaps).toEqual([]);
    expect((await day()).totals.worked).toBe(2 * minute);
  });

  it('does not end what leaves no touches', async () => {
    await test.call('time.switch', { activity: 'meeting' });
    ticker.pass(20 * minute);
    await test.call('time.switch', { activity: 'annotating' });
    ticker.pass(10 * minute);
    expect(await stretches()).toEqual(['meeting 01:00:00-01:20:00 switch', 'annotating 01:20:00-01:30:00 running']);
  });

  it('leaves a short pause inside the stretch', async () => {
    await work(minute);
    ticker.pass(4 * minute);
    await work(minute);
    expect(await stretches()).toEqual(['annotating 01:00:00-01:06:00 running']);
  });
});

describe('switching by hand', () => {
  it('lets drawing end a break, but not a meeting', async () => {
    await work(minute);
    await test.call('time.switch', { activity: 'break' });
    ticker.pass(10 * minute);
    await work(minute);
    await test.call('time.switch', { activity: 'meeting' });
    await work(minute);
    await test.call('time.switch', { activity: null });
    expect(await stretches()).toEqual([
      'annotating 01:00:00-01:01:00 switch',
      'break 01:01:00-01:11:00 switch',
      'annotating 01:11:00-01:12:00 switch',
      'meeting 01:12:00-01:13:00 stop',
    ]);
    expect((await day()).totals.worked).toBe(3 * minute);
  });

  it('waits for several things beside an activity', async () => {
    await test.call('time.wait', { for: 'rules', on: true });
    await test.call('time.wait', { for: 'feedback', on: true });
    await work(minute);
    await test.call('time.wait', { for: 'rules', on: false });
    await expect(test.call('time.wait', { for: 'rules', on: false })).rejects.toMatchObject({
      code: 'time/nothing-running',
    });
    const state = await test.call('time.state', {});
    expect(state.waiting.map((wait) => wait.what)).toEqual(['feedback']);
    expect((await day()).totals).toMatchObject({ worked: minute, byWaiting: { rules: minute, feedback: minute } });
  });

  it('refuses to clock out whom nobody saw coming', async () => {
    await expect(test.call('time.clock', { in: false })).rejects.toMatchObject({ code: 'time/nothing-running' });
  });
});

describe('a kill', () => {
  /** The process is gone: nothing is ended, nothing is written any more. */
  async function kill(): Promise<void> {
    test.backend.db.close();
    ticker.every(Infinity, () => undefined)();
    test = await open();
  }

  it('costs no more than what came after the last tick, here the last touch', async () => {
    await work(10 * minute);
    ticker.pass(3 * second);
    await kill();
    expect(await stretches()).toEqual(['annotating 01:00:00-01:09:55 recovered']);
    expect((await test.call('time.state', {})).activity).toBeNull();
  });

  it('ends work at the last touch and a meeting at the last look, and leaves presence running', async () => {
    await test.call('time.clock', { in: true });
    await work(minute);
    ticker.pass(2 * minute);
    await kill();
    await test.call('time.switch', { activity: 'meeting' });
    ticker.pass(12 * second);
    await kill();
    expect(await stretches()).toEqual([
      'present 01:00:00-01:03:12 running',
      'annotating 01:00:00-01:01:00 recovered',
      'meeting 01:03:00-01:03:10 recovered',
    ]);
  });

  it('of yesterday ends presence too', async () => {
    await test.call('time.clock', { in: true });
    ticker.pass(hour);
    test.backend.db.close();
    clock.advance(24 * hour);
    test = await open();
    expect(await stretches('2026-11-22')).toEqual(['present 01:00:00-02:00:00 recovered']);
    expect((await test.call('time.state', {})).presence).toBeNull();
  });
});

describe('submitting', () => {
  it('that is refused leaves the stretch as it was', async () => {
    await work(minute);
    const { tracker, db } = test.backend;
    expect(() =>
      db.transaction((tx) => {
        tracker.onSubmit(tx, taskA);
        expect(tracker.taskTimeMs(tx, taskA)).toBe(minute);
        throw new Error('refused');
      }),
    ).toThrow('refused');
    await work(minute);
    expect(tracker.taskTimeMs(db.read, taskA)).toBe(2 * minute);
    db.transaction((tx) => tracker.onSubmit(tx, taskA));
    expect(await stretches()).toEqual(['annotating 01:00:00-01:02:00 stop']);
  });

  it('writes down even less than a second, and only of its own task', async () => {
    await touch();
    clock.advance(400);
    const { tracker, db } = test.backend;
    db.transaction((tx) => tracker.onSubmit(tx, taskB));
    db.transaction((tx) => tracker.onSubmit(tx, taskA));
    expect(tracker.taskTimeMs(db.read, taskA)).toBe(400);
    expect((await test.call('time.state', {})).activity).toBeNull();
  });
});

describe('the clock', () => {
  it('survives three hours of sleep: work ends before it, presence does not', async () => {
    await test.call('time.clock', { in: true });
    await work(10 * minute);
    clock.suspend(3 * hour);
    ticker.pass(5 * second);
    await work(10 * minute);
    await test.call('time.switch', { activity: null });
    await test.call('time.clock', { in: false });
    expect(await stretches()).toEqual([
      'present 01:00:00-04:20:05 stop',
      'annotating 01:00:00-01:10:00 suspend',
      'annotating 04:10:05-04:20:05 stop',
    ]);
    expect((await day()).gaps).toEqual([
      { start: '2026-11-22T01:10:00.000Z', end: '2026-11-22T04:10:05.000Z', why: 'suspend' },
    ]);
    expect(changes()).toMatchObject([{ what: 'suspend', moved_ms: 3 * hour }]);
  });

  it('survives sleep on systems whose monotonic clock runs on', async () => {
    await work(10 * minute);
    clock.advance(3 * hour);
    await work(minute);
    expect(await stretches()).toEqual(['annotating 01:00:00-01:10:00 suspend', 'annotating 04:10:00-04:11:00 running']);
    expect(changes()).toMatchObject([{ what: 'suspend', moved_ms: 3 * hour }]);
  });

  it('survives being set forward: the hour that never was is neither counted nor asked about', async () => {
    await work(10 * minute);
    clock.jump(hour);
    await work(10 * minute);
    await test.call('time.switch', { activity: null });
    expect(await stretches()).toEqual(['annotating 01:00:00-01:10:00 clock', 'annotating 02:10:00-02:20:00 stop']);
    expect(await day()).toMatchObject({ gaps: [], totals: { worked: 20 * minute } });
    expect(changes()).toMatchObject([{ what: 'jump', moved_ms: hour }]);
  });

  it('survives being set back: what was under way is dated by the new clock', async () => {
    await work(10 * minute);
    clock.jump(-hour);
    await work(10 * minute);
    await test.call('time.switch', { activity: null });
    expect(await stretches()).toEqual(['annotating 00:00:00-00:10:00 clock', 'annotating 00:10:00-00:20:00 stop']);
    expect((await day()).totals.worked).toBe(20 * minute);
    expect(changes()).toMatchObject([{ what: 'jump', moved_ms: -hour }]);
  });

  it('set back over hours already written down does not count them twice', async () => {
    await work(40 * minute);
    await work(10 * minute, taskB);
    clock.jump(-30 * minute);
    await work(30 * minute, taskB);
    await test.call('time.switch', { activity: null });
    const { spans, totals } = await day();
    const sorted = spans.map((span) => [Date.parse(span.start), Date.parse(span.end)] as const);
    expect(sorted.every(([start], i) => i === 0 || start >= sorted[i - 1]![1])).toBe(true);
    expect(totals.worked).toBe(50 * minute);
  });

  it('that is slewed by a second is left alone', async () => {
    await work(minute);
    clock.jump(-1500);
    await work(minute);
    await test.call('time.switch', { activity: null });
    expect(changes()).toEqual([]);
    expect(await stretches()).toEqual(['annotating 01:00:00-01:01:58 stop']);
  });

  it('goes on measuring when the zone changes, and says so', async () => {
    await work(10 * minute);
    clock.setZone('Europe/Berlin');
    await work(10 * minute);
    await test.call('time.switch', { activity: null });
    // Two in the morning in Berlin is still the day before.
    expect(await stretches('2026-11-21')).toEqual(['annotating 01:00:00-01:20:00 stop']);
    expect(changes()).toMatchObject([
      { what: 'zone', moved_ms: 0, zone_before: 'Asia/Shanghai', zone_after: 'Europe/Berlin' },
    ]);
    await test.backend.close();
    clock.setZone('Asia/Shanghai');
    test = await open();
    expect(changes()).toHaveLength(2);
  });
});

describe('the working day', () => {
  it('splits what runs when the next one begins, and closes with a checkpoint', async () => {
    // 04:00 in Shanghai is 20:00 UTC.
    await test.backend.close();
    clock.jump(18.5 * hour);
    test = await open();
    await test.call('time.clock', { in: true });
    await work(hour);
    await test.call('time.switch', { activity: null });
    await test.call('time.clock', { in: false });
    expect(await stretches('2026-11-22')).toEqual([
      'present 19:30:00-20:00:00 day-close',
      'annotating 19:30:00-20:00:00 day-close',
    ]);
    expect(await stretches('2026-11-23')).toEqual([
      'present 20:00:00-20:30:00 stop',
      'annotating 20:00:00-20:30:00 stop',
    ]);
    const { checkpoints } = await test.call('ledger.checkpoints', {});
    expect(checkpoints).toHaveLength(1);
    expect(checkpoints[0]!.madeAt.slice(11, 16)).toBe('20:00');
  });

  it('splits what was touched before it began and ended after', async () => {
    await test.backend.close();
    clock.jump(18.5 * hour);
    test = await open();
    await work(hour - 30 * minute);
    ticker.pass(20 * second);
    await touch(taskB);
    expect(await stretches('2026-11-22')).toEqual(['annotating 19:30:00-20:00:00 day-close']);
    expect(await stretches('2026-11-23')).toEqual([
      'annotating 20:00:00-20:00:20 switch',
      'annotating 20:00:20-20:00:20 running',
    ]);
  });

  it('of a night in which the clocks go back lasts 25 hours, and measures each', async () => {
    await test.backend.close();
    clock = new FakeClock('2026-10-25T00:00:00.000Z', 'Europe/Berlin');
    ticker = new FakeTicker(clock);
    test = await open();
    await test.call('time.switch', { activity: 'meeting' });
    // From two in the morning over the hour that comes twice to three.
    ticker.pass(2 * hour);
    await test.call('time.switch', { activity: null });
    const { start, end, totals } = await day('2026-10-24');
    expect(Date.parse(end) - Date.parse(start)).toBe(25 * hour);
    expect(totals.worked).toBe(2 * hour);
    expect(changes().filter(({ what }) => what !== 'zone')).toEqual([]);
  });
});
