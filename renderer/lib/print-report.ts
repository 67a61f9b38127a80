import { useCallback } from 'react';
import { useClient } from '#renderer/client/client-context.tsx';

/**
 * Prints what the page shows, and has the ledger note that it left: `print(what, subjects)`. Whether paper came out nobody tells the program, so
 * what is noted is that it was sent. A ledger that can't be written stops nobody from printing.
 */
export function usePrintReport(): (what: string, subjects?: readonly string[]) => Promise<void> {
  const client = useClient();
  return useCallback(
    async (what, subjects = []) => {
      const text = (document.querySelector('main') ?? document.body).innerText;
      await client
        .call('tables.printed', { what: what.slice(0, 500), text, subjects: [...subjects] })
        .catch(() => null);
      globalThis.print();
    },
    [client],
  );
}
