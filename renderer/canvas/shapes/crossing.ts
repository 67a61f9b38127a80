import { toPlace, type Place } from './paths.ts';

/** Pixels: a crossing this near to an end of a stretch is that end. */
const nearEnd = 0.002;

/** Where two stretches meet. */
interface Crossing {
  readonly place: Place;
  /** How far along the first and the second it lies, 0 to 1. */
  readonly along: number;
  readonly alongOther: number;
}

/**
 * Where a stretch crosses or touches another; null where it does not, or where both run along one line. The place is to a
 * thousandth of a pixel, and exactly an end of the second or the first stretch where it is that.
 */
export function crossingOf([a, b]: readonly [Place, Place], [c, d]: readonly [Place, Place]): Crossing | null {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) - nearEnd) return null;
  if (Math.max(c[0], d[0]) < Math.min(a[0], b[0]) - nearEnd) return null;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) - nearEnd) return null;
  if (Math.max(c[1], d[1]) < Math.min(a[1], b[1]) - nearEnd) return null;
  const [abx, aby, cdx, cdy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const lengths = Math.hypot(abx, aby) * Math.hypot(cdx, cdy);
  const cross = abx * cdy - aby * cdx;
  if (lengths === 0 || Math.abs(cross) < lengths * 1e-9) return null;
  const along = ((c[0] - a[0]) * cdy - (c[1] - a[1]) * cdx) / cross;
  const alongOther = ((c[0] - a[0]) * aby - (c[1] - a[1]) * abx) / cross;
  const [slack, slackOther] = [nearEnd / Math.hypot(abx, aby), nearEnd / Math.hypot(cdx, cdy)];
  if (along < -slack || along > 1 + slack || alongOther < -slackOther || alongOther > 1 + slackOther) return null;
  const place = [a[0] + along * abx, a[1] + along * aby] as const;
  const end = [c, d, a, b].find((each) => Math.hypot(each[0] - place[0], each[1] - place[1]) <= nearEnd);
  return {
    place: end ?? toPlace({ x: place[0], y: place[1] }),
    along: clamped(along),
    alongOther: clamped(alongOther),
  };
}

function clamped(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
