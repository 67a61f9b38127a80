import { z } from 'zod';
import { currency } from './money.ts';
import { columnUse } from './sheet-mapping.ts';

/** What a column of a client's statement can say of a row. */
export const statementField = z.enum(['name', 'date', 'count', 'amount']);

/** What the columns of a statement are; what it has no column for is not compared. */
export const statementColumns = z.strictObject({
  /** Which rows are mine: those with one of these names in this column; null when all are. */
  me: z.strictObject({ column: z.string().max(1000), names: z.array(z.string().min(1).max(500)).max(20) }).nullable(),
  name: columnUse.nullable(),
  date: columnUse.nullable(),
  count: columnUse.nullable(),
  amount: columnUse.nullable(),
  currency,
});

export type StatementField = z.infer<typeof statementField>;
export type StatementColumns = z.infer<typeof statementColumns>;
