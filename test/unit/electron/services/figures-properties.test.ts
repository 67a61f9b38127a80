import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Money } from '#shared/domain/money.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { payProject, setTerms, yuan } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

/** Days of the period, all of them over. */
const days = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'] as const;
const [from, to] = [days[0], days[4]];

interface World {
  core: TestBackend;
  projects: ProjectId[];
  /** Work done elsewhere, by its number. */
  works: Map<number, TaskId>;
}

/** Something that happened, entered by an operation; `key` tells events apart that have nothing else. */
type Happened =
  | { what: 'time'; key: number; day: number; slot: number; kind: number; paid: number; project: number }
  | { what: 'work'; key: number; day: number; count: number; project: number }
  | { what: 'return'; key: number; work: number; day: number; stage: number; rule: number; deduction: number }
  | { what: 'received'; key: number; day: number; amount: number; project: number }
  | { what: 'report'; key: number; day: number; correct: number; project: number };

const activities = ['annotating', 'revising', 'meeting', 'break'] as const;
const pays = ['by-piece', 'by-time', 'unpaid', 'unstated'] as const;
const stages = ['reviewer', 'inspector', 'overseer', 'machine'] as const;
const at = (day: number, hour: number) =>
  new Date(Date.parse(`${days[day]}T00:00:00.000+08:00`) + hour * 3_600_000).toISOString();

/** Enters it, and answers the entity it is about. */
async function enter({ core, projects, works }: World, event: Happened): Promise<string> {
  const projectId = 'project' in event ? projects[event.project]! : projects[0]!;
  switch (event.what) {
    case 'time': {
      const span: Input<'time.log'> = {
        ...{
          lane: 'activity',
          what: activities[event.kind]!,
          paid: pays[event.paid]!,
          projectId,
          taskId: null,
          tag: null,
        },
        // Slots of two hours, of which each event has one to itself; it takes 90 minutes of it.
        ...{ start: at(event.day, 6 + 2 * event.slot), end: at(event.day, 7.5 + 2 * event.slot) },
      };
      return (await core.call('time.log', span)).timeSpanId;
    }
    case 'work': {
      const given = {
        projectId,
        name: `batch ${event.key}`,
        count: event.count,
        timeMs: null,
        attachments: [],
        note: null,
      };
      const { taskId } = await core.call('elsewhere.log', { ...given, doneAt: at(event.day, 12) });
      works.set(event.key, taskId);
      return taskId;
    }
    case 'return': {
      const { returnId } = await core.call('returns.open', {
        ...{ subject: { type: 'elsewhere', id: works.get(event.work)! }, stage: stages[event.stage]!, round: 1 },
        ...{
          reason: `loose ${event.key}`,
          ruleCited: event.rule === 0 ? null : `rule ${event.rule}`,
          guidelineId: null,
        },
        ...{ itemised: null, check: null, reviewer: null, deadline: null, view: null, attachments: [], objects: [] },
        ...{ deduction: event.deduction === 0 ? null : yuan(event.deduction), receivedAt: at(event.day, 20) },
      });
      return returnId;
    }
    case 'received': {
      const given = { projectId, amount: yuan(event.amount), channel: null, note: null, attachments: [] };
      const period = { periodFrom: days[event.day]!, periodTo: days[event.day]! };
      return (await core.call('pay.receive', { ...given, ...period, happenedAt: at(event.day, 21) })).payId;
    }
    case 'report': {
      const counts = { percent: null, correct: event.correct, total: 100, note: `${event.key}` };
      const of = { projectId, stage: 'inspector' as const, forDay: days[event.day]!, releasedOn: days[event.day]! };
      return (await core.call('accuracy.report', { ...of, ...counts, heardAt: at(event.day, 22) })).reportId;
    }
  }
}

/** What is entered first in error and amended then: another amount, kind or stage, never another thing it is about. */
const mistaken = (event: Happened): Happened => {
  if (event.what === 'time') return { ...event, kind: (event.kind + 1) % 4, paid: (event.paid + 1) % 4 };
  if (event.what === 'work') return { ...event, count: event.count + 3 };
  if (event.what === 'return')
    return { ...event, stage: (event.stage + 1) % 4, rule: (event.rule + 1) % 3, deduction: 9 };
  if (event.what === 'received') return { ...event, amount: event.amount + 5 };
  return { ...event, correct: 100 - event.correct };
};

