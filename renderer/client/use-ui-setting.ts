import { useCallback } from 'react';
import { create } from 'zustand';
import type { Json } from '#shared/domain/json.ts';
import { useClient } from './client-context.tsx';
import { useQuery } from './use-query.ts';

/** Values set in this window that the core may not have answered yet. */
const fresh = create<{ values: Readonly<Record<string, Json>> }>(() => ({ values: {} }));

/** `420` as a number, `'list'` as a string. */
type Widened<T> = T extends number ? number : T extends string ? string : boolean;

/**
 * What a screen remembers (a width, a filter) in the settings of the data folder, by a key of its own. A remembered value of
 * another type than `initial` is ignored. Not for anything the worker would miss: a write that fails is only forgotten.
 */
export function useUiSetting<T extends number | string | boolean>(
  key: string,
  initial: T,
): [Widened<T>, (value: Widened<T>) => void] {
  const client = useClient();
  const settings = useQuery('settings.get', {});
  const set = fresh((state) => state.values[key]);
  const known = set ?? settings.data?.ui[key];
  const value = (typeof known === typeof initial ? known : initial) as Widened<T>;
  const remember = useCallback(
    (next: Widened<T>) => {
      fresh.setState(({ values }) => ({ values: { ...values, [key]: next } }));
      client.call('settings.set', { ui: { [key]: next } }).catch(() => undefined);
    },
    [client, key],
  );
  return [value, remember];
}
