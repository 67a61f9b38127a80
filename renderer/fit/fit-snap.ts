import { boxSides, inwardSign, type BoxEdges, type BoxSide } from './box-side.ts';
import { defaultSearch, type EdgeSearchOptions } from './edge-search.ts';
import { measureSide, type SideCrops } from './fit-meter.ts';

/** The least a box is across after snapping, in pixels. */
const leastSize = 1;

/**
 * Moves sides to the image edges near them: all at once, and once more with the neighbours where they then lie, because a side's
 * length ends at them. Sides without an edge stay, and so does a side whose move would turn the box over or leave less than a pixel of it.
 */
export function snapBox(
  crops: SideCrops,
  box: BoxEdges,
  sides: readonly BoxSide[] = boxSides,
  options: EdgeSearchOptions = defaultSearch,
): BoxEdges {
  const once = snapBetween(crops, box, box, sides, options);
  return sides.length === 1 ? once : snapBetween(crops, box, once, sides, options);
}

/** Each side from where it was, reaching as far as its neighbours in `neighbours` let it. */
function snapBetween(
  crops: SideCrops,
  box: BoxEdges,
  neighbours: BoxEdges,
  sides: readonly BoxSide[],
  options: EdgeSearchOptions,
): BoxEdges {
  const moved: Record<BoxSide, number> = { ...box };
  for (const side of sides) {
    const fit = measureSide(crops, { ...neighbours, [side]: box[side] }, side, options);
    if (fit) moved[side] = box[side] + inwardSign(side) * fit.distance;
  }
  if (moved.right - moved.left < leastSize) Object.assign(moved, { left: box.left, right: box.right });
  if (moved.bottom - moved.top < leastSize) Object.assign(moved, { top: box.top, bottom: box.bottom });
  return moved;
}
