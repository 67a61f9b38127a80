import type { OperationName } from '#shared/contract/contract.ts';
import type { Handlers } from './ports.ts';

/** By these one sees how far it is, and calls it off. */
const passing: ReadonlySet<string> = new Set<OperationName>(['jobs.list', 'jobs.cancel']);

/** Has calls wait while another ledger is put underneath: each then finds the one that lies there, as if it had come later. */
export interface HeldCalls {
  /** Holds what comes in from now on; what it answers lets it in. */
  hold(): () => void;
  guard(handlers: Handlers<OperationName>): Handlers<OperationName>;
}

export function createHeldCalls(): HeldCalls {
  let held: Promise<void> | null = null;
  return {
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = null;
        resolve();
      };
    },
    guard(handlers) {
      const guarded = Object.entries(handlers).map(([name, handler]) => {
        const call = handler as (...args: unknown[]) => unknown;
        if (passing.has(name)) return [name, handler];
        return [name, (...args: unknown[]) => (held === null ? call(...args) : held.then(() => call(...args)))];
      });
      return Object.fromEntries(guarded) as Handlers<OperationName>;
    },
  };
}
