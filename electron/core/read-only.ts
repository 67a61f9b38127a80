import { contract, isOperationName, type OperationName } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { Handlers } from './ports.ts';

/** Commands that help while the ledger can't be written, or have nothing to do with it. */
const helping: ReadonlySet<string> = new Set<OperationName>(['backups.restore', 'jobs.cancel']);

/** Keeps commands from a ledger that can't be written: each answers `data/read-only`, whatever it would have done first. */
export function refuseWhileReadOnly(
  handlers: Handlers<OperationName>,
  isReadOnly: () => boolean,
): Handlers<OperationName> {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    const writes = isOperationName(name) && contract[name].kind === 'command';
    if (!writes || helping.has(name) || name.startsWith('host.')) return [name, handler];
    const guard = (...call: unknown[]) => {
      if (isReadOnly()) throw new AppError('data/read-only');
      return (handler as (...args: unknown[]) => unknown)(...call);
    };
    return [name, guard];
  });
  return Object.fromEntries(guarded) as Handlers<OperationName>;
}
