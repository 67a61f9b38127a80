import { AppError } from '#shared/contract/errors.ts';
import type { AnnotationDoc, Change, JournalRecord } from '#shared/domain/annotation.ts';
import { appendRecord, changeOf, effectOf, foldJournal, type JournalState } from '#shared/rules/undo-journal.rules.ts';
import { ClientError } from '#renderer/client/client-error.ts';
import { createScope } from '#renderer/lib/scope.ts';

/** Where the journal is kept: the narrow part of the contract that it needs. */
export interface DraftPort {
  /** `drafts.append`: answers the length after it. */
  append(after: number, records: readonly JournalRecord[]): Promise<{ length: number }>;
  /** `drafts.get`: the journal as it is stored now. */
  get(): Promise<{ base: AnnotationDoc; records: readonly JournalRecord[] }>;
}

/** `saving`: on its way. `waiting`: the host is away, it is tried again. `failed`: the host refuses what it was sent. */
export type SavedState = 'saved' | 'saving' | 'waiting' | 'failed';

/** What others see of the journal; a new object at every change. */
export interface DraftView {
  readonly journal: JournalState;
  readonly saved: SavedState;
  /** Counts how often another writer's records were taken in, so that a screen can say so. */
  readonly reloads: number;
}

/**
 * The undo journal of one task, live: changes are folded into the state at once and written to the host in order, so that
 * a killed window or host loses a fraction of a second.
 */
export interface DraftJournal {
  view(): DraftView;
  subscribe(listener: () => void): () => void;
  /** Takes a change that is already on screen. */
  do(change: Change): void;
  /** Takes back the last change; the change to apply on screen, or null when there is none. */
  undo(): Change | null;
  redo(): Change | null;
  /** Resolves with the journal's length when everything is durable; rejects when the host refuses. */
  flush(): Promise<number>;
  /** Sends what is held back at once, without waiting for an answer: the window is about to go. */
  hurry(): void;
  /** Tries again now (the host came back). */
  retry(): void;
  /** Takes in what was written to the stored journal by other means (an import), with what is not written yet on top. */
  reload(): Promise<void>;
  /** Called with the document when records of another writer were taken in and the screen must be drawn anew. */
  onReload(listener: (doc: AnnotationDoc) => void): () => void;
  dispose(): void;
}

/** Changes within this time travel together. */
const coalesceMs = 150;
const firstRetryMs = 300;
const longestRetryMs = 4000;
/** Records sent at once; the contract takes 10,000. */
const batchLimit = 2000;

const passing = new Set(['client/unreachable', 'host/closed', 'host/busy', 'host/internal', 'data/read-only']);

