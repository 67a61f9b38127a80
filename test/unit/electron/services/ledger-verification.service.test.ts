import { afterEach, beforeEach, expect, it } from 'vitest';
import { someId, timeSpent } from '#test/support/entry-drafts.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

// What is derived from many entries is put right in one transaction that rests on the way.

const jobId = '019a0000-0000-7000-8000-000000000001';
const stretches = 3000;

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
  const { db, ledger } = test.backend;
  const at = (minutes: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + minutes * 60_000).toISOString();
  const drafts = Array.from({ length: stretches }, (_, n) =>
    timeSpent({ id: someId(), source: 'imported', start: at(n), end: at(n + 2) }),
  );
  db.transaction((tx) => {
    ledger.append(tx, drafts);
    tx.run('UPDATE time_span SET end_ms = end_ms + 1 WHERE seq % 2 = 0');
  });
});
afterEach(() => test.close());

const rows = () => test.backend.db.read.all('SELECT * FROM time_span ORDER BY id');
const rebuild = () => test.call('ledger.rebuild', { jobId });

/** Waits until rows are being written. */
async function writing(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    try {
      test.backend.db.transaction(() => undefined);
    } catch {
      return;
    }
  }
}

it('of rows that are put right half-way and called off all are as they were, and put right the next time', async () => {
  const before = rows();
  const called = rebuild();
  await writing();
  await test.call('jobs.cancel', { id: jobId });
  await expect(called).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect(rows()).toEqual(before);
  const { tables } = await rebuild();
  expect(tables.find(({ table }) => table === 'time_span')).toMatchObject({ rows: stretches });
  expect(tables.filter(({ differed }) => differed > 0).map(({ table }) => table)).toEqual(['time_span']);
  expect(rows()).not.toEqual(before);
  expect((await rebuild()).tables.filter(({ differed }) => differed > 0)).toEqual([]);
  expect(await test.call('ledger.verify', {})).toMatchObject({ ok: true, problems: [] });
  expect(test.errors).toEqual([]);
});

it('has calls wait while rows are put right', async () => {
  const called = rebuild();
  await writing();
  let answered = false;
  const asked = test.call('ledger.status', {}).then(() => (answered = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(() => test.backend.db.transaction(() => undefined)).toThrow('host/busy');
  expect(answered).toBe(false);
  await called;
  await asked;
});
