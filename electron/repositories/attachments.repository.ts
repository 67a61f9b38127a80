import type { Sha256Hex } from '#shared/domain/blob.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A file somebody attached: what it may be shown as, by its bytes. Whether an entry refers to it is in `blob_ref`. */
export interface AttachmentRow {
  blob: Sha256Hex;
  bytes: number;
  media_type: string;
  added_at: string;
}

export function findAttachment(db: ReadDb, blob: string): AttachmentRow | undefined {
  return db.get<AttachmentRow>('SELECT * FROM attachment WHERE blob = ?', [blob]);
}

export function insertAttachment(db: WriteDb, row: AttachmentRow): void {
  db.run(
    `INSERT INTO attachment (blob, bytes, media_type, added_at) VALUES (:blob, :bytes, :media_type, :added_at)
     ON CONFLICT (blob) DO NOTHING`,
    { ...row },
  );
}

export function deleteAttachment(db: WriteDb, blob: string): void {
  db.run('DELETE FROM attachment WHERE blob = ?', [blob]);
}

/** Whether a field of any entry names a blob. */
export function isBlobReferenced(db: ReadDb, blob: string): boolean {
  return db.get('SELECT 1 FROM blob_ref WHERE hash = ? LIMIT 1', [blob]) !== undefined;
}
