import { parentPort } from 'node:worker_threads';
import type { WrittenTable } from '#shared/codecs/tables.codec.ts';
import { createWorkbookBuilder } from './table-workbook.ts';

// A workbook is written whole, from memory: that must stop nothing but this thread.

if (!parentPort) throw new Error('table-worker.ts is started as a worker thread');
const port = parentPort;

export type ToTableWorker =
  | { type: 'sheet'; table: Pick<WrittenTable, 'name' | 'columns'> }
  | { type: 'rows'; rows: WrittenTable['rows'] }
  | { type: 'end' };

const builder = createWorkbookBuilder();
port.on('message', (message: ToTableWorker) => {
  if (message.type === 'sheet') builder.sheet(message.table);
  else if (message.type === 'rows') builder.rows(message.rows);
  else {
    port.postMessage(builder.bytes());
    port.close();
  }
});
