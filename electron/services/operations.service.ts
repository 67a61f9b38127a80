import { z } from 'zod';
import type { Handlers } from '#electron/core/ports.ts';
import { contract } from '#shared/contract/contract.ts';
import type { Json } from '#shared/domain/json.ts';

/** What the program can do, for scripts that explore it. The description never changes while it runs. */
export function createOperationsService(): Handlers<'operations.list'> {
  let operations: ReturnType<typeof describeOperations> | null = null;
  return {
    'operations.list': () => ({ operations: (operations ??= describeOperations()) }),
  };
}

function describeOperations() {
  return Object.entries(contract).map(([name, operation]) => ({
    name,
    kind: operation.kind,
    summary: operation.summary,
    input: z.toJSONSchema(operation.input, { unrepresentable: 'any', io: 'input' }) as Json,
    output: z.toJSONSchema(operation.output, { unrepresentable: 'any' }) as Json,
    errors: [...operation.errors],
    changes: [...operation.changes],
  }));
}
