import { AppError } from '#shared/contract/errors.ts';
import type { Json } from '#shared/domain/json.ts';
import { type EvidenceBundle, verifyBundle } from '#shared/proofs/bundle.ts';
import { type Field, proveFields } from '#shared/proofs/commitment.ts';
import { parseHeader } from '#shared/proofs/header.ts';
import { consistencyProof, inclusionProof, rootOf } from '#shared/proofs/merkle.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type CheckpointRow, keyRows, lastCheckpointRow } from '#electron/repositories/checkpoints.repository.ts';
import { type EntryRow, fieldsOf, ledgerSize } from '#electron/repositories/entries.repository.ts';
import { nodeReader } from './entry-writing.ts';
import { nodeSha256 } from './node-sha256.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The newest checkpoint that has an entry in it; undefined when one must be made first. */
export function coveringCheckpoint(db: ReadDb, entry: EntryRow): CheckpointRow | undefined {
  const last = lastCheckpointRow(db);
  return last && last.size > entry.seq ? last : undefined;
}

/** The key a checkpoint was signed with: the last one stated before it. */
export function keyOfCheckpoint(db: ReadDb, checkpoint: Pick<CheckpointRow, 'seq'>): string {
  return keyRows(db).findLast(({ seq }) => seq < checkpoint.seq)?.verifier_key ?? '';
}

/**
 * The evidence of one entry with the fields chosen, and whether a stranger's check of it succeeds.
 * @throws AppError `ledger/field-not-found` for a field it does not have, or whose value was erased
 */
export function evidenceOf(
  db: ReadDb,
  entry: EntryRow,
  names: readonly string[],
  checkpoint: CheckpointRow,
): { bundle: EvidenceBundle; verified: boolean } {
  const body = fieldsOf(db, entry.seq);
  const shown = [...new Set(names)].map((name): Field => {
    const field = body.find((each) => each.name === name);
    if (!field?.salt || field.value === null) throw new AppError('ledger/field-not-found', { name });
    return { name, value: JSON.parse(field.value) as Json, salt: field.salt };
  });
  const bundle: EvidenceBundle = {
    format: 'counterledger-evidence-1',
    header: parseHeader(entry.header),
    fields: proveFields(body, shown, nodeSha256),
    index: entry.seq,
    size: checkpoint.size,
    path: inclusionProof(entry.seq, checkpoint.size, nodeReader(db), nodeSha256).map(hex),
    checkpoint: checkpoint.note,
    vkey: keyOfCheckpoint(db, checkpoint),
  };
  return { bundle, verified: verifyBundle(bundle).ok };
}

/**
 * That the ledger of `first` entries is the beginning of the ledger of `second` (RFC 9162 section 2.1.4), in hex.
 * @throws AppError `ledger/no-checkpoint-that-size` for a size the ledger never had
 */
export function consistencyOf(db: ReadDb, first: number, second = ledgerSize(db)) {
  const size = ledgerSize(db);
  if (second > size) throw new AppError('ledger/no-checkpoint-that-size', { size: second });
  if (first > second) throw new AppError('ledger/no-checkpoint-that-size', { size: first });
  const read = nodeReader(db);
  return {
    first,
    second,
    firstRoot: hex(rootOf(first, read, nodeSha256)),
    secondRoot: hex(rootOf(second, read, nodeSha256)),
    path: consistencyProof(first, second, read, nodeSha256).map(hex),
  };
}
