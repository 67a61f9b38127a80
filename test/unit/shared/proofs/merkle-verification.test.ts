import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, emptyRoot, inclusionProof, leafHash, nodeHash, rootOf } from '#shared/proofs/merkle.ts';
import {
  verifyConsistency,
  verifyInclusion,
  type ConsistencyClaim,
  type InclusionClaim,
} from '#shared/proofs/merkle-verification.ts';
import { entries, flip, growTree } from '#test/support/stored-tree.ts';

const data = entries(200);
const { readNode } = growTree(data);
const rootAt = Array.from({ length: data.length + 1 }, (_, size) => rootOf(size, readNode));
const seed = { seed: 20261122, numRuns: 300 };

const inclusion = (index: number, size: number): InclusionClaim => ({
  leaf: leafHash(data[index] as Uint8Array),
  index,
  size,
  path: inclusionProof(index, size, readNode),
  root: rootAt[size] as Uint8Array,
});

const consistency = (first: number, second: number): ConsistencyClaim => ({
  first,
  firstRoot: rootAt[first] as Uint8Array,
  second,
  secondRoot: rootAt[second] as Uint8Array,
  path: consistencyProof(first, second, readNode),
});

/** An index and a size that has it. */
const place = fc
  .integer({ min: 1, max: data.length })
  .chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));

/** Every way of making a path longer, shorter or different in one bit. */
function spoil(path: readonly Uint8Array[], bit: number): Uint8Array[][] {
  const at = bit % Math.max(1, path.length);
  const extra = path[at] ?? emptyRoot();
  return [
    [...path, extra],
    [extra, ...path],
    ...(path.length > 0
      ? [path.slice(1), path.slice(0, -1), path.map((hash, n) => (n === at ? flip(hash, bit) : hash))]
      : []),
    ...(path.length > 0 ? [path.map((hash, n) => (n === at ? hash.slice(1) : hash))] : []),
    ...(path.length > 1 ? [[...path].reverse()] : []),
  ];
}

describe('inclusion', () => {
  it('holds for every leaf of every size up to 200', () => {
    const failed: string[] = [];
    for (let size = 1; size <= data.length; size++) {
      for (let index = 0; index < size; index++) {
        if (!verifyInclusion(inclusion(index, size))) failed.push(`leaf ${index} of ${size}`);
      }
    }
    expect(failed).toEqual([]);
  });

  it('does not hold when a bit of leaf, root or path is turned, or the path has another length', () => {
    fc.assert(
      fc.property(place, fc.nat({ max: 1 << 20 }), ([index, size], bit) => {
        const claim = inclusion(index, size);
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toBe(false);
        for (const path of spoil(claim.path, bit)) expect(verifyInclusion({ ...claim, path })).toBe(false);
      }),
      seed,
    );
  });

  it('does not hold for another index', () => {
    const passed: string[] = [];
    for (const size of [1, 2, 3, 7, 8, 9, 63, 64, 65, 130]) {
      for (let index = 0; index < size; index++) {
        const claim = inclusion(index, size);
        for (let other = -1; other <= size; other++) {
          if (other !== index && verifyInclusion({ ...claim, index: other }))
            passed.push(`${index} as ${other} of ${size}`);
        }
      }
    }
    expect(passed).toEqual([]);
  });

  it('does not hold for a size whose tree has another root', () => {
    fc.assert(
      fc.property(place, fc.nat({ max: 250 }), ([index, size], other) => {
        fc.pre(other !== size && other <= data.length);
        const claim = inclusion(index, size);
        expect(verifyInclusion({ ...claim, root: rootAt[other] as Uint8Array })).toBe(false);
        expect(verifyInclusion({ ...claim, size: other, root: rootAt[other] as Uint8Array })).toBe(
          // The tree of `other` leaves may answer for itself, with its own path only.
          other > index && samePath(claim.path, inclusionProof(index, other, readNode)),
        );
      }),
      seed,
    );
  });

  it('does not hold for a size that would need another path', () => {
    for (const size of [1, 2, 3, 5, 8, 13, 64]) {
      for (let index = 0; index < size; index++) {
        const claim = inclusion(index, size);
        for (const other of [
          0,
          index,
          size * 2,
          size * 4 + 1,
          -1,
          0.5,
          Number.NaN,
          Number.POSITIVE_INFINITY,
          2 ** 53,
        ]) {
          expect(verifyInclusion({ ...claim, size: other })).toBe(false);
        }
      }
    }
  });

  it('does not hold for a smaller tree than the root is of, though the path climbs to it', () => {
    const claim = inclusion(1, 2);
    expect(verifyInclusion({ ...claim, index: 0, size: 1 })).toBe(false);
    expect(verifyInclusion({ ...inclusion(7, 8), index: 3, size: 4 })).toBe(false);
  });

  it('does not let bytes move between two hashes that are hashed together', () => {
    const claim = inclusion(1, 2);
    const [sibling = new Uint8Array(32)] = claim.path;
    const leaf = Uint8Array.of(...sibling.slice(31), ...claim.leaf);
    expect(verifyInclusion({ ...claim, leaf, path: [sibling.slice(0, 31)] })).toBe(false);
  });

  it('does not take an inner node for an entry', () => {
    const node = nodeHash(leafHash(data[0] as Uint8Array), leafHash(data[1] as Uint8Array));
    const claim = inclusion(0, 4);
    expect(verifyInclusion({ ...claim, leaf: node, path: claim.path.slice(1) })).toBe(false);
  });
});

