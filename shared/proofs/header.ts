import { entryHeader, type EntryHeader } from '../domain/entry-header.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 as portableSha256, type Sha256 } from './hash.ts';
import { textLeafHash } from './merkle.ts';
import { ProofError } from './proof-error.ts';

const NOTHING = new Uint8Array(0);

/**
 * The text of a header, in canonical JSON (RFC 8785): what is stored, and what is hashed.
 * @throws ProofError `not-json`
 */
export function headerText(header: EntryHeader): string {
  return canonicalJson(header);
}

/**
 * The header that a stored text says, provided the text is the one `headerText` writes for it: a text that reads the same
 * but is spelled otherwise has another hash and was not written by this program.
 * @throws ProofError `header-malformed`
 */
export function parseHeader(text: string): EntryHeader {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProofError('header-malformed', 'not JSON');
  }
  const parsed = entryHeader.safeParse(value);
  if (!parsed.success) throw new ProofError('header-malformed', parsed.error.message);
  if (headerText(parsed.data) !== text) throw new ProofError('header-malformed', 'not in canonical form');
  return parsed.data;
}

/** An entry's leaf in the tree: SHA-256(0x00 || UTF-8 of the header's text), as RFC 9162 section 2.1.1 hashes a leaf. */
export function headerLeaf(text: string, sha256: Sha256 = portableSha256): Uint8Array {
  return textLeafHash(NOTHING, text, sha256);
}
