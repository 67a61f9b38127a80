import { createHash } from 'node:crypto';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#shared/proofs/hash.ts';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  nodesForAppend,
  rootOf,
  textLeafHash,
  treeHead,
} from '#shared/proofs/merkle.ts';
import { mth, path, proof } from '#test/support/naive-merkle.ts';
import { entries, growTree } from '#test/support/stored-tree.ts';

/** The leaves that implementations of certificate transparency have tested with since RFC 6962, and the roots they agree on. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => hexToBytes(hex),
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hexes = (hashes: readonly Uint8Array[]) => hashes.map(bytesToHex);

describe('the known tree of eight leaves', () => {
  const { readNode } = growTree(leaves);

  it('has the known roots at every size, from the store and in one pass', () => {
    for (const [size, root] of roots.entries()) {
      expect(bytesToHex(rootOf(size, readNode))).toBe(root);
      expect(bytesToHex(treeHead(leaves.slice(0, size).map((leaf) => leafHash(leaf))))).toBe(root);
    }
    expect(bytesToHex(emptyRoot())).toBe(roots[0]);
  });

  it('has the known inclusion paths', () => {
    expect(inclusionProof(0, 1, readNode)).toEqual([]);
    expect(hexes(inclusionProof(0, 8, readNode))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hexes(inclusionProof(5, 8, readNode))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('has the known consistency paths', () => {
    expect(consistencyProof(1, 1, readNode)).toEqual([]);
    expect(hexes(consistencyProof(6, 8, readNode))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hexes(consistencyProof(2, 5, readNode))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });
});

describe('beside the definitions of the RFC, written out', () => {
  it('agrees on the root of every size up to 200', () => {
    const data = entries(200);
    const { readNode, nodeCount } = growTree(data);
    for (let size = 0; size <= data.length; size++) {
      expect(rootOf(size, readNode)).toEqual(mth(data.slice(0, size)));
    }
    // A complete subtree for each leaf, each pair, each four ...
    expect(nodeCount()).toBe(200 + 100 + 50 + 25 + 12 + 6 + 3 + 1);
  });

  it('agrees on every inclusion path up to 70 leaves', () => {
    const data = entries(70);
    const { readNode } = growTree(data);
    for (let size = 1; size <= data.length; size++) {
      for (let index = 0; index < size; index++) {
        expect(inclusionProof(index, size, readNode)).toEqual(path(index, data.slice(0, size)));
      }
    }
  });

  it('agrees on every consistency path up to 70 leaves', () => {
    const data = entries(70);
    const { readNode } = growTree(data);
    for (let second = 2; second <= data.length; second++) {
      for (let first = 1; first < second; first++) {
        expect(consistencyProof(first, second, readNode)).toEqual(proof(first, data.slice(0, second)));
      }
    }
  });

  it('hashes the same with a hash function that is given', () => {
    const native = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
    const data = entries(9);
    expect(
      treeHead(
        data.map((entry) => leafHash(entry, native)),
        native,
      ),
    ).toEqual(mth(data));
    expect(emptyRoot(native)).toEqual(emptyRoot());
    expect(nodeHash(emptyRoot(), emptyRoot(), native)).toEqual(nodeHash(emptyRoot(), emptyRoot()));
  });
});

describe('the leaf of a text', () => {
  const utf8 = new TextEncoder();

  it('is that of its bytes, however long it is and whatever letters are in it', () => {
    const salt = new Uint8Array(32).fill(0xa5);
    const texts = [
      '',
      'x',
      '箱'.repeat(1354),
      '箱'.repeat(1355),
      '箱'.repeat(1400),
      '😀é'.repeat(40),
      'long '.repeat(5000),
      'a',
    ];
    for (const before of [new Uint8Array(0), salt]) {
      for (const text of texts) {
        const bytes = Uint8Array.from([...before, ...utf8.encode(text)]);
        expect(textLeafHash(before, text, sha256), text.slice(0, 9)).toEqual(leafHash(bytes));
      }
    }
  });
});

describe('appending', () => {
  it('creates one node for the leaf and one for each subtree it completes, lowest first', () => {
    const { readNode } = growTree(entries(7));
    const created = nodesForAppend(7, leafHash(Uint8Array.of(7)), readNode);
    expect(created.map(({ level, index }) => [level, index])).toEqual([
      [0, 7],
      [1, 3],
      [2, 1],
      [3, 0],
    ]);
    expect(created[3]?.hash).toEqual(
      rootOf(8, (level, index) => (level === 3 ? created[3]?.hash : readNode(level, index)) as Uint8Array),
    );
  });

  it('reads about as many nodes as a large tree is high, never more', () => {
    // Nodes of a tree that was never built: only where they are asked for matters.
    const asked: [number, number][] = [];
    const size = 2 ** 40 + 2 ** 33 - 1;
    const readNode = (level: number, index: number) => {
      asked.push([level, index]);
      return new Uint8Array(32);
    };
    nodesForAppend(size, new Uint8Array(32), readNode);
    expect(asked).toHaveLength(33);
    // A path has at most one range at the ragged right edge; consistency may end in a second one.
    for (const [most, read] of [
      [41, () => rootOf(size, readNode)],
      [2 * 41, () => inclusionProof(2 ** 40 - 1, size, readNode)],
      [3 * 41, () => consistencyProof(2 ** 33 + 5, size, readNode)],
    ] as const) {
      asked.length = 0;
      read();
      expect(asked.length).toBeLessThanOrEqual(most);
    }
    expect(asked.every(([level, index]) => (index + 1) * 2 ** level <= size)).toBe(true);
  });
});

describe('what the tree refuses', () => {
  const { readNode } = growTree(entries(5));
  const nothing = () => undefined as unknown as Uint8Array;

  it('indexes and sizes outside it', () => {
    const outside = expect.objectContaining({ code: 'out-of-range' }) as Error;
    for (const [index, size] of [
      [5, 5],
      [-1, 5],
      [0, 0],
      [0.5, 5],
      [0, 2 ** 53],
      [Number.NaN, 5],
    ] as const) {
      expect(() => inclusionProof(index, size, readNode)).toThrow(outside);
    }
    expect(() => consistencyProof(4, 3, readNode)).toThrow(outside);
    expect(() => rootOf(-1, readNode)).toThrow(outside);
    expect(() => nodesForAppend(Number.MAX_SAFE_INTEGER, emptyRoot(), readNode)).toThrow(outside);
  });

  it('a store that lost a node or holds half of one', () => {
    const missing = expect.objectContaining({ code: 'node-missing' }) as Error;
    expect(() => rootOf(5, nothing)).toThrow(missing);
    expect(() => inclusionProof(0, 5, () => new Uint8Array(31))).toThrow(missing);
    expect(() => nodesForAppend(1, emptyRoot(), nothing)).toThrow(missing);
  });
});
