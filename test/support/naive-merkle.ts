import { createHash } from 'node:crypto';

/**
 * The definitions of RFC 9162 section 2.1 as they stand there: recursive, over the whole list, with Node's own SHA-256.
 * Written apart from the program's code and sharing nothing with it, to be compared with it.
 */
const hash = (...parts: Uint8Array[]): Uint8Array => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return new Uint8Array(sum.digest());
};

/** k: the largest power of two with k < n. */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** MTH(D[n]) over the data entries, section 2.1.1. */
export function mth(data: readonly Uint8Array[]): Uint8Array {
  const [only] = data;
  if (!only) return hash();
  if (data.length === 1) return hash(Uint8Array.of(0), only);
  const k = split(data.length);
  return hash(Uint8Array.of(1), mth(data.slice(0, k)), mth(data.slice(k)));
}

/** PATH(m, D[n]), section 2.1.3.1. */
export function path(m: number, data: readonly Uint8Array[]): Uint8Array[] {
  if (data.length === 1) return [];
  const k = split(data.length);
  return m < k
    ? [...path(m, data.slice(0, k)), mth(data.slice(k))]
    : [...path(m - k, data.slice(k)), mth(data.slice(0, k))];
}

function subproof(m: number, data: readonly Uint8Array[], known: boolean): Uint8Array[] {
  if (m === data.length) return known ? [] : [mth(data)];
  const k = split(data.length);
  return m <= k
    ? [...subproof(m, data.slice(0, k), known), mth(data.slice(k))]
    : [...subproof(m - k, data.slice(k), false), mth(data.slice(0, k))];
}

/** PROOF(m, D[n]) for 0 < m < n, section 2.1.4.1. */
export const proof = (m: number, data: readonly Uint8Array[]): Uint8Array[] => subproof(m, data, true);
