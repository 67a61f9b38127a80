import type { OperationName, Output, ParsedInput } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';

/** The two clocks: the monotonic one measures, the wall clock dates. Tests give a fake. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds since an arbitrary start; stands still or not while suspended, by system. */
  monotonic(): number;
  /**
   * Milliseconds since the machine started, sleep included, to a tenth of a second or so. Where it is there, a sleep and a wall
   * clock set forward can be told apart.
   */
  sinceBoot?(): number;
  /** IANA zone name in force now. */
  zone(): string;
}

/** Makes ids (UUIDv7) and random bytes; tests give a seeded one. */
export interface Ids {
  uuid(): string;
  randomBytes(length: number): Uint8Array;
}

/** Diagnostics go to the log, never to the user. */
export interface Log {
  info(message: string, details?: Record<string, unknown>): void;
  error(message: string, details?: Record<string, unknown>): void;
}

/** What a handler gets beside its parsed input. */
export interface CallContext {
  /** Aborted when the caller cancels the job or the host closes. */
  signal: AbortSignal;
  /** Reports progress of a job the input named; does nothing when it named none. */
  progress(done: number, total: number | null): void;
  /** Topics changed beyond those the operation declares (a query that repaired something, say). */
  changed(...topics: Topic[]): void;
}

export type Handler<N extends OperationName> = (
  input: ParsedInput<N>,
  context: CallContext,
) => Output<N> | Promise<Output<N>>;

/** A service's table of operations: the names it serves and what serves them. */
export type Handlers<N extends OperationName> = { [K in N]: Handler<K> };

/** What a host may offer beside carrying the contract; see `host.contract.ts`. */
export type HostCapabilities = Handlers<Extract<OperationName, `host.${string}`>>;
