import { boxSides, neighboursOf, type BoxEdges, type BoxSide } from './box-side.ts';
import { defaultSearch, findEdge, searchReach, type EdgeSearchOptions } from './edge-search.ts';
import type { LuminanceCrop } from './luminance.ts';
import { cutStrip } from './side-strip.ts';

/** How a side lies to the image edge near it. Advice, never a judgement. */
export interface SideFit {
  /** Pixels from the side to the edge; positive: the side lies outside of it. */
  readonly distance: number;
  /** Mean step across the edge, grey values 0 to 1. */
  readonly strength: number;
  /** 0 (a guess) to 1 (nothing else comes near). */
  readonly confidence: number;
}

/** Null where no edge stands out from the noise. */
export type BoxFit = Readonly<Record<BoxSide, SideFit | null>>;

/** Where the pixels around each side are. One crop around the whole box, or, for large boxes, a strip for each side. */
export type SideCrops = Readonly<Record<BoxSide, LuminanceCrop>>;

/** The same crop for every side. */
export function wholeCrop(crop: LuminanceCrop): SideCrops {
  return { left: crop, top: crop, right: crop, bottom: crop };
}

/** Share of a side's length left off at each end, and the most of it in pixels. */
const trimShare = 0.1;
const mostTrim = 8;

/** Measures one side. */
export function measureSide(
  crops: SideCrops,
  box: BoxEdges,
  side: BoxSide,
  options: EdgeSearchOptions = defaultSearch,
): SideFit | null {
  const [from, to] = neighboursOf(side);
  const trim = Math.min(mostTrim, trimShare * (box[to] - box[from]));
  const strip = cutStrip(crops[side], box, side, { ...searchReach(options), trim });
  const found = strip && findEdge(strip, options);
  return found && { distance: found.depth, strength: found.strength, confidence: found.confidence };
}

/** Measures all four sides of a box. */
export function measureBox(crops: SideCrops, box: BoxEdges, options: EdgeSearchOptions = defaultSearch): BoxFit {
  const measured = boxSides.map((side) => [side, measureSide(crops, box, side, options)] as const);
  return Object.fromEntries(measured) as Record<BoxSide, SideFit | null>;
}
