import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { payAccount } from '#shared/metrics/pay-period.metric.ts';
import { workingDays } from '#shared/rules/working-day.rules.ts';
import { figurePiecesIn } from '#electron/repositories/figures.repository.ts';
import { sealedPiecesIn, sumPieces } from '#electron/repositories/piece-days.repository.ts';
import { payPeriodOf, payPeriodSums } from '#electron/repositories/pay-period.repository.ts';
import { countPieces, type PiecesOfKind } from '#electron/repositories/works.repository.ts';
import { someId } from '#test/support/entry-drafts.ts';
import { payProject, rebuiltTheSame, recall, sealPiece, setTerms, work, yuan } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

const minute = 60_000;
const noon = Date.parse('2026-11-10T04:00:00.000Z');

/** The pay of November, by every piece and by the roll-ups. */
function both() {
  const { db } = test.backend;
  const days = workingDays('2026-11-01', '2026-11-30', test.clock.zone(), 4);
  const { projects: whole } = payAccount(payPeriodOf(db.read, days));
  const { projects: sums } = payAccount(payPeriodSums(db.read, days));
  const sorted = (pay: typeof whole) => pay.toSorted((a, b) => String(a.projectId).localeCompare(String(b.projectId)));
  return { whole: sorted(whole), sums: sorted(sums) };
}

function byKind(pieces: readonly PiecesOfKind[]) {
  const sums = new Map<string | null, number>();
  for (const { taskKind, pieces: n } of pieces) sums.set(taskKind, (sums.get(taskKind) ?? 0) + n);
  return sums;
}

/** Tasks of November that came back, by every piece and by the roll-ups. */
function cameBack() {
  const { read } = test.backend.db;
  const days = workingDays('2026-11-01', '2026-11-30', test.clock.zone(), 4);
  const window = { start: days[0]!.start, end: days.at(-1)!.end };
  const pieces = figurePiecesIn(read, window).filter(({ count }) => count === 1);
  const byPiece = pieces.reduce((sum, { returns }) => sum + Math.min(1, returns), 0);
  const byRollUp = sealedPiecesIn(read, days)
    .flat()
    .reduce((sum, { returned }) => sum + returned, 0);
  return { byPiece, byRollUp };
}

describe('the roll-ups of pay', () => {
  it('come to what every piece of work comes to, whatever was sealed again, returned, recalled or voided', async () => {
    const penalty = { free: 0, firstPercent: 20, laterPercent: 10, how: 'additive' as const };
    const street = await payProject(test, 'street', { returnPenalty: penalty });
    await setTerms(test, street, { rate: { per: 'piece', amount: yuan(7) }, taskKind: 'boxes' });
    await setTerms(test, street, { effectiveFrom: '2026-11-11', rate: { per: 'piece', amount: yuan(50) } });
    const sealed = [];
    for (let n = 0; n < 40; n += 1) {
      const task = someId();
      const at = noon + n * 100 * minute;
      const first = sealPiece(test, street, task, at, n % 3 === 0 ? 'boxes' : null);
      sealed.push(first);
      // Set right by submitting again: another kind, or none any more.
      if (n % 5 === 0) sealPiece(test, street, task, at + minute, n % 2 === 0 ? 'boxes' : null, first);
    }
    const batch = await work(test, street, { count: 30, taskKind: 'boxes' });
    await work(test, null, { count: 2 });
    recall(test, street, { works: [{ type: 'elsewhere', id: batch }], pieces: 12 });
    recall(test, street, { works: [{ type: 'submission', id: sealed[7]!.id as never }], pieces: 1 });
    for (const at of [2, 9, 9]) {
      await test.call('returns.open', {
        ...{ subject: { type: 'submission', id: sealed[at]!.id as never }, stage: 'reviewer', round: 1, reason: 'r' },
        ...{ ruleCited: null, guidelineId: null, itemised: null, check: null, reviewer: null, deadline: null },
        ...{ deduction: null, view: null, attachments: [], receivedAt: test.clock.instant },
      });
    }
    await test.call('ledger.correct', {
      reason: 'not mine',
      corrections: [{ type: 'void', entryId: sealed[3]!.entry }],
    });
    const { whole, sums } = both();
    expect(whole.find(({ projectId }) => projectId === street)).toMatchObject({ pieces: 69, recalledPieces: 13 });
    expect(sums).toEqual(whole);
    expect(cameBack()).toEqual({ byPiece: 2, byRollUp: 2 });
    // Windows that begin and end within a quarter of an hour, and before and after all work.
    for (const [start, end] of [
      [-Infinity, 7],
      [3, 11],
      [0, 1999],
      [150, 2600],
      [333, 9000],
    ] as const) {
      const from = start === -Infinity ? '0000-01-01T00:00:00.000Z' : new Date(noon + start * minute + 1).toISOString();
      const window = { from, to: new Date(noon + end * minute + 1).toISOString() };
      const { read } = test.backend.db;
      expect(byKind(sumPieces(read, street, window))).toEqual(byKind(countPieces(read, street, null, window)));
    }
    const [gone] = test.backend.db.read.all<{ id: EntryId }>(
      'SELECT entry_id AS id FROM returned WHERE subject_id = ?',
      [sealed[2]!.id],
    );
    await test.call('ledger.correct', { reason: 'not mine', corrections: [{ type: 'void', entryId: gone!.id }] });
    expect(cameBack()).toEqual({ byPiece: 1, byRollUp: 1 });
    await rebuiltTheSame(test);
  });

  it('count time paid by time once, in whatever order it was entered, and as it is after corrections', async () => {
    const hourly = await payProject(test, 'voice', { rate: { per: 'hour', amount: yuan(36) } });
    const stretch = fc.record({
      what: fc.constantFrom<Input<'time.log'>['what']>('annotating', 'tasks', 'rules', 'break'),
      start: fc.integer({ min: 0, max: 300 }),
      length: fc.integer({ min: 1, max: 130 }),
      paid: fc.constantFrom('by-time' as const, 'unpaid' as const),
      voided: fc.boolean(),
    });
    let day = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(stretch, { maxLength: 6 }), async (stretches) => {
        // A week of its own for each, so that none overlaps another's lane.
        day += 1;
        const begin = Date.parse('2025-01-01T00:00:00.000Z') + day * 24 * 60 * minute;
        const covered = new Set<number>();
        for (const { what, start, length, paid, voided } of stretches) {
          const lane = what === 'annotating' || what === 'break' ? 'activity' : 'waiting';
          const times = [start, start + length].map((at) => new Date(begin + at * minute).toISOString());
          const span = {
            lane,
            what,
            start: times[0]!,
            end: times[1]!,
            paid,
            projectId: hourly,
            taskId: null,
            tag: null,
          };
          const logged = await test.call('time.log', span as Input<'time.log'>).catch(() => null);
          if (logged === null) continue;
          const entryId = logged.entryId as EntryId;
          if (voided) await test.call('ledger.correct', { reason: 'no', corrections: [{ type: 'void', entryId }] });
          else if (paid === 'by-time' && what !== 'break') {
            for (let at = start; at < start + length; at += 1) covered.add(at);
          }
        }
        const window = { day: '2025-01-01', start: begin, end: begin + 24 * 60 * minute };
        const ms = payPeriodSums(test.backend.db.read, [window]).time.reduce((sum, { paidMs }) => sum + paidMs, 0);
        expect(ms).toBe(covered.size * minute);
      }),
      { numRuns: 25 },
    );
    await rebuiltTheSame(test);
  });
});
