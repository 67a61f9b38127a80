import type { Input, Output } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';
import { keepKeptKeysDuring } from '#renderer/lib/kept-keys.ts';
import { toClientError, type ClientError } from './client-error.ts';
import type { Client } from './client.ts';
import { queryTopics, type QueryName } from './query-topics.ts';

/** What is known of one query. */
export interface QueryState<N extends QueryName> {
  data: Output<N> | undefined;
  error: ClientError | undefined;
  /** A fetch is under way (the first or a later one). */
  fetching: boolean;
}

/** Answers of queries, shared by every screen that asks the same, kept while someone looks and a little longer. */
export interface QueryCache {
  /** The present state; the same object until it changes. */
  read<N extends QueryName>(name: N, input: Input<N>): QueryState<N>;
  /** Fetches (once) and keeps the answer fresh until the returned function is called. */
  watch<N extends QueryName>(name: N, input: Input<N>, listener: () => void, topics?: readonly Topic[]): () => void;
  /** Fetches again now; done when what was known only after the call is shown, or the fetch failed. */
  refetch<N extends QueryName>(name: N, input: Input<N>): Promise<void>;
  dispose(): void;
}

interface Slot {
  readonly name: QueryName;
  readonly input: Input<QueryName>;
  topics: readonly Topic[];
  state: QueryState<QueryName>;
  readonly listeners: Set<() => void>;
  /** The fetch under way. */
  abort: AbortController | null;
  /** Settles with the latest fetch; it never fails. */
  fetched: Promise<void>;
  /** Something changed while a fetch was under way, so its answer may be old already. */
  again: boolean;
}

const unknown: QueryState<QueryName> = { data: undefined, error: undefined, fetching: true };
/** Answers nobody looks at that are kept, so that going back to a room shows it at once. */
const keptUnwatched = 40;

/** The key of a query's answer: name and canonical input. */
export function queryKey(name: QueryName, input: unknown): string {
  return `${name} ${JSON.stringify(input, (_key, value: unknown) => sorted(value))}`;
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Makes the cache over a client. */
export function createQueryCache(client: Client): QueryCache {
  const slots = new Map<string, Slot>();

  const set = (slot: Slot, change: Partial<QueryState<QueryName>>) => {
    slot.state = { ...slot.state, ...change };
    for (const listener of slot.listeners) listener();
  };

  const fetchInto = (slot: Slot): Promise<void> => {
    if (slot.abort) slot.again = true;
    else {
      slot.fetched = fetchNow(slot);
      // Keys typed ahead may be meant for what this brings.
      keepKeptKeysDuring(slot.fetched);
    }
    return slot.fetched;
  };

  const fetchNow = async (slot: Slot): Promise<void> => {
    const abort = new AbortController();
    slot.abort = abort;
    if (!slot.state.fetching) set(slot, { fetching: true });
    try {
      const data = await client.call(slot.name, slot.input, abort.signal);
      slot.abort = null;
      if (!abort.signal.aborted) set(slot, { data, error: undefined, fetching: slot.again });
    } catch (thrown) {
      slot.abort = null;
      if (abort.signal.aborted) return;
      const error = toClientError(thrown, slot.name);
      // The last answer stays on screen while the host is away; a refusal by the core replaces it.
      const data = error.code === 'client/unreachable' ? slot.state.data : undefined;
      set(slot, { error, data, fetching: slot.again });
    }
    if (slot.again) {
      slot.again = false;
      await fetchInto(slot);
    }
  };

  const dropUnwatched = () => {
    const unwatched = [...slots].filter(([, slot]) => slot.listeners.size === 0);
    for (const [key] of unwatched.slice(0, Math.max(0, unwatched.length - keptUnwatched))) slots.delete(key);
  };

  const stop = client.onChange((changed) => {
    for (const [key, slot] of slots) {
      if (!slot.topics.some((topic) => changed.includes(topic))) continue;
      if (slot.listeners.size > 0) void fetchInto(slot);
      else slots.delete(key);
    }
  });

  return {
    read: <N extends QueryName>(name: N, input: Input<N>) => slots.get(queryKey(name, input))?.state ?? unknown,
    watch(name, input, listener, topics = queryTopics[name]) {
      const key = queryKey(name, input);
      const slot: Slot = slots.get(key) ?? {
        name,
        input,
        topics,
        state: unknown,
        listeners: new Set(),
        abort: null,
        fetched: Promise.resolve(),
        again: false,
      };
      slot.topics = topics;
      // Most recently watched last, so that the oldest is forgotten first.
      slots.delete(key);
      slots.set(key, slot);
      slot.listeners.add(listener);
      const kept = slot.state.data !== undefined && slot.state.error === undefined && topics.length > 0;
      if (!kept && !slot.abort) void fetchInto(slot);
      return () => {
        slot.listeners.delete(listener);
        if (slot.listeners.size > 0) return;
        // A remount in the same turn (a key that changes back, strict mode) keeps the fetch.
        queueMicrotask(() => {
          if (slot.listeners.size > 0) return;
          if (slot.abort) {
            slot.abort.abort();
            slot.abort = null;
            if (slots.get(key) === slot) slots.delete(key);
          }
          dropUnwatched();
        });
      };
    },
    async refetch(name, input) {
      const slot = slots.get(queryKey(name, input));
      if (slot) await fetchInto(slot);
    },
    dispose() {
      stop();
      for (const slot of slots.values()) slot.abort?.abort();
      slots.clear();
    },
  };
}
