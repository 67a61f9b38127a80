import { expect, it } from 'vitest';
import { createChangeFeed } from '#electron/core/change-feed.ts';
import { createIds } from '#electron/core/ids.ts';
import { createJobs } from '#electron/core/jobs.ts';
import type { Log } from '#electron/core/ports.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const errors: string[] = [];
  const log: Log = { info: () => undefined, error: (message) => void errors.push(message) };
  const feed = createChangeFeed(log);
  const heard: string[] = [];
  const stop = feed.subscribe((topics) => void heard.push(...topics));
  return { clock, feed, heard, stop, errors, jobs: createJobs({ clock, ids: createIds(clock), feed }) };
}

const id = '019a0000-0000-7000-8000-000000000001';

it('shows a job while it lasts, and announces its progress four times a second at most', () => {
  const { jobs, clock, heard } = setUp();
  const job = jobs.open(id, 'ledger.verify');
  for (let n = 0; n < 100; n += 1) {
    clock.advance(10);
    job.context.progress(n, 100);
  }
  expect(jobs.list()).toEqual([
    { id, operation: 'ledger.verify', done: 99, total: 100, startedAt: '2026-11-22T01:00:00.000Z' },
  ]);
  expect(heard.length).toBeLessThanOrEqual(5);
  expect(heard.length).toBeGreaterThan(2);
  job.close();
  expect(jobs.list()).toEqual([]);
});

it('cancels one job, or all, and knows no others', () => {
  const { jobs } = setUp();
  const [job, nameless] = [jobs.open(id, 'a'), jobs.open(null, 'b')];
  const twin = jobs.open(id, 'a');
  expect(jobs.list()).toHaveLength(2);
  jobs.cancel(id);
  expect([job, nameless, twin].map(({ context }) => context.signal.aborted)).toEqual([true, false, false]);
  jobs.cancelAll();
  expect(nameless.context.signal.aborted).toBe(true);
  expect(() => jobs.cancel('019a0000-0000-7000-8000-000000000002')).toThrow('jobs/not-found');
});

it('lets no listener keep the others from hearing', () => {
  const { feed, heard, stop, errors } = setUp();
  feed.subscribe(() => {
    throw new Error('broken');
  });
  const later: string[] = [];
  feed.subscribe((topics) => void later.push(...topics));
  feed.announce(['ledger']);
  feed.announce([]);
  stop();
  feed.announce(['time']);
  expect([heard, later]).toEqual([['ledger'], ['ledger', 'time']]);
  expect(errors).toEqual(['change listener failed', 'change listener failed']);
});
