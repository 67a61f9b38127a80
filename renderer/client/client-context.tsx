import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Client } from './client.ts';
import { createQueryCache, type QueryCache } from './query-cache.ts';
import type { Link } from './transport.ts';

interface ClientParts {
  client: Client;
  queries: QueryCache;
}

const Context = createContext<ClientParts | null>(null);

/** Gives the client to every screen below. */
export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  const parts = useMemo(() => ({ client, queries: createQueryCache(client) }), [client]);
  return <Context value={parts}>{children}</Context>;
}

function useParts(): ClientParts {
  const parts = useContext(Context);
  if (!parts) throw new Error('no ClientProvider above');
  return parts;
}

/** The client, for calls that are neither a query on screen nor a button's command. */
export function useClient(): Client {
  return useParts().client;
}

/** The cache behind useQuery. */
export function useQueryCache(): QueryCache {
  return useParts().queries;
}

/** Whether the host answers. */
export function useLink(): Link {
  const client = useClient();
  return useSyncExternalStore(
    (listener) => client.onLink(listener),
    () => client.link,
  );
}
