import { basename, isAbsolute } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/contract/errors.ts';
import type { CallContext } from '#electron/core/ports.ts';
import { sheetLimits } from './sheet-limits.ts';
import type { SheetRead, SheetTask } from './sheet-work.ts';
import type { FromSheetWorker } from './sheet-worker.ts';

/** The worker's script lies beside this file, as source or in the bundle. */
function script(): URL {
  const own = import.meta.url;
  return new URL(own.endsWith('.ts') ? './sheet-worker.ts' : './sheet-worker.mjs', own);
}

function refusal(message: FromSheetWorker & { type: 'refused' | 'failed' }, file: string, path: string): Error {
  if (message.type === 'refused') {
    return new AppError('sheets/unreadable', { file, problem: message.problem, place: message.place });
  }
  if (message.code === 'ENOENT' || message.code === 'ENOTDIR') return new AppError('files/not-found', { path });
  if (message.code !== null) return new AppError('files/unreadable', { path, problem: message.code });
  return new Error(message.message);
}

/**
 * Reads a table in a thread of its own.
 *
 * @throws AppError `sheets/unreadable`, `files/not-found`, `files/unreadable`, `jobs/cancelled`, `host/bad-input`
 */
export function readInThread(
  task: SheetTask,
  { signal, progress }: Pick<CallContext, 'signal' | 'progress'>,
): Promise<SheetRead> {
  const path = 'path' in task.source ? task.source.path : '';
  const file = 'path' in task.source ? basename(path) : task.source.name;
  if ('path' in task.source && !isAbsolute(path)) {
    return Promise.reject(new AppError('host/bad-input', { path: 'source.path', problem: 'not-absolute' }));
  }
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AppError('jobs/cancelled'));
    const resourceLimits = { maxOldGenerationSizeMb: sheetLimits.heapMb };
    const worker = new Worker(script(), { workerData: task, name: 'sheet', resourceLimits });
    const cancel = () => void worker.terminate();
    signal.addEventListener('abort', cancel);
    let ending: () => void = () => reject(new AppError('jobs/cancelled'));
    worker.on('message', (message: FromSheetWorker) => {
      if (message.type === 'progress') progress(message.done, message.total);
      else if (message.type === 'done') ending = () => resolve(message.result);
      else ending = () => reject(refusal(message, file, path));
    });
    worker.on('error', (error) => {
      const outOfMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      ending = () =>
        reject(outOfMemory ? new AppError('sheets/unreadable', { file, problem: 'too-large', place: '' }) : error);
    });
    worker.once('exit', () => {
      signal.removeEventListener('abort', cancel);
      ending();
    });
  });
}
