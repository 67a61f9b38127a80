/** A typed event emitter: one map of event names to payloads, listeners called in the order they were added. */
export interface Emitter<Events extends object> {
  /** Listens until the returned function is called. */
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void;
  /** Forgets every listener. */
  clear(): void;
}

/** Makes an emitter. A listener added or removed while an event is on its way takes part from the next event on. */
export function createEmitter<Events extends object>(): Emitter<Events> {
  type AnyListener = (payload: never) => void;
  const listeners = new Map<keyof Events, readonly AnyListener[]>();
  return {
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      let listening = true;
      return () => {
        if (!listening) return;
        listening = false;
        const remaining = [...(listeners.get(name) ?? [])];
        const at = remaining.indexOf(listener);
        if (at >= 0) remaining.splice(at, 1);
        listeners.set(name, remaining);
      };
    },
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    clear() {
      listeners.clear();
    },
  };
}
