import { utf8ToBytes } from '@noble/hashes/utils.js';
import { HASH_BYTES, joinBytes, sha256 as portableSha256, type Sha256 } from './hash.ts';
import { ProofError } from './proof-error.ts';

/**
 * The Merkle tree of RFC 9162 section 2.1 (the same tree as RFC 6962 section 2.1), kept as its complete subtrees.
 *
 * The node at `level` L and `index` I is the hash over the leaves I * 2^L up to, not including, (I + 1) * 2^L; level 0 holds
 * the leaf hashes. A node exists once all of its leaves do, and never changes after that: an append only adds. Every root
 * and proof for every earlier size is computed from these nodes in O(log n) reads.
 */

/** The hash of a complete subtree. It is asked only for subtrees that the size in question contains. */
export type ReadNode = (level: number, index: number) => Uint8Array;

/** A complete subtree, as stored. */
export interface TreeNode {
  level: number;
  index: number;
  hash: Uint8Array;
}

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

// Most of what is hashed is put together in these: bytes of their own for each hash take longer than hashing.
const leafBytes = new Uint8Array(4096);
const pairBytes = new Uint8Array(1 + 2 * HASH_BYTES);
pairBytes.set(NODE);
const encoder = new TextEncoder();

/** The leaf hash of an entry: SHA-256(0x00 || data), RFC 9162 section 2.1.1. */
export function leafHash(data: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(joinBytes(LEAF, data));
}

/** The leaf hash of a text with some bytes before it: SHA-256(0x00 || before || UTF-8 of the text). */
export function textLeafHash(before: Uint8Array, text: string, sha256: Sha256): Uint8Array {
  const from = 1 + before.length;
  // A UTF-16 code unit takes up to three bytes of UTF-8.
  if (from + 3 * text.length > leafBytes.length) return leafHash(joinBytes(before, utf8ToBytes(text)), sha256);
  leafBytes.set(before, 1);
  return sha256(leafBytes.subarray(0, from + encoder.encodeInto(text, leafBytes.subarray(from)).written));
}

/** The hash of an inner node: SHA-256(0x01 || left || right), RFC 9162 section 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) return sha256(joinBytes(NODE, left, right));
  pairBytes.set(left, 1);
  pairBytes.set(right, 1 + HASH_BYTES);
  return sha256(pairBytes);
}

/** The root of the tree without leaves: SHA-256 of nothing, RFC 9162 section 2.1.1. */
export function emptyRoot(sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** Sizes and indexes are exact integers; a tree of more than 2^53 - 1 leaves is not spoken of. */
function assertSize(value: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > most) {
    throw new ProofError('out-of-range', `${value} is not between 0 and ${most}`);
  }
}

function readStored(readNode: ReadNode, level: number, index: number): Uint8Array {
  const hash = readNode(level, index) as Uint8Array | null | undefined;
  if (hash?.length !== HASH_BYTES) throw new ProofError('node-missing', `no node at level ${level}, index ${index}`);
  return hash;
}

/** The largest power of two smaller than `n`, for n > 1: where RFC 9162 section 2.1.1 splits a tree. */
function splitPoint(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/**
 * The complete subtrees that appending a leaf to a tree of `size` leaves creates, lowest first: the leaf itself, and one
 * more for each 1 at the low end of `size`. Reads only nodes that were there before.
 * @throws ProofError `out-of-range`, `node-missing`
 */
export function nodesForAppend(
  size: number,
  leaf: Uint8Array,
  readNode: ReadNode,
  sha256: Sha256 = portableSha256,
): TreeNode[] {
  assertSize(size, Number.MAX_SAFE_INTEGER - 1);
  let node: TreeNode = { level: 0, index: size, hash: leaf };
  const created = [node];
  while (node.index % 2 === 1) {
    const left = readStored(readNode, node.level, node.index - 1);
    node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash, sha256) };
    created.push(node);
  }
  return created;
}

/**
 * The hash over the leaves `from` up to, not including, `to`, where `from` is a multiple of the smallest power of two that
 * is not below `to - from` - as every range is that the RFC's definitions arrive at.
 */
function rangeHash(from: number, to: number, readNode: ReadNode, sha256: Sha256): Uint8Array {
  // The range falls apart into complete subtrees, from the largest on the left to the smallest on the right.
  const subtrees: Uint8Array[] = [];
  for (let at = from; at < to;) {
    let width = 1;
    let level = 0;
    while (width * 2 <= to - at) {
      width *= 2;
      level += 1;
    }
    subtrees.push(readStored(readNode, level, at / width));
    at += width;
  }
  return subtrees.reduceRight((right, left) => nodeHash(left, right, sha256));
}

/**
 * The tree head MTH(D[size]) of RFC 9162 section 2.1.1, from stored nodes, for the present or any earlier size.
 * @throws ProofError `out-of-range`, `node-missing`
 */
export function rootOf(size: number, readNode: ReadNode, sha256: Sha256 = portableSha256): Uint8Array {
  assertSize(size);
  return size === 0 ? emptyRoot(sha256) : rangeHash(0, size, readNode, sha256);
}

/**
 * The tree head over leaf hashes given in order, without a store: one pass, O(log n) memory (RFC 9162 section 2.1.2). This
 * is what a verification of the whole ledger compares with the stored nodes' root.
 */
export function treeHead(leaves: Iterable<Uint8Array>, sha256: Sha256 = portableSha256): Uint8Array {
  const subtrees: Uint8Array[] = [];
  let size = 0;
  for (const leaf of leaves) {
    let hash = leaf;
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(subtrees.pop() as Uint8Array, hash, sha256);
    }
    subtrees.push(hash);
    size += 1;
  }
  return size === 0 ? emptyRoot(sha256) : subtrees.reduceRight((right, left) => nodeHash(left, right, sha256));
}

/**
 * PATH(index, D[size]) of RFC 9162 section 2.1.3.1: the hashes that lead from leaf `index` to the root of the tree of
 * `size` leaves, nearest the leaf first.
 * @throws ProofError `out-of-range`, `node-missing`
 */
export function inclusionProof(
  index: number,
  size: number,
  readNode: ReadNode,
  sha256: Sha256 = portableSha256,
): Uint8Array[] {
  assertSize(size);
  assertSize(index, size - 1);
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      path.push(rangeHash(middle, to, readNode, sha256));
      to = middle;
    } else {
      path.push(rangeHash(from, middle, readNode, sha256));
      from = middle;
    }
  }
  return path.reverse();
}

/**
 * PROOF(first, D[second]) of RFC 9162 section 2.1.4.1: that the tree of `first` leaves is the beginning of the tree of
 * `second` leaves. The RFC asks for 0 < first < second; for equal sizes, and from the empty tree, the proof is empty.
 * @throws ProofError `out-of-range`, `node-missing`
 */
export function consistencyProof(
  first: number,
  second: number,
  readNode: ReadNode,
  sha256: Sha256 = portableSha256,
): Uint8Array[] {
  assertSize(second);
  assertSize(first, second);
  if (first === 0) return [];
  const path: Uint8Array[] = [];
  let from = 0;
  let to = second;
  while (to !== first) {
    const middle = from + splitPoint(to - from);
    if (first <= middle) {
      path.push(rangeHash(middle, to, readNode, sha256));
      to = middle;
    } else {
      path.push(rangeHash(from, middle, readNode, sha256));
      from = middle;
    }
  }
  // While only the right side was dropped, what is left is the first tree itself, whose root the verifier has.
  if (from > 0) path.push(rangeHash(from, to, readNode, sha256));
  return path.reverse();
}
