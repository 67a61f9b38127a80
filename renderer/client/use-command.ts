import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, OperationName, Output } from '#shared/contract/contract.ts';
import { toClientError, type ClientError } from './client-error.ts';
import { useClient } from './client-context.tsx';

/** A command and how it went. */
export interface Command<N extends OperationName> {
  /** Carries the command out; undefined when it was refused (then `error` says why). */
  run: (input: Input<N>) => Promise<Output<N> | undefined>;
  running: boolean;
  error: ClientError | undefined;
  /** Forgets the error. */
  clear: () => void;
}

/** For a button or a form: calls the operation, says whether it runs and why it was refused. */
export function useCommand<N extends OperationName>(name: N): Command<N> {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const present = useRef(true);
  useEffect(() => {
    present.current = true;
    return () => {
      present.current = false;
    };
  }, []);

  const run = useCallback(
    async (input: Input<N>) => {
      setRunning((count) => count + 1);
      setError(undefined);
      try {
        return await client.call(name, input);
      } catch (thrown) {
        if (present.current) setError(toClientError(thrown, name));
        return undefined;
      } finally {
        if (present.current) setRunning((count) => count - 1);
      }
    },
    [client, name],
  );
  const clear = useCallback(() => setError(undefined), []);
  return { run, running: running > 0, error, clear };
}
