import type { ErrorReply } from '#shared/contract/errors.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { AnyReply, MediaSource } from './core-port.ts';

/** What the worker is started with. */
export interface WorkerStart {
  dataDir: string;
  /** Names of the `host.*` operations the host carries out itself. */
  capabilities: string[];
  /** Whether outputs are held against their schemas. */
  checkOutput: boolean;
}

/** From the host to the core's worker. */
export type ToWorker =
  | { type: 'call'; id: number; name: string; input: unknown }
  | { type: 'media'; id: number; taskId: string }
  | { type: 'blob'; id: number; hash: string }
  | { type: 'capability-done'; id: number; value: unknown }
  | { type: 'capability-refused'; id: number; error: ErrorReply }
  | { type: 'close' };

/** From the core's worker to the host. */
export type FromWorker =
  | { type: 'ready' }
  /** The data folder could not be opened; `error` answers every call. */
  | { type: 'unusable'; error: ErrorReply }
  | { type: 'reply'; id: number; reply: AnyReply }
  | { type: 'source'; id: number; source: MediaSource }
  | { type: 'changes'; topics: Topic[] }
  /** The core asks the host to carry out one of its capabilities. */
  | { type: 'capability'; id: number; name: string; input: unknown };
