import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { someProject } from '#test/support/entry-drafts.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

// A table of many rows is one transaction that rests on the way: seen, called off, and whole or not there at all.

const rows = 4000;
const jobId = '019a0000-0000-7000-8000-000000000001';
const reading = { encoding: null, delimiter: null, sheet: null, headerRow: null };

let test: TestBackend;
let source: { path: string };
let mapping: SheetMapping;
beforeEach(async () => {
  test = await openTestBackend();
  source = { path: join(test.dir, 'large.csv') };
  const lines = Array.from(
    { length: rows },
    (_, at) => `2026-01-${String((at % 28) + 1).padStart(2, '0')},task ${at},3`,
  );
  writeFileSync(source.path, ['日期,任务,数量', ...lines, ''].join('\n'));
  mapping = (await test.call('sheets.preview', { source, reading, mapping: null })).suggested;
});
afterEach(() => test.close());

const apply = () =>
  test.call('sheets.apply', { source, mapping, keepWholeFile: false, leaveOutRefused: false, dryRun: false, jobId });

const size = async () => (await test.call('ledger.list', { filter: {}, offset: 0, limit: 1 })).total;

/** Waits until some of it is written, and answers how far it is. */
async function underWay(): Promise<{ done: number; total: number | null }> {
  for (;;) {
    const job = (await test.call('jobs.list', {})).jobs.find(({ id }) => id === jobId);
    if (job && job.done > 0) return job;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

it('tells how far it is, and of what is called off half-way nothing stands', async () => {
  const before = await size();
  const applying = apply();
  const { done, total } = await underWay();
  expect(total).toBe(rows + 1);
  expect(done).toBeLessThan(rows);
  await test.call('jobs.cancel', { id: jobId });
  await expect(applying).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect(await size()).toBe(before);
  expect(await apply()).toMatchObject({ read: rows, taken: rows });
  expect(await size()).toBe(before + rows + 1);
  expect(await apply()).toMatchObject({ taken: 0, skipped: { 'already-taken': rows } });
  expect(await test.call('ledger.verify', {})).toMatchObject({ ok: true, problems: [] });
  const [first, last] = [1, rows].map((at) =>
    test.backend.db.read.get('SELECT group_id FROM entry WHERE seq = ?', [at + before - 1]),
  );
  expect(first).toEqual(last);
});

it('has calls wait that come meanwhile, and measured time with them', async () => {
  const applying = apply();
  await underWay();
  let answered = false;
  const made = test.call('projects.create', someProject('driving')).then(() => (answered = true));
  test.backend.tracker.tick();
  await underWay();
  expect(answered).toBe(false);
  expect(() => test.backend.db.transaction(() => undefined)).toThrow('host/busy');
  await applying;
  await made;
  expect((await test.call('projects.list', {})).projects).toHaveLength(1);
  expect(test.errors).toEqual([]);
});

it('is taken back when the program closes', async () => {
  const before = await size();
  const refused = apply().catch((error: unknown) => error);
  await underWay();
  await test.reopen();
  expect(await refused).toMatchObject({ code: 'jobs/cancelled' });
  expect(await size()).toBe(before);
});
