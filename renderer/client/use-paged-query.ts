import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { ClientError } from './client-error.ts';
import { useClient } from './client-context.tsx';
import { createPages, type Page, type Pages } from './pages.ts';
import { queryKey } from './query-cache.ts';
import { queryTopics, type QueryName } from './query-topics.ts';

/** Queries that take `offset` and `limit` and answer a `total`. */
export type PagedQueryName = {
  [N in QueryName]: Output<N> extends { total: number }
    ? Input<N> extends { offset?: number | undefined; limit?: number | undefined }
      ? N
      : never
    : never;
}[QueryName];

/** A long list with random access, as a virtual table wants it. */
export interface PagedQuery<Row> {
  /** Rows in all; undefined until the first page came. */
  total: number | undefined;
  /** A row that is here, else undefined; asking also fetches nothing: see `show`. */
  row: (index: number) => Row | undefined;
  /** Says which rows (first, last) are on screen; fetches their pages. */
  show: (first: number, last: number) => void;
  /** Fetches every row, of those that are not on the screen too. */
  all: () => Promise<Row[]>;
  loading: boolean;
  error: ClientError | undefined;
  refetch: () => void;
}

const pageSize = 100;

/**
 * Asks for pages of a query as they come into view and keeps those around it. When a topic changes, the pages on screen are
 * fetched again while the old rows stay. `rows` takes the rows out of an answer; give a stable function.
 */
export function usePagedQuery<N extends PagedQueryName, Row>(
  name: N,
  input: Omit<Input<N>, 'offset' | 'limit'> | null,
  rows: (output: Output<N>) => readonly Row[],
): PagedQuery<Row> {
  const client = useClient();
  const key = input === null ? null : queryKey(name, input);
  const fetchPage = useCallback(
    async (offset: number, limit: number, signal?: AbortSignal): Promise<Page<Row>> => {
      if (input === null) return { total: 0, rows: [] };
      const output = await client.call(name, { ...input, offset, limit } as unknown as Input<N>, signal);
      return { total: (output as { total: number }).total, rows: rows(output) };
    },
    // The key stands for name and input.
    // oxlint-disable-next-line react/exhaustive-deps
    [client, key, rows],
  );
  const pages: Pages<Row> = useMemo(() => createPages<Row>(pageSize, fetchPage), [fetchPage]);
  const all = useCallback(async () => {
    const found: Row[] = [];
    for (let total = 1; found.length < total;) {
      const page = await fetchPage(found.length, pageSize);
      found.push(...page.rows);
      // Fewer than were told: rows went away meanwhile.
      total = page.rows.length === 0 ? 0 : page.total;
    }
    return found;
  }, [fetchPage]);
  useEffect(() => {
    if (key === null) return;
    pages.show(0, 0);
    const topics: readonly string[] = queryTopics[name];
    const stop = client.onChange((changed) => {
      if (changed.some((topic) => topics.includes(topic))) pages.refresh();
    });
    return () => {
      stop();
      pages.dispose();
    };
  }, [client, key, name, pages]);

  const state = useSyncExternalStore(pages.subscribe, pages.state);
  const show = useCallback((first: number, last: number) => pages.show(first, last), [pages]);
  const refetch = useCallback(() => pages.refresh(), [pages]);
  return {
    total: state.total,
    row: state.row,
    show,
    all,
    loading: key !== null && state.total === undefined && state.error === undefined,
    error: state.error,
    refetch,
  };
}
