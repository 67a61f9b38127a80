import { hash } from 'node:crypto';
import { entryHeader, type EntryHeader } from '#shared/domain/entry-header.ts';
import type { Json } from '#shared/domain/json.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { parseCheckpoint } from '#shared/proofs/checkpoint.ts';
import { bodyRoot, SALT_BYTES } from '#shared/proofs/commitment.ts';
import { headerLeaf, parseHeader } from '#shared/proofs/header.ts';
import { emptyRoot, nodeHash } from '#shared/proofs/merkle.ts';
import { verifyNote } from '#shared/proofs/note.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type CheckpointRow, checkpointRows, keyRows } from '#electron/repositories/checkpoints.repository.ts';
import { ledgerSize } from '#electron/repositories/entries.repository.ts';
import {
  countRows,
  entriesAfter,
  type HexEntryRow,
  nodesFrom,
  everyErasure,
  fieldsAfter,
  type HexFieldRow,
  hasBlobRef,
} from '#electron/repositories/entries-verify.repository.ts';
import { blobsIn } from './entry-writing.ts';
import { nodeSha256 } from './node-sha256.ts';

export type ProblemKind =
  'header' | 'field' | 'node' | 'sequence' | 'checkpoint' | 'blob' | 'column' | 'database' | 'projection';

export interface Problem {
  what: ProblemKind;
  seq: number | null;
  detail: string;
}

export interface Verified {
  size: number;
  /** Hex; of what was computed, not of what is stored. */
  root: string;
  problems: Problem[];
}

/** Problems that are told; a ledger with more is not read for the details. */
const MOST_PROBLEMS = 1000;
/** Entries between two reports of progress. */
const STEP = 2000;

export type Report = (what: ProblemKind, seq: number | null, detail: string) => void;

/** Collects problems, up to the most that are told. */
export function reporter(problems: Problem[]): Report {
  return (what, seq, detail) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ what, seq, detail: detail.slice(0, 500) });
  };
}

type ErasableField = HexFieldRow & { by_seq: number | null };

/**
 * Recomputes all that the ledger says of itself: every commitment, body root, header, leaf, node and checkpoint, the order
 * of entries and the columns that repeat a header. What lies around the entries is checked apart, at the same time: see
 * `checkSurroundings`. It reads and never writes.
 *
 * @param db one state of the ledger: the caller holds a read transaction
 */
export function verifyLedger(db: ReadDb, progress: (done: number, total: number) => void): Verified {
  const problems: Problem[] = [];
  const report = reporter(problems);
  const tree = new RunningTree();
  const counts = verifyEntries(db, tree, report, progress);
  verifyCounts(db, counts, report);
  return { size: tree.size, root: Buffer.from(tree.root()).toString('hex'), problems };
}

/** The tree as it grows: complete subtrees on the right edge, as many as the size has ones in binary. */
class RunningTree {
  size = 0;
  nodes = 0;
  readonly #edge: Uint8Array[] = [];

  /** Adds a leaf and tells of each subtree it completes. */
  add(leaf: Uint8Array, completed: (level: number, index: number, top: Uint8Array) => void): void {
    let top = leaf;
    let level = 0;
    let index = this.size;
    while (index % 2 === 1) {
      top = nodeHash(this.#edge.pop() ?? leaf, top, nodeSha256);
      level += 1;
      index = (index - 1) / 2;
      this.nodes += 1;
      completed(level, index, top);
    }
    this.#edge.push(top);
    this.size += 1;
  }

  root(): Uint8Array {
    if (this.size === 0) return emptyRoot(nodeSha256);
    return this.#edge.reduceRight((right, left) => nodeHash(left, right, nodeSha256));
  }
}

/** How many rows of each table the entries account for. */
interface Counts {
  field: number;
  node: number;
  blob_ref: number;
  erasure: number;
}

function verifyEntries(
  db: ReadDb,
  tree: RunningTree,
  report: Report,
  progress: (done: number, total: number) => void,
): Counts {
  const total = ledgerSize(db);
  const counts: Counts = { field: 0, node: 0, blob_ref: 0, erasure: 0 };
  const checkpoints = Map.groupBy(checkpointRows(db), ({ size }) => size);
  const keys = keyRows(db);
  const erasures = erasuresStated(db);
  const fields = new FieldCursor(db);
  const nodes = new StoredNodes(db);
  for (const row of everyEntry(db)) {
    verifyCheckpoints(checkpoints.get(tree.size) ?? [], tree, keys, report);
    checkpoints.delete(tree.size);
    if (row.seq !== tree.size) report('sequence', row.seq, `stands where ${tree.size} should`);
    const own = fields.upTo(row.seq, report);
    const header = verifyHeader(row, report);
    const leaf = headerLeaf(row.header, nodeSha256);
    if (hexOf(leaf) !== row.leaf) report('header', row.seq, 'the leaf hash is not that of the header');
    if (header) {
      verifyBody(db, row.seq, header, own, { report, counts, erasures });
    }
    counts.field += own.length;
    // Stored leaves were compared above; from here on the tree is that of the headers.
    tree.add(leaf, (level, index, top) => {
      if (nodes.at(level, index) !== hexOf(top))
        report('node', row.seq, `node ${level}/${index} is not what it should be`);
    });
    if (tree.size % STEP === 0) progress(tree.size, total);
  }
  fields.upTo(Infinity, report);
  verifyCheckpoints(checkpoints.get(tree.size) ?? [], tree, keys, report);
  checkpoints.delete(tree.size);
  for (const [size, rows] of checkpoints) {
    for (const { seq } of rows) report('checkpoint', seq, `signs ${size} entries, which there never were`);
  }
  counts.node = tree.nodes;
  progress(total, total);
  return counts;
}

/** All entries in order of seq, read in portions. */
function* everyEntry(db: ReadDb): Generator<HexEntryRow> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const portion = entriesAfter(db, after, STEP);
    yield* portion;
    if (portion.length < STEP) return;
    after = portion.at(-1)?.seq ?? after;
  }
}

