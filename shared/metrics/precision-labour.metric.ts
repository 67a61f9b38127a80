/** What making finished work look more precise took. Times in milliseconds. */
export interface PrecisionLabour {
  revisingMs: number;
  /** Returns that came. */
  returns: number;
  /** What a further round took on average; null when none came. */
  perReturnMs: number | null;
}

/**
 * Precision labour as far as it is known: time spent revising, that is working on what had been submitted before, and what each return cost: time /
 * returns. That work was accepted is told to nobody, so the last round known stands for it.
 */
export function precisionLabour(revisingMs: number, returns: number): PrecisionLabour {
  return { revisingMs, returns, perReturnMs: returns === 0 ? null : Math.round(revisingMs / returns) };
}
