import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorReply } from '#shared/contract/errors.ts';
import { createBackend } from './backend.ts';
import type { Core, MediaSource } from './core-port.ts';
import { refusal } from './core-port.ts';
import type { HostCapabilities } from './ports.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts';

// The core's own thread: no query, hash or checkpoint ever holds up a window. Everything it knows of its host comes by message.

if (!parentPort) throw new Error('core-worker.ts is started as a worker thread');
const port = parentPort;
const start = workerData as WorkerStart;
const send = (message: FromWorker) => port.postMessage(message);

interface Waiting {
  resolve(value: unknown): void;
  reject(error: AppError): void;
}
const waiting = new Map<number, Waiting>();
let asked = 0;

/** The host's capabilities, each carried out by the host while the core waits. */
function remoteCapabilities(): HostCapabilities {
  const ask = (name: string) => (input: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      send({ type: 'capability', id: asked, name, input });
    });
  return Object.fromEntries(start.capabilities.map((name) => [name, ask(name)])) as unknown as HostCapabilities;
}

function answerCapability(message: Extract<ToWorker, { type: 'capability-done' | 'capability-refused' }>): void {
  const asker = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.type === 'capability-done') asker?.resolve(message.value);
  else asker?.reject(new AppError(message.error.code, message.error.details));
}

async function answer(core: Core, message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'call':
      return send({ type: 'reply', id: message.id, reply: await core.call(message.name, message.input) });
    case 'media':
      return send({ type: 'source', id: message.id, source: await core.resolveMedia(message.taskId) });
    case 'blob':
      return send({ type: 'source', id: message.id, source: await core.resolveBlob(message.hash) });
    case 'capability-done':
    case 'capability-refused':
      return answerCapability(message);
    case 'close':
      await core.close();
      port.close();
  }
}

/** Stands in for a core whose data folder cannot be opened: every call answers why. */
function unusableCore(error: ErrorReply): Core {
  const source: MediaSource = { problem: 'unreadable' };
  return {
    call: async () => refusal(error.code as 'host/internal', error.details),
    onChange: () => () => undefined,
    resolveMedia: async () => source,
    resolveBlob: async () => source,
    close: async () => undefined,
  };
}

async function openCore(): Promise<Core> {
  try {
    const backend = await createBackend({
      dataDir: start.dataDir,
      checkOutput: start.checkOutput,
      capabilities: remoteCapabilities(),
    });
    backend.onChange((topics) => send({ type: 'changes', topics: [...topics] }));
    send({ type: 'ready' });
    return backend;
  } catch (error) {
    // Only what the owner can understand and act upon is an answer; anything else ends the worker loudly.
    if (!(error instanceof AppError)) throw error;
    const reply = { code: error.code, details: error.details };
    send({ type: 'unusable', error: reply });
    return unusableCore(reply);
  }
}

// Calls that come while the core is opening wait for it here.
const opening = openCore();
port.on('message', (message: ToWorker) => {
  void opening.then((core) => answer(core, message));
});
await opening;
