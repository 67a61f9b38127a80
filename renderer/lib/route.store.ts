import { create } from 'zustand';

/**
 * Where one is: a room and what is open in it. Rooms add their parameters here, so that any room may lead to any other
 * without importing it. Values are plain strings and numbers; a parameter that is absent is left out.
 */
export interface RoomParams {
  start: { step?: 'folder' | 'texts' };
  /** `texts`: a file of texts to be taken in. */
  work: { projectId?: string; taskId?: string; texts?: string };
  today: { day?: string };
  period: { span?: 'week' | 'month'; day?: string };
  ledger: {
    entryId?: string;
    kinds?: readonly string[];
    projectId?: string;
    day?: string;
    source?: 'measured' | 'stated' | 'imported';
    subject?: string;
    /** Entries a figure was computed from: the list shows these alone. */
    entries?: readonly string[];
    /** What they are the entries of, in words. */
    title?: string;
  };
  returns: {
    returnId?: string;
    submissionId?: string;
    elsewhereId?: string;
    new?: boolean;
    view?: 'returns' | 'figures' | 'recalls' | 'standing' | 'again';
    projectId?: string;
    stage?: 'reviewer' | 'inspector' | 'overseer' | 'machine';
    round?: number;
    younger?: boolean;
  };
  accuracy: { projectId?: string; view?: 'machine'; new?: boolean };
  statement: { projectId?: string };
  figures: Record<string, never>;
  notebook: { search?: string; projectId?: string; rule?: string; label?: string; returnId?: string; new?: boolean };
  projects: { projectId?: string };
  judgements: { taskId?: string };
  elsewhere: { projectId?: string };
  sheets: Record<string, never>;
  settings: { section?: string };
  pay: { from?: string; to?: string; new?: 'received' | 'announced' | 'deducted' | 'claim' | 'statement' };
  training: { trainingId?: string; new?: boolean };
}

export type RoomId = keyof RoomParams;
export type Route = { [R in RoomId]: { room: R; params: RoomParams[R] } }[RoomId];

interface RouteState {
  route: Route;
  past: readonly Route[];
  future: readonly Route[];
}

/** Places remembered for going back. */
const remembered = 100;

/** The store behind the functions below; components use `useRoute`. */
export const routeStore = create<RouteState>(() => ({
  route: { room: 'start', params: {} },
  past: [],
  future: [],
}));

const same = (a: Route, b: Route) => a.room === b.room && JSON.stringify(a.params) === JSON.stringify(b.params);

/** Goes to a room. `replace` puts the new place over the present one, for changes nobody would go back to (a selected row). */
export function navigate<R extends RoomId>(room: R, params: RoomParams[R], options: { replace?: boolean } = {}): void {
  const next = { room, params } as Route;
  routeStore.setState((state) => {
    if (same(state.route, next)) return state;
    if (options.replace) return { ...state, route: next };
    return { route: next, past: [...state.past.slice(1 - remembered), state.route], future: [] };
  });
}

/** Goes to where one was before. */
export function goBack(): void {
  routeStore.setState((state) => {
    const route = state.past.at(-1);
    if (!route) return state;
    return { route, past: state.past.slice(0, -1), future: [state.route, ...state.future] };
  });
}

/** Takes back a `goBack`. */
export function goForward(): void {
  routeStore.setState((state) => {
    const [route, ...future] = state.future;
    if (!route) return state;
    return { route, past: [...state.past, state.route], future };
  });
}

/** The present room and its parameters. */
export function useRoute(): Route {
  return routeStore((state) => state.route);
}

/** Parameters of a room: those of the present place when it is that room, else none. */
export function useRoomParams<R extends RoomId>(room: R): RoomParams[R] {
  return routeStore((state) => (state.route.room === room ? state.route.params : nowhere));
}

const nowhere = {};
