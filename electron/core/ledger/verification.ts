import type { Json } from '#shared/domain/json.ts';
import { isCanonicalText } from '#shared/proofs/canonical.ts';
import { parseCheckpoint } from '#shared/proofs/checkpoint.ts';
import { fieldName, SALT_BYTES } from '#shared/proofs/commitment.ts';
import { verifyNote } from '#shared/proofs/note.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type CheckpointRow, checkpointRows, keyRows } from '#electron/repositories/checkpoints.repository.ts';
import { ledgerSize } from '#electron/repositories/entries.repository.ts';
import {
  countRows,
  entriesAfter,
  everyErasure,
  fieldsAfter,
  hasBlobRef,
  type HexEntryRow,
  type HexFieldRow,
} from '#electron/repositories/entries-verify.repository.ts';
import { blobsIn } from './entry-writing.ts';
import { checkHeader, type HeaderSaid } from './header-check.ts';
import { headOverHex, leafHex, RunningTree } from './hex-tree.ts';

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
/** Entries read at once, and between two reports of progress: of more the collector of garbage has to carry along what is still needed. */
const STEP = 500;
const SALT_HEX = 2 * SALT_BYTES;

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
 * of entries and the columns that repeat a header. What lies around the entries is checked apart: see `checkFile` and
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
  return { size: tree.size, root: tree.root(), problems };
}

/** How many rows of each table the entries account for. */
interface Counts {
  field: number;
  erasure: number;
}

function verifyEntries(
  db: ReadDb,
  tree: RunningTree,
  report: Report,
  progress: (done: number, total: number) => void,
): Counts {
  const total = ledgerSize(db);
  const counts: Counts = { field: 0, erasure: 0 };
  const checkpoints = Map.groupBy(checkpointRows(db), ({ size }) => size);
  const keys = keyRows(db);
  const erasures = erasuresStated(db);
  const fields = new FieldCursor(db);
  for (const row of everyEntry(db)) {
    verifyCheckpoints(checkpoints.get(tree.size) ?? [], tree, keys, report);
    checkpoints.delete(tree.size);
    if (row.seq !== tree.size) report('sequence', row.seq, `stands where ${tree.size} should`);
    const own = fields.upTo(row.seq, report);
    const header = checkHeader(row, report);
    const leaf = leafHex('', row.header);
    if (leaf !== row.leaf) report('header', row.seq, 'the leaf hash is not that of the header');
    if (header) verifyBody(db, row.seq, header, own, { report, counts, erasures });
    counts.field += own.length;
    // The stored leaf was compared above; from here on the tree is that of the headers.
    if (tree.add(leaf) !== row.nodes) report('node', row.seq, 'the subtrees it completes are not what they should be');
    if (tree.size % STEP === 0) progress(tree.size, total);
  }
  fields.upTo(Infinity, report);
  verifyCheckpoints(checkpoints.get(tree.size) ?? [], tree, keys, report);
  checkpoints.delete(tree.size);
  for (const [size, rows] of checkpoints) {
    for (const { seq } of rows) report('checkpoint', seq, `signs ${size} entries, which there never were`);
  }
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

interface BodyContext {
  report: Report;
  counts: Counts;
  erasures: Map<number, Set<string>>;
}

function verifyBody(db: ReadDb, seq: number, header: HeaderSaid, fields: readonly ErasableField[], to: BodyContext) {
  const { report, counts, erasures } = to;
  for (const field of fields) {
    const { name, salt, value, by_seq: bySeq } = field;
    if (bySeq !== null) counts.erasure += 1;
    if (!isName(name)) report('field', seq, `${name} cannot name a field`);
    if (salt === null || value === null) {
      const stated = bySeq !== null && erasures.get(bySeq)?.has(`${header.id}/${name}`);
      if (!stated) report('field', seq, `${name} is empty and no entry says it was erased`);
      continue;
    }
    if (bySeq !== null) report('field', seq, `${name} is there although it was erased`);
    if (!isCommitted(salt, name, value, field.commitment)) {
      report('field', seq, `${name} is not what was committed to`);
    } else if (name === 'project' && value !== 'null' && !header.subjects.includes(JSON.parse(value) as string)) {
      report('column', seq, 'the project is none of the subjects');
    }
    if (value.includes('"blob"')) verifyBlobs(db, seq, { name, value }, report);
  }
  // In order of name, as they are read.
  if (headOverHex(fields.map(({ commitment }) => commitment)) !== header.body_root) {
    report('field', seq, 'the fields are not those the header covers');
  }
}

function verifyBlobs(db: ReadDb, seq: number, { name, value }: { name: string; value: string }, report: Report): void {
  let named: Json;
  try {
    named = JSON.parse(value) as Json;
  } catch {
    // Told of as what was not committed to.
    return;
  }
  for (const blob of new Set(blobsIn(named))) {
    if (!hasBlobRef(db, blob, seq, name)) report('column', seq, `${name} names a blob that is not listed`);
  }
}

const names = new Set<string>();

/** Whether a field may have this name; there are a few hundred names, and each is looked at once. */
function isName(name: string): boolean {
  if (names.has(name)) return true;
  const is = fieldName.safeParse(name).success;
  if (is) names.add(name);
  return is;
}

/**
 * Whether a stored text is canonical and is what was committed to. The commitment, as `fieldCommitment` makes it, is over the canonical
 * text; once the text is known to be canonical it is hashed as it stands.
 */
const isCommitted = (salt: string, name: string, text: string, commitment: string): boolean =>
  isCanonicalText(text) && salt.length === SALT_HEX && leafHex(salt, name + text) === commitment;

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
      const signedRoot = Buffer.from(signed.root).toString('hex');
      const recorded = signed.size === size && signedRoot === root;
      if (!recorded) report('checkpoint', seq, 'what was signed is not what was recorded');
      if (signedRoot !== tree.root()) report('checkpoint', seq, 'the root signed is not the root of the entries');
      if (seq < size) report('checkpoint', seq, 'signs entries that came after it');
    } catch (error) {
      report('checkpoint', seq, (error as Error).message);
    }
  }
}

/** Rows that no entry accounts for. */
function verifyCounts(db: ReadDb, counts: Counts, report: Report): void {
  for (const table of ['field', 'erasure'] as const) {
    const found = countRows(db, table);
    const said = `${table} has ${found} rows, the entries account for ${counts[table]}`;
    if (found !== counts[table]) report('field', null, said);
  }
}
