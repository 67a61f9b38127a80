import { describe, expect, it } from 'vitest';
import { activity, type Lane, waitingFor } from '#shared/domain/time.ts';
import { fitsLane, isKeptByTouches, isWork, paidByTerms } from '#shared/rules/time.rules.ts';

const amount = { minor: 100, currency: 'CNY' };
const stretches: [Lane, string][] = [
  ['presence', 'present'],
  ...activity.options.map((what): [Lane, string] => ['activity', what]),
  ...waitingFor.options.map((what): [Lane, string] => ['waiting', what]),
];
const paidAs = (per: 'piece' | 'hour' | 'day', paid: string) =>
  stretches.filter(([lane, what]) => paidByTerms(lane, what, { per, amount }, true) === paid).map(([, what]) => what);

describe('how time is paid', () => {
  it('is by the piece for annotating alone', () => {
    expect(paidAs('piece', 'by-piece')).toEqual(['annotating']);
    expect(paidAs('piece', 'by-time')).toEqual([]);
  });

  it('is by time for all work, and for nothing that is none', () => {
    for (const per of ['hour', 'day'] as const) {
      expect(paidAs(per, 'unpaid')).toEqual(['present', 'break', 'payment']);
      expect(paidAs(per, 'by-piece')).toEqual([]);
    }
  });

  it('is not stated for any work of a project whose pay was never told', () => {
    for (const [lane, what] of stretches) {
      expect(paidByTerms(lane, what, null, true)).toBe(isWork(lane, what) ? 'unstated' : 'unpaid');
      expect(paidByTerms(lane, what, { per: 'none' }, true)).toBe('unpaid');
    }
  });

  it('is not stated without a project for the work itself, and unpaid for what nobody could have promised', () => {
    const unstated = stretches.filter(([lane, what]) => paidByTerms(lane, what, null, false) === 'unstated');
    expect(unstated.map(([, what]) => what)).toEqual(['annotating', 'revising']);
  });
});

describe('lanes', () => {
  it('take the words that are theirs', () => {
    for (const lane of ['presence', 'activity', 'waiting'] as const) {
      const taken = stretches.filter(([, what]) => fitsLane(lane, what));
      expect(taken.every(([own]) => own === lane)).toBe(true);
      expect(taken).toHaveLength(stretches.filter(([own]) => own === lane).length);
    }
  });

  it('know work from what is none', () => {
    expect(stretches.filter(([lane, what]) => !isWork(lane, what)).map(([, what]) => what)).toEqual([
      'present',
      'break',
      'payment',
    ]);
  });

  it('wait for touches where touches are to be expected', () => {
    expect(isKeptByTouches('annotating', 't')).toBe(true);
    expect(isKeptByTouches('annotating', null)).toBe(false);
    expect(isKeptByTouches('training', 't')).toBe(false);
  });
});
