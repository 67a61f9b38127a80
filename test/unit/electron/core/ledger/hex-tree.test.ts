import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldCommitment } from '#shared/proofs/commitment.ts';
import { headerLeaf } from '#shared/proofs/header.ts';
import { nodesForAppend, treeHead } from '#shared/proofs/merkle.ts';
import { headOverHex, leafHex, RunningTree } from '#electron/core/ledger/hex-tree.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

it('grows the tree that the portable functions compute, and tells what each leaf completes', () => {
  const stored = new Map<string, Uint8Array>();
  const read = (level: number, index: number) => stored.get(`${level}/${index}`)!;
  const tree = new RunningTree();
  const leaves: Uint8Array[] = [];
  expect(tree.root()).toBe(hex(treeHead([])));
  for (let size = 0; size < 70; size += 1) {
    const leaf = headerLeaf(String(size));
    const [, ...above] = nodesForAppend(size, leaf, read);
    for (const node of [{ level: 0, index: size, hash: leaf }, ...above]) {
      stored.set(`${node.level}/${node.index}`, node.hash);
    }
    leaves.push(leaf);
    expect(tree.add(leafHex('', String(size)))).toBe(above.map(({ hash }) => hex(hash)).join(''));
    expect(tree.root()).toBe(hex(treeHead(leaves)));
    expect(headOverHex(leaves.map(hex))).toBe(hex(treeHead(leaves)));
  }
});

it('commits to fields as the portable function does, however long and in whatever letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(3), (value, times) => {
      const long = value.repeat(10 ** times);
      const salt = new Uint8Array(32).fill(long.length);
      const field = { name: 'note', value: long, salt };
      expect(leafHex(hex(salt), `note${JSON.stringify(long)}`)).toBe(hex(fieldCommitment(field)));
    }),
    { seed: 20261122, numRuns: 60 },
  );
});

it('has no head over what is no hash', () => {
  const hash = '00'.repeat(32);
  for (const wrong of ['', '00', `${hash}00`, 'zz'.repeat(32)]) {
    expect(headOverHex([hash, wrong])).toBe('');
    expect(headOverHex([wrong, hash])).toBe('');
  }
});
