import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import type { BenchRow } from './bench-row.ts';
import { type LedgerFixture, openFixture, stretch, submission } from './ledger-fixture.ts';
import type { AnyEntryDraft } from '#electron/core/ledger/ledger-types.ts';
import type { ProjectId } from '#shared/domain/ids.ts';

/** A year of heavy use: six days a week, each with stretches of two to three minutes and a photo handed in after every third. */
const workDays = 313;
const stretchesADay = 240;
const hour = 3_600_000;
const rounds = 9;
const weights = {
  ...{ ratePerHour: { minor: 2000, currency: 'CNY' }, unpaidPercent: 100, yearPercent: 5, certificatePercent: 3 },
  perPieceMinor: 50,
};

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function project({ clock, projectId }: LedgerFixture): AnyEntryDraft {
  return {
    kind: 'project.created',
    body: { name: 'street', client: null, intermediary: null, modality: 'image', labels: [], archived: false },
    occurredStart: clock.instant,
    occurredEnd: null,
    source: 'stated',
    subjects: [projectId],
  } as unknown as AnyEntryDraft;
}

/** A return of a sealed photo that names one of its objects. */
function sentBack({ clock, ids, projectId }: LedgerFixture, sealed: AnyEntryDraft, nth: number): AnyEntryDraft {
  const [submissionId] = sealed.subjects as [string];
  const { annotation } = sealed.body as unknown as { annotation: { shapes: [{ id: string }] } };
  const nothing = { guideline: null, itemised: null, check: null, reviewer: null, deadline: null, deduction: null };
  return {
    kind: 'return.received',
    body: {
      ...{ subject: { type: 'submission', id: submissionId }, project: projectId, stage: 'reviewer', round: 1 },
      ...{ reason: 'loose', rule_cited: `rule ${nth % 7}`, objects: [annotation.shapes[0].id], view: null },
      ...{ ...nothing, attachments: [] },
    },
    occurredStart: clock.instant,
    occurredEnd: null,
    source: 'stated',
    subjects: [ids.uuid(), submissionId],
  } as unknown as AnyEntryDraft;
}

/** Writes the year through the ledger and answers its last day and how many entries it has. */
function writeYear(dataDir: string): { at: string; entries: number; projectId: ProjectId } {
  const fixture = openFixture(dataDir, '2026-01-01T01:00:00.000Z');
  const { db, ledger, clock } = fixture;
  db.transaction((tx) => {
    ledger.openIfNew(tx);
    ledger.append(tx, [project(fixture)]);
  });
  let entries = 2;
  for (let day = 0; day < workDays; day += 1) {
    db.transaction((tx) => {
      for (let nth = 0; nth < stretchesADay; nth += 1) {
        ledger.append(tx, [stretch(fixture)]);
        entries += 1;
        if (nth % 3 === 0) {
          const sealed = submission(fixture, nth);
          ledger.append(tx, nth % 30 === 0 ? [sealed, sentBack(fixture, sealed, nth)] : [sealed]);
          entries += nth % 30 === 0 ? 2 : 1;
        }
        clock.advance(70_000);
      }
    });
    const next = (Math.floor(clock.now() / (24 * hour)) + (day % 6 === 5 ? 2 : 1)) * 24 * hour + hour;
    clock.advance(next - clock.now());
  }
  const at = clock.instant;
  db.close();
  return { at, entries, projectId: fixture.projectId as ProjectId };
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

async function pages(core: TestBackend, day: string, size: string, projectId: ProjectId): Promise<BenchRow[]> {
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
    await row('holistic pay of a month', () => core.call('figures.holistic', { ...month, weights, since: null })),
    await row('returns: by stage, rule, times', () => core.call('returns.summary', {})),
    await row('returns: by class', () => core.call('returns.classes', {})),
    await row('returns: what further rounds cost', () => core.call('returns.rounds', {})),
    await row('the entries behind a class', () => core.call('returns.figureEntries', { of: 'class', label: 'car' })),
    await row('the machine', () => core.call('machine.summary', {})),
    await row('accuracy of a month', () => core.call('accuracy.days', { projectId, ...month })),
    await row('trainings', () => core.call('training.summary', { from: null, to: null, ratePerHour: null })),
    await row("a project's accuracy statement", () => core.call('statements.get', { projectId })),
    await row('a whole year at once', () => core.call('figures.period', { from: '2026-01-01', to: day }), 'on no page'),
  ];
}

export async function run(): Promise<BenchRow[]> {
  const dir = tempDir();
  const dataDir = join(dir.path, 'year');
  const { at, entries, projectId } = writeYear(dataDir);
  const clock = new FakeClock(at, 'Asia/Shanghai');
  const core = await openTestBackend({ dataDir, clock, checkOutput: false });
  try {
    const { entries: found } = await core.call('ledger.list', {
      filter: { kinds: ['time.spent'] },
      offset: 400,
      limit: 1,
    });
    const day = found[0]!.occurredStart.slice(0, 10);
    return await pages(core, day, `${entries} entries`, projectId);
  } finally {
    await core.close();
    rmSync(dir.path, { recursive: true, force: true });
  }
}
