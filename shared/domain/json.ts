import { z } from 'zod';

/** A JSON value as RFC 8785 can canonicalise it: no undefined, no NaN, no lone surrogates. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;
