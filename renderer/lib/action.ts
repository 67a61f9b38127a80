import { useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import type { LocaleKey } from '#renderer/i18n/i18n.ts';
import type { RoomId } from './route.store.ts';

/**
 * A user action is one object. Palette, shortcuts, tooltips and the help page read the same list. Declare a feature's actions in
 * `features/<feature>/<feature>.action.ts` as `export const <feature>Actions = defineActions([...])`, list it in
 * app/actions.ts, and give those without a `run` of their own theirs while the room is open:
 *
 *     useActions({ 'work.submit': submit, 'work.next': { run: next, when: () => !busy } });
 */
export interface Action {
  /** `<feature>.<verb>`. */
  readonly id: string;
  readonly labelKey: LocaleKey;
  /** Placeholders of the label. */
  readonly labelValues?: Readonly<Record<string, string | number>>;
  /**
   * Keys as `Ctrl+K`, `Alt+Left`, `?`, `w`, `Shift+Enter`, `Escape Escape`; several may lead to the same. `Ctrl` means Cmd on a Mac.
   * A single letter is matched by what it types, whatever the layout.
   */
  readonly shortcut?: string | readonly string[];
  /** The room it belongs to; `everywhere` when left out. The same keys may be used in different rooms. */
  readonly scope?: RoomId;
  /**
   * The tool of its room that it belongs to, where the room has several that are never on screen together; left out: to all of them. The
   * same keys may be used in different parts; `when` tells whether its own is there.
   */
  readonly part?: RoomPart;
  /** Fires while the cursor is in a text field too. Never while an input method composes. */
  readonly inText?: boolean;
  /**
   * Leads elsewhere: fires in a text field of the page too, by those of its keys that write nothing there (with Ctrl, or with Alt but on a
   * Mac), and never over a dialog.
   */
  readonly besideText?: boolean;
  /** Opens a dialog or a question: keys that follow at once wait until its field or its answers are there. */
  readonly asks?: boolean;
  /** Not offered in the command palette (moves within a list, say). */
  readonly hidden?: boolean;
  readonly when?: () => boolean;
  readonly run?: () => void;
  /** For a key that works while it is held: what letting go does, after so many milliseconds. */
  readonly release?: (heldMs: number) => void;
}

/** What is worked on in the Work room. */
export type RoomPart = 'photo' | 'sound' | 'text';

/** Whether two actions can want the same keys at the same time: in the same room or everywhere, and not in different parts of one. */
export function meet(one: Pick<Action, 'scope' | 'part'>, other: Pick<Action, 'scope' | 'part'>): boolean {
  if (one.scope !== undefined && other.scope !== undefined && one.scope !== other.scope) return false;
  return one.part === undefined || other.part === undefined || one.part === other.part;
}

/** Checks the shape of a list of actions and keeps its ids as literals. */
export function defineActions<const A extends readonly Action[]>(actions: A): A {
  return actions;
}

/** What a component gives to an action while it is there. */
export type Handler = (() => void) | { run: () => void; when?: () => boolean };

interface Bindings {
  /** Handlers by action id, the latest last. */
  bound: ReadonlyMap<string, readonly { current: Handler }[]>;
}

export const bindingStore = create<Bindings>(() => ({ bound: new Map() }));

/** Gives actions their handlers while the component is there; the latest bound wins. */
export function useActions(handlers: Readonly<Record<string, Handler>>): void {
  const refs = useRef(new Map<string, { current: Handler }>());
  for (const [id, handler] of Object.entries(handlers)) {
    const ref = refs.current.get(id);
    if (ref) ref.current = handler;
    else refs.current.set(id, { current: handler });
  }
  const ids = Object.keys(handlers).sort().join(' ');
  // Before anything is seen of the component: a key may come as soon as it is.
  useLayoutEffect(() => {
    const mine = ids.split(' ').flatMap((id) => {
      const ref = refs.current.get(id);
      return ref ? [[id, ref] as const] : [];
    });
    bindingStore.setState(({ bound }) => {
      const next = new Map(bound);
      for (const [id, ref] of mine) next.set(id, [...(next.get(id) ?? []), ref]);
      return { bound: next };
    });
    return () =>
      bindingStore.setState(({ bound }) => {
        const next = new Map(bound);
        for (const [id, ref] of mine) {
          const rest = (next.get(id) ?? []).filter((other) => other !== ref);
          if (rest.length > 0) next.set(id, rest);
          else next.delete(id);
        }
        return { bound: next };
      });
  }, [ids]);
}

/** What running an action would do now; null when it is not available. */
export function runnerOf(action: Action): (() => void) | null {
  if (action.when && !action.when()) return null;
  const handler = bindingStore.getState().bound.get(action.id)?.at(-1)?.current;
  if (!handler) return action.run ?? null;
  if (typeof handler === 'function') return handler;
  return handler.when && !handler.when() ? null : handler.run;
}

/** Runs what a component gave to an action, from a button of a room that doesn't know that component; false when none is there. */
export function runBound(id: string): boolean {
  const handler = bindingStore.getState().bound.get(id)?.at(-1)?.current;
  if (!handler || (typeof handler !== 'function' && handler.when && !handler.when())) return false;
  if (typeof handler === 'function') handler();
  else handler.run();
  return true;
}
