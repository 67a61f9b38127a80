import { AppError } from '#shared/contract/errors.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { CallContext, Clock, Ids } from './ports.ts';

/** How often (milliseconds) progress is announced at most. */
const ANNOUNCE_MS = 250;

export interface Job {
  id: string;
  operation: string;
  done: number;
  total: number | null;
  startedAt: string;
}

/** Long work under way. A call that names a job can be seen and cancelled; one that names none only ends with the program. */
export interface Jobs {
  list(): Job[];
  /** @throws AppError `jobs/not-found` */
  cancel(id: string): void;
  open(id: string | null, operation: string): { context: Omit<CallContext, 'changed'>; close(): void };
  /** Asks everything under way to stop: the program closes. */
  cancelAll(): void;
}

export function createJobs(deps: { clock: Clock; ids: Ids; feed: ChangeFeed }): Jobs {
  const { clock, ids, feed } = deps;
  const known = new Map<string, { job: Job; abort: AbortController }>();
  const calls = new Set<AbortController>();
  let announcedAt = -Infinity;

  const announce = (always: boolean) => {
    if (!always && clock.monotonic() - announcedAt < ANNOUNCE_MS) return;
    announcedAt = clock.monotonic();
    feed.announce(['jobs']);
  };

  const start = (id: string, operation: string, abort: AbortController) => {
    const startedAt = new Date(clock.now()).toISOString();
    const job: Job = { id, operation, done: 0, total: null, startedAt };
    known.set(id, { job, abort });
    announce(true);
    return job;
  };

  return {
    list: () => [...known.values()].map(({ job }) => ({ ...job })),
    cancel(id) {
      const found = known.get(id);
      if (!found) throw new AppError('jobs/not-found');
      found.abort.abort(new AppError('jobs/cancelled'));
    },
    cancelAll() {
      for (const abort of calls) abort.abort(new AppError('jobs/cancelled'));
    },
    open(wanted, operation) {
      const abort = new AbortController();
      calls.add(abort);
      // Two calls that name one job are two jobs: the second goes by an id of its own.
      const id = wanted !== null && known.has(wanted) ? ids.uuid() : wanted;
      const job = id === null ? null : start(id, operation, abort);
      return {
        context: {
          signal: abort.signal,
          progress(done, total) {
            if (!job) return;
            Object.assign(job, { done, total });
            announce(false);
          },
        },
        close() {
          calls.delete(abort);
          if (!job) return;
          known.delete(job.id);
          announce(true);
        },
      };
    },
  };
}
