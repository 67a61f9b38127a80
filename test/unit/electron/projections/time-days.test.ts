import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { AccountSpan } from '#shared/metrics/day-account.metric.ts';
import { dayTotals } from '#shared/metrics/day-account.metric.ts';
import { clip, subtract, union, unionLength } from '#shared/metrics/intervals.metric.ts';
import { sumTotals, totalsByDay } from '#shared/metrics/period-account.metric.ts';
import { isWork } from '#shared/rules/time.rules.ts';
import { workingDays } from '#shared/rules/working-day.rules.ts';
import { figureSpansIn } from '#electron/repositories/figures.repository.ts';
import { payPeriodSums } from '#electron/repositories/pay-period.repository.ts';
import { someId, timeSpent } from '#test/support/entry-drafts.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { payProject, rebuiltTheSame } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const second = 1000;
const begin = Date.parse('2026-10-22T00:00:00.000Z');
/** Five days, so that the clock is set back in one of the zones within them. */
const [from, to] = ['2026-10-23', '2026-10-27'];

const kinds = [
  ['activity', 'annotating'],
  ['activity', 'revising'],
  ['activity', 'break'],
  ['waiting', 'rules'],
  ['waiting', 'payment'],
  ['presence', 'present'],
] as const;

const stretch = fc.record({
  kind: fc.constantFrom(...kinds),
  paid: fc.constantFrom('by-time' as const, 'by-piece' as const, 'unpaid' as const, 'unstated' as const),
  source: fc.constantFrom('measured' as const, 'stated' as const, 'imported' as const, 'imported' as const),
  project: fc.nat(2),
  // A week in steps that are no part of a quarter of an hour; some last for days.
  start: fc.integer({ min: 0, max: 6 * 24 * 90 }).map((n) => n * 40 * second + 7),
  length: fc.oneof(
    fc.integer({ min: 1, max: 200 }).map((n) => n * 37 * second),
    fc.integer({ min: 1, max: 50 }).map((n) => n * 3_601 * second),
  ),
  fate: fc.constantFrom('stays' as const, 'stays' as const, 'voided' as const, 'amended' as const, 'erased' as const),
});
type Stretch = typeof stretch extends fc.Arbitrary<infer T> ? T : never;

/** Writes a stretch, unless it overlaps its lane, and what becomes of it. */
async function enter(test: TestBackend, projects: readonly (ProjectId | null)[], each: Stretch): Promise<void> {
  const { db, ledger } = test.backend;
  const [lane, what] = each.kind;
  const times = {
    start: new Date(begin + each.start).toISOString(),
    end: new Date(begin + each.start + each.length).toISOString(),
  };
  const body = { lane, what, paid: each.paid, project: projects[each.project]! };
  const draft = timeSpent({ id: someId(), source: each.source, ...times }, body as never);
  let entryId: EntryId;
  try {
    entryId = db.transaction((tx) => ledger.append(tx, [draft]))[0]!.id;
  } catch {
    return;
  }
  if (each.fate === 'voided') {
    await test.call('ledger.correct', { reason: 'no', corrections: [{ type: 'void', entryId }] });
  } else if (each.fate === 'amended') {
    const values = { ...draft.body, paid: 'by-time', project: projects[(each.project + 1) % 3]! };
    await test.call('ledger.correct', { reason: 'no', corrections: [{ type: 'amend', entryId, values }] });
  } else if (each.fate === 'erased') {
    await test.call('ledger.erase', { id: entryId, fields: ['what'], reason: 'asked to', rewriteBackups: false });
  }
}

type Span = AccountSpan & { projectId: string | null };

/** The account of each project as it is computed from the stretches themselves. */
function projectsOf(spans: readonly Span[], window: { start: number; end: number }) {
  const work = clip(spans, window).filter(({ lane, what }) => isWork(lane, what));
  const paid = union(work.filter((span) => span.paid === 'by-time' || span.paid === 'by-piece'));
  const paidOrUnstated = union([...paid, ...work.filter((span) => span.paid === 'unstated')]);
  return [...Map.groupBy(work, ({ projectId }) => projectId)]
    .map(([projectId, own]) => {
      const unstated = own.filter((span) => span.paid === 'unstated');
      return {
        projectId,
        worked: unionLength(own),
        annotating: unionLength(own.filter(({ what }) => what === 'annotating')),
        unpaid: unionLength(subtract(own, paidOrUnstated)),
        unstated: unionLength(subtract(unstated, paid)),
      };
    })
    .sort(byProject);
}

const byProject = (a: { projectId: string | null }, b: { projectId: string | null }) =>
  String(a.projectId) < String(b.projectId) ? -1 : 1;

