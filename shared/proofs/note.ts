import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './base64.ts';
import { equalBytes, joinBytes, sha256 } from './hash.ts';
import { ProofError } from './proof-error.ts';

/**
 * Signed notes as C2SP `signed-note` has them, with Ed25519 keys (signature type 0x01), the only type a ledger signs with.
 *
 *     text, ending in a newline
 *     (an empty line)
 *     — <key name> base64(4 bytes of key id || signature)
 */

/** Who signs a note. `sign` answers the 64-byte Ed25519 signature (RFC 8032) of the message. */
export interface NoteSigner {
  name: string;
  /** The 32-byte Ed25519 public key. */
  publicKey: Uint8Array;
  sign: (message: Uint8Array) => Uint8Array;
}

/** Who a note is said to be signed by. */
export interface NoteKey {
  name: string;
  /** The first four bytes of SHA-256(name || 0x0A || 0x01 || public key). */
  id: Uint8Array;
  publicKey: Uint8Array;
}

/** Longest note that is read, in UTF-16 code units: sixteen signatures of the longest kind in use, and room to spare. */
const MAX_NOTE_LENGTH = 256 * 1024;
const MAX_SIGNATURES = 64;
const ED25519 = Uint8Array.of(0x01);
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

// Unicode spaces as Unicode counts them: \s lacks only U+0085.
const KEY_NAME = /^[^\s\u0085+]{1,255}$/u;
// oxlint-disable-next-line no-control-regex -- the format forbids exactly these
const FORBIDDEN_IN_NOTE = /[\u0000-\u0009\u000b-\u001f]/;

function keyOf(name: string, publicKey: Uint8Array): NoteKey {
  if (!KEY_NAME.test(name) || !name.isWellFormed() || FORBIDDEN_IN_NOTE.test(name)) {
    throw new ProofError('key-malformed', 'a key name is not empty and has no spaces, no plus, no control characters');
  }
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new ProofError('key-malformed', 'not an Ed25519 public key');
  const id = sha256(joinBytes(utf8ToBytes(name), Uint8Array.of(0x0a), ED25519, publicKey)).slice(0, KEY_ID_BYTES);
  return { name, id, publicKey };
}

/**
 * A verifier key as one line of text, `name+id+key`, with the id in hex and the key as base64(0x01 || public key).
 * @throws ProofError `key-malformed`
 */
export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  const { id } = keyOf(name, publicKey);
  return `${name}+${bytesToHex(id)}+${toBase64(joinBytes(ED25519, publicKey))}`;
}

/** The key that a verifier key's text says. @throws ProofError `key-malformed` */
export function parseVerifierKey(vkey: string): NoteKey {
  // The base64 may itself hold a plus, the name and the id may not.
  const [, name = '', id = '', encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/u.exec(vkey) ?? [];
  if (!name) throw new ProofError('key-malformed', 'not of the form name+id+key');
  const bytes = readBase64(encoded, 'key-malformed');
  if (bytes[0] !== ED25519[0]) throw new ProofError('key-malformed', 'not an Ed25519 key');
  const key = keyOf(name, bytes.slice(1));
  if (bytesToHex(key.id) !== id) throw new ProofError('key-malformed', 'the id is not the id of this key');
  return key;
}

function readBase64(text: string, code: 'key-malformed' | 'note-malformed'): Uint8Array {
  try {
    return fromBase64(text);
  } catch {
    throw new ProofError(code, 'malformed Base64');
  }
}

function assertText(text: string): void {
  if (!text.endsWith('\n') || !text.isWellFormed() || FORBIDDEN_IN_NOTE.test(text)) {
    throw new ProofError('note-malformed', 'a text ends in a newline and has no other control characters');
  }
}

/**
 * The signed note of a text.
 * @param text not empty, ends in a newline, without other control characters
 * @throws ProofError `note-malformed`, `key-malformed`, `signature-invalid` when the signer's answer does not verify
 */
export function signNote(text: string, signer: NoteSigner): string {
  assertText(text);
  const { name, id, publicKey } = keyOf(signer.name, signer.publicKey);
  const message = utf8ToBytes(text);
  const signature = signer.sign(message);
  // A note that does not verify would be found out by somebody else, much later, when it cannot be made good.
  if (!signatureHolds(signature, message, publicKey))
    throw new ProofError('signature-invalid', 'the signer is at odds');
  const note = `${text}\n— ${name} ${toBase64(joinBytes(id, signature))}\n`;
  if (note.length > MAX_NOTE_LENGTH) throw new ProofError('note-malformed', 'longer than a note may be');
  return note;
}

function signatureHolds(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    // zip215 would also take encodings that RFC 8032 refuses, and keys under which one signature holds for any text.
    return signature.length === SIGNATURE_BYTES && ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Splits a note at its last empty line. @throws ProofError `note-malformed` */
function splitNote(note: string): { text: string; signatures: { name: string; bytes: Uint8Array }[] } {
  if (note.length > MAX_NOTE_LENGTH) throw new ProofError('note-malformed', 'longer than a note may be');
  assertText(note);
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw new ProofError('note-malformed', 'no empty line before the signatures');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new ProofError('note-malformed', 'too many signatures');
  const signatures = lines.map((line) => {
    const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
    const bytes = readBase64(encoded, 'note-malformed');
    if (!KEY_NAME.test(name) || bytes.length <= KEY_ID_BYTES)
      throw new ProofError('note-malformed', 'bad signature line');
    return { name, bytes };
  });
  return { text: note.slice(0, split + 1), signatures };
}

/**
 * The text of a note that is signed by the given key. Signatures by other keys are passed over, as the format asks.
 * @param vkey a verifier key as `formatVerifierKey` writes it
 * @returns the text, with its final newline
 * @throws ProofError `key-malformed`, `note-malformed`, `note-unsigned` when there is none by this key, `signature-invalid`
 *   when there is one and it does not hold
 */
export function verifyNote(note: string, vkey: string): string {
  const key = parseVerifierKey(vkey);
  const { text, signatures } = splitNote(note);
  const message = utf8ToBytes(text);
  const own = signatures.filter(
    ({ name, bytes }) => name === key.name && equalBytes(bytes.subarray(0, KEY_ID_BYTES), key.id),
  );
  if (own.length === 0) throw new ProofError('note-unsigned', `not signed by ${key.name}`);
  if (!own.every(({ bytes }) => signatureHolds(bytes.subarray(KEY_ID_BYTES), message, key.publicKey))) {
    throw new ProofError('signature-invalid', `the signature by ${key.name} does not hold`);
  }
  return text;
}
