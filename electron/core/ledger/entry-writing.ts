import type { z } from 'zod';
import { AppError } from '#shared/contract/errors.ts';
import { blobRefsIn } from '#shared/domain/blob.ts';
import { entryHeader, type EntryHeader } from '#shared/domain/entry-header.ts';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { EntityId, EntryId, GroupId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Instant } from '#shared/domain/time.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { bodyRoot, SALT_BYTES, textCommitment } from '#shared/proofs/commitment.ts';
import { joinBytes } from '#shared/proofs/hash.ts';
import { headerLeaf, headerText } from '#shared/proofs/header.ts';
import { nodesForAppend } from '#shared/proofs/merkle.ts';
import { ProofError } from '#shared/proofs/proof-error.ts';
import type { Ids } from '#electron/core/ports.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { insertEntry, insertParts, type SaidRow, storedNode } from '#electron/repositories/entries.repository.ts';
import { isPlainHeader } from './header-check.ts';
import type { AnyEntryDraft } from './ledger-types.ts';
import { nodeSha256 } from './node-sha256.ts';
import { zoneOffset } from './zone-offset.ts';

/** What all entries of one append share. */
export interface WritingMoment {
  recordedAt: Instant;
  zone: string;
  group: GroupId | null;
}

/**
 * The body as its kind's schema takes it.
 * @throws AppError `ledger/values-invalid` with the place of the first problem
 */
export function parseBody(kind: EntryKind, body: unknown): Record<string, Json> {
  const parsed = entryKinds[kind].body.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data as Record<string, Json>;
}

function invalid(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join('.') || '(body)';
  return new AppError('ledger/values-invalid', { path, problem: issue?.message ?? 'invalid' });
}

/** Hashes of the blobs a value names, wherever it names them. */
export const blobsIn = (value: Json): string[] => blobRefsIn(value).map(({ blob }) => blob);

/** Which of the subjects is the project: the one the body names, or the one a `project.*` entry is about. */
export function projectOf(kind: string, body: Record<string, Json>, subjects: readonly EntityId[]): string | null {
  if (kind.startsWith('project.')) return subjects[0] ?? null;
  const { project } = body;
  return typeof project === 'string' ? project : null;
}

/** Reads nodes from the database as the tree's functions want them. */
export const nodeReader =
  (db: ReadDb) =>
  (level: number, index: number): Uint8Array =>
    // A missing node is told by `readStored`, which looks at the length.
    storedNode(db, level, index) ?? new Uint8Array(0);

/** Hashes of the subtrees that a leaf completes above itself, lowest first and one behind the other. */
export function completedNodes(db: ReadDb, seq: number, leaf: Uint8Array): Uint8Array {
  const [, ...above] = nodesForAppend(seq, leaf, nodeReader(db), nodeSha256);
  return joinBytes(...above.map(({ hash }) => hash));
}

interface WrittenField {
  name: string;
  salt: Uint8Array;
  value: string;
  commitment: Uint8Array;
}

/** An entry as it was written. */
export interface WrittenEntry {
  row: SaidRow;
  fields: readonly WrittenField[];
  leafHash: Uint8Array;
}

function commit(body: Record<string, Json>, ids: Ids): WrittenField[] {
  // In order of name, as they are stored: rows that come in the order of their table touch the fewest pages.
  const present = Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const salts = ids.randomBytes(SALT_BYTES * present.length);
  return present.map(([name, value], at) => {
    const salt = salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES);
    const text = canonicalJson(value);
    return { name, salt, value: text, commitment: textCommitment({ name, text, salt }, nodeSha256) };
  });
}

/**
 * Writes one entry whose rules were checked: salts, commitments, header, leaf and the subtrees it completes.
 *
 * @param draft `project`: the project it concerns, which is made a subject of it
 */
export function writeEntry(
  db: WriteDb,
  seq: number,
  draft: AnyEntryDraft & { body: Record<string, Json>; project: string | null },
  moment: WritingMoment,
  ids: Ids,
): WrittenEntry {
  const fields = commitBody(draft.body, ids);
  const { project } = draft;
  const subjects = [...new Set([...draft.subjects, ...(project === null ? [] : [project])])];
  const header: EntryHeader = {
    amends: draft.amends ?? null,
    body_root: Buffer.from(bodyRoot(fields, nodeSha256)).toString('hex'),
    format: 1,
    group: moment.group,
    id: ids.uuid() as EntryId,
    kind: draft.kind,
    occurred_end: draft.occurredEnd,
    occurred_start: draft.occurredStart,
    offset: zoneOffset(moment.zone, Date.parse(draft.occurredStart)),
    recorded_at: moment.recordedAt,
    source: draft.source,
    subjects,
    version: entryKinds[draft.kind].version,
    zone: moment.zone,
  };
  const text = spelled(header);
  const leaf = headerLeaf(text, nodeSha256);
  const blobs = fields.flatMap(({ name }) =>
    [...new Set(blobsIn(draft.body[name] as Json))].map((hash) => ({ hash, name })),
  );
  insertParts(db, seq, { fields, subjects, blobs });
  const row: SaidRow = {
    seq,
    id: header.id,
    header: text,
    kind: header.kind,
    source: header.source,
    occurred_start: header.occurred_start,
    occurred_end: header.occurred_end,
    recorded_at: header.recorded_at,
    project_id: project,
    amends: header.amends,
    group_id: header.group,
  };
  insertEntry(db, { ...row, leaf_hash: leaf }, completedNodes(db, seq, leaf));
  return { row, fields, leafHash: leaf };
}

/**
 * The canonical text of a header, known to be one. With its keys in order it nearly always comes out as it should, and looking at the text is
 * quicker than looking at each value.
 * @throws ZodError for what is no header
 */
function spelled(header: EntryHeader): string {
  const text = JSON.stringify(header);
  return isPlainHeader(text) ? text : headerText(entryHeader.parse(header));
}

/** @throws AppError `ledger/values-invalid` for a value that has no canonical JSON, such as a lone surrogate */
function commitBody(body: Record<string, Json>, ids: Ids): WrittenField[] {
  try {
    return commit(body, ids);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw new AppError('ledger/values-invalid', { path: '(body)', problem: error.message });
  }
}