async function compare(test: TestBackend, projects: readonly (ProjectId | null)[]): Promise<void> {
  const { read } = test.backend.db;
  const days = workingDays(from!, to!, test.clock.zone(), 4);
  const window = { start: days[0]!.start, end: days.at(-1)!.end };
  const all = (within: typeof window): Span[] =>
    figureSpansIn(read, within).map((row) => ({ ...row, projectId: row.project_id, endedBy: null }));
  const spans = all(window);
  const period = await test.call('figures.period', { from: from!, to: to! });
  const byDay = totalsByDay(spans, days);
  expect(period.days.map(({ totals }) => totals)).toEqual(byDay);
  expect(period.totals).toEqual(sumTotals(byDay));
  const said = period.projects.map(({ projectId, worked, annotating, unpaid, unstated }) => ({
    ...{ projectId, worked, annotating, unpaid, unstated },
  }));
  expect(said.sort(byProject)).toEqual(projectsOf(spans, window));
  // Pay: hours paid by time, by project and day; no stretch here is of a task, so the kind is never known.
  const paid = days.flatMap((day) =>
    [...Map.groupBy(clip(spans, day), ({ projectId }) => projectId)].flatMap(([projectId, own]) => {
      const paidMs = unionLength(own.filter((span) => span.paid === 'by-time' && isWork(span.lane, span.what)));
      return paidMs === 0 ? [] : [{ projectId, taskKind: null, day: day.day, paidMs }];
    }),
  );
  const order = (rows: typeof paid) => rows.map((row) => JSON.stringify(row)).sort();
  expect(order(payPeriodSums(read, days).time.map((row) => ({ ...row }) as (typeof paid)[number]))).toEqual(
    order(paid),
  );
  // All that was ever worked for a project.
  const ever = { start: 0, end: Date.parse('9999-12-31T00:00:00.000Z') };
  for (const projectId of projects.filter((id) => id !== null)) {
    const { labour } = await test.call('statements.get', { projectId });
    const own = dayTotals(
      all(ever).filter((span) => span.projectId === projectId),
      ever,
    );
    expect(labour).toMatchObject({
      ...{ worked: own.worked, paid: own.paidByTime + own.paidByPiece, unstated: own.unstated, unpaid: own.unpaid },
      ...{ unpaidByKind: own.unpaidByKind, waiting: own.byWaiting, revising: own.byActivity['revising'] ?? 0 },
    });
  }
}

/** Zones whose days begin at a whole hour of UTC, at half past, at a quarter to, and where the clock is set back on the way. */
const zones = ['Asia/Shanghai', 'Asia/Kolkata', 'Asia/Kathmandu', 'Europe/Berlin', 'Australia/Lord_Howe'] as const;

it(
  'the roll-up of time comes to what the stretches come to, whatever overlaps, is voided, amended, erased or under way',
  {
    timeout: 120_000,
  },
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(stretch, { minLength: 1, maxLength: 14 }),
        fc.constantFrom(...zones),
        async (stretches, zone) => {
          const test = await openTestBackend({ clock: new FakeClock('2026-11-02T00:00:00.000Z', zone) });
          try {
            const projects = [await payProject(test, 'street'), await payProject(test, 'voice'), null];
            for (const each of stretches) await enter(test, projects, each);
            await compare(test, projects);
            await rebuiltTheSame(test);
            expect(test.errors).toEqual([]);
          } finally {
            await test.close();
          }
        },
      ),
      { seed: 20261122, numRuns: 25 },
    ),
);

it('what is under way counts as if it ended now, beside what was recorded in it', async () => {
  const clock = new FakeClock('2026-10-23T01:00:00.000Z', 'Asia/Shanghai');
  const test = await openTestBackend({ clock });
  try {
    const projectId = await payProject(test, 'street');
    const { db, ledger } = test.backend;
    await test.call('time.clock', { in: true });
    await test.call('time.switch', { activity: 'meeting', projectId });
    clock.advance(100 * 60 * second);
    // The client's own table says a part of it again, and some before.
    const [start, end] = [new Date(clock.now() - 200 * 60 * second), new Date(clock.now() - 50 * 60 * second)];
    const imported = timeSpent(
      { start: start.toISOString(), end: end.toISOString(), source: 'imported' },
      { paid: 'by-time', project: projectId },
    );
    db.transaction((tx) => ledger.append(tx, [imported]));
    const running = await test.call('figures.period', { from: '2026-10-23', to: '2026-10-23' });
    expect(running.totals).toMatchObject({ presence: 100 * 60_000, worked: 200 * 60_000 });
  } finally {
    await test.close();
  }
});

it('stretches that overlap others, which a rebuild computes long before or after them, are counted the same', async () => {
  const test = await openTestBackend();
  try {
    const projects = [await payProject(test, 'street'), await payProject(test, 'voice'), null];
    // Several times as many as are computed at once, in an order of ids that is none of time.
    const drafts = fc
      .sample(fc.tuple(stretch, fc.uuid({ version: 7 })), { seed: 7, numRuns: 700 })
      .map(([each, id]) => {
        const [lane, what] = each.kind;
        const start = begin + each.start;
        const times = { start: new Date(start).toISOString(), end: new Date(start + each.length).toISOString() };
        const body = { lane, what, paid: each.paid, project: projects[each.project]! };
        // The client's tables may say the same time twice.
        return timeSpent({ id, source: 'imported', ...times }, body as never);
      });
    const { db, ledger } = test.backend;
    db.transaction((tx) => ledger.append(tx, drafts));
    await compare(test, projects);
    await rebuiltTheSame(test);
    expect(test.errors).toEqual([]);
  } finally {
    await test.close();
  }
});
