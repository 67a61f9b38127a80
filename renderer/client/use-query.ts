import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { ClientError } from './client-error.ts';
import { useQueryCache } from './client-context.tsx';
import { queryKey, type QueryState } from './query-cache.ts';
import type { QueryName } from './query-topics.ts';

/** What a screen sees of a query. */
export interface Query<N extends QueryName> {
  /** The answer; while another input is loading, the answer to the one before (see `previous`). */
  data: Output<N> | undefined;
  error: ClientError | undefined;
  /** Nothing to show yet. */
  loading: boolean;
  /** A fetch is under way. */
  fetching: boolean;
  /** `data` answers the input before this one. */
  previous: boolean;
  /** Fetches again now, for a "try again" button; changes arrive by themselves. */
  refetch: () => void;
}

interface Options {
  /** Topics to depend on instead of those in query-topics.ts. */
  topics?: readonly Topic[];
}

const idle: QueryState<QueryName> = { data: undefined, error: undefined, fetching: false };

/** Asks a query and keeps its answer fresh for as long as the component is there. `input: null` asks nothing yet. */
export function useQuery<N extends QueryName>(name: N, input: Input<N> | null, options: Options = {}): Query<N> {
  const cache = useQueryCache();
  const key = input === null ? null : queryKey(name, input);
  const given = useRef(input);
  given.current = input;
  const topics = options.topics;

  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === null || given.current === null) return () => undefined;
      return cache.watch(name, given.current, listener, topics);
    },
    // The key stands for name and input, the joined topics for the list.
    // oxlint-disable-next-line react/exhaustive-deps
    [cache, key, topics?.join(' ')],
  );
  const read = () => (input === null ? idle : cache.read(name, input));
  const state = useSyncExternalStore(subscribe, read);

  const last = useRef<Output<N> | undefined>(undefined);
  if (state.data !== undefined) last.current = state.data;
  if (state.error !== undefined && state.data === undefined) last.current = undefined;
  const data = state.data ?? last.current;

  return {
    data,
    error: state.error,
    loading: data === undefined && state.fetching,
    fetching: state.fetching,
    previous: state.data === undefined && data !== undefined,
    refetch: () => {
      if (given.current !== null) void cache.refetch(name, given.current);
    },
  };
}
