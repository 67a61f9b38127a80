import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OperationName } from '#shared/contract/contract.ts';
import { createChangeFeed } from '#electron/core/change-feed.ts';
import { createIds } from '#electron/core/ids.ts';
import { createJobs, type Jobs } from '#electron/core/jobs.ts';
import { createLongWrites, type LongWrites } from '#electron/core/long-writes.ts';
import { openDatabase, type OpenDatabase } from '#electron/db/open.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
let db: OpenDatabase;
let jobs: Jobs;
let longWrites: LongWrites;
let ended: string[];
beforeEach(() => {
  dir = tempDir();
  db = openDatabase({ path: join(dir.path, 'ledger.db') });
  const clock = new FakeClock();
  const ids = createIds(clock);
  const feed = createChangeFeed({ info: () => undefined, error: () => undefined });
  jobs = createJobs({ clock, ids, feed });
  longWrites = createLongWrites({ db, jobs, holdCalls: () => () => undefined });
  ended = [];
});
afterEach(() => {
  db.close();
  dir.remove();
});

let made = 0;
const open = (operation: OperationName) => jobs.open(`job ${(made += 1)}`, operation);

/** A job that asks for the ledger alone, as a service does, and writes in two steps. */
async function write(operation: OperationName): Promise<void> {
  const { context, close } = open(operation);
  const steps = function* (): Generator<void, void> {
    yield;
    ended.push(operation);
  };
  await longWrites.alone(operation, steps, context.signal).finally(close);
}

it(
  'begins once other commands have ended, and one after the other, whichever asked first',
  { timeout: 5000 },
  async () => {
    const backup = open('backups.create');
    const both = [write('ledger.rebuild'), write('sheets.apply'), write('ledger.rebuild')];
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(ended).toEqual([]);
    backup.close();
    await Promise.all(both);
    expect(ended).toEqual(['ledger.rebuild', 'sheets.apply', 'ledger.rebuild']);
  },
);
