import type { SideFit } from './fit-meter.ts';

/** How a side's distance compares to the tolerance of a guideline, for advice; `none` where no edge was found. */
export type FitVerdict = 'within' | 'over' | 'none';

/** Within means less than the tolerance: exactly 3 pixels fail a tolerance of 3. Nothing is rounded first. */
export function fitVerdict(side: SideFit | null, tolerance: number): FitVerdict {
  if (!side) return 'none';
  return Math.abs(side.distance) < tolerance ? 'within' : 'over';
}

/** Digits after the point to show a distance with: one, or as many (at most three) as it takes not to look like the other verdict. */
export function distanceDigits(distance: number, tolerance: number): number {
  const within = Math.abs(distance) < tolerance;
  for (const digits of [1, 2]) {
    if (Number(Math.abs(distance).toFixed(digits)) < tolerance === within) return digits;
  }
  return 3;
}
