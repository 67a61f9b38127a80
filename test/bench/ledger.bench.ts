import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createEntryPages } from '#electron/core/ledger/entry-pages.ts';
import { summarise } from '#electron/core/ledger/entry-views.ts';
import { runLedgerTask } from '#electron/core/ledger/ledger-tasks.ts';
import { createLedgerWorkers } from '#electron/core/ledger/ledger-workers.ts';
import { upcasters } from '#electron/core/ledger/upcasters.ts';
import { verifyWhole } from '#electron/core/ledger/whole-verification.ts';
import { connect, makeDurable } from '#electron/db/connection.ts';
import { entryBySeq } from '#electron/repositories/entries.repository.ts';
import type { EntryFilter } from '#electron/repositories/entries-list.repository.ts';
import { figureSpansIn } from '#electron/repositories/figures.repository.ts';
import { payPeriodSums } from '#electron/repositories/pay-period.repository.ts';
import { accountOf as periodAccountOf } from '#electron/services/figures.service.ts';
import { accountOf, daysOf } from '#electron/services/pay-account.service.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import type { BenchRow } from './bench-row.ts';
import { largeLedger, openFixture, stretch } from './ledger-fixture.ts';

const entries = 1_000_000;

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

/** One entry, durable, beside one row of as many bytes, durable, turn by turn. */
function commits(rounds = 2000): BenchRow[] {
  const dir = tempDir();
  const fixture = openFixture(dir.path);
  const { db, ledger } = fixture;
  db.transaction((tx) => ledger.openIfNew(tx));
  const bare = connect(join(dir.path, 'bare.db'));
  makeDurable(bare);
  bare.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  const insert = bare.prepare('INSERT INTO bare (body) VALUES (?)');
  const size = entryBytes(dir.path, fixture);
  const [own, reference]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const body = Buffer.alloc(size, round);
    const draft = stretch(fixture);
    const started = performance.now();
    insert.run(body);
    const between = performance.now();
    db.transaction((tx) => ledger.append(tx, [draft]));
    own.push(performance.now() - between);
    reference.push(between - started);
  }
  bare.close();
  db.close();
  dir.remove();
  const row = (name: string, share: number, budget: object): BenchRow => ({
    name: `ledger: commit one entry, durable, ${name}`,
    value: quantile(own, share),
    unit: 'ms',
    reference: { name: `bare durable insert of ${size} bytes`, value: quantile(reference, share) },
    ...budget,
  });
  return [row('p50', 0.5, { budget: '2 x the bare insert' }), row('p95', 0.95, {})];
}

/** Bytes an entry and its fields, nodes and indexes take, from how much the file grows. */
function entryBytes(dataDir: string, fixture: ReturnType<typeof openFixture>): number {
  const bytes = () => {
    fixture.db.connection.pragma('wal_checkpoint(TRUNCATE)');
    return statSync(join(dataDir, 'ledger.db')).size;
  };
  const before = bytes();
  fixture.db.transaction((tx) => {
    for (let n = 0; n < 500; n += 1) fixture.ledger.append(tx, [stretch(fixture)]);
  });
  return Math.round((bytes() - before) / 500);
}

/** Milliseconds to hash as many bytes as the ledger's file has. */
function sha256Reference(bytes: number): number {
  const chunk = Buffer.alloc(8 * 1024 * 1024, 0x5a);
  const started = performance.now();
  const hash = createHash('sha256');
  for (let done = 0; done < bytes; done += chunk.length) hash.update(chunk);
  hash.digest();
  return performance.now() - started;
}

