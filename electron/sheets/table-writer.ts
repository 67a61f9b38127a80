import { setImmediate as breathe } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { WrittenTable } from '#shared/codecs/tables.codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { CallContext } from '#electron/core/ports.ts';
import { sheetLimits } from './sheet-limits.ts';
import type { ToTableWorker } from './table-worker.ts';

/** A sheet whose rows come in portions. */
export interface SheetPortions extends Pick<WrittenTable, 'name' | 'columns'> {
  portions: Iterable<WrittenTable['rows']>;
}

/** The worker's script lies beside this file, as source or in the bundle. */
function script(): URL {
  const own = import.meta.url;
  return new URL(own.endsWith('.ts') ? './table-worker.ts' : './table-worker.mjs', own);
}

/**
 * Writes an XLSX workbook in a thread of its own; between two portions of rows other calls are answered.
 *
 * @throws AppError `tables/too-long` for more rows than the thread's memory is good for, `jobs/cancelled`
 */
export async function writeWorkbook(
  sheets: readonly SheetPortions[],
  { signal }: Pick<CallContext, 'signal'>,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const resourceLimits = { maxOldGenerationSizeMb: sheetLimits.heapMb };
  const worker = new Worker(script(), { name: 'table', resourceLimits });
  const cancel = () => void worker.terminate();
  signal.addEventListener('abort', cancel);
  const tooLong = () => new AppError('tables/too-long', { limit: sheetLimits.rows - 1 });
  const done = new Promise<Uint8Array>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLong() : error),
    );
    worker.once('exit', () => reject(new AppError('jobs/cancelled')));
  });
  // It may end before it is waited for.
  done.catch(() => undefined);
  const send = (message: ToTableWorker) => worker.postMessage(message);
  try {
    let rows = 0;
    for (const { name, columns, portions } of sheets) {
      send({ type: 'sheet', table: { name, columns } });
      for (const portion of portions) {
        rows += portion.length;
        if (rows >= sheetLimits.rows) throw tooLong();
        send({ type: 'rows', rows: portion });
        await breathe();
        signal.throwIfAborted();
      }
    }
    send({ type: 'end' });
    return await done;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}