/** Stored nodes as hex; each level is asked for in ascending order and read in portions. */
class StoredNodes {
  readonly #db: ReadDb;
  readonly #levels: { from: number; nodes: Map<number, string> }[] = [];

  constructor(db: ReadDb) {
    this.#db = db;
  }

  at(level: number, index: number): string | undefined {
    const known = this.#levels[level];
    if (known && index >= known.from && index < known.from + STEP) return known.nodes.get(index);
    const nodes = nodesFrom(this.#db, level, index, STEP);
    this.#levels[level] = { from: index, nodes };
    return nodes.get(index);
  }
}

/** In capitals, as SQLite writes it. */
const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();

/** Which fields `ledger.erased` entries say were erased, as `entry id/name`, by seq of the entry that says so. */
function erasuresStated(db: ReadDb): Map<number, Set<string>> {
  const rows = db.all<{ seq: number; id: string; name: string }>(
    `SELECT e.seq, json_extract(j.value, '$.entry') AS id, json_extract(j.value, '$.name') AS name
     FROM entry AS e JOIN field AS f ON f.seq = e.seq AND f.name = 'fields', json_each(f.value) AS j
     WHERE e.seq IN (SELECT DISTINCT by_seq FROM erasure) AND e.kind = 'ledger.erased'`,
  );
  const stated = new Map<number, Set<string>>();
  for (const { seq, id, name } of rows) stated.set(seq, (stated.get(seq) ?? new Set()).add(`${id}/${name}`));
  return stated;
}

/** Fields in order of seq, read in portions and handed out entry by entry. */
class FieldCursor {
  readonly #db: ReadDb;
  readonly #erasedBy: Map<string, number>;
  #portion: HexFieldRow[] = [];
  #at = 0;
  #readTo = -Infinity;

  constructor(db: ReadDb) {
    this.#db = db;
    this.#erasedBy = new Map(everyErasure(db).map(({ seq, name, by_seq: bySeq }) => [`${seq}/${name}`, bySeq]));
  }