async function open(): Promise<World> {
  const core = await openTestBackend({ clock: new FakeClock('2026-11-23T15:00:00.000Z', 'Asia/Shanghai') });
  const projects = [await payProject(core, 'street'), await payProject(core, 'voice')];
  await setTerms(core, projects[1]!, { rate: { per: 'hour', amount: yuan(20) } });
  const penalty = { free: 1, firstPercent: 20, laterPercent: 10, how: 'additive' as const };
  await setTerms(core, projects[0]!, { rate: { per: 'piece', amount: yuan(7) }, returnPenalty: penalty });
  const bar = { operator: 'at-least' as const, percent: '95', measuredBy: null };
  for (const projectId of projects) await core.call('projects.setBar', { projectId, effectiveFrom: from, bar });
  return { core, projects, works: new Map() };
}

/** Enters one thing in error, then amends it to what the other ledger was told at once. */
async function enterAmended(world: World, event: Happened): Promise<void> {
  const { core } = world;
  const entity = await enter(world, mistaken(event));
  const wrong = core.backend.ledger.effective(core.backend.db.read, entity as never).at(-1)!;
  await core.call('ledger.correct', {
    corrections: [
      {
        type: 'amend',
        entryId: wrong.id as EntryId,
        values: { ...(wrong.body as Record<string, Json>), ...rightFields(event) },
      },
    ],
    reason: 'a slip of the hand',
  });
}

/** The fields of the body that `mistaken` changes, as they should be. */
function rightFields(event: Happened): Record<string, Json> {
  if (event.what === 'time') return { what: activities[event.kind]!, paid: pays[event.paid]! };
  if (event.what === 'work') return { count: event.count };
  if (event.what === 'received') return { amount: yuan(event.amount) as unknown as Json };
  if (event.what === 'report') return { correct: event.correct };
  return {
    stage: stages[event.stage]!,
    rule_cited: event.rule === 0 ? null : `rule ${event.rule}`,
    deduction: (event.deduction === 0 ? null : yuan(event.deduction)) as Json,
  };
}

/** Names that differ between two ledgers of the same events: ids, and when things were written down. */
const ofTheLedger = new Set(['id', 'entryId', 'entries', 'createdAt', 'projectId']);

async function figures({ core, projects }: World) {
  const period = await core.call('figures.period', { from, to });
  const summaries = await Promise.all(projects.map((projectId) => core.call('returns.summary', { projectId })));
  const accuracy = await Promise.all(projects.map((projectId) => core.call('accuracy.days', { projectId, from, to })));
  const pay = await core.call('pay.overview', { from, to });
  const statements = await Promise.all(projects.map((projectId) => core.call('statements.get', { projectId })));
  return { period, summaries, accuracy, pay, statements };
}

