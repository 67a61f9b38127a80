import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { payAccount } from '#shared/metrics/pay-period.metric.ts';
import { totalsByDay } from '#shared/metrics/period-account.metric.ts';
import { dayPlus, workingDays } from '#shared/rules/working-day.rules.ts';
import { figurePiecesIn, figureSpansIn } from '#electron/repositories/figures.repository.ts';
import { payPeriodOf } from '#electron/repositories/pay-period.repository.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import type { BenchRow } from './bench-row.ts';
import { writeYear, type Year } from './year-fixture.ts';

const rounds = 9;
const weights = {
  ...{ ratePerHour: { minor: 2000, currency: 'CNY' }, unpaidPercent: 100, yearPercent: 5, certificatePercent: 3 },
  perPieceMinor: 50,
};

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

/** A query of a page, and what is measured beside it. */
interface Measured {
  name: string;
  work: () => Promise<unknown>;
  reference: Reference;
  budget?: string;
}

interface Reference {
  name: string;
  work: () => unknown;
}

/** What the queries are measured beside: the rows themselves, read without computing anything, and figures made from the entries one by one. */
function references({ backend, clock }: TestBackend, year: Period) {
  const read = backend.db.read;
  const rows = (table: string): Reference => ({
    name: `every row of ${table}`,
    work: () => read.all(`SELECT * FROM ${table}`),
  });
  const onePiece: Reference = {
    name: 'count(*) of the entries',
    work: () => read.get('SELECT count(*) AS n FROM entry'),
  };
  const oneByOne = ({ from, to }: Period): Reference => ({
    name: 'stretch by stretch, piece by piece',
    work() {
      const days = workingDays(from, to, clock.zone(), 4);
      const window = { start: days[0]!.start, end: days.at(-1)!.end };
      const spans = figureSpansIn(read, window).map((span) => ({ ...span, endedBy: null }));
      return [totalsByDay(spans, days), figurePiecesIn(read, window)];
    },
  });
  const payOneByOne: Reference = {
    name: 'piece by piece',
    work: () => payAccount(payPeriodOf(read, workingDays(year.from, year.to, clock.zone(), 4))),
  };
  return { rows, onePiece, oneByOne, payOneByOne };
}

interface Period {
  from: string;
  to: string;
}

type References = ReturnType<typeof references>;

function ofDays(core: TestBackend, day: string, { onePiece, oneByOne }: References): Measured[] {
  const today = { from: day, to: day };
  const month = { from: dayPlus(day, -29), to: day };
  return [
    { name: 'Today: state', work: () => core.call('time.state', {}), reference: onePiece },
    { name: 'Today: stretches, gaps, totals', work: () => core.call('time.day', { day }), reference: oneByOne(today) },
    { name: 'Today: figures', work: () => core.call('figures.period', today), reference: oneByOne(today) },
    {
      name: 'Today: the last entries',
      work: () => core.call('ledger.list', { filter: { day }, offset: 0, limit: 12 }),
      reference: onePiece,
    },
    {
      name: 'Week: figures',
      work: () => core.call('figures.period', { from: dayPlus(day, -6), to: day }),
      reference: oneByOne({ from: dayPlus(day, -6), to: day }),
    },
    { name: 'Month: figures', work: () => core.call('figures.period', month), reference: oneByOne(month) },
    {
      name: 'Month: holistic pay',
      work: () => core.call('figures.holistic', { ...month, weights, since: null }),
      reference: oneByOne(month),
    },
    {
      name: 'Month: the entries behind a figure',
      work: () => core.call('figures.entries', { ...month, figure: 'what-if' }),
      reference: oneByOne(month),
    },
  ];
}

function ofReturns(core: TestBackend, projectId: Year['projectId'], returnId: string, refs: References): Measured[] {
  const returned = refs.rows('returned');
  return [
    { name: 'Returns: list', work: () => core.call('returns.list', { limit: 100 }), reference: returned },
    { name: 'Returns: one', work: () => core.call('returns.get', { returnId }), reference: returned },
    { name: 'Returns: its account', work: () => core.call('returns.account', { returnId }), reference: returned },
    { name: 'Returns: summary', work: () => core.call('returns.summary', {}), reference: refs.rows('submission') },
    {
      name: 'Returns: summary of a project',
      work: () => core.call('returns.summary', { projectId }),
      reference: refs.rows('submission'),
    },
    { name: 'Returns: classes', work: () => core.call('returns.classes', {}), reference: returned },
    { name: 'Returns: rounds', work: () => core.call('returns.rounds', {}), reference: returned },
    {
      name: 'Returns: the entries behind a class',
      work: () => core.call('returns.figureEntries', { of: 'class', label: 'car' }),
      reference: returned,
    },
    {
      name: 'Returns: the machine',
      work: () => core.call('machine.summary', {}),
      reference: refs.rows('machine_submission'),
    },
    { name: 'Recalls: list', work: () => core.call('recalls.list', { limit: 500 }), reference: refs.rows('recall') },
    {
      name: 'Recalls: account of a project',
      work: () => core.call('recalls.account', { projectId }),
      reference: refs.rows('recall'),
    },
    {
      name: 'Recalls: media that came back',
      work: () => core.call('recalls.cameBack', { limit: 100 }),
      reference: refs.rows('submission'),
    },
    {
      name: 'Notebook: list',
      work: () => core.call('notebook.list', { limit: 100 }),
      reference: refs.rows('noted_error'),
    },
    {
      name: 'Notebook: search',
      work: () => core.call('notebook.list', { search: 'loose pixel', limit: 100 }),
      reference: refs.rows('noted_error'),
    },
    { name: 'Notebook: tags', work: () => core.call('notebook.tags', {}), reference: refs.rows('noted_error') },
  ];
}

