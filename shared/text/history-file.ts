import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import { fromBase64, toBase64 } from '../proofs/base64.ts';
import { canonicalBytes } from '../proofs/canonical.ts';

/**
 * How the texts of a task came to be, as a file: canonical JSON (RFC 8785) of the edit logs by field. A submission seals the SHA-256 of
 * exactly these bytes, so that a history which is shown later can be held against it by anybody.
 */
const historyFile = z.strictObject({
  kind: z.literal('counterledger-edit-history'),
  version: z.literal(1),
  logs: z.array(z.strictObject({ field: z.string().min(1).max(200), data: z.base64() })).max(300),
});

/** The edit log of one field. */
export interface FieldLog {
  field: string;
  bytes: Uint8Array;
}

/** The bytes of a history; logs in order of their fields' names. */
export function historyBytes(logs: readonly FieldLog[]): Uint8Array {
  const sorted = logs.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  return canonicalBytes({
    kind: 'counterledger-edit-history',
    version: 1,
    logs: sorted.map(({ field, bytes }) => ({ field, data: toBase64(bytes) })),
  } satisfies z.infer<typeof historyFile> as Json);
}

/**
 * The logs of a history.
 * @throws SyntaxError when the text is no JSON; ZodError when it is no history
 */
export function readHistory(text: string): FieldLog[] {
  const { logs } = historyFile.parse(JSON.parse(text));
  return logs.map(({ field, data }) => ({ field, bytes: fromBase64(data) }));
}
