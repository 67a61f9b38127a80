import { fromBase64, toBase64 } from './base64.ts';
import { HASH_BYTES } from './hash.ts';
import { ProofError } from './proof-error.ts';

/** A tree head as C2SP `tlog-checkpoint` writes it: the text of a signed note. */
export interface Checkpoint {
  /** Names the ledger, and is the name of its key. */
  origin: string;
  /** Number of entries. */
  size: number;
  /** The tree head over them, 32 bytes. */
  root: Uint8Array;
  /** Further lines, without meaning here. */
  extensions: readonly string[];
}

/** Lengths in UTF-16 code units; a checkpoint is to be small enough to read over the phone. */
const MAX_LINE_LENGTH = 1024;
const MAX_LINES = 19;

// oxlint-disable-next-line no-control-regex -- a note allows none of these
const LINE = /^[^\u0000-\u001f]+$/u;

function assertCheckpoint({ origin, size, root, extensions }: Checkpoint): void {
  const lines = [origin, ...extensions];
  if (lines.length + 2 > MAX_LINES) throw new ProofError('checkpoint-malformed', 'too many lines');
  if (!lines.every((line) => LINE.test(line) && line.isWellFormed() && line.length <= MAX_LINE_LENGTH)) {
    throw new ProofError('checkpoint-malformed', 'a line is empty, too long or has control characters');
  }
  if (!Number.isSafeInteger(size) || size < 0) throw new ProofError('checkpoint-malformed', 'the size is no count');
  if (root.length !== HASH_BYTES) throw new ProofError('checkpoint-malformed', 'the root is not 32 bytes');
}

/** The text of a checkpoint, to be signed as a note. @throws ProofError `checkpoint-malformed` */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  assertCheckpoint(checkpoint);
  const { origin, size, root, extensions } = checkpoint;
  return [origin, String(size), toBase64(root), ...extensions, ''].join('\n');
}

/**
 * The checkpoint that a note's text says. A checkpoint has one spelling: no sign, no leading zero, canonical Base64, no empty
 * line, a newline at the end.
 * @throws ProofError `checkpoint-malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (text.length > MAX_LINES * (MAX_LINE_LENGTH + 1)) throw new ProofError('checkpoint-malformed', 'too long');
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  if (rest.pop() !== '') throw new ProofError('checkpoint-malformed', 'fewer than three lines');
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size))
    throw new ProofError('checkpoint-malformed', 'the size is no plain decimal');
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(root);
  } catch {
    throw new ProofError('checkpoint-malformed', 'the root is no Base64');
  }
  const checkpoint = { origin, size: Number(size), root: bytes, extensions: rest };
  assertCheckpoint(checkpoint);
  return checkpoint;
}
