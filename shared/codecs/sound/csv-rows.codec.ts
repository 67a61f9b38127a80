/** A row of a table with the line on which it begins, from 1. */
export interface CsvRow {
  cells: string[];
  line: number;
  /** Its last cell is in quotes that nothing closes. */
  isCutOff: boolean;
}

/**
 * Rows of a text with commas, semicolons or tabs between cells, whichever its first line has most of; quoted cells may hold line breaks.
 * Empty lines are none. Linear in the text.
 */
export function* readCsv(whole: string): Generator<CsvRow> {
  const text = whole.replace(/^\uFEFF/, '');
  const [first = ''] = text.split(/[\r\n]/, 1);
  const countOf = (mark: string) => first.split(mark).length;
  const [separator] = [',', ';', '\t'].sort((a, b) => countOf(b) - countOf(a)) as [string];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begins = line;
    const cells: string[] = [];
    let [isCutOff, isEmpty] = [false, true];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        isEmpty = false;
        const end = quoteEnd(text, at + 1);
        isCutOff = end < 0;
        const quoted = text.slice(at + 1, end < 0 ? text.length : end);
        for (let next = quoted.indexOf('\n'); next >= 0; next = quoted.indexOf('\n', next + 1)) line += 1;
        cell = quoted.replaceAll('""', '"');
        at = end < 0 ? text.length : end + 1;
      }
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
      cells.push(cell + text.slice(from, at));
      if (at > from || cells.length > 1) isEmpty = false;
      if (text[at] !== separator || at >= text.length) break;
      at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    if (at < text.length) [at, line] = [at + 1, line + 1];
    if (!isEmpty) yield { cells, line: begins, isCutOff };
  }
}

/** Where quotes close: those in the cell are doubled. */
function quoteEnd(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 2))
    if (text[end + 1] !== '"') return end;
  return -1;
}
