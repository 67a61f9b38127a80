import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import type { BenchRow } from './bench-row.ts';
import { openFixture, stretch, submission } from './ledger-fixture.ts';

/** A year of heavy use: six days a week, each with stretches of two to three minutes and a photo handed in after every third. */
const workDays = 313;
const stretchesADay = 240;
const hour = 3_600_000;
const rounds = 9;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Writes the year through the ledger and answers its last day and how many entries it has. */
function writeYear(dataDir: string): { at: string; entries: number } {
  const fixture = openFixture(dataDir, '2026-01-01T01:00:00.000Z');
  const { db, ledger, clock } = fixture;
  db.transaction((tx) => ledger.openIfNew(tx));
  let entries = 1;
  for (let day = 0; day < workDays; day += 1) {
    db.transaction((tx) => {
      for (let nth = 0; nth < stretchesADay; nth += 1) {
        ledger.append(tx, [stretch(fixture)]);
        entries += 1;
        if (nth % 3 === 0) ledger.append(tx, [submission(fixture, nth)]);
        if (nth % 3 === 0) entries += 1;
        clock.advance(70_000);
      }
    });
    const next = (Math.floor(clock.now() / (24 * hour)) + (day % 6 === 5 ? 2 : 1)) * 24 * hour + hour;
    clock.advance(next - clock.now());
  }
  const at = clock.instant;
  db.close();
  return { at, entries };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

async function pages(core: TestBackend, day: string, size: string): Promise<BenchRow[]> {
  const month = { from: `${day.slice(0, 8)}01`, to: day };
  const row = async (name: string, work: () => Promise<unknown>, budget = '100 ms'): Promise<BenchRow> => ({
    name: `figures: ${name}, ${size}`,
    value: await timed(work),
    unit: 'ms',
    budget,
  });
  return [
    await row('a day: stretches, gaps, totals', () => core.call('time.day', { day })),
    await row('a day: its four figures', () => core.call('figures.period', { from: day, to: day })),
    await row('a day: the last entries', () => core.call('ledger.list', { filter: { day }, offset: 0, limit: 12 })),
    await row('a month', () => core.call('figures.period', month)),
    await row('the entries behind a figure of a month', () =>
      core.call('figures.entries', { ...month, figure: 'worked' }),
    ),
    await row('a whole year at once', () => core.call('figures.period', { from: '2026-01-01', to: day }), 'on no page'),
  ];
}

export async function run(): Promise<BenchRow[]> {
  const dir = tempDir();
  const dataDir = join(dir.path, 'year');
  const { at, entries } = writeYear(dataDir);
  const clock = new FakeClock(at, 'Asia/Shanghai');
  const core = await openTestBackend({ dataDir, clock, checkOutput: false });
  try {
    const { entries: found } = await core.call('ledger.list', {
      filter: { kinds: ['time.spent'] },
      offset: 400,
      limit: 1,
    });
    const day = found[0]!.occurredStart.slice(0, 10);
    return await pages(core, day, `${entries} entries`);
  } finally {
    await core.close();
    rmSync(dir.path, { recursive: true, force: true });
  }
}
