import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { CodecError } from '#shared/codecs/codec.ts';
import {
  type EntryRecord,
  openingLine,
  opensEntryLines,
  readEntryLine,
  recordProblems,
} from '#shared/codecs/ledger-lines.codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import { type BlobRef, blobRefsIn } from '#shared/domain/blob.ts';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import { nodesForAppend, rootOf } from '#shared/proofs/merkle.ts';
import type { CallContext } from '#electron/core/ports.ts';
import { nodeSha256 } from './node-sha256.ts';

/** Why a line of a file of entries can't be taken; each has a sentence in the locales. */
export type LineFault =
  | 'not-json'
  | 'not-this-format'
  | 'cut-off'
  | 'field'
  | 'body'
  | 'leaf'
  | 'order'
  | 'kind'
  | 'correction'
  | 'erased'
  | 'checkpoint';

/** What a file of entries was found to hold, and which lines of it are wrong. */
export interface LinesSummary {
  bytes: number;
  /** SHA-256 of the file. */
  hash: string;
  entries: number;
  kinds: ReadonlyMap<string, number>;
  /** Seq of the first and the last entry; null in a file without any. */
  first: number | null;
  last: number | null;
  /** Whether no seq between them is left out. */
  gapless: boolean;
  /** Entry 0's own name for the ledger; null where the file does not begin with it. */
  origin: string | null;
  occurredFrom: string | null;
  occurredTo: string | null;
  erasedFields: number;
  /** The attachments that its entries name, each once. */
  blobs: readonly BlobRef[];
  wrong: number;
  faults: readonly { line: number; why: LineFault }[];
}

const faultsListed = 100;
/** Lines between two rests, in which other calls are answered. */
const portion = 200;

/**
 * The lines of a file with their numbers, parted at line feeds and at nothing else: canonical JSON may hold U+2028 as it is.
 *
 * @throws AppError `files/not-found`, `files/unreadable`, `ledger/not-a-file-of-entries`
 */
async function* linesOf(path: string): AsyncGenerator<{ text: string; number: number; bytes: Uint8Array }> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10)) {
        number += 1;
        const bytes = data.subarray(0, at + 1);
        yield { text: bytes.toString('utf8', 0, at), number, bytes };
        data = data.subarray(at + 1);
      }
      rest = data;
      // What is no such file has no line ends either, and would be gathered whole.
      if (number === 0 && rest.length > openingLine.length)
        throw new AppError('ledger/not-a-file-of-entries', { file: basename(path) });
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('files/not-found', { path });
    throw new AppError('files/unreadable', { path, problem: code });
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), number: number + 1, bytes: rest };
}

/**
 * Goes through a file of entries, line by line, however long it is. `take` gets every line that is an entry.
 *
 * @returns the SHA-256 of what was read, and its length
 * @throws AppError as `linesOf`, `jobs/cancelled`
 */
export async function readLines(
  path: string,
  context: Pick<CallContext, 'signal'>,
  take: (record: EntryRecord, line: number) => void,
  wrong: (why: LineFault, line: number) => void,
): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const { text, number, bytes } of linesOf(path)) {
    hash.update(bytes);
    length += bytes.length;
    if (number === 1 && !opensEntryLines(text))
      throw new AppError('ledger/not-a-file-of-entries', { file: basename(path) });
    if (bytes.at(-1) !== 10) wrong('cut-off', number);
    else if (number > 1) {
      const record = parsed(text, number);
      if (typeof record === 'string') wrong(record, number);
      else take(record, number);
    }
    if (number % portion === 0) {
      await breathe();
      context.signal.throwIfAborted();
    }
  }
  if (length === 0) throw new AppError('ledger/not-a-file-of-entries', { file: basename(path) });
  return { hash: hash.digest('hex'), bytes: length };
}

function parsed(text: string, number: number): EntryRecord | LineFault {
  try {
    return readEntryLine(text, number);
  } catch (error) {
    if (error instanceof CodecError) return error.problem === 'not-json' ? 'not-json' : 'not-this-format';
    throw error;
  }
}

/** The tree over a file's entries as far as they begin with entry 0, to hold its checkpoints against. */
function createTree() {
  const nodes = new Map<string, Uint8Array>();
  const read = (level: number, index: number) => nodes.get(`${level}/${index}`) ?? new Uint8Array(0);
  let size = 0;
  return {
    add(seq: number, leaf: Uint8Array): void {
      if (seq !== size) return;
      for (const node of nodesForAppend(seq, leaf, read, nodeSha256))
        nodes.set(`${node.level}/${node.index}`, node.hash);
      size += 1;
    },
    /** The root over the first entries; null where the file does not hold them all. */
    root: (of: number) => (of > size ? null : Buffer.from(rootOf(of, read, nodeSha256)).toString('hex')),
  };
}

const valueOf = ({ fields }: EntryRecord, name: string) => fields.find((field) => field.name === name)?.value;

const nothingErased: ReadonlySet<string> = new Set();

