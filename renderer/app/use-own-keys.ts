import { useCallback, useLayoutEffect, useRef } from 'react';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { ownKeysSetting, ownKeysStore, readOwnKeys, type OwnKeys } from '#renderer/lib/own-keys.store.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { toast } from '#renderer/ui/toast.ts';

/** Has the keys in force follow the settings, which another window may change too. */
export function useKeptKeys(): void {
  const kept = useQuery('settings.get', {}).data?.ui[ownKeysSetting];
  const known = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const said = JSON.stringify(kept ?? {});
    if (said === known.current) return;
    known.current = said;
    ownKeysStore.setState({ keys: readOwnKeys(kept) });
  }, [kept]);
}

/** The owner's keys, and how they are changed: at once in this window, and kept for all. */
export function useOwnKeys(): [OwnKeys, (keys: OwnKeys) => void] {
  const t = useText();
  const client = useClient();
  const keys = ownKeysStore((state) => state.keys);
  const change = useCallback(
    (next: OwnKeys) => {
      ownKeysStore.setState({ keys: next });
      const ui = { [ownKeysSetting]: Object.fromEntries(Object.entries(next).map(([id, each]) => [id, [...each]])) };
      client.call('settings.set', { ui }).catch(() => toast(t('app.help.notKept')));
    },
    [client, t],
  );
  return [keys, change];
}
