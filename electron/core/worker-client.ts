import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/contract/errors.ts';
import { topics } from '#shared/contract/topics.ts';
import { type AnyReply, type ChangeListener, type Core, type MediaSource, refusal } from './core-port.ts';
import type { HostCapabilities, Log } from './ports.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts';

export interface WorkerClientOptions {
  dataDir: string;
  capabilities: HostCapabilities;
  checkOutput?: boolean;
  log: Log;
  /** The worker's script; tests give one that misbehaves. */
  script?: URL;
}

/** A second crash within this time of the first means that starting again does not help. */
const restartWindowMs = 60_000;
/** How long closing may take before the worker is ended by force. */
const closeMs = 10_000;

interface Pending {
  /** Answers the asker when the worker can't. */
  fail(code: 'host/internal' | 'host/closed'): void;
  done(answer: AnyReply | MediaSource): void;
}

/** The worker's script lies beside this file, as source or in the bundle. */
function workerScript(): URL {
  const own = import.meta.url;
  return new URL(own.endsWith('.ts') ? './core-worker.ts' : './core-worker.mjs', own);
}

/**
 * Starts the core in a worker thread. Calls may be made at once; they wait for the core to open.
 *
 * When the worker crashes, what was under way is answered with `host/internal` and the core is started again, once a minute at most; then
 * every call is answered with `host/closed`.
 */
export function startWorkerCore(options: WorkerClientOptions): Core {
  const { log } = options;
  const pending = new Map<number, Pending>();
  const listeners = new Set<ChangeListener>();
  let next = 0;
  let worker: Worker | null = null;
  let closing: Promise<void> | null = null;
  let crashedAt = -Infinity;

  const announce: ChangeListener = (changed) => {
    for (const listener of listeners) listener(changed);
  };

  const post = (message: ToWorker) => worker?.postMessage(message);

  const settle = (id: number, answer: AnyReply | MediaSource) => {
    pending.get(id)?.done(answer);
    pending.delete(id);
  };

  const failAll = (code: 'host/internal' | 'host/closed') => {
    const left = [...pending.values()];
    pending.clear();
    for (const each of left) each.fail(code);
  };

  const carryOut = async (message: Extract<FromWorker, { type: 'capability' }>) => {
    const handler = options.capabilities[message.name as keyof HostCapabilities] as (input: unknown) => unknown;
    try {
      post({ type: 'capability-done', id: message.id, value: await handler(message.input) });
    } catch (error) {
      if (!(error instanceof AppError)) log.error('capability failed', { name: message.name, error: String(error) });
      const known = error instanceof AppError ? error : new AppError('host/internal', { operation: message.name });
      post({ type: 'capability-refused', id: message.id, error: { code: known.code, details: known.details } });
    }
  };

  const receive = (message: FromWorker) => {
    if (message.type === 'reply') settle(message.id, message.reply);
    else if (message.type === 'source') settle(message.id, message.source);
    else if (message.type === 'changes') announce(message.topics);
    else if (message.type === 'capability') void carryOut(message);
    else if (message.type === 'unusable') log.error('data folder unusable', { ...message.error });
  };

  const spawn = () => {
    const start: WorkerStart = {
      dataDir: options.dataDir,
      capabilities: Object.keys(options.capabilities),
      checkOutput: options.checkOutput ?? false,
    };
    const mine = new Worker(options.script ?? workerScript(), { workerData: start, name: 'core' });
    mine.on('message', receive);
    mine.on('error', (error) =>
      log.error('core crashed', { error: error instanceof Error ? error.stack : String(error) }),
    );
    mine.once('exit', (code) => ended(mine, code));
    worker = mine;
  };

  const ended = (which: Worker, code: number) => {
    if (which !== worker) return;
    worker = null;
    if (closing) return failAll('host/closed');
    log.error('core ended by itself', { code });
    const again = performance.now() - crashedAt > restartWindowMs;
    crashedAt = performance.now();
    if (again) spawn();
    failAll(again ? 'host/internal' : 'host/closed');
    // Whatever a screen shows may be older than what the new core reads.
    if (again) announce(topics);
  };

  const ask = <T extends AnyReply | MediaSource>(
    message: (id: number) => ToWorker,
    failure: (code: 'host/internal' | 'host/closed') => T,
  ) =>
    new Promise<T>((resolve) => {
      if (!worker || closing) return resolve(failure('host/closed'));
      next += 1;
      const id = next;
      pending.set(id, { done: (answer) => resolve(answer as T), fail: (code) => resolve(failure(code)) });
      try {
        post(message(id));
      } catch (error) {
        // An input that cannot be cloned (a function, a symbol) is no JSON.
        settle(id, refusal('host/bad-input', { path: '(input)', problem: String(error).slice(0, 200) }));
      }
    });

  const close = async () => {
    const mine = worker;
    if (!mine) return;
    const gone = new Promise((resolve) => mine.once('exit', resolve));
    post({ type: 'close' });
    const timer = setTimeout(() => void mine.terminate(), closeMs);
    await gone;
    clearTimeout(timer);
  };

  spawn();
  return {
    call: (name, input) =>
      ask<AnyReply>(
        (id) => ({ type: 'call', id, name, input }),
        (code) => refusal(code, { operation: name.slice(0, 200) }),
      ),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resolveMedia: (taskId) =>
      ask<MediaSource>(
        (id) => ({ type: 'media', id, taskId }),
        () => ({ problem: 'unreadable' }),
      ),
    resolveBlob: (hash) =>
      ask<MediaSource>(
        (id) => ({ type: 'blob', id, hash }),
        () => ({ problem: 'unreadable' }),
      ),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
