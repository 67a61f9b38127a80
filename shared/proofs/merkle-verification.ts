import { equalBytes, HASH_BYTES, sha256 as portableSha256, type Sha256 } from './hash.ts';
import { emptyRoot, nodeHash } from './merkle.ts';

/** What is claimed by an inclusion proof: this leaf hash stands at `index` in the tree of `size` leaves with this root. */
export interface InclusionClaim {
  leaf: Uint8Array;
  index: number;
  size: number;
  path: readonly Uint8Array[];
  root: Uint8Array;
}

/** What is claimed by a consistency proof: the tree of `first` leaves is the beginning of the tree of `second` leaves. */
export interface ConsistencyClaim {
  first: number;
  firstRoot: Uint8Array;
  second: number;
  secondRoot: Uint8Array;
  path: readonly Uint8Array[];
}

const isSize = (value: number) => Number.isSafeInteger(value) && value >= 0;
const areHashes = (hashes: readonly Uint8Array[]) => hashes.every((hash) => hash.length === HASH_BYTES);
const isOdd = (value: number) => value % 2 === 1;
// Sizes may exceed 32 bits, where >> does not hold.
const half = (value: number) => Math.floor(value / 2);

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}

/**
 * Whether an inclusion proof holds: the algorithm of RFC 9162 section 2.1.3.2. Anything malformed - an index outside the
 * tree, a path too long or too short, a hash that is not 32 bytes - is simply not a proof.
 */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256 = portableSha256): boolean {
  const { leaf, index, size, path, root } = claim;
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...path])) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash, sha256);
      // At the right edge the levels where the node had no sibling are passed over.
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(hash, root);
}

/**
 * Whether a consistency proof holds: the algorithm of RFC 9162 section 2.1.4.2, with the two cases that the RFC leaves out:
 * equal sizes (equal roots, empty path) and the empty tree (its fixed root, empty path), which every tree begins with.
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256 = portableSha256): boolean {
  const { first, firstRoot, second, secondRoot, path } = claim;
  if (!isSize(first) || !isSize(second) || first > second || !areHashes([firstRoot, secondRoot, ...path])) return false;
  if (first === 0 && !equalBytes(firstRoot, emptyRoot(sha256))) return false;
  if (first === second) return path.length === 0 && equalBytes(firstRoot, secondRoot);
  if (first === 0) return path.length === 0;
  return path.length > 0 && climb(claim, isPowerOfTwo(first) ? [firstRoot, ...path] : path, sha256);
}

/** Steps 3 to 7 of RFC 9162 section 2.1.4.2: both roots are computed along one path. */
function climb(claim: ConsistencyClaim, path: readonly Uint8Array[], sha256: Sha256): boolean {
  let fn = claim.first - 1;
  let sn = claim.second - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  const [start, ...rest] = path as [Uint8Array, ...Uint8Array[]];
  let fr = start;
  let sr = start;
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(sibling, fr, sha256);
      sr = nodeHash(sibling, sr, sha256);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, sibling, sha256);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(fr, claim.firstRoot) && equalBytes(sr, claim.secondRoot);
}
