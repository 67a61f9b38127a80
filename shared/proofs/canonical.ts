import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../domain/json.ts';
import { ProofError } from './proof-error.ts';

/** Deepest nesting that is encoded: far beyond any form of the ledger, far below what exhausts a call stack. */
const MAX_DEPTH = 128;

/**
 * Writes a value, and refuses whatever JSON text cannot say exactly: a commitment to something other than what was given must not exist.
 * Strings and numbers are written as JavaScript writes them, which is what RFC 8785 asks for.
 */
function write(value: unknown, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new ProofError('not-json', 'a string holds a lone surrogate');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ProofError('not-json', `${value} has no JSON form`);
    return String(value);
  }
  if (typeof value !== 'object') throw new ProofError('not-json', `${typeof value} has no JSON form`);
  if (depth >= MAX_DEPTH) throw new ProofError('not-json', `nested deeper than ${MAX_DEPTH}, or in a cycle`);
  return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  // By place, which finds holes as well.
  for (let at = 0; at < items.length; at += 1) text += (at === 0 ? '' : ',') + write(items[at], depth + 1);
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new ProofError('not-json', 'not a plain object');
  if (Object.getOwnPropertySymbols(value).length > 0) throw new ProofError('not-json', 'a symbol as key');
  let text = '{';
  // JavaScript compares texts by their UTF-16 code units, as the RFC does.
  for (const key of Object.keys(value).sort()) {
    // JSON has this key, but many readers lose it; what one of them was shown would not match its commitment.
    if (key === '__proto__') throw new ProofError('not-json', 'a key that not every reader keeps');
    const own = `${write(key, depth)}:${write((value as Record<string, unknown>)[key], depth + 1)}`;
    text += (text === '{' ? '' : ',') + own;
  }
  return `${text}}`;
}

/**
 * The canonical JSON text of a value (RFC 8785): keys in order of their UTF-16 code units, numbers as ECMAScript writes
 * them, no spaces. Two equal values have one text, so the text can be hashed.
 * @throws ProofError `not-json` for undefined, NaN, Infinity, lone surrogates, holes, class instances, cycles, the key
 *   `__proto__`, and nesting deeper than 128
 */
export const canonicalJson = (value: Json): string => write(value, 0);

/** The UTF-8 bytes of `canonicalJson(value)`, which is what gets hashed. @throws ProofError `not-json` */
export function canonicalBytes(value: Json): Uint8Array {
  return utf8ToBytes(canonicalJson(value));
}

/** Texts that are canonical as anyone can see: the three words, whole numbers, strings of plain ASCII without escapes. */
const PLAIN = /^(?:null|true|false|0|-?[1-9]\d{0,14}|"[\x20\x21\x23-\x5b\x5d-\x7e]*")$/;

/** Whether a parsed value's keys stand in order, and no deeper than is encoded. */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isInOrder(item, depth + 1));
  let before: string | null = null;
  for (const key of Object.keys(value)) {
    if ((before !== null && before >= key) || key === '__proto__') return false;
    before = key;
    if (!isInOrder((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

/**
 * Whether a text is what `canonicalJson` writes for the value it says. Most are known at a glance, and most others by writing them again
 * as JavaScript does, which is RFC 8785 but for the order of keys and for what has no canonical form.
 */
export function isCanonicalText(text: string): boolean {
  if (PLAIN.test(text)) return true;
  try {
    const value = JSON.parse(text) as Json;
    // Strings with an escape in them may hold half a character, which JavaScript would write.
    const plain = !text.includes('\\') && text.isWellFormed() && isInOrder(value, 0) && JSON.stringify(value) === text;
    return plain || canonicalJson(value) === text;
  } catch {
    return false;
  }
}

/** Whether `canonicalJson` takes a value; what is read from strangers is asked this before anything else walks it. */
export function isCanonicalisable(value: unknown): value is Json {
  try {
    write(value, 0);
    return true;
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
}
