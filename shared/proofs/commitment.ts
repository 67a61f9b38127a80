import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { sha256Hex } from '../domain/blob.ts';
import { json, type Json } from '../domain/json.ts';
import { canonicalJson, isCanonicalisable } from './canonical.ts';
import { equalBytes, sha256 as portableSha256, type Sha256 } from './hash.ts';
import { inclusionProof, nodesForAppend, textLeafHash, treeHead } from './merkle.ts';
import { verifyInclusion } from './merkle-verification.ts';
import { ProofError } from './proof-error.ts';

/** Length of a field's salt in bytes: as many as the hash has, so a hidden value cannot be found by trying likely ones. */
export const SALT_BYTES = 32;

const FIELD_NAME = /^[a-z][a-z_]{0,63}$/;

/** More fields than any kind of entry has. */
const MAX_FIELDS = 1024;

/**
 * The name of a body's field: lower-case letters and underscores, a letter first.
 *
 * Name and value are hashed one behind the other with nothing between, so where the name ends must be plain from the bytes.
 * It is: a JSON text begins with a quote, a bracket, a brace, a minus, a digit, or the t, f or n of true, false, null. The
 * first five are not in a name's alphabet, and no proper end of the three words is itself JSON. With digits allowed, `a1`
 * holding 2 and `a` holding 12 would be one commitment, and its owner could open it either way.
 */
export const fieldName = z.string().regex(FIELD_NAME);

/** One field of a body, with the salt that only its commitment knows. */
export interface Field {
  name: string;
  value: Json;
  salt: Uint8Array;
}

/** What is known of a field to whom it was not shown, and of an erased field for ever. */
export interface CommittedField {
  name: string;
  commitment: Uint8Array;
}

/** One field shown: enough, with the body's root, to know that the value was committed to. Hashes and salt in hex. */
export const fieldProof = z.strictObject({
  name: fieldName,
  value: json,
  salt: sha256Hex,
  index: z
    .int()
    .nonnegative()
    .max(MAX_FIELDS - 1),
  size: z.int().positive().max(MAX_FIELDS),
  path: z.array(sha256Hex).max(10),
});
export type FieldProof = z.infer<typeof fieldProof>;

function assertName(name: string): void {
  // The pattern alone: this runs several times for each field of each entry written.
  if (!FIELD_NAME.test(name)) throw new ProofError('field-name', `"${name}" cannot name a field`);
}

/**
 * The commitment to a field: SHA-256(0x00 || salt || UTF-8 name || UTF-8 canonical value). That is the leaf hash of RFC 9162
 * section 2.1.1 over salt, name and value, so commitments are the leaves of the body's tree as they are.
 * @throws ProofError `field-name`, `field-salt`, `not-json`
 */
export function fieldCommitment({ name, value, salt }: Field, sha256: Sha256 = portableSha256): Uint8Array {
  return textCommitment({ name, text: canonicalJson(value), salt }, sha256);
}

/** As `fieldCommitment`, of a value whose canonical JSON is at hand. @throws ProofError `field-name`, `field-salt` */
export function textCommitment(
  { name, text, salt }: { name: string; text: string; salt: Uint8Array },
  sha256: Sha256,
): Uint8Array {
  assertName(name);
  if (salt.length !== SALT_BYTES) throw new ProofError('field-salt', `a salt has ${SALT_BYTES} bytes`);
  return textLeafHash(salt, name + text, sha256);
}

/** The fields in order of their names' bytes (names are ASCII, so code units are bytes); each name once. */
function inOrder(fields: readonly CommittedField[]): CommittedField[] {
  if (fields.length > MAX_FIELDS) throw new ProofError('out-of-range', `more than ${MAX_FIELDS} fields`);
  const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));
  sorted.forEach(({ name }, at) => {
    assertName(name);
    if (sorted[at - 1]?.name === name) throw new ProofError('field-name', `two fields are named ${name}`);
  });
  return sorted;
}

/**
 * The root of a body: the tree head (RFC 9162 section 2.1.1) over its commitments in order of name. It needs no value, so it
 * is the same after fields were erased.
 * @throws ProofError `field-name`, `out-of-range`
 */
export function bodyRoot(fields: readonly CommittedField[], sha256: Sha256 = portableSha256): Uint8Array {
  return treeHead(
    inOrder(fields).map(({ commitment }) => commitment),
    sha256,
  );
}

/**
 * Proofs that the given fields belong to a body, in order of name. Of the others they show how many there are, between which
 * of them these stand, and hashes made from their commitments; nothing that depends on a value whose salt is not known.
 * @param body every field of the body, as committed
 * @param shown the fields to show
 * @throws ProofError `field-mismatch` when a shown field is not what was committed to, and as `bodyRoot`, `fieldCommitment`
 */
export function proveFields(
  body: readonly CommittedField[],
  shown: readonly Field[],
  sha256: Sha256 = portableSha256,
): FieldProof[] {
  const sorted = inOrder(body);
  const nodes = new Map<string, Uint8Array>();
  const readNode = (level: number, index: number) => nodes.get(`${level}/${index}`) as Uint8Array;
  sorted.forEach(({ commitment }, size) => {
    for (const node of nodesForAppend(size, commitment, readNode, sha256)) {
      nodes.set(`${node.level}/${node.index}`, node.hash);
    }
  });
  const proofs = shown.map((field): FieldProof => {
    const index = sorted.findIndex(({ name }) => name === field.name);
    const commitment = sorted[index]?.commitment;
    if (!commitment || !equalBytes(commitment, fieldCommitment(field, sha256))) {
      throw new ProofError('field-mismatch', `${field.name} is not the field that was committed to`);
    }
    const path = inclusionProof(index, sorted.length, readNode, sha256).map(bytesToHex);
    return { name: field.name, value: field.value, salt: bytesToHex(field.salt), index, size: sorted.length, path };
  });
  return proofs.sort((a, b) => a.index - b.index);
}

/**
 * Whether a shown field belongs to the body with this root (hex). A body never has two fields of one name when this program
 * wrote it, but one proof alone does not show that; several together must also agree, see `fieldsAgree`.
 */
export function verifyField(proof: FieldProof, root: string, sha256: Sha256 = portableSha256): boolean {
  if (!isCanonicalisable(proof) || !fieldProof.safeParse(proof).success || !sha256Hex.safeParse(root).success)
    return false;
  return verifyInclusion(
    {
      leaf: fieldCommitment({ name: proof.name, value: proof.value, salt: hexToBytes(proof.salt) }, sha256),
      index: proof.index,
      size: proof.size,
      path: proof.path.map(hexToBytes),
      root: hexToBytes(root),
    },
    sha256,
  );
}

/** Whether several fields can stand in one body: one size, and names and positions that rise together. */
export function fieldsAgree(proofs: readonly FieldProof[]): boolean {
  return proofs.every((proof, at) => {
    const before = proofs[at - 1];
    return !before || (before.size === proof.size && before.index < proof.index && before.name < proof.name);
  });
}
