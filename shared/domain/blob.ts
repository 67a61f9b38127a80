import { z } from 'zod';
import type { Json } from './json.ts';

/** SHA-256 in lower-case hex. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Something too big for a field, kept by the hash of its original bytes in the data folder's `attachments/`. */
export const blobRef = z.strictObject({
  blob: sha256Hex,
  bytes: z.int().nonnegative(),
  mediaType: z.string().max(200),
  /** File name as it was given, for the reader only. */
  name: z.string().max(500).nullable(),
});

export type Sha256Hex = z.infer<typeof sha256Hex>;
export type BlobRef = z.infer<typeof blobRef>;

/** What a value names that is kept as a file, wherever it names it. */
export function blobRefsIn(value: Json): BlobRef[] {
  if (value === null || typeof value !== 'object') return [];
  // Looking closely at each of the thousands of objects of an annotation would take longer than all else that is done with it.
  const own = Object.hasOwn(value, 'blob') ? blobRef.safeParse(value).data : undefined;
  return own ? [own] : Object.values(value).flatMap(blobRefsIn);
}
