import { useLayoutEffect, useState, type ComponentType } from 'react';
import { flushSync } from 'react-dom';
import { keepKeysDuring } from '#renderer/lib/kept-keys.ts';

/** What `load` fetches, kept for the life of the window. */
const loaded = new Map<string, ComponentType>();

/** A component on its way: null until it is there; `failed` when its file could not be read. */
export interface Loaded {
  Component: ComponentType | null;
  failed: boolean;
  again: () => void;
}

/**
 * Loads a part of the program the first time it is shown. Not React.lazy: once it showed an empty place, Suspense holds
 * what comes next back for 300 ms. Keys pressed meanwhile are for what is loaded and wait for it.
 */
export function useLoaded(name: string, load: () => Promise<ComponentType>): Loaded {
  const [state, setState] = useState({ name, failed: false, round: 0 });
  const Component = loaded.get(name) ?? null;
  const { round } = state;
  useLayoutEffect(() => {
    if (loaded.has(name)) return undefined;
    let wanted = true;
    const coming = load().then(
      (component) => {
        loaded.set(name, component);
        if (wanted) flushSync(() => setState((now) => ({ ...now, name, failed: false })));
      },
      () => wanted && setState((now) => ({ ...now, name, failed: true })),
    );
    keepKeysDuring(coming);
    return () => {
      wanted = false;
    };
  }, [name, load, round]);
  return {
    Component,
    failed: state.failed && state.name === name,
    again: () => setState({ name, failed: false, round: round + 1 }),
  };
}
