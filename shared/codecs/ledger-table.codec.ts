/** Columns of the table of entries. `body` is the effective body as JSON. */
export const ledgerColumns = [
  'seq',
  'id',
  'kind',
  'occurred_start',
  'occurred_end',
  'zone',
  'recorded_at',
  'source',
  'state',
  'project',
  'about',
  'amends',
  'group',
  'body',
] as const;

/** What a spreadsheet would take for a formula, or for the way into one. */
const formula = /^[=+\-@\t\r]/;

/**
 * One row of a CSV file as RFC 4180 has it: commas, CRLF, quotes doubled. A cell that a spreadsheet would calculate gets an apostrophe before
 * it, so that a text somebody else wrote can do nothing on the machine of whoever opens the table.
 */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
