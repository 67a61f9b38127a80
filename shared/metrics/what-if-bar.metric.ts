import type { Money } from '../domain/money.ts';
import { type Accuracy, accuracyOfTasks, meetsBar } from '../rules/accuracy.rules.ts';
import { sumMoney } from '../rules/pay.rules.ts';

/** What one project saw on one working day, for holding it against a bar. */
export interface BarDay {
  pieces: number;
  /** Of `pieces`, those that came back at least once. */
  returned: number;
  /** What the pieces and hours of that day pay by the terms. */
  promised: readonly Money[];
  /** As the client announced it for that day, one a stage. */
  announced: readonly Accuracy[];
}

export interface UnderBar {
  /** As a decimal in per cent. */
  percent: string;
  kept: Money[];
  lost: Money[];
  /** Days of projects of which there is an accuracy, and those of them below the bar. */
  days: number;
  daysBelow: number;
}

/**
 * What a period would pay if a day below an accuracy bar paid nothing: on each day and project the accuracy the client announced for it, of several
 * stages the lowest, and where none was announced (pieces - pieces that came back) / pieces is held against "at least `percent`", exactly; the
 * promised pay of the days that meet it is kept, that of the others lost. Days with neither are kept: there is nothing to measure. kept + lost is
 * the promised pay, whatever the bar.
 */
export function underBar(days: readonly BarDay[], percent: string): UnderBar {
  const measured = days.filter(({ pieces, announced }) => pieces > 0 || announced.length > 0);
  const below = new Set(
    measured.filter(({ pieces, returned, announced }) => {
      const held = announced.length > 0 ? announced : [accuracyOfTasks(pieces - Math.min(returned, pieces), pieces)];
      return held.some((accuracy) => !meetsBar(accuracy, { operator: 'at-least', percent }));
    }),
  );
  const pay = (which: (day: BarDay) => boolean) => sumMoney(days.filter(which).flatMap(({ promised }) => promised));
  return {
    percent,
    kept: pay((day) => !below.has(day)),
    lost: pay((day) => below.has(day)),
    days: measured.length,
    daysBelow: below.size,
  };
}
