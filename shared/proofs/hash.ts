import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/**
 * SHA-256 (FIPS 180-4) of some bytes, 32 bytes long. Functions that hash much take one as a parameter, because the
 * platform's own is several times faster than the portable one.
 */
export type Sha256 = (data: Uint8Array) => Uint8Array;

/** Length of every hash, in bytes. */
export const HASH_BYTES = 32;

/** The portable SHA-256: plain JavaScript, the default wherever a hash function can be given. */
export const sha256: Sha256 = (data) => nobleSha256(data);

/** Whether two byte strings are the same. Not constant in time: nothing compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Byte strings one behind the other. Every append and every check joins, so this does nothing but copy. */
export function joinBytes(...parts: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
