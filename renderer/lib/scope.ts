/**
 * Ownership of everything that must be given back: listeners, timers, observers, engines, child scopes. Whoever acquires
 * something does so through a scope, so that nothing has to be paired with its cleanup by hand.
 */
export interface Scope {
  /** True once `dispose` was called; from then on whatever is added is released at once. */
  readonly disposed: boolean;
  /** Owns a cleanup. The returned function runs it early (once) and forgets it. */
  add(cleanup: () => void): () => void;
  /** Owns an object with a `dispose` method and returns it. */
  own<T extends { dispose(): unknown }>(resource: T): T;
  /** Adds an event listener that ends with the scope. The returned function removes it early. */
  listen<Target extends EventTarget, Type extends string>(
    target: Target,
    type: Type,
    listener: (event: EventOf<Target, Type>) => void,
    options?: AddEventListenerOptions,
  ): () => void;
  /** Runs `callback` once after `ms` milliseconds unless the scope ends first. The returned function cancels it. */
  timeout(callback: () => void, ms: number): () => void;
  /** Runs `callback` every `ms` milliseconds until the scope ends. The returned function cancels it. */
  interval(callback: () => void, ms: number): () => void;
  /** Runs `callback` before the next frame unless the scope ends first. The returned function cancels it. */
  frame(callback: (time: number) => void): () => void;
  /** A scope that ends with this one at the latest. */
  child(): Scope;
  /** Releases everything in reverse order of acquisition; every cleanup runs even when one throws. */
  dispose(): void;
}

type EventOf<Target, Type extends string> = Target extends Window
  ? Type extends keyof WindowEventMap
    ? WindowEventMap[Type]
    : Event
  : Target extends Document
    ? Type extends keyof DocumentEventMap
      ? DocumentEventMap[Type]
      : Event
    : Target extends HTMLElement
      ? Type extends keyof HTMLElementEventMap
        ? HTMLElementEventMap[Type]
        : Event
      : Event;

/** Makes an empty scope. */
export function createScope(): Scope {
  const cleanups = new Set<() => void>();
  let disposed = false;

  const add = (cleanup: () => void): (() => void) => {
    if (disposed) {
      cleanup();
      return () => undefined;
    }
    // Wrapped, so that the same function may be owned twice.
    const entry = () => cleanup();
    cleanups.add(entry);
    return () => {
      if (cleanups.delete(entry)) entry();
    };
  };

  const scope: Scope = {
    get disposed() {
      return disposed;
    },
    add,
    own(resource) {
      add(() => void resource.dispose());
      return resource;
    },
    listen(target, type, listener, options) {
      const handler = listener as (event: Event) => void;
      target.addEventListener(type, handler, options);
      return add(() => target.removeEventListener(type, handler, options));
    },
    timeout(callback, ms) {
      const handle = setTimeout(() => {
        cancel();
        callback();
      }, ms);
      const cancel = add(() => clearTimeout(handle));
      return cancel;
    },
    interval(callback, ms) {
      const handle = setInterval(callback, ms);
      return add(() => clearInterval(handle));
    },
    frame(callback) {
      const handle = requestAnimationFrame((time) => {
        cancel();
        callback(time);
      });
      const cancel = add(() => cancelAnimationFrame(handle));
      return cancel;
    },
    child() {
      const child = createScope();
      const release = add(() => child.dispose());
      child.add(release);
      return child;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      const errors: unknown[] = [];
      for (const cleanup of [...cleanups].reverse()) {
        cleanups.delete(cleanup);
        try {
          cleanup();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'cleanup failed');
    },
  };
  return scope;
}
