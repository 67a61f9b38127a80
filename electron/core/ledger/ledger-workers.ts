import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/contract/errors.ts';
import type { CallContext } from '#electron/core/ports.ts';
import type { LedgerTask, LedgerTaskResults } from './ledger-tasks.ts';
import type { FromLedgerWorker } from './ledger-worker.ts';

/** Carries out long reading work on the ledger in threads of its own. */
export interface LedgerWorkers {
  /**
   * @throws AppError `jobs/cancelled` when the signal is given; what the task throws, with its `code`
   */
  run<T extends LedgerTask>(
    task: T,
    context: Pick<CallContext, 'signal' | 'progress'>,
  ): Promise<LedgerTaskResults[T['type']]>;
  /** Tasks under way: while there are any, the file must not be exchanged. */
  readonly busy: number;
  /** Ends whatever is under way; its callers hear `jobs/cancelled`. */
  close(): Promise<void>;
}

/** The worker's script lies beside this file, as source or in the bundle. */
function script(): URL {
  const own = import.meta.url;
  return new URL(own.endsWith('.ts') ? './ledger-worker.ts' : './ledger-worker.mjs', own);
}

export function createLedgerWorkers(): LedgerWorkers {
  const workers = new Set<Worker>();

  const run: LedgerWorkers['run'] = (task, { signal, progress }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new AppError('jobs/cancelled'));
      const worker = new Worker(script(), { workerData: task, name: `ledger-${task.type}` });
      workers.add(worker);
      const cancel = () => void worker.terminate();
      signal.addEventListener('abort', cancel);
      // What a task answers or why it failed; without either it was ended from outside.
      let ending: () => void = () => reject(new AppError('jobs/cancelled'));
      worker.on('message', (message: FromLedgerWorker) => {
        if (message.type === 'progress') progress(message.done, message.total);
        else if (message.type === 'done') ending = () => resolve(message.result as never);
        else ending = () => reject(Object.assign(new Error(message.message), { code: message.code }));
      });
      worker.on('error', (error) => {
        ending = () => reject(error instanceof Error ? error : new Error(String(error)));
      });
      // Not before the thread is gone is its connection closed.
      worker.once('exit', () => {
        workers.delete(worker);
        signal.removeEventListener('abort', cancel);
        ending();
      });
    });

  return {
    run,
    get busy() {
      return workers.size;
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}
