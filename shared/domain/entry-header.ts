import { z } from 'zod';
import { sha256Hex } from './blob.ts';
import { entityId, entryId, groupId } from './ids.ts';
import { instant, source, zone } from './time.ts';

/**
 * The header of a ledger entry, format 1: what of an entry is always shown, and what its leaf in the Merkle tree is the hash
 * of. It holds no free text and no name; those are fields, which the header covers through `body_root`. A header once
 * written is for ever, so this shape is never edited: a different one is format 2 beside it.
 */
export const entryHeader = z.strictObject({
  format: z.literal(1),
  id: entryId,
  /** What happened, as `submission.sealed`; `version` counts the shapes that the body of this kind has had. */
  kind: z
    .string()
    .max(64)
    .regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/),
  version: z.int().positive(),
  /** When it happened. A point in time has no end (null). */
  occurred_start: instant,
  occurred_end: instant.nullable(),
  /** The zone it happened in, and the minutes that its clock was ahead of UTC then: zone rules change afterwards. */
  zone,
  offset: z.int().min(-1080).max(1080),
  /** When it was written down. */
  recorded_at: instant,
  source,
  /** The entities it is about; the first is the one the entry belongs to. */
  subjects: z.array(entityId).max(1000),
  /** The entry that this one corrects. */
  amends: entryId.nullable(),
  /** Shared by entries that were written as one and stand or fall together. */
  group: groupId.nullable(),
  /** The RFC 9162 tree head over the commitments to the body's fields. */
  body_root: sha256Hex,
});

export type EntryHeader = z.infer<typeof entryHeader>;
