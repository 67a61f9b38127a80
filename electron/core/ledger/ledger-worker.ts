import { parentPort, workerData } from 'node:worker_threads';
import { type LedgerTask, runLedgerTask } from './ledger-tasks.ts';

// Verifying, comparing or copying the whole ledger takes seconds: it runs here, so that no query waits for it.

if (!parentPort) throw new Error('ledger-worker.ts is started as a worker thread');
const port = parentPort;

/** What the worker tells: how far it is, and how it ended. */
export type FromLedgerWorker =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; result: unknown }
  | { type: 'failed'; code: string | null; message: string };

const send = (message: FromLedgerWorker) => port.postMessage(message);

try {
  const result = await runLedgerTask(workerData as LedgerTask, (done, total) =>
    send({ type: 'progress', done, total }),
  );
  send({ type: 'done', result });
} catch (error) {
  const { code } = error as { code?: unknown };
  send({ type: 'failed', code: typeof code === 'string' ? code : null, message: String((error as Error).message) });
}
