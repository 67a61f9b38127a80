import { z } from 'zod';
import { money } from './money.ts';
import { day, instant, milliseconds, zone } from './time.ts';

const cells = <T extends z.ZodType>(cell: T) => z.array(cell.nullable()).max(200_000);
const name = z.string().min(1).max(200);

/**
 * A column of a table as a page shows it, with what its cells are, so that a file holds numbers as numbers and days as days. `percent` is an
 * exact decimal (94.5 is 94.5 %), `duration` milliseconds. Null is an empty cell.
 */
export const tableColumn = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), name, cells: cells(z.string().max(200_000)) }),
  z.strictObject({ type: z.literal('count'), name, cells: cells(z.int()) }),
  z.strictObject({ type: z.literal('percent'), name, cells: cells(z.string().regex(/^-?\d{1,9}(\.\d{1,12})?$/)) }),
  /** `currencyName`: what the column beside it is called, which says the currency of each amount. */
  z.strictObject({ type: z.literal('money'), name, currencyName: name, cells: cells(money) }),
  z.strictObject({ type: z.literal('day'), name, cells: cells(day) }),
  z.strictObject({ type: z.literal('moment'), name, cells: cells(instant) }),
  z.strictObject({ type: z.literal('duration'), name, cells: cells(milliseconds) }),
]);

/** A table as a page shows it: its columns all of one length, its moments to be written in one zone. */
export const table = z
  .strictObject({ name: z.string().min(1).max(200), zone, columns: z.array(tableColumn).min(1).max(200) })
  .refine(({ columns }) => columns.every(({ cells: each }) => each.length === columns[0]?.cells.length));

export type TableColumn = z.infer<typeof tableColumn>;
export type Table = z.infer<typeof table>;
