import type { EntityId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { formatCheckpoint } from '#shared/proofs/checkpoint.ts';
import { rootOf } from '#shared/proofs/merkle.ts';
import { formatVerifierKey, signNote } from '#shared/proofs/note.ts';
import type { Ids } from '#electron/core/ports.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { keyRows, lastCheckpointRow } from '#electron/repositories/checkpoints.repository.ts';
import { ledgerSize } from '#electron/repositories/entries.repository.ts';
import { nodeReader } from './entry-writing.ts';
import type { AnyEntryDraft, CheckpointMade } from './ledger-types.ts';
import { nodeSha256 } from './node-sha256.ts';
import type { SigningKey } from './signing-key.ts';

/** The tree head over all entries, or over the first `size`. */
export function treeHeadOf(db: ReadDb, size = ledgerSize(db)): { size: number; root: Uint8Array } {
  return { size, root: rootOf(size, nodeReader(db), nodeSha256) };
}

/** The `ledger.opened` draft of a new ledger, or of one whose key was lost: a new origin, and the key from here on. */
export function openingDraft(self: EntityId, key: SigningKey, ids: Ids, at: Instant): AnyEntryDraft {
  const origin = `counterledger/${Buffer.from(ids.randomBytes(4)).toString('hex')}`;
  const verifierKey = formatVerifierKey(origin, key.publicKey);
  return {
    kind: 'ledger.opened',
    body: { origin, verifier_key: verifierKey },
    occurredStart: at,
    occurredEnd: null,
    source: 'measured',
    subjects: [self],
  };
}

/** Whether the newest `ledger.opened` states another key than the one in the data folder. */
export function keyWasLost(db: ReadDb, key: SigningKey): boolean {
  const newest = keyRows(db).at(-1);
  return newest !== undefined && newest.verifier_key !== formatVerifierKey(newest.origin, key.publicKey);
}

/**
 * Signs the present head, as a C2SP note named after the ledger's origin.
 * @throws Error when the ledger was not opened yet
 */
export function signHead(db: ReadDb, key: SigningKey, at: Instant): CheckpointMade {
  const origin = keyRows(db).at(-1)?.origin;
  if (origin === undefined) throw new Error('a ledger is opened before it is signed');
  const { size, root } = treeHeadOf(db);
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  const note = signNote(text, { name: origin, publicKey: key.publicKey, sign: (message) => key.sign(message) });
  return { size, root: Buffer.from(root).toString('hex'), madeAt: at, note };
}

/** Whether an entry was recorded before `end` that no checkpoint covers; the checkpoints' own entries do not count. */
export function hasUncovered(db: ReadDb, end: Instant): boolean {
  const from = (lastCheckpointRow(db)?.seq ?? -1) + 1;
  const sql = 'SELECT 1 AS yes FROM entry WHERE seq >= ? AND recorded_at < ? LIMIT 1';
  return db.get(sql, [from, end]) !== undefined;
}
