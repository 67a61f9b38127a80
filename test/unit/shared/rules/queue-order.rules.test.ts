import { describe, expect, it } from 'vitest';
import { certaintyOf } from '#shared/rules/queue-order.rules.ts';

const of = (...scores: (number | null)[]) => certaintyOf(scores.map((score) => ({ score })));

describe('how sure a machine is of a photo', () => {
  it('is nothing one can say without scores', () => {
    expect(of()).toBeNull();
    expect(of(null, null)).toBeNull();
  });

  it('follows the textbook for one detection', () => {
    // A coin: no margin, a whole bit.
    expect(of(0.5)).toEqual({ 'least-confident': 0.5, margin: 0, entropy: 0 });
    expect(of(1)).toEqual({ 'least-confident': 1, margin: 1, entropy: 1 });
    expect(of(0)).toEqual({ 'least-confident': 0, margin: 1, entropy: 1 });
    // H(0.9) = 0.4689956 bit.
    expect(of(0.9)!.entropy).toBeCloseTo(1 - 0.4689956, 6);
    expect(of(0.9)!.margin).toBeCloseTo(0.8, 12);
  });

  it('takes the least sure of several, and for entropy the mean', () => {
    expect(of(0.9, 0.5, null)).toMatchObject({ 'least-confident': 0.5, margin: 0 });
    expect(of(0.9, 0.5, null)!.entropy).toBeCloseTo(1 - (0.4689956 + 1) / 2, 6);
    // The three disagree: the first is least sure of 0.1, the second of 0.45.
    expect(of(0.1, 0.45)).toMatchObject({ 'least-confident': 0.1 });
    expect(of(0.1, 0.45)!.margin).toBeCloseTo(0.1, 12);
  });
});
