import { hash } from 'node:crypto';

// A verification makes some twenty million hashes. They are kept as hex and made over these two buffers: bytes of their own for each would
// cost more than hashing does.
let leaf = Buffer.alloc(64 * 1024);
const pair = Buffer.alloc(65);
pair[0] = 1;

/**
 * The leaf hash of RFC 9162 section 2.1.1, in hex: SHA-256(0x00 || salt || UTF-8 text).
 * @param salt hex; empty for a header, which has none
 */
export function leafHex(salt: string, text: string): string {
  const most = 1 + salt.length / 2 + 3 * text.length;
  // Byte 0 stays 0.
  if (leaf.length < most) leaf = Buffer.alloc(most * 2);
  const salted = salt === '' ? 1 : 1 + leaf.write(salt, 1, 'hex');
  return hash('sha256', leaf.subarray(0, salted + leaf.write(text, salted, 'utf8')), 'hex');
}

/** The hash of an inner node, in hex: SHA-256(0x01 || left || right). An empty text when one of the two is no hash. */
function nodeHex(left: string, right: string): string {
  if (left.length !== 64 || right.length !== 64) return '';
  const written = pair.write(left, 1, 'hex') + pair.write(right, 33, 'hex');
  return written === 64 ? hash('sha256', pair, 'hex') : '';
}

const nothing = hash('sha256', '', 'hex');

/** The tree as it grows: complete subtrees on the right edge, as many as the size has ones in binary. */
export class RunningTree {
  size = 0;
  readonly #edge: string[] = [];

  /** Adds a leaf. @returns the subtrees it completes, lowest first and one behind the other */
  add(hashed: string): string {
    let top = hashed;
    let completed = '';
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      top = nodeHex(this.#edge.pop() ?? '', top);
      completed += top;
    }
    this.#edge.push(top);
    this.size += 1;
    return completed;
  }

  /** The tree head over the leaves so far. */
  root(): string {
    return this.size === 0 ? nothing : this.#edge.reduceRight((right, left) => nodeHex(left, right));
  }
}

/** The tree head over some hashes, as RFC 9162 section 2.1.1 has it: neighbours are joined level by level, and the last of an odd number goes up as it is. */
export function headOverHex(hashes: readonly string[]): string {
  const level = [...hashes];
  let size = level.length;
  while (size > 1) {
    const pairs = size >> 1;
    for (let at = 0; at < pairs; at += 1) level[at] = nodeHex(level[2 * at] ?? '', level[2 * at + 1] ?? '');
    if (size % 2 === 1) level[pairs] = level[size - 1] ?? '';
    size -= pairs;
  }
  return level[0] ?? nothing;
}
