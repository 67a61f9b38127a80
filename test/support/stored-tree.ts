import { leafHash, nodesForAppend, type ReadNode } from '#shared/proofs/merkle.ts';

/** A tree grown leaf by leaf, its nodes in a map that refuses to be written twice, as the ledger's table does. */
export function growTree(data: readonly Uint8Array[]): {
  readNode: ReadNode;
  nodeCount: () => number;
  reads: () => number;
} {
  const nodes = new Map<string, Uint8Array>();
  let reads = 0;
  const readNode: ReadNode = (level, index) => {
    reads += 1;
    const hash = nodes.get(`${level}/${index}`);
    if (!hash) throw new Error(`node ${level}/${index} was asked for but does not exist`);
    return hash;
  };
  data.forEach((entry, size) => {
    for (const { level, index, hash } of nodesForAppend(size, leafHash(entry), readNode)) {
      if (nodes.has(`${level}/${index}`)) throw new Error(`node ${level}/${index} was written twice`);
      nodes.set(`${level}/${index}`, hash);
    }
  });
  return { readNode, nodeCount: () => nodes.size, reads: () => reads };
}

/** Data entries that differ in length and content. */
export const entries = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, n) =>
    Uint8Array.from({ length: n % 7 }, (_unused, at) => (n * 31 + at) & 0xff).fill(n & 0xff, 0, 1),
  );

/** The same bytes with one bit turned. */
export function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const turned = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8) % turned.length;
  turned[at] = (turned[at] ?? 0) ^ (1 << (bit % 8));
  return turned;
}
