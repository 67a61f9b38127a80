import { parentPort, workerData } from 'node:worker_threads';
import { SheetError } from '#shared/codecs/sheets/sheets-json.codec.ts';
import { readSheet, type SheetRead, type SheetTask } from './sheet-work.ts';

// A large or hostile file must stop nothing but this thread, whose memory is limited and which can be ended at any moment.

if (!parentPort) throw new Error('sheet-worker.ts is started as a worker thread');
const port = parentPort;

export type FromSheetWorker =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; result: SheetRead }
  | { type: 'refused'; problem: string; place: string }
  | { type: 'failed'; code: string | null; message: string };

const send = (message: FromSheetWorker) => port.postMessage(message);

try {
  const result = await readSheet(workerData as SheetTask, (done, total) => send({ type: 'progress', done, total }));
  send({ type: 'done', result });
} catch (error) {
  if (error instanceof SheetError) send({ type: 'refused', problem: error.problem, place: error.place });
  else {
    const { code } = error as { code?: unknown };
    send({ type: 'failed', code: typeof code === 'string' ? code : null, message: String((error as Error).message) });
  }
}
