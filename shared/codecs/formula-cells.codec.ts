/** What a spreadsheet takes for a formula, full-width signs where Chinese is written; and what would be taken for a cell made harmless. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** A cell that no spreadsheet calculates: what would be a formula gets an apostrophe before it. */
export function formulaHarmless(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text that was made harmless. */
export function formulaUndone(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
