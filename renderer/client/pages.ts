import { toClientError, type ClientError } from './client-error.ts';

/** One answer of a paged query. */
export interface Page<Row> {
  total: number;
  rows: readonly Row[];
}

/** State of a paged list; a new object at every change. */
export interface PagesState<Row> {
  total: number | undefined;
  row: (index: number) => Row | undefined;
  error: ClientError | undefined;
}

/** The page cache behind a virtual table. */
export interface Pages<Row> {
  /** Fetches the pages that hold the rows `first` to `last` unless they are here or under way. */
  show(first: number, last: number): void;
  /** Fetches again what is on screen; the old rows stay until the new ones come. */
  refresh(): void;
  subscribe: (listener: () => void) => () => void;
  state: () => PagesState<Row>;
  dispose(): void;
}

/** Pages kept: at 100 rows each, 4,000 rows around what was looked at last. */
const kept = 40;

interface Slot<Row> {
  rows: readonly Row[];
  /** Fetched before the last change. */
  old: boolean;
}

/** Makes the cache; `fetchPage` answers rows from `offset` on, at most `limit`. */
export function createPages<Row>(
  size: number,
  fetchPage: (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Row>>,
): Pages<Row> {
  const listeners = new Set<() => void>();
  const slots = new Map<number, Slot<Row>>();
  const underWay = new Map<number, AbortController>();
  let shown: readonly [number, number] = [0, 0];
  let state: PagesState<Row> = { total: undefined, row: () => undefined, error: undefined };

  const row = (index: number) => slots.get(Math.floor(index / size))?.rows[index % size];
  const publish = (change: Partial<PagesState<Row>>) => {
    // A new `row` function each time, so that a memoised table draws again.
    state = { ...state, ...change, row: (index) => row(index) };
    for (const listener of listeners) listener();
  };

  const fetchInto = async (page: number) => {
    if (underWay.has(page)) return;
    const abort = new AbortController();
    underWay.set(page, abort);
    try {
      const answer = await fetchPage(page * size, size, abort.signal);
      if (abort.signal.aborted) return;
      slots.delete(page);
      slots.set(page, { rows: answer.rows, old: false });
      for (const oldest of slots.keys()) {
        if (slots.size <= kept) break;
        slots.delete(oldest);
      }
      publish({ total: answer.total, error: undefined });
    } catch (thrown) {
      if (!abort.signal.aborted) publish({ error: toClientError(thrown, 'page') });
    } finally {
      if (underWay.get(page) === abort) underWay.delete(page);
    }
  };

  const fetchShown = () => {
    const [first, last] = shown.map((index) => Math.max(0, Math.floor(index / size))) as [number, number];
    for (const [page, abort] of underWay) {
      if (page < first - 1 || page > last + 1) {
        abort.abort();
        underWay.delete(page);
      }
    }
    for (let page = first; page <= last; page++) {
      const slot = slots.get(page);
      if (!slot || slot.old) void fetchInto(page);
    }
  };

  return {
    show(first, last) {
      shown = [first, last];
      fetchShown();
    },
    refresh() {
      for (const slot of slots.values()) slot.old = true;
      for (const abort of underWay.values()) abort.abort();
      underWay.clear();
      fetchShown();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    dispose() {
      for (const abort of underWay.values()) abort.abort();
      underWay.clear();
    },
  };
}