  /** The fields of an entry; those of entries that are not there are told of. */
  upTo(seq: number, report: Report): ErasableField[] {
    const own: ErasableField[] = [];
    for (;;) {
      const field = this.#portion[this.#at];
      if (field === undefined && this.#readTo < seq) this.#read();
      else if (field === undefined || field.seq > seq) return own;
      else {
        this.#at += 1;
        if (field.seq === seq) own.push({ ...field, by_seq: this.#erasure(field) });
        else report('field', field.seq, `${field.name} belongs to no entry`);
      }
    }
  }

  #read(): void {
    const after = this.#readTo;
    this.#portion = fieldsAfter(this.#db, after, STEP);
    this.#at = 0;
    this.#readTo = this.#portion.at(-1)?.seq ?? Infinity;
  }

  #erasure({ seq, name }: HexFieldRow): number | null {
    return this.#erasedBy.size === 0 ? null : (this.#erasedBy.get(`${seq}/${name}`) ?? null);
  }
}

function verifyHeader(row: HexEntryRow, report: Report): EntryHeader | null {
  let header: EntryHeader;
  try {
    header = plainHeader(row.header) ?? parseHeader(row.header);
  } catch (error) {
    report('header', row.seq, (error as Error).message);
    return null;
  }
  const repeated: [column: string, stored: unknown, said: unknown][] = [
    ['id', row.id, header.id],
    ['kind', row.kind, header.kind],
    ['source', row.source, header.source],
    ['occurred_start', row.occurred_start, header.occurred_start],
    ['occurred_end', row.occurred_end, header.occurred_end],
    ['recorded_at', row.recorded_at, header.recorded_at],
    ['amends', row.amends, header.amends],
    ['group_id', row.group_id, header.group],
  ];
  for (const [column, stored, said] of repeated) {
    if (stored !== said) report('column', row.seq, `${column} is not what the header says`);
  }
  if (row.project_id !== null && !header.subjects.includes(row.project_id)) {
    report('column', row.seq, 'project_id is none of the subjects');
  }
  return header;
}

const headerKeys = Object.keys(entryHeader.shape).sort().join();

/**
 * The header a text says, when it is canonical as anyone can see: its keys in order, and spelled as JavaScript spells it, which for a
 * flat object of strings and whole numbers is RFC 8785. Null when it takes a closer look.
 */
function plainHeader(text: string): EntryHeader | null {
  const value = JSON.parse(text) as unknown;
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== headerKeys) return null;
  if (JSON.stringify(value) !== text || !text.isWellFormed()) return null;
  return entryHeader.safeParse(value).data ?? null;
}

interface BodyContext {
  report: Report;
  counts: Counts;
  erasures: Map<number, Set<string>>;
}

function verifyBody(db: ReadDb, seq: number, header: EntryHeader, fields: readonly ErasableField[], to: BodyContext) {
  const { report, counts, erasures } = to;
  for (const field of fields) {
    const { name, salt, value, by_seq: bySeq } = field;
    if (bySeq !== null) counts.erasure += 1;
    if (salt === null || value === null) {
      const stated = bySeq !== null && erasures.get(bySeq)?.has(`${header.id}/${name}`);
      if (!stated) report('field', seq, `${name} is empty and no entry says it was erased`);
      continue;
    }
    if (bySeq !== null) report('field', seq, `${name} is there although it was erased`);
    if (!isCommitted({ ...field, salt, value })) report('field', seq, `${name} is not what was committed to`);
    else if (name === 'project' && value !== 'null' && !header.subjects.includes(JSON.parse(value) as string)) {
      report('column', seq, 'the project is none of the subjects');
    }
    for (const blob of value.includes('"blob"') ? new Set(blobsIn(JSON.parse(value) as Json)) : []) {
      counts.blob_ref += 1;
      if (!hasBlobRef(db, blob, seq, name)) report('column', seq, `${name} names a blob that is not listed`);
    }
  }
  const committed = fields.map(({ name, commitment }) => ({ name, commitment: Buffer.from(commitment, 'hex') }));
  const root = Buffer.from(bodyRoot(committed, nodeSha256)).toString('hex');
  if (root !== header.body_root) report('field', seq, 'the fields are not those the header covers');
}

/** Texts that are canonical JSON as anyone can see: the three words, whole numbers, strings without escapes. */
const PLAINLY_CANONICAL = /^(?:null|true|false|0|-?[1-9]\d{0,14}|"[\x20\x21\x23-\x5b\x5d-\x7e]*")$/;

let scratch = Buffer.alloc(64 * 1024);

/**
 * Whether a stored text is canonical and is what was committed to. The commitment, as `fieldCommitment` makes it, is over the canonical
 * text; once the text is known to be canonical it is hashed as it stands, which is most of the work of a verification.
 */
function isCommitted({ name, salt, value: text, commitment }: HexFieldRow & { salt: string; value: string }): boolean {
  try {
    if (!PLAINLY_CANONICAL.test(text) && canonicalJson(JSON.parse(text) as Json) !== text) return false;
  } catch {
    return false;
  }
  const most = 1 + SALT_BYTES + 3 * (name.length + text.length);
  if (scratch.length < most) scratch = Buffer.alloc(most * 2);
  // Byte 0 stays 0: the leaf hash of RFC 9162 section 2.1.1.
  if (scratch.write(salt, 1, 'hex') !== SALT_BYTES) return false;
  const length = 1 + SALT_BYTES + scratch.write(name + text, 1 + SALT_BYTES, 'utf8');
  return hash('sha256', scratch.subarray(0, length), 'hex') === commitment.toLowerCase();
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function verifyCheckpoints(
  rows: readonly CheckpointRow[],
  tree: RunningTree,
  keys: readonly { seq: number; verifier_key: string }[],
  report: Report,
): void {
  for (const { seq, size, root, note } of rows) {
    const key = keys.findLast((each) => each.seq < seq)?.verifier_key ?? '';
    try {
      const signed = parseCheckpoint(verifyNote(note, key));
      const recorded = signed.size === size && Buffer.from(signed.root).toString('hex') === root;
      if (!recorded) report('checkpoint', seq, 'what was signed is not what was recorded');
      if (!same(signed.root, tree.root())) report('checkpoint', seq, 'the root signed is not the root of the entries');
      if (seq < size) report('checkpoint', seq, 'signs entries that came after it');
    } catch (error) {
      report('checkpoint', seq, (error as Error).message);
    }
  }
}

/** Rows that no entry accounts for. Of `blob_ref` only what is missing is known, because an erased field still has its row. */
function verifyCounts(db: ReadDb, counts: Counts, report: Report): void {
  for (const table of ['field', 'node', 'erasure'] as const) {
    const found = countRows(db, table);
    if (found !== counts[table]) {
      report(
        table === 'node' ? 'node' : 'field',
        null,
        `${table} has ${found} rows, the entries account for ${counts[table]}`,
      );
    }
  }
}
