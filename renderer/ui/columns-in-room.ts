/** What of a column decides whether it is shown. */
interface ColumnRoom {
  width: number | string;
  leaves?: number;
}

/** What the rows keep free at both ends together. */
const rowPadding = 32;

/** The least a column takes: its width, or the lower end of its `minmax()`; a bare share takes nothing. */
function leastWidth(width: number | string): number {
  if (typeof width === 'number') return width;
  return Number(/^minmax\((\d+)px/.exec(width)?.[1] ?? 0);
}

/**
 * The columns a table of some width has room for. Where they need more than there is, those that may leave go, the first in their order
 * first, until the rest fits; the others are never cut to make room for them.
 *
 * @param room width of the table in CSS pixels; 0 while it is not known
 */
export function columnsInRoom<C extends ColumnRoom>(columns: readonly C[], room: number): readonly C[] {
  if (room === 0) return columns;
  const kept = new Set(columns);
  let needed = rowPadding + columns.reduce((sum, { width }) => sum + leastWidth(width), 0);
  const leaving = columns
    .filter(({ leaves }) => leaves !== undefined)
    .sort((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0));
  for (const column of leaving) {
    if (needed <= room) break;
    kept.delete(column);
    needed -= leastWidth(column.width);
  }
  return kept.size === columns.length ? columns : columns.filter((column) => kept.has(column));
}