async function pages(dataDir: string): Promise<BenchRow[]> {
  const opened: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { ms, value } = await timed(() => openFixture(dataDir));
    opened.push(ms);
    value.db.close();
  }
  const { db } = openFixture(dataDir);
  const context = { registry: upcasters, projectName: () => null };
  const list = createEntryPages(db);
  const page = (filter: EntryFilter, offset: number) =>
    timed(() =>
      list.page(filter, offset, 100).seqs.map((seq) => {
        const row = entryBySeq(db.read, seq);
        return row && summarise(db.read, row, context);
      }),
    );
  const row = async (name: string, filter: EntryFilter, offset: number): Promise<BenchRow> => {
    const first = await page(filter, offset);
    const again = quantile(
      [await page(filter, offset), await page(filter, offset), await page(filter, offset)].map(({ ms }) => ms),
      0.5,
    );
    return {
      name: `ledger: page of 100 among 1,000,000, ${name} (first ${first.ms.toFixed(0)} ms, then)`,
      value: again,
      unit: 'ms',
    };
  };
  const day = { from: '2018-06-01T00:00:00.000Z', to: '2018-06-02T00:00:00.000Z' };
  const rows = [
    { name: 'ledger: open 1,000,000 entries', value: quantile(opened, 0.5), unit: 'ms', budget: '1,500 ms' },
    await row('the first', {}, 0),
    await row('in the middle', {}, entries / 2),
    await row('of one kind', { kinds: ['submission.sealed'] }, 50_000),
    await row('of two kinds and a source', { kinds: ['submission.sealed', 'time.spent'], source: 'measured' }, 500_000),
    await row('of one day', { occurred: day }, 0),
  ];
  db.close();
  return rows;
}

/** Time and pay of a year among a million entries, beside reading the year's stretches. */
async function report(dataDir: string): Promise<BenchRow[]> {
  const { db, clock } = openFixture(dataDir);
  const year = { from: '2018-01-01', to: '2018-12-31' };
  const settings = () => ({ dayStartHour: 4 });
  const tracker = { running: () => ({ spans: [], look: { wall: 0, monotonic: 0 } }) };
  const figures = { db, clock, tracker, settings, projectName: () => null };
  const pay = { db, clock, dayStartHour: () => 4 };
  const window = { start: Date.parse(year.from), end: Date.parse('2019-01-01') };
  const median = async (work: () => unknown) => {
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) times.push((await timed(work)).ms);
    return quantile(times, 0.5);
  };
  const row = async (name: string, work: () => unknown, more: Partial<BenchRow> = {}): Promise<BenchRow> => ({
    name: `ledger: ${name} of a year among 1,000,000`,
    value: await median(work),
    unit: 'ms',
    ...more,
  });
  const time = () => periodAccountOf(figures as never, year.from, year.to);
  const paid = () => {
    const days = daysOf(pay, year);
    return accountOf(pay, year, days, payPeriodSums(db.read, days));
  };
  const reference = {
    name: 'every stretch of the year, read',
    value: await median(() => figureSpansIn(db.read, window)),
  };
  const rows = [
    await row('time', time),
    await row('pay', paid),
    await row('report, time and pay,', () => [time(), paid()], { reference, budget: '50 ms' }),
  ];
  db.close();
  return rows;
}

async function whole(dataDir: string): Promise<BenchRow[]> {
  const path = join(dataDir, 'ledger.db');
  const quiet = () => undefined;
  const context = { signal: new AbortController().signal, progress: quiet };
  const verified = await timed(() => verifyWhole(createLedgerWorkers(), { dataDir, path }, context));
  if (verified.value.problems.length > 0) throw new Error(JSON.stringify(verified.value.problems.slice(0, 3)));
  const compared = await timed(() => runLedgerTask({ type: 'compare', path }, quiet));
  if (compared.value.tables.some(({ differed }) => differed > 0)) throw new Error('a projection differs');
  const bytes = statSync(path).size;
  const reference = { name: `SHA-256 of ${Math.round(bytes / 1e6)} MB`, value: sha256Reference(bytes) };
  return [
    { name: 'ledger: verify 1,000,000 entries whole', value: verified.ms, unit: 'ms', reference, budget: '30,000 ms' },
    {
      name: 'ledger: rebuild and compare projections of 1,000,000 entries',
      value: compared.ms,
      unit: 'ms',
      budget: '60,000 ms',
    },
  ];
}

/** Commits, and what a ledger of a million entries costs to open, read, verify and rebuild. */
export async function run(): Promise<BenchRow[]> {
  const dataDir = largeLedger(entries, (line) => process.stderr.write(`${line}\n`));
  return [...commits(), ...(await pages(dataDir)), ...(await report(dataDir)), ...(await whole(dataDir))];
}
