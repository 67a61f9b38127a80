import type { Topic } from '#shared/contract/topics.ts';
import type { ChangeListener } from './core-port.ts';
import type { Log } from './ports.ts';

/** Carries the topics of a commit to whoever listens. */
export interface ChangeFeed {
  announce(topics: readonly Topic[]): void;
  /** Listens until the returned function is called. */
  subscribe(listener: ChangeListener): () => void;
}

/** A listener that throws is logged and does not keep the others from hearing. */
export function createChangeFeed(log: Log): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  return {
    announce(topics) {
      if (topics.length === 0) return;
      for (const listener of listeners) {
        try {
          listener(topics);
        } catch (error) {
          log.error('change listener failed', { error: String(error) });
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
