/**
 * Which rows of a long table are on screen. Browsers stop at some millions of pixels of height, so a table taller than
 * `tallest` is drawn in a shorter scroll area, and positions are scaled between the two.
 */
export interface RowsGeometry {
  readonly total: number;
  readonly rowHeight: number;
  /** Height of the part that shows rows. */
  readonly viewport: number;
}

/** Tallest scroll area made, in CSS pixels; browsers differ, all do this. */
const tallest = 8_000_000;

/** Rows drawn above and below those on screen. */
const overscan = 4;

const fullHeight = ({ total, rowHeight }: RowsGeometry) => total * rowHeight;

/** Height of the scroll area, in pixels. */
export function areaHeight(rows: RowsGeometry): number {
  return Math.min(fullHeight(rows), tallest);
}

/** The largest position: that of the last row at the lower edge. */
export function lastPosition(rows: RowsGeometry): number {
  return Math.max(0, fullHeight(rows) - rows.viewport);
}

/** Whether positions and scroll offsets differ. */
export function isScaled(rows: RowsGeometry): boolean {
  return fullHeight(rows) > tallest;
}

/** The position (pixels from the top of the first row) that a scroll offset stands for. */
export function positionOf(scrollTop: number, rows: RowsGeometry): number {
  const range = areaHeight(rows) - rows.viewport;
  if (range <= 0) return 0;
  // Whole pixels, so that text stays sharp.
  const position = isScaled(rows) ? Math.round((scrollTop / range) * lastPosition(rows)) : scrollTop;
  return clamp(position, 0, lastPosition(rows));
}

/** The scroll offset that stands for a position. */
export function scrollTopOf(position: number, rows: RowsGeometry): number {
  if (!isScaled(rows)) return position;
  return (position / lastPosition(rows)) * (areaHeight(rows) - rows.viewport);
}

/** First and last row to draw at a position (last exclusive) and how far the first one lies above or below the upper edge. */
export function rowsAt(position: number, rows: RowsGeometry): { first: number; last: number; offset: number } {
  const first = clamp(Math.floor(position / rows.rowHeight) - overscan, 0, rows.total);
  const last = clamp(Math.ceil((position + rows.viewport) / rows.rowHeight) + overscan, first, rows.total);
  return { first, last, offset: first * rows.rowHeight - position };
}

/** The position nearest to the present one at which a row is wholly on screen. */
export function positionShowing(index: number, position: number, rows: RowsGeometry): number {
  const top = index * rows.rowHeight;
  if (top < position) return clamp(top, 0, lastPosition(rows));
  const lowest = top + rows.rowHeight - rows.viewport;
  return clamp(Math.max(position, lowest), 0, lastPosition(rows));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