/** What of a line contradicts itself or the lines before it. */
function createChecker() {
  const tree = createTree();
  const ids = new Map<string, { about: string | undefined; erased: ReadonlySet<string> }>();
  const corrected = new Set<string>();
  /** Fields without a value that no erasure has named so far, with the line they stand in. */
  const unexplained = new Map<string, number>();
  let before = -1;

  const order = ({ seq, header }: EntryRecord) => {
    const isNext = seq > before && !ids.has(header.id);
    before = Math.max(before, seq);
    return isNext;
  };
  const corrects = ({ header }: EntryRecord) => {
    if (header.amends === null) return !header.kind.startsWith('entry.');
    const target = ids.get(header.amends);
    // A part of a ledger may hold a correction without what it corrects.
    const fits = !corrected.has(header.amends) && (target === undefined || target.about === header.subjects[0]);
    corrected.add(header.amends);
    return fits && header.kind.startsWith('entry.');
  };
  const isErasure = (record: EntryRecord) => {
    const named = valueOf(record, 'fields');
    if (!Array.isArray(named)) return false;
    return (named as { entry: string; name: string }[]).every(({ entry, name }) => {
      const target = ids.get(entry);
      // What was erased is not there; of an entry outside the file nothing can be said.
      return target === undefined || (target.erased.has(name) && unexplained.delete(`${entry}/${name}`));
    });
  };
  const isKnown = ({ header: { kind, version } }: EntryRecord) =>
    Object.hasOwn(entryKinds, kind) && version <= entryKinds[kind as EntryKind].version;

  return {
    /** Fields nobody is said to have erased, by line; asked at the end. */
    unexplained: (): number[] => [...new Set(unexplained.values())],
    faultOf(record: EntryRecord, line: number): LineFault | null {
      const { seq, header } = record;
      const [own] = recordProblems(record, nodeSha256);
      if (own) return own;
      if (!order(record)) return 'order';
      const erased = new Set(record.fields.filter(({ salt }) => salt === null).map(({ name }) => name));
      if (record.fields.some(({ salt, value }) => salt === null && value !== null)) return 'erased';
      // Nearly all entries have lost nothing; a set each would be most of the memory.
      ids.set(header.id, { about: header.subjects[0], erased: erased.size === 0 ? nothingErased : erased });
      for (const name of erased) unexplained.set(`${header.id}/${name}`, line);
      if (!isKnown(record)) return 'kind';
      if (!corrects(record)) return 'correction';
      if (header.kind === 'ledger.erased' && !isErasure(record)) return 'erased';
      const root = header.kind === 'ledger.checkpoint' ? tree.root(Number(valueOf(record, 'size'))) : null;
      if (root !== null && root !== valueOf(record, 'root')) return 'checkpoint';
      tree.add(seq, Buffer.from(record.leaf_hash, 'hex'));
      return null;
    },
  };
}

/**
 * Reads a file of entries through and proves it as far as it can be proved by itself: every value against its commitment, every entry against its
 * leaf, the order, the corrections, the erasures, and every checkpoint's root against the tree of the lines before it.
 *
 * @param see gets every entry that holds
 * @throws AppError as `readLines`
 */
export async function summariseLines(
  path: string,
  context: Pick<CallContext, 'signal'>,
  see: (record: EntryRecord) => void,
): Promise<LinesSummary> {
  const checker = createChecker();
  const kinds = new Map<string, number>();
  const blobs = new Map<string, BlobRef>();
  const faults: { line: number; why: LineFault }[] = [];
  const found = { entries: 0, erasedFields: 0, wrong: 0, gapless: true };
  let [first, last, origin]: [number | null, number | null, string | null] = [null, null, null];
  let [occurredFrom, occurredTo]: [string | null, string | null] = [null, null];
  const wrong = (why: LineFault, line: number) => {
    found.wrong += 1;
    if (faults.length < faultsListed) faults.push({ line, why });
  };
  const file = await readLines(
    path,
    context,
    (record, line) => {
      const fault = checker.faultOf(record, line);
      if (fault) return wrong(fault, line);
      const { seq, header, fields } = record;
      found.gapless &&= last === null || seq === last + 1;
      first ??= seq;
      last = seq;
      if (seq === 0) origin = String(valueOf(record, 'origin') ?? '');
      found.entries += 1;
      kinds.set(header.kind, (kinds.get(header.kind) ?? 0) + 1);
      const start = header.occurred_start;
      if (occurredFrom === null || start < occurredFrom) occurredFrom = start;
      if (occurredTo === null || start > occurredTo) occurredTo = start;
      for (const { salt, value } of fields) {
        if (salt === null) found.erasedFields += 1;
        else for (const ref of blobRefsIn(value)) if (!blobs.has(ref.blob)) blobs.set(ref.blob, ref);
      }
      see(record);
    },
    wrong,
  );
  // A part of a ledger may end before the entry that says what was erased.
  if (first === 0 && found.gapless) for (const line of checker.unexplained()) wrong('erased', line);
  return {
    ...file,
    ...found,
    kinds,
    blobs: [...blobs.values()],
    first,
    last,
    origin,
    occurredFrom,
    occurredTo,
    faults,
  };
}
