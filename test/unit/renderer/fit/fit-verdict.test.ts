import { describe, expect, it } from 'vitest';
import { distanceDigits, fitVerdict } from '#renderer/fit/fit-verdict.ts';

const at = (distance: number) => ({ distance, strength: 0.2, confidence: 0.9 });

describe('the verdict on a side', () => {
  it('is within only below the tolerance, on either side of the edge', () => {
    expect(fitVerdict(at(2.999), 3)).toBe('within');
    expect(fitVerdict(at(-2.999), 3)).toBe('within');
    expect(fitVerdict(at(3), 3)).toBe('over');
    expect(fitVerdict(at(-3), 3)).toBe('over');
    expect(fitVerdict(null, 3)).toBe('none');
  });

  it('is never contradicted by the rounded figure beside it', () => {
    expect(distanceDigits(1.24, 3)).toBe(1);
    expect(distanceDigits(2.96, 3)).toBe(2);
    expect(distanceDigits(2.996, 3)).toBe(3);
    expect(distanceDigits(3, 3)).toBe(1);
    expect(distanceDigits(-2.96, 3)).toBe(2);
  });
});
