import { z } from 'zod';
import { sha256Hex } from '../domain/blob.ts';
import { entryHeader } from '../domain/entry-header.ts';
import { json } from '../domain/json.ts';
import { canonicalJson } from '../proofs/canonical.ts';
import { bodyRoot, fieldCommitment } from '../proofs/commitment.ts';
import { type Sha256, sha256 as portableSha256 } from '../proofs/hash.ts';
import { headerLeaf, headerText } from '../proofs/header.ts';
import { CodecError } from './codec.ts';

/** The first line of the file: what it is. */
const opening = canonicalJson({ format: 'counterledger-entries', version: 1 });

/**
 * An entry whole, as one line of the file: its header, and every field with salt and commitment, so that whoever holds the file can compute every
 * hash anew. An erased field has neither value nor salt. Hashes and salts in hex.
 */
const entryRecord = z.strictObject({
  seq: z.int().nonnegative(),
  header: entryHeader,
  leaf_hash: sha256Hex,
  fields: z.array(z.strictObject({ name: z.string(), value: json, salt: sha256Hex.nullable(), commitment: sha256Hex })),
});
export type EntryRecord = z.infer<typeof entryRecord>;

/** The file's beginning. Every line ends in a line feed. */
export const openingLine = `${opening}\n`;

/** An entry as a line in canonical JSON (RFC 8785): equal entries are equal bytes. */
export function entryLine(record: EntryRecord): string {
  return `${canonicalJson(record)}\n`;
}

/**
 * Reads a file of entries (JSON Lines, UTF-8). Written again with `openingLine` and `entryLine` it is the same to the byte.
 *
 * @throws CodecError `not-json`, `not-this-format`, with the line
 */
export function readEntryLines(text: string): EntryRecord[] {
  const [first, ...lines] = text.split('\n');
  if (first !== opening) throw new CodecError('not-this-format', 'line 1');
  if (lines.pop() !== '') throw new CodecError('not-this-format', `line ${lines.length + 2}`);
  return lines.map((line, at) => readEntryLine(line, at + 2));
}

/** Whether a first line (without its line feed) opens a file of entries. */
export const opensEntryLines = (line: string): boolean => line === opening;

/**
 * One line of the file, without its line feed; `number` counts from 1, and the file's opening is line 1.
 *
 * @throws CodecError `not-json`, `not-this-format`, with the line
 */
export function readEntryLine(line: string, number: number): EntryRecord {
  const place = `line ${number}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new CodecError('not-json', place);
  }
  const record = entryRecord.safeParse(value);
  if (!record.success || canonicalJson(record.data) !== line) throw new CodecError('not-this-format', place);
  return record.data;
}

/**
 * What of an entry does not fit together: a value that is not what was committed to, fields that are not the header's, a header that is not the leaf's.
 * Empty when all holds. An erased field is held to its commitment alone.
 */
export function recordProblems(record: EntryRecord, sha256: Sha256 = portableSha256): ('field' | 'body' | 'leaf')[] {
  const problems: ('field' | 'body' | 'leaf')[] = [];
  const shown = record.fields.flatMap(({ salt, ...field }) => (salt === null ? [] : [{ ...field, salt }]));
  const wrong = shown.some(
    ({ name, value, salt, commitment }) =>
      hex(fieldCommitment({ name, value, salt: bytes(salt) }, sha256)) !== commitment,
  );
  if (wrong) problems.push('field');
  const committed = record.fields.map(({ name, commitment }) => ({ name, commitment: bytes(commitment) }));
  if (hex(bodyRoot(committed, sha256)) !== record.header.body_root) problems.push('body');
  if (hex(headerLeaf(headerText(record.header), sha256)) !== record.leaf_hash) problems.push('leaf');
  return problems;
}

const hex = (data: Uint8Array): string => Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
