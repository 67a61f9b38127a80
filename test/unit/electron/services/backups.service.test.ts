import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectId } from '#shared/domain/ids.ts';
import { createLedgerWorkers } from '#electron/core/ledger/ledger-workers.ts';
import { createBackupsService } from '#electron/services/backups.service.ts';
import { someId, someProject, timeSpent } from '#test/support/entry-drafts.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
let minutes: number;
beforeEach(async () => {
  minutes = 0;
  test = await openTestBackend();
});
afterEach(() => test.close());

/** Writes an entry and answers the size of the ledger. */
async function work(): Promise<number> {
  const { db, ledger } = test.backend;
  const at = (minute: number) => new Date(Date.parse('2026-11-20T00:00:00.000Z') + minute * 60_000).toISOString();
  db.transaction((tx) => ledger.append(tx, [timeSpent({ start: at(minutes), end: at(minutes + 1) })]));
  minutes += 1;
  test.clock.advance(1000);
  return (await test.call('ledger.status', {})).size;
}

const status = () => test.call('ledger.status', {});
const backups = async () => (await test.call('backups.list', {})).backups;

it('makes a backup that is the ledger, names it by when, why and how many, and leaves nothing else behind', async () => {
  const size = await work();
  const made = await test.call('backups.create', {});
  expect(made).toMatchObject({ why: 'manual', size, madeAt: test.clock.instant });
  expect(await backups()).toEqual([made]);
  expect(readdirSync(join(test.dir, 'backups'))).toEqual([made.name]);
  expect(made.bytes).toBe(readFileSync(join(test.dir, 'backups', made.name)).length);
});

it('leaves nothing behind when it is called off, and can be made again', async () => {
  await work();
  const jobId = someId();
  // As the thread leaves it that is ended while it writes.
  const draft = `unfinished-${process.pid}-${test.clock.instant.replaceAll(':', '-')}.db`;
  mkdirSync(join(test.dir, 'backups'), { recursive: true });
  writeFileSync(join(test.dir, 'backups', draft), 'half');
  const making = test.call('backups.create', { jobId });
  await test.call('jobs.cancel', { id: jobId });
  await expect(making).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect(await backups()).toEqual([]);
  expect(readdirSync(join(test.dir, 'backups'))).toEqual([]);
  const made = await test.call('backups.create', {});
  expect(await backups()).toEqual([made]);
});

it('does not take a file for a backup that is named otherwise', async () => {
  mkdirSync(join(test.dir, 'backups'), { recursive: true });
  writeFileSync(join(test.dir, 'backups', 'unfinished-1-x.db'), '');
  writeFileSync(join(test.dir, 'backups', 'notes.txt'), '');
  expect(await backups()).toEqual([]);
  await test.reopen();
  expect(readdirSync(join(test.dir, 'backups'))).toEqual(['notes.txt']);
});

it('keeps only those that the rotation keeps', async () => {
  for (let day = 0; day < 12; day += 1) {
    await work();
    await test.backend.housekeeping.run();
    test.clock.advance(24 * 3_600_000);
  }
  const made = await backups();
  expect(made.length).toBeLessThan(12);
  expect(made.every(({ why }) => why === 'daily')).toBe(true);
});

