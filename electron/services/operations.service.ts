import { describeOperations } from '#electron/core/dispatch.ts';
import type { Handlers } from '#electron/core/ports.ts';

/** What the program can do, for scripts that explore it. The description never changes while it runs. */
export function createOperationsService(): Handlers<'operations.list'> {
  let operations: ReturnType<typeof describeOperations> | null = null;
  return {
    'operations.list': () => ({ operations: (operations ??= describeOperations()) }),
  };
}