const samePath = (a: readonly Uint8Array[], b: readonly Uint8Array[]) =>
  a.length === b.length && a.every((hash, at) => Buffer.compare(hash, b[at] as Uint8Array) === 0);

describe('consistency', () => {
  it('holds for every pair up to 64', () => {
    const failed: string[] = [];
    for (let second = 0; second <= 64; second++) {
      for (let first = 0; first <= second; first++) {
        if (!verifyConsistency(consistency(first, second))) failed.push(`${first} to ${second}`);
      }
    }
    expect(failed).toEqual([]);
  });

  it('does not hold when a bit of a root or the path is turned, or the path has another length', () => {
    fc.assert(
      fc.property(place, fc.nat({ max: 1 << 20 }), ([first, second], bit) => {
        const claim = consistency(first, second);
        expect(verifyConsistency({ ...claim, firstRoot: flip(claim.firstRoot, bit) })).toBe(false);
        if (first > 0) expect(verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, bit) })).toBe(false);
        for (const path of spoil(claim.path, bit)) expect(verifyConsistency({ ...claim, path })).toBe(false);
      }),
      seed,
    );
  });

  it('does not hold between trees of which one was rewritten', () => {
    for (let changed = 0; changed < 24; changed++) {
      const rewritten = growTree(
        data.slice(0, 33).map((entry, at) => (at === changed ? Uint8Array.of(9, 9, 9, 9) : entry)),
      );
      const path = consistencyProof(24, 33, rewritten.readNode);
      const secondRoot = rootOf(33, rewritten.readNode);
      expect(verifyConsistency({ ...consistency(24, 33), path, secondRoot })).toBe(false);
    }
  });

  it('does not hold for smaller trees than the roots are of, though the path climbs to both', () => {
    expect(verifyConsistency(consistency(7, 8))).toBe(true);
    expect(verifyConsistency({ ...consistency(7, 8), first: 3, second: 4 })).toBe(false);
  });

  it('needs no path between equal sizes, and takes none', () => {
    for (const size of [0, 1, 7, 8]) {
      expect(verifyConsistency({ ...consistency(size, size), path: [emptyRoot()] })).toBe(false);
      expect(verifyConsistency({ ...consistency(size, size), secondRoot: rootAt[9] as Uint8Array })).toBe(false);
    }
    expect(verifyConsistency({ ...consistency(0, 8), path: [emptyRoot()] })).toBe(false);
  });

  it('does not hold for sizes that are none, or the wrong way round', () => {
    const claim = consistency(3, 7);
    for (const first of [-1, 0, 0.5, 8, Number.NaN]) expect(verifyConsistency({ ...claim, first })).toBe(false);
    for (const second of [2, 3, -7, 7.5, 14, 2 ** 53]) expect(verifyConsistency({ ...claim, second })).toBe(false);
    expect(verifyConsistency({ ...consistency(4, 7), path: [] })).toBe(false);
  });

  it('asks for the one root of the empty tree', () => {
    expect(verifyConsistency(consistency(0, 5))).toBe(true);
    expect(verifyConsistency({ ...consistency(0, 5), firstRoot: leafHash(new Uint8Array(0)) })).toBe(false);
    const other = leafHash(new Uint8Array(0));
    expect(verifyConsistency({ first: 0, second: 0, firstRoot: other, secondRoot: other, path: [] })).toBe(false);
  });
});