describe('backups.restore', () => {
  it('puts the backup in place under the same database, records it, and can be undone', async () => {
    await work();
    const backup = await test.call('backups.create', {});
    const { projectId } = await test.call('projects.create', someProject('Later'));
    await work();
    const left = await status();
    const { restored, kept } = await test.call('backups.restore', { name: backup.name });
    expect(restored).toEqual(backup);
    expect(kept).toMatchObject({ why: 'before-restore', size: left.size });
    expect((await test.call('projects.list', {})).projects).toEqual([]);
    const [entry] = (await test.call('ledger.list', { filter: {}, offset: 0, limit: 1 })).entries;
    const { fields } = await test.call('ledger.get', { id: entry!.id });
    expect(Object.fromEntries(fields.map(({ name, value }) => [name, value]))).toMatchObject({
      backup: backup.name,
      left_size: left.size,
      left_root: left.root,
      restored_size: backup.size,
    });
    await work();

    test.clock.advance(1000);
    await test.call('backups.restore', { name: kept.name });
    expect((await test.call('projects.list', {})).projects.map(({ id }) => id)).toEqual([projectId as ProjectId]);
    expect(await status()).toMatchObject({ size: left.size + 1 });
    const { firstRoot } = await test.call('ledger.proveConsistency', { first: left.size, second: null });
    expect(firstRoot).toBe(left.root);
    expect((await test.call('ledger.verify', {})).problems).toEqual([]);
    await test.reopen();
    expect(await status()).toMatchObject({ size: left.size + 1, readOnly: false });
  });

  it('refuses names that are none of its own, and files that are no backup', async () => {
    await work();
    const made = await test.call('backups.create', {});
    const folder = join(test.dir, 'backups');
    const restore = (name: string) => test.call('backups.restore', { name });
    for (const name of ['../ledger.db', 'nothing', '', made.name.replace('manual', 'daily')]) {
      await expect(restore(name)).rejects.toMatchObject({ code: 'backups/not-found' });
    }
    const cut = made.name.replace('manual', 'daily');
    writeFileSync(join(folder, cut), readFileSync(join(folder, made.name)).subarray(0, 40_000));
    await expect(restore(cut)).rejects.toMatchObject({ code: 'backups/unusable', details: { name: cut } });
    const bytes = readFileSync(join(folder, made.name));
    bytes.fill(0xa5, 8 * 4096, 12 * 4096);
    writeFileSync(join(folder, cut), bytes);
    await expect(restore(cut)).rejects.toMatchObject({ code: 'backups/unusable' });
    expect(await status()).toMatchObject({ size: 2, readOnly: false });
  });

  it('finds the files of the ledger it puts back, also long after they were last wanted', async () => {
    const backup = await test.call('backups.create', {});
    const data = Buffer.from('a screenshot').toString('base64');
    const attachment = await test.call('attachments.add', { data, mediaType: 'text/plain', name: null });
    await test.call('elsewhere.log', {
      projectId: null,
      name: 'a',
      count: 1,
      timeMs: null,
      attachments: [attachment],
      note: null,
      doneAt: '2026-11-22T00:00:00.000Z',
    });
    const { kept } = await test.call('backups.restore', { name: backup.name });
    test.clock.advance(400 * 24 * 3_600_000);
    await test.reopen();
    await test.call('backups.restore', { name: kept.name });
    expect((await test.call('ledger.verify', {})).problems).toEqual([]);
  });

  it('waits for work under way to end first', async () => {
    const made = await test.call('backups.create', {});
    const jobId = '019a0000-0000-7000-8000-00000000beef';
    const verifying = test.call('ledger.verify', { jobId });
    await expect(test.call('backups.restore', { name: made.name })).rejects.toMatchObject({
      code: 'host/busy',
      details: { owner: 'ledger.verify' },
    });
    await verifying;
    await test.call('backups.restore', { name: made.name });
  });

  it('can be called off until the present ledger is kept: then nothing was restored, and nothing is left of it', async () => {
    await work();
    const made = await test.call('backups.create', {});
    await work();
    const before = await status();
    const files = readdirSync(join(test.dir, 'backups'));
    const jobId = '019a0000-0000-7000-8000-00000000cafe';
    const restoring = test.call('backups.restore', { name: made.name, jobId });
    expect((await test.call('jobs.list', {})).jobs).toMatchObject([{ id: jobId, operation: 'backups.restore' }]);
    await test.call('jobs.cancel', { id: jobId });
    await expect(restoring).rejects.toMatchObject({ code: 'jobs/cancelled' });
    expect(await status()).toMatchObject({ size: before.size, readOnly: false });
    expect(readdirSync(join(test.dir, 'backups'))).toEqual(files);
    expect((await test.call('ledger.verify', {})).problems).toEqual([]);
    await work();
  });

  it('has what is asked meanwhile wait for the restored ledger', async () => {
    await work();
    const made = await test.call('backups.create', {});
    await test.call('projects.create', someProject('Before'));
    const restoring = test.call('backups.restore', { name: made.name });
    // Asked while the present ledger is being kept: what it writes must not be lost with that.
    const folder = join(test.dir, 'backups');
    while (!readdirSync(folder).some((name) => name.startsWith('unfinished-'))) await breathe();
    const order: string[] = [];
    const held = test.call('projects.create', someProject('Meanwhile')).then(() => order.push('created'));
    await restoring.then(() => order.push('restored'));
    await held;
    expect(order).toEqual(['restored', 'created']);
    expect((await test.call('projects.list', {})).projects.map(({ name }) => name)).toEqual(['Meanwhile']);
    expect((await test.call('ledger.verify', {})).problems).toEqual([]);
  });

  it.each(['keep', 'prepare', 'exchange', 'reopen'] as const)(
    'cut short before it could %s, leaves a whole ledger: the old one or the restored one',
    async (stop) => {
      await work();
      const backup = await test.call('backups.create', {});
      const left = await work();
      const { db, ledger } = test.backend;
      const cut = tempDir();
      const service = createBackupsService({
        db,
        ledger,
        workers: createLedgerWorkers(),
        clock: test.clock,
        folder: join(test.dir, 'backups'),
        dayOf: (instant) => instant.slice(0, 10),
        busyWith: () => null,
        holdCalls: () => () => undefined,
        beforeRestore: () => undefined,
        afterRestore: () => undefined,
        beforeStep(step) {
          if (step !== stop) return;
          // What a power cut would leave on the disk, write-ahead log and all.
          copyFolder(test.dir, cut.path);
          throw new Error('power cut');
        },
      });
      const restore = service['backups.restore'] as (input: object, context: object) => Promise<unknown>;
      const context = { signal: new AbortController().signal, progress: () => undefined };
      await expect(restore({ name: backup.name }, context)).rejects.toThrow('power cut');

      const after = await openTestBackend({ dataDir: cut.path, clock: test.clock });
      const { size, readOnly } = await after.call('ledger.status', {});
      expect(readOnly).toBe(false);
      expect(size).toBe(stop === 'reopen' ? backup.size + 1 : left);
      expect((await after.call('ledger.verify', {})).problems).toEqual([]);
      const [newest] = (await after.call('ledger.list', { filter: {}, offset: 0, limit: 1 })).entries;
      expect(newest?.kind).toBe(stop === 'reopen' ? 'ledger.restored' : 'time.spent');
      expect(readdirSync(cut.path).filter((name) => name.includes('restoring'))).toEqual([]);
      await after.close();
      cut.remove();
      // Where the program itself goes on, it goes on with what lies there.
      expect(await status()).toMatchObject({ readOnly: false });
    },
  );
});

function copyFolder(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true });
      copyFolder(source, target);
    } else copyFileSync(source, target);
  }
}

it('tells a full disk as what it is', async () => {
  const { db, ledger } = test.backend;
  const full = { run: async () => Promise.reject(Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' })) };
  const service = createBackupsService({
    db,
    ledger,
    workers: { ...full, busy: 0, close: async () => undefined },
    clock: test.clock,
    folder: join(test.dir, 'backups'),
    dayOf: (instant) => instant.slice(0, 10),
    busyWith: () => null,
    holdCalls: () => () => undefined,
    beforeRestore: () => undefined,
    afterRestore: () => undefined,
  });
  const context = { signal: new AbortController().signal, progress: () => undefined };
  await expect(service.daily(context)).rejects.toMatchObject({ code: 'backups/no-space' });
});
