import { hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { sha256Hex } from '../domain/blob.ts';
import { entryHeader, type EntryHeader } from '../domain/entry-header.ts';
import type { Json } from '../domain/json.ts';
import { canonicalJson, isCanonicalisable } from './canonical.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { fieldProof, fieldsAgree, verifyField } from './commitment.ts';
import { headerLeaf, headerText } from './header.ts';
import { verifyInclusion } from './merkle-verification.ts';
import { parseVerifierKey, verifyNote } from './note.ts';
import { ProofError } from './proof-error.ts';

/** Longest bundle that is read, as canonical JSON in UTF-16 code units. Pictures and masks are not in it, their hashes are. */
const MAX_BUNDLE_LENGTH = 16 * 1024 * 1024;

/**
 * The evidence of one entry, as one JSON value that needs nothing beside it: the header, the fields its owner chose to show,
 * the path from the header to the root of the tree of `size` entries, that root in a signed checkpoint, and the key.
 */
export const evidenceBundle = z.strictObject({
  format: z.literal('counterledger-evidence-1'),
  header: entryHeader,
  fields: z.array(fieldProof).max(1024),
  /** The entry's place in the ledger, from 0. */
  index: z.int().nonnegative(),
  size: z.int().positive(),
  /** Hashes in hex, nearest the entry first (RFC 9162 section 2.1.3). */
  path: z.array(sha256Hex).max(64),
  /** A C2SP signed note over the checkpoint. */
  checkpoint: z.string().max(64 * 1024),
  /** The key that signed it, as `name+id+key`. */
  vkey: z.string().max(512),
});
export type EvidenceBundle = z.infer<typeof evidenceBundle>;

/** Why a bundle proves nothing; the first reason found, in this order. */
export type BundleFault =
  | 'malformed' // not a bundle of this format
  | 'key-malformed'
  | 'checkpoint-unsigned' // no signature by the bundle's key
  | 'signature-invalid'
  | 'checkpoint-malformed'
  | 'origin-mismatch' // the checkpoint speaks of a ledger that the key is not named after
  | 'size-mismatch' // the path is for a tree of another size than the checkpoint's
  | 'not-included' // the header is not in the tree that was signed
  | 'field-mismatch'; // a field is not in the body that the header covers

export type BundleVerdict =
  | {
      ok: true;
      header: EntryHeader;
      index: number;
      /** What was shown of the body, and how many fields the body has when anything was shown. */
      fields: { name: string; value: Json }[];
      fieldCount: number | null;
      checkpoint: Checkpoint;
      vkey: string;
    }
  | { ok: false; code: BundleFault };

const refuse = (code: BundleFault): BundleVerdict => ({ ok: false, code });

/**
 * Checks the evidence of one entry, from nothing but the value itself.
 *
 * A yes says: whoever holds this key signed a ledger of this size with this entry, unaltered, at this place, and these are
 * values of its body. It does not say who holds the key, nor since when: for that the reader compares `vkey` and the
 * checkpoint with one that was handed out before.
 * @param value anything, as parsed from JSON; never throws for what it finds
 */
export function verifyBundle(value: unknown): BundleVerdict {
  const bundle = readBundle(value);
  if (!bundle) return refuse('malformed');
  const signed = readSigned(bundle);
  if (typeof signed === 'string') return refuse(signed);
  const { header, fields, index, size, vkey } = bundle;
  if (signed.origin !== parseVerifierKey(vkey).name) return refuse('origin-mismatch');
  if (signed.size !== size) return refuse('size-mismatch');
  const leaf = headerLeaf(headerText(header));
  if (!verifyInclusion({ leaf, index, size, path: bundle.path.map(hexToBytes), root: signed.root })) {
    return refuse('not-included');
  }
  if (!fieldsAgree(fields) || !fields.every((field) => verifyField(field, header.body_root))) {
    return refuse('field-mismatch');
  }
  return {
    ok: true,
    header,
    index,
    fields: fields.map(({ name, value: shown }) => ({ name, value: shown })),
    fieldCount: fields[0]?.size ?? null,
    checkpoint: signed,
    vkey,
  };
}

function readBundle(value: unknown): EvidenceBundle | null {
  // Bounds depth and length before the schema walks the value.
  if (!isCanonicalisable(value) || canonicalJson(value).length > MAX_BUNDLE_LENGTH) return null;
  return evidenceBundle.safeParse(value).data ?? null;
}

const faults: Partial<Record<ProofError['code'], BundleFault>> = {
  'key-malformed': 'key-malformed',
  'note-unsigned': 'checkpoint-unsigned',
  'signature-invalid': 'signature-invalid',
};

function readSigned({ checkpoint, vkey }: EvidenceBundle): Checkpoint | BundleFault {
  try {
    return parseCheckpoint(verifyNote(checkpoint, vkey));
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return faults[error.code] ?? 'checkpoint-malformed';
  }
}