function ofProjects(core: TestBackend, year: Year, day: string, refs: References): Measured[] {
  const { projectId } = year;
  const month = { from: dayPlus(day, -29), to: day };
  const sealed = refs.rows('submission');
  return [
    { name: 'Projects: list', work: () => core.call('projects.list', {}), reference: refs.onePiece },
    { name: 'Projects: one', work: () => core.call('projects.get', { projectId }), reference: refs.onePiece },
    {
      name: 'Projects: guidelines',
      work: () => core.call('guidelines.list', { projectId }),
      reference: refs.rows('guideline'),
    },
    { name: 'Projects: under each', work: () => core.call('guidelines.counts', { projectId }), reference: sealed },
    { name: 'Projects: rulings', work: () => core.call('rulings.list', { projectId }), reference: refs.onePiece },
    {
      name: 'Accuracy: a month',
      work: () => core.call('accuracy.days', { projectId, ...month }),
      reference: refs.oneByOne(month),
    },
    {
      name: 'Accuracy: three months',
      work: () => core.call('accuracy.days', { projectId, from: dayPlus(day, -89), to: day }),
      reference: refs.oneByOne({ from: dayPlus(day, -89), to: day }),
    },
    { name: 'Training: list', work: () => core.call('training.list', {}), reference: refs.rows('training') },
    {
      name: 'Training: summary',
      work: () => core.call('training.summary', { from: null, to: null, ratePerHour: null }),
      reference: refs.oneByOne({ from: dayPlus(day, -89), to: day }),
    },
    { name: 'Statement', work: () => core.call('statements.get', { projectId }), reference: sealed },
  ];
}

function ofPay(core: TestBackend, day: string, year: Period, refs: References): Measured[] {
  const month = { from: dayPlus(day, -29), to: day };
  const spent = refs.rows('time_span');
  return [
    { name: 'Pay: a month', work: () => core.call('pay.overview', month), reference: refs.oneByOne(month) },
    { name: 'Pay: records', work: () => core.call('pay.list', { ...year, limit: 50 }), reference: refs.onePiece },
    { name: 'Pay: claims', work: () => core.call('claims.list', { limit: 100 }), reference: refs.onePiece },
    {
      name: 'Ledger: the newest entries',
      work: () => core.call('ledger.list', { filter: {}, offset: 0, limit: 100 }),
      reference: refs.onePiece,
    },
    {
      name: 'Ledger: of one kind, in the middle',
      work: () => core.call('ledger.list', { filter: { kinds: ['submission.sealed'] }, offset: 10_000, limit: 100 }),
      reference: refs.onePiece,
    },
    { name: 'Ledger: status', work: () => core.call('ledger.status', {}), reference: refs.onePiece },
    { name: 'a year: pay', work: () => core.call('pay.overview', year), reference: refs.payOneByOne },
    { name: 'a year: time', work: () => core.call('figures.period', year), reference: refs.oneByOne(year) },
    {
      name: 'a year: report, time and pay',
      work: () => Promise.all([core.call('figures.period', year), core.call('pay.overview', year)]),
      reference: spent,
      budget: '50 ms at 1,000,000',
    },
  ];
}

async function pages(core: TestBackend, year: Year): Promise<BenchRow[]> {
  const found = await core.call('ledger.list', { filter: { kinds: ['time.spent'] }, offset: 400, limit: 1 });
  const day = found.entries[0]!.occurredStart.slice(0, 10);
  const whole = { from: '2026-01-01', to: '2026-12-31' };
  const refs = references(core, whole);
  const { returns } = await core.call('returns.list', { limit: 1 });
  const all = [
    ...ofDays(core, day, refs),
    ...ofReturns(core, year.projectId, returns[0]!.id, refs),
    ...ofProjects(core, year, day, refs),
    ...ofPay(core, day, whole, refs),
  ];
  const rows: BenchRow[] = [];
  for (const { name, work, reference, budget = '100 ms' } of all) {
    rows.push({
      name: `${name}, ${year.entries} entries`,
      value: await timed(work),
      unit: 'ms',
      reference: { name: reference.name, value: await timed(reference.work) },
      budget,
    });
  }
  return rows;
}

/** Every query of the ledger's rooms, over a year of heavy use. */
export async function run(): Promise<BenchRow[]> {
  const dir = tempDir();
  const dataDir = join(dir.path, 'year');
  const year = writeYear(dataDir);
  const core = await openTestBackend({ dataDir, clock: new FakeClock(year.at, 'Asia/Shanghai'), checkOutput: false });
  try {
    return await pages(core, year);
  } finally {
    await core.close();
    rmSync(dir.path, { recursive: true, force: true });
  }
}
