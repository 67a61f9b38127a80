import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { payAccount } from '#shared/metrics/pay-period.metric.ts';
import { workingDays } from '#shared/rules/working-day.rules.ts';
import type { AnyEntryDraft } from '#electron/core/ledger/ledger-types.ts';
import { payPeriodOf } from '#electron/repositories/pay-period.repository.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import type { BenchRow } from './bench-row.ts';
import { type LedgerFixture, openFixture, stretch, submission } from './ledger-fixture.ts';

/** A year of heavy use: six days a week, each with 240 stretches, a third of them paid by time, and 80 photos, one in twenty returned. */
const workDays = 313;
const stretchesADay = 240;
const hour = 3_600_000;
const rounds = 9;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The project, its terms by the piece and, from July on, others for one kind of task. */
function agreed({ clock, projectId }: LedgerFixture): AnyEntryDraft[] {
  const said = { occurredStart: clock.instant, occurredEnd: null, source: 'stated', subjects: [projectId] };
  const amount = { minor: 35, currency: 'CNY' };
  const terms = { project: projectId, rate: { per: 'piece', amount }, bonuses: [], promised_payment: null, note: null };
  const penalty = { free: 0, firstPercent: 20, laterPercent: 10, how: 'additive' };
  return [
    {
      kind: 'project.created',
      body: { name: 'street', client: null, intermediary: null, modality: 'image', labels: [], archived: false },
    },
    { kind: 'terms.set', body: { ...terms, effective_from: '2026-01-01', task_kind: null, return_penalty: penalty } },
    { kind: 'terms.set', body: { ...terms, effective_from: '2026-07-01', task_kind: 'night', return_penalty: null } },
  ].map((draft) => ({ ...draft, ...said }) as unknown as AnyEntryDraft);
}

function returned({ clock, ids, projectId }: LedgerFixture, of: AnyEntryDraft): AnyEntryDraft {
  const [submissionId] = of.subjects;
  return {
    kind: 'return.received',
    body: {
      ...{
        subject: { type: 'submission', id: submissionId },
        project: projectId,
        stage: 'reviewer',
        round: 1,
        reason: 'r',
      },
      ...{
        rule_cited: null,
        guideline: null,
        objects: [],
        pieces: null,
        itemised: null,
        check: null,
        reviewer: null,
        deadline: null,
      },
      ...{ deduction: { minor: 5, currency: 'CNY' }, view: null, attachments: [] },
    },
    occurredStart: clock.instant,
    occurredEnd: null,
    source: 'stated',
    subjects: [ids.uuid(), submissionId],
  } as unknown as AnyEntryDraft;
}

/** Writes the year through the ledger; answers its end and how many entries it has. */
function writeYear(dataDir: string): { at: string; entries: number } {
  const fixture = openFixture(dataDir, '2026-01-01T01:00:00.000Z');
  const { db, ledger, clock } = fixture;
  let entries = 0;
  const write = (drafts: AnyEntryDraft[], tx: Parameters<typeof ledger.append>[0]) => {
    entries += ledger.append(tx, drafts, { group: false }).length;
  };
  db.transaction((tx) => {
    ledger.openIfNew(tx);
    write(agreed(fixture), tx);
  });
  for (let day = 0; day < workDays; day += 1) {
    db.transaction((tx) => {
      for (let nth = 0; nth < stretchesADay; nth += 1) {
        const span = stretch(fixture);
        const byTime = { ...span, body: { ...span.body, paid: 'by-time' } } as AnyEntryDraft;
        write([nth % 3 === 1 ? byTime : span], tx);
        if (nth % 3 === 0) {
          const sealed = submission(fixture, nth);
          write([sealed], tx);
          if (nth % 60 === 0) write([returned(fixture, sealed)], tx);
        }
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

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

async function pages(core: TestBackend, size: string): Promise<BenchRow[]> {
  const year = { from: '2026-01-01', to: '2026-12-31' };
  const november = { from: '2026-11-01', to: '2026-11-30' };
  const days = workingDays(year.from, year.to, core.clock.zone(), 4);
  const each = await timed(() => payAccount(payPeriodOf(core.backend.db.read, days)));
  const row = async (name: string, work: () => Promise<unknown>, more: Partial<BenchRow>): Promise<BenchRow> => ({
    name: `pay: ${name}, ${size}`,
    value: await timed(work),
    unit: 'ms',
    ...more,
  });
  return [
    await row('a whole year', () => core.call('pay.overview', year), {
      budget: '100 ms',
      reference: { name: 'every piece of work by itself', value: each },
    }),
    await row('a month', () => core.call('pay.overview', november), { budget: '100 ms' }),
    await row(
      'the entries behind a figure of a month',
      () => core.call('pay.entries', { ...november, figure: 'expected' }),
      {
        budget: '100 ms',
      },
    ),
    await row('records of a year', () => core.call('pay.list', { ...year, limit: 50 }), { budget: '100 ms' }),
  ];
}

/** Pay of a year of heavy use. */
export async function run(): Promise<BenchRow[]> {
  const dir = tempDir();
  const dataDir = join(dir.path, 'year');
  const { at, entries } = writeYear(dataDir);
  const core = await openTestBackend({ dataDir, clock: new FakeClock(at, 'Asia/Shanghai'), checkOutput: false });
  try {
    return await pages(core, `${entries} entries`);
  } finally {
    await core.close();
    rmSync(dir.path, { recursive: true, force: true });
  }
}
