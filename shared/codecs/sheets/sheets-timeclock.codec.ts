import type { Cell } from '../../domain/sheet-mapping.ts';
import { SheetError, type SheetTable } from './sheets-json.codec.ts';

const line = /^([iIoO])\s+(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[+-]\d{4})?)(?:\s+(.*))?$/;
const comment = /^\s*(?:[#;*].*)?$/;

/** Whether a text begins as a timeclock file does. */
export function looksLikeTimeclock(text: string): boolean {
  const first = text.split(/\r?\n/, 50).find((each) => !comment.test(each));
  return first !== undefined && line.test(first);
}

/**
 * Reads hledger's timeclock format: a line `i` clocks in (date, time, account, two spaces, description), the `o` after it clocks
 * out. The table has one row a stretch; its row numbers are stretches, not lines.
 *
 * @throws SheetError `clock-order` when a stretch is begun within another or ends none, `not-a-line`; both name the line
 */
export function tableOfTimeclock(text: string): SheetTable {
  const rows: Cell[][] = [['timeclock.in', 'timeclock.out', 'timeclock.account', 'timeclock.description']];
  let open: { at: string; account: string; description: string } | null = null;
  for (const [number, each] of text.split(/\r?\n/).entries()) {
    if (comment.test(each)) continue;
    const match = line.exec(each);
    if (!match) throw new SheetError('not-a-line', `line ${number + 1}`);
    const [, what, at, rest = ''] = match;
    if (what!.toLowerCase() === 'i') {
      if (open) throw new SheetError('clock-order', `line ${number + 1}`);
      const [account = '', ...description] = rest.trim().split(/\s{2,}/);
      open = { at: at!, account, description: description.join(' ') };
    } else {
      if (!open) throw new SheetError('clock-order', `line ${number + 1}`);
      rows.push([open.at, at!, open.account, open.description]);
      open = null;
    }
  }
  // Whoever is clocked in still has not spent that time yet: the next file will have the end.
  return { name: 'timeclock', rows, headerRow: 1 };
}
