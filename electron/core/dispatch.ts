import { z } from 'zod';
import { contract, isOperationName, type OperationName, type Reply } from '#shared/contract/contract.ts';
import { AppError, type ErrorCode } from '#shared/contract/errors.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { Json } from '#shared/domain/json.ts';
import type { CallContext, Handlers, Log } from './ports.ts';

export interface DispatchOptions {
  handlers: Handlers<OperationName>;
  log: Log;
  /** Called once after each success that changed something. */
  announce(topics: Topic[]): void;
  /** Opens the job an input names and answers its signal and progress sink; closed when the call ends. */
  openJob(id: string | null, operation: OperationName): { context: Omit<CallContext, 'changed'>; close(): void };
  /** Output is checked in tests and development; in the product the handlers' types are trusted. */
  checkOutput: boolean;
}

export type Dispatch = (name: string, input: unknown) => Promise<Reply<OperationName>>;

const refusal = (code: ErrorCode, details: Record<string, Json> = {}): Reply<OperationName> => ({
  ok: false,
  error: { code, details } as Extract<Reply<OperationName>, { ok: false }>['error'],
});

/** The first problem of a failed parse, as a place and a word: bad input is told precisely but not at length. */
function describeIssue(error: z.ZodError): Record<string, Json> {
  const issue = error.issues[0];
  return { path: issue?.path.map(String).join('.') || '(input)', problem: issue?.message ?? 'invalid' };
}

function jobIdOf(input: unknown): string | null {
  const id = (input as { jobId?: unknown } | null)?.jobId;
  return typeof id === 'string' ? id : null;
}

/**
 * Builds the one door to the core: looks the operation up by own property only, parses the input, runs the handler, announces the
 * topics, and turns whatever is thrown into a code. An error a handler did not declare is reported as `host/internal`.
 */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { handlers, log, announce, openJob, checkOutput } = options;

  return async (name, input) => {
    if (!isOperationName(name)) return refusal('host/unknown-operation', { name: String(name).slice(0, 200) });
    const operation = contract[name];
    const parsed = operation.input.safeParse(input);
    if (!parsed.success) return refusal('host/bad-input', describeIssue(parsed.error));

    const topics = new Set<Topic>(operation.changes);
    const job = openJob(jobIdOf(parsed.data), name);
    try {
      const handler = handlers[name] as (input: unknown, context: CallContext) => unknown;
      const value = await handler(parsed.data, {
        ...job.context,
        changed: (...more) => more.forEach((t) => topics.add(t)),
      });
      if (checkOutput) {
        const checked = (operation.output as z.ZodType).safeParse(value);
        if (!checked.success) throw new Error(`output of ${name}: ${z.prettifyError(checked.error)}`);
      }
      if (topics.size > 0) announce([...topics]);
      return { ok: true, value } as Reply<OperationName>;
    } catch (error) {
      return refuse(name, error, log);
    } finally {
      job.close();
    }
  };
}

function refuse(name: OperationName, error: unknown, log: Log): Reply<OperationName> {
  if (error instanceof AppError) {
    const declared = contract[name].errors as readonly ErrorCode[];
    if (declared.includes(error.code) || error.code.startsWith('host/') || error.code.startsWith('data/')) {
      return refusal(error.code, error.details);
    }
  }
  log.error('operation failed', { operation: name, error: error instanceof Error ? error.stack : String(error) });
  return refusal('host/internal', { operation: name });
}
