import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Topic } from './topics.ts';

/** One operation, declared once: what it takes, what it answers, how it can refuse, and what it changes. */
export interface Operation<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  E extends ErrorCode = ErrorCode,
> {
  kind: 'query' | 'command';
  /** One English sentence for `operations.list`. */
  summary: string;
  input: I;
  output: O;
  errors: readonly E[];
  /** Topics announced after a success; a query changes none. */
  changes: readonly Topic[];
}

type Declared<I extends z.ZodType, O extends z.ZodType, E extends ErrorCode> = {
  summary: string;
  input: I;
  output: O;
  errors?: readonly E[];
};

/** Declares an operation that only reads. */
export function query<I extends z.ZodType, O extends z.ZodType, const E extends ErrorCode = never>(
  declared: Declared<I, O, E>,
): Operation<I, O, E> {
  return { kind: 'query', errors: [], changes: [], ...declared };
}

/** Declares an operation that may change something; `changes` names what. */
export function command<I extends z.ZodType, O extends z.ZodType, const E extends ErrorCode = never>(
  declared: Declared<I, O, E> & { changes: readonly Topic[] },
): Operation<I, O, E> {
  return { kind: 'command', errors: [], ...declared };
}

/** Input of an operation that takes nothing. */
export const nothing = z.strictObject({});
/** Output of an operation that answers nothing but success. */
export const done = z.strictObject({});
