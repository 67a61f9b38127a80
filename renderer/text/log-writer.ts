import { AppError } from '#shared/contract/errors.ts';
import { fromBase64, toBase64 } from '#shared/proofs/base64.ts';
import { decodeEdits, encodeEdits, textAfter, type Edit } from '#shared/text/edit-log.ts';
import { ClientError } from '#renderer/client/client-error.ts';
import { createScope } from '#renderer/lib/scope.ts';

/** Where the log of one text is kept: the narrow part of the contract that it needs. Bytes as base64. */
export interface LogPort {
  /** `texts.appendLog`: answers the length after it. */
  append(after: number, data: string): Promise<{ length: number }>;
  /** `texts.readLogs`: the log as it is stored now; empty where there is none. */
  read(): Promise<string>;
}

/** `saving`: on its way. `waiting`: the host is away, it is tried again. `failed`: the host refuses what it was sent. */
export type LogState = 'saved' | 'saving' | 'waiting' | 'failed';

/** Writes the edits of one text to the host in order, so that a killed window or host loses a fraction of a second. */
export interface LogWriter {
  readonly state: LogState;
  /** Edits that the host has or is about to get, the earliest first. */
  edits(): readonly Edit[];
  take(edits: readonly Edit[]): void;
  /** Resolves when everything is durable; rejects when the host refuses. */
  flush(): Promise<void>;
  /** Sends what is held back at once: the window is about to go. */
  hurry(): void;
  /** Tries again now (the host came back). */
  retry(): void;
  /** Takes the stored log for granted, whatever was known of it (its history was erased). Everything must be flushed. */
  reread(): Promise<void>;
  dispose(): void;
}

interface Options {
  port: LogPort;
  /** The log as it was stored when the text was opened. */
  stored: Uint8Array;
  /** The text that the log begins from. */
  before: string;
  /** The text as it stands in the window. */
  text: () => string;
  /** The log became another one by someone else's writing; `edits()` leads to the text as it stands in this window. */
  onReload: () => void;
  onState: () => void;
  now?: () => number;
}

/** Edits within this time travel together. */
const coalesceMs = 250;
const firstRetryMs = 300;
const longestRetryMs = 4000;
/** Edits sent at once; a thousand are some five kilobytes. */
const batchLimit = 20_000;

const passing = new Set(['client/unreachable', 'host/closed', 'host/busy', 'host/internal', 'data/read-only']);

/**
 * Makes the writer of one text's log.
 * @throws RangeError when the stored log is damaged
 */
export function createLogWriter({ port, stored, before, text, onReload, onState, now = Date.now }: Options): LogWriter {
  const scope = createScope();
  let known = decodeEdits(stored);
  /** Bytes that the host has. */
  let acknowledged = stored.length;
  let pending: Edit[] = [];
  let sending = false;
  let state: LogState = 'saved';
  let retryMs = firstRetryMs;
  let stopTimer: (() => void) | null = null;
  let waiters: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  const tell = (next: LogState) => {
    if (state === next) return;
    state = next;
    onState();
  };
  const settle = (error?: unknown) => {
    const all = waiters;
    waiters = [];
    for (const waiter of all) {
      if (error === undefined) waiter.resolve();
      else waiter.reject(error);
    }
  };
  const schedule = (ms: number) => {
    stopTimer?.();
    stopTimer = scope.timeout(() => {
      stopTimer = null;
      void send();
    }, ms);
  };

  /** The answer to a batch got lost, or another window wrote meanwhile. */
  const reconcile = async (sent: Uint8Array) => {
    const fresh = fromBase64(await port.read());
    const ours =
      fresh.length === acknowledged + sent.length && sent.every((byte, at) => fresh[acknowledged + at] === byte);
    if (ours) return fresh.length;
    known = decodeEdits(fresh);
    acknowledged = fresh.length;
    const theirs = textAfter(known.edits, before);
    const here = text();
    // Nothing that stands in this window is lost; what the other one wrote comes back with an undo.
    pending = theirs === here ? [] : [exchange(theirs, here, now())];
    onReload();
    return null;
  };

  const send = async (): Promise<void> => {
    if (sending || scope.disposed) return;
    if (pending.length === 0) {
      tell('saved');
      settle();
      return;
    }
    const batch = pending.slice(0, batchLimit);
    const { bytes, end } = encodeEdits(batch, known.end);
    const taken = (length: number) => {
      acknowledged = length;
      known.edits.push(...batch);
      known.end = end;
      pending = pending.slice(batch.length);
      retryMs = firstRetryMs;
    };
    sending = true;
    try {
      taken((await port.append(acknowledged, toBase64(bytes))).length);
      sending = false;
    } catch (error) {
      await recover(error, bytes, taken);
      return;
    }
    if (pending.length > 0) schedule(waiters.length > 0 ? 0 : coalesceMs);
    else await send();
  };

  const recover = async (error: unknown, sent: Uint8Array, taken: (length: number) => void): Promise<void> => {
    const code = error instanceof ClientError || error instanceof AppError ? error.code : 'host/internal';
    if (code === 'drafts/stale') {
      try {
        const length = await reconcile(sent);
        if (length !== null) taken(length);
        sending = false;
        schedule(0);
        return;
      } catch {
        // The host went away meanwhile: as below.
      }
    }
    sending = false;
    if (code !== 'drafts/stale' && !passing.has(code)) {
      tell('failed');
      settle(error);
      return;
    }
    tell('waiting');
    schedule(retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  };

  return {
    get state() {
      return state;
    },
    edits: () => (pending.length === 0 ? known.edits : [...known.edits, ...pending]),
    take(edits) {
      pending.push(...edits);
      if (state !== 'waiting') tell('saving');
      if (!sending && stopTimer === null) schedule(coalesceMs);
    },
    flush() {
      if (pending.length === 0 && !sending) return Promise.resolve();
      const settled = new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
      if (!sending) schedule(0);
      return settled;
    },
    hurry() {
      if (sending || pending.length === 0) return;
      stopTimer?.();
      stopTimer = null;
      void send();
    },
    retry() {
      if (state !== 'waiting') return;
      retryMs = firstRetryMs;
      schedule(0);
    },
    async reread() {
      const fresh = fromBase64(await port.read());
      known = decodeEdits(fresh);
      acknowledged = fresh.length;
      onReload();
    },
    dispose() {
      scope.dispose();
      settle(new ClientError('client/unreachable', {}, 'texts.appendLog'));
    },
  };
}

/** One text put in the place of another, with what both begin and end with left alone. */
function exchange(from: string, to: string, at: number): Edit {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return {
    at,
    from: start,
    removed: from.length - start - end,
    inserted: to.slice(start, to.length - end),
    how: 'program',
  };
}
