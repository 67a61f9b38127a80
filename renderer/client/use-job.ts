import { useCallback, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Input, OperationName, Output } from '#shared/contract/contract.ts';
import { toClientError, type ClientError } from './client-error.ts';
import { useClient } from './client-context.tsx';
import { useQuery } from './use-query.ts';

/** Operations that run long: they take a `jobId`, show up in jobs.list and can be cancelled. */
export type JobName = {
  [N in OperationName]: 'jobId' extends keyof Input<N> ? N : never;
}[OperationName];

/** Long work of a screen; give the running one to `<JobProgress>`. */
export interface Job<N extends JobName> {
  run: (input: Omit<Input<N>, 'jobId'>) => Promise<Output<N> | undefined>;
  /** What JobProgress shows; null when nothing runs. */
  progress: { done: number; total: number | null; startedAt: string } | null;
  cancel: () => void;
  cancelling: boolean;
  error: ClientError | undefined;
  clear: () => void;
}

/** Runs a long operation, follows how far it is, and can cancel it. Being cancelled is not an error. */
export function useJob<N extends JobName>(name: N): Job<N> {
  const client = useClient();
  const [running, setRunning] = useState<{ id: string; startedAt: string } | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const jobs = useQuery('jobs.list', running ? {} : null);
  const known = running ? jobs.data?.jobs.find((job) => job.id === running.id) : undefined;
  const id = useRef<string | null>(null);

  const run = useCallback(
    async (input: Omit<Input<N>, 'jobId'>) => {
      const jobId = uuidv7();
      id.current = jobId;
      setRunning({ id: jobId, startedAt: new Date().toISOString() });
      setCancelling(false);
      setError(undefined);
      try {
        return await client.call(name, { ...input, jobId } as unknown as Input<N>);
      } catch (thrown) {
        const refused = toClientError(thrown, name);
        if (refused.code !== 'jobs/cancelled') setError(refused);
        return undefined;
      } finally {
        // Another may have been begun since.
        if (id.current === jobId) id.current = null;
        setRunning((now) => (now?.id === jobId ? null : now));
      }
    },
    [client, name],
  );
  const cancel = useCallback(() => {
    if (!id.current) return;
    setCancelling(true);
    // It may have ended meanwhile; its own call tells how.
    client.call('jobs.cancel', { id: id.current }).catch(() => setCancelling(false));
  }, [client]);
  const clear = useCallback(() => setError(undefined), []);
  return {
    run,
    progress: running && { done: known?.done ?? 0, total: known?.total ?? null, startedAt: running.startedAt },
    cancel,
    cancelling,
    error,
    clear,
  };
}