/** Makes the journal of a task from what `drafts.get` answered. `now` gives milliseconds since 1970. */
export function createDraftJournal(
  port: DraftPort,
  stored: { base: AnnotationDoc; records: readonly JournalRecord[] },
  now: () => number = Date.now,
): DraftJournal {
  const scope = createScope();
  const listeners = new Set<() => void>();
  const reloadListeners = new Set<(doc: AnnotationDoc) => void>();
  let view: DraftView = { journal: foldJournal(stored.records, stored.base), saved: 'saved', reloads: 0 };
  /** Records that the host has. */
  let acknowledged = stored.records.length;
  let pending: JournalRecord[] = [];
  /** How many of `pending` are on their way. */
  let sending = 0;
  let retryMs = firstRetryMs;
  let cancelTimer: (() => void) | null = null;
  let settledWaiters: { resolve: (length: number) => void; reject: (error: unknown) => void }[] = [];

  const publish = (change: Partial<DraftView>) => {
    view = { ...view, ...change };
    for (const listener of [...listeners]) listener();
  };
  const settle = (error?: unknown) => {
    const waiters = settledWaiters;
    settledWaiters = [];
    for (const waiter of waiters) {
      if (error === undefined) waiter.resolve(acknowledged);
      else waiter.reject(error);
    }
  };
  const schedule = (ms: number) => {
    cancelTimer?.();
    cancelTimer = scope.timeout(() => {
      cancelTimer = null;
      void send();
    }, ms);
  };
  const add = (record: JournalRecord) => {
    pending.push(record);
    publish({ journal: appendRecord(view.journal, record), saved: view.saved === 'waiting' ? 'waiting' : 'saving' });
    if (sending === 0 && cancelTimer === null) schedule(coalesceMs);
  };

  /** What the host has already of a batch whose answer got lost, or what another window wrote meanwhile. */
  const reconcile = async () => {
    const fresh = await port.get();
    const beyond = fresh.records.slice(acknowledged);
    const known = pending.slice(0, beyond.length);
    const ours = beyond.length <= pending.length && beyond.every((record, at) => sameRecord(record, known[at]));
    if (ours && fresh.records.length >= acknowledged) {
      pending = pending.slice(beyond.length);
      acknowledged = fresh.records.length;
      return;
    }
    rebase(fresh);
    publish({ reloads: view.reloads + 1 });
  };
  /** Someone else wrote: their journal stands, and what this window has not written yet goes on top of it. */
  const rebase = (fresh: { base: AnnotationDoc; records: readonly JournalRecord[] }) => {
    const unwritten = pending;
    acknowledged = fresh.records.length;
    pending = [];
    let journal = foldJournal(fresh.records, fresh.base);
    for (const record of unwritten) {
      const moved = rebasedRecord(journal.doc, record);
      if (!moved) continue;
      pending.push(moved);
      journal = appendRecord(journal, moved);
    }
    publish({ journal });
    for (const listener of [...reloadListeners]) listener(journal.doc);
  };

  const send = async (): Promise<void> => {
    if (sending > 0 || scope.disposed) return;
    if (pending.length === 0) {
      if (view.saved !== 'saved') publish({ saved: 'saved' });
      settle();
      return;
    }
    const batch = pending.slice(0, batchLimit);
    sending = batch.length;
    try {
      const { length } = await port.append(acknowledged, batch);
      acknowledged = length;
      pending = pending.slice(batch.length);
      retryMs = firstRetryMs;
      sending = 0;
      if (pending.length > 0) schedule(settledWaiters.length > 0 ? 0 : coalesceMs);
      else await send();
    } catch (error) {
      sending = 0;
      await recover(error);
    }
  };

  const recover = async (error: unknown): Promise<void> => {
    const code = error instanceof ClientError || error instanceof AppError ? error.code : 'host/internal';
    if (code === 'drafts/stale') {
      try {
        await reconcile();
        schedule(0);
        return;
      } catch {
        // The host went away meanwhile: as below.
      }
    } else if (!passing.has(code)) {
      publish({ saved: 'failed' });
      settle(error);
      return;
    }
    publish({ saved: 'waiting' });
    schedule(retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  };

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    do: (change) => add({ type: 'do', at: now(), change }),
    undo() {
      const record: JournalRecord = { type: 'undo', at: now() };
      const effect = effectOf(view.journal, record);
      if (effect) add(record);
      return effect;
    },
    redo() {
      const record: JournalRecord = { type: 'redo', at: now() };
      const effect = effectOf(view.journal, record);
      if (effect) add(record);
      return effect;
    },
    flush() {
      if (pending.length === 0 && sending === 0) return Promise.resolve(acknowledged);
      const settled = new Promise<number>((resolve, reject) => settledWaiters.push({ resolve, reject }));
      if (sending === 0) schedule(0);
      return settled;
    },
    hurry() {
      const rest = pending.slice(sending, sending + batchLimit);
      if (rest.length === 0) return;
      if (sending === 0) {
        cancelTimer?.();
        cancelTimer = null;
        void send();
        return;
      }
      // What is on its way comes first; should it be lost, the host refuses this and nothing is out of order.
      port.append(acknowledged + sending, rest).catch(() => undefined);
    },
    retry() {
      if (view.saved !== 'waiting') return;
      retryMs = firstRetryMs;
      schedule(0);
    },
    async reload() {
      // What is on its way first, or it would be taken for another writer's.
      while (sending > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const fresh = await port.get();
      if (sending > 0 || fresh.records.length === acknowledged) return;
      rebase(fresh);
      if (pending.length > 0) schedule(0);
    },
    onReload(listener) {
      reloadListeners.add(listener);
      return () => reloadListeners.delete(listener);
    },
    dispose() {
      scope.dispose();
      listeners.clear();
      reloadListeners.clear();
      settle(new ClientError('client/unreachable', {}, 'drafts.append'));
    },
  };
}

/** Records are compared by what they say; both sides came through JSON or will. */
function sameRecord(a: JournalRecord, b: JournalRecord | undefined): boolean {
  return b !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** A change made on another document, made again on this one; null for undo and redo, whose object is gone. */
function rebasedRecord(doc: AnnotationDoc, record: JournalRecord): JournalRecord | null {
  if (record.type !== 'do') return null;
  const wanted = record.change.edits.flatMap(({ before, after }) => {
    const id = (after ?? before)?.id;
    return id === undefined ? [] : [{ id, after }];
  });
  const change = changeOf(doc, record.change.label, wanted);
  return change && { ...record, change };
}
