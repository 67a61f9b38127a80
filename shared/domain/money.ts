import { z } from 'zod';

/** ISO 4217 code in capitals. */
export const currency = z.string().regex(/^[A-Z]{3}$/);
/** An amount in integer minor units of its currency (fen, cents; none for JPY). Never a float. */
export const money = z.strictObject({ minor: z.int(), currency });

export type Money = z.infer<typeof money>;
export type Currency = z.infer<typeof currency>;