/** The figures alone; lists whose order is that of writing or of ids are put into one of their own. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !ofTheLedger.has(name))
      .map(([name, inner]) => [name, plain(inner)]),
  );
}

const day = fc.nat(4);
const project = fc.nat(1);
const world = fc
  .record({
    times: fc.uniqueArray(fc.record({ day, slot: fc.nat(7), kind: fc.nat(3), paid: fc.nat(3), project }), {
      maxLength: 9,
      selector: (span) => span.day * 8 + span.slot,
    }),
    works: fc.array(fc.record({ day, count: fc.integer({ min: 1, max: 30 }), project }), {
      minLength: 1,
      maxLength: 4,
    }),
    returns: fc.array(fc.record({ work: fc.nat(3), day, stage: fc.nat(3), rule: fc.nat(2), deduction: fc.nat(2) }), {
      maxLength: 5,
    }),
    received: fc.array(fc.record({ day, amount: fc.integer({ min: 1, max: 400 }), project }), { maxLength: 3 }),
    // Of several figures for a day the one written last counts, so that here a day has one.
    reports: fc.uniqueArray(fc.record({ day, correct: fc.nat(100), project }), {
      maxLength: 4,
      selector: (report) => report.day * 2 + report.project,
    }),
  })
  .map(({ times, works, returns, received, reports }): { works: Happened[]; rest: Happened[] } => ({
    works: works.map((each, key) => ({ what: 'work', key, ...each })),
    rest: [
      ...times.map((each, key): Happened => ({ what: 'time', key, ...each })),
      ...returns.map((each, key): Happened => ({ what: 'return', key, ...each, work: each.work % works.length })),
      ...received.map((each, key): Happened => ({ what: 'received', key, ...each })),
      ...reports.map((each, key): Happened => ({ what: 'report', key, ...each })),
    ],
  }));

const seeded = { seed: 20261122, numRuns: 6 };
const shuffled = <T>(all: readonly T[], keys: readonly number[]): T[] =>
  all
    .map((each, place) => ({ each, key: keys[place % keys.length]! * 31 + place * 7 }))
    .sort((a, b) => (a.key % 97) - (b.key % 97))
    .map(({ each }) => each);

it('read the same in whatever order things were entered', { timeout: 60_000 }, () =>
  fc.assert(
    fc.asyncProperty(world, fc.array(fc.nat(96), { minLength: 5, maxLength: 5 }), async ({ works, rest }, keys) => {
      const [one, other] = [await open(), await open()];
      try {
        for (const event of [...works, ...rest]) await enter(one, event);
        // Returns follow the work they are of; all else may come in any order.
        for (const event of [...works.toReversed(), ...shuffled(rest, keys)]) await enter(other, event);
        expect(plain(await figures(other))).toEqual(plain(await figures(one)));
      } finally {
        await one.core.close();
        await other.core.close();
      }
    }),
    seeded,
  ),
);

it('read the same after an amendment as if it had been entered so', { timeout: 60_000 }, () =>
  fc.assert(
    fc.asyncProperty(world, async ({ works, rest }) => {
      const [right, amended] = [await open(), await open()];
      try {
        for (const event of [...works, ...rest]) await enter(right, event);
        for (const event of [...works, ...rest]) await enterAmended(amended, event);
        expect(plain(await figures(amended))).toEqual(plain(await figures(right)));
      } finally {
        await right.core.close();
        await amended.core.close();
      }
    }),
    seeded,
  ),
);

it('are the sums of their parts', { timeout: 60_000 }, () =>
  fc.assert(
    fc.asyncProperty(world, async ({ works, rest }) => {
      const one = await open();
      try {
        for (const event of [...works, ...rest]) await enter(one, event);
        const { period, summaries, accuracy, pay } = await figures(one);
        const { totals } = period;
        const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);
        const amounts = (all: readonly (readonly Money[])[]) => sumMoney(all.flat()).filter(({ minor }) => minor !== 0);
        // Time: kinds of pay, shares, days.
        expect(totals.paid + totals.unpaid + totals.unstated).toBe(totals.worked);
        expect(sum(Object.values(totals.shares))).toBe(totals.worked);
        expect(sum(period.days.map((each) => each.totals.worked))).toBe(totals.worked);
        expect(sum(period.projects.map(({ worked }) => worked))).toBe(totals.worked);
        // Pay: days, projects, and what a bar keeps and takes.
        expect(sum(period.days.map(({ pieces }) => pieces))).toBe(period.pieces);
        expect(amounts(period.projects.map(({ promised }) => promised))).toEqual(amounts([period.promised]));
        for (const { kept, lost } of period.whatIf) expect(amounts([kept, lost])).toEqual(amounts([period.promised]));
        const { total } = pay;
        expect(amounts(pay.rows.map(({ expected }) => expected))).toEqual(amounts([total.expected]));
        expect(amounts([total.expected, total.lostToRecalls, total.lostToReturns])).toEqual(amounts([total.promised]));
        expect(amounts([total.difference, total.expected])).toEqual(amounts([total.received]));
        // Returns: stages, and works by how often they came back.
        const returned = rest.filter(({ what }) => what === 'return').length;
        expect(sum(summaries.map((summary) => summary.total))).toBe(returned);
        for (const summary of summaries) {
          expect(sum(summary.byStage.map(({ returns }) => returns))).toBe(summary.total);
          expect(sum(summary.byTimes.map(({ times, works: of }) => times * of))).toBe(summary.total);
        }
        // Accuracy: all pieces are of some day, and none is more correct than all.
        const mine = accuracy.flatMap((each) => each.days.flatMap(({ mine: own }) => own ?? []));
        expect(sum(mine.map((own) => own.total))).toBe(period.pieces);
        for (const own of mine) expect(own.correct).toBeLessThanOrEqual(own.total);
        // A project's whole time is that of its days, whatever was waited for beside it.
        const waiting = { lane: 'waiting', what: 'rules', paid: 'unpaid', taskId: null, tag: null } as const;
        const projectId = one.projects[0]!;
        await one.core.call('time.log', { ...waiting, projectId, start: at(0, 7), end: at(0, 15) });
        const again = await figures(one);
        one.projects.forEach((id, nth) => {
          const of = again.period.projects.find((each) => each.projectId === id);
          expect(again.statements[nth]!.labour.worked).toBe(of?.worked ?? 0);
        });
      } finally {
        await one.core.close();
      }
    }),
    seeded,
  ),
);
