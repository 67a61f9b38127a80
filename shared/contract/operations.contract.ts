import { z } from 'zod';
import { json } from '../domain/json.ts';
import { nothing, query } from './define.ts';

export const operationsContract = {
  'operations.list': query({
    summary: 'Describes every operation: name, kind, JSON Schemas of input and output, error codes, topics it changes.',
    input: nothing,
    output: z.strictObject({
      operations: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum(['query', 'command']),
          summary: z.string(),
          input: json,
          output: json,
          errors: z.array(z.string()),
          changes: z.array(z.string()),
        }),
      ),
    }),
  }),
};
