import { AppError } from '#shared/contract/errors.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import type { MediaSource } from '#electron/core/core-port.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { attachmentType, maxAttachmentBytes } from '#electron/media/attachment-type.ts';
import {
  deleteAttachment,
  findAttachment,
  insertAttachment,
  isBlobReferenced,
} from '#electron/repositories/attachments.repository.ts';

export interface AttachmentsDeps {
  db: Database;
  blobs: BlobStore;
  clock: Clock;
}

/** How long an attachment may wait for the entry that will name it. */
const unusedForMs = 24 * 60 * 60 * 1000;

/** Files that entries refer to, kept by the hash of their bytes. */
export function createAttachmentsService(deps: AttachmentsDeps): Handlers<'attachments.add' | 'attachments.get'> {
  const { db, blobs, clock } = deps;
  return {
    'attachments.add': async ({ data, mediaType, name }) => {
      const bytes = decode(data);
      if (bytes.length > maxAttachmentBytes) {
        throw new AppError('attachments/too-large', { limit: maxAttachmentBytes });
      }
      const blob = await blobs.put(bytes);
      const kept = attachmentType(bytes, mediaType);
      const addedAt = new Date(clock.now()).toISOString();
      db.transaction((tx) => insertAttachment(tx, { blob, bytes: bytes.length, media_type: kept, added_at: addedAt }));
      // The bytes decide, so what was kept first under this hash may be called otherwise only as text.
      return { blob, bytes: bytes.length, mediaType: findAttachment(db.read, blob)?.media_type ?? kept, name };
    },

    'attachments.get': ({ blob }) => {
      const row = findAttachment(db.read, blob);
      if (row === undefined) throw new AppError('attachments/not-found');
      return { url: `/blob/${blob}`, bytes: row.bytes };
    },
  };
}

/** @throws AppError `host/bad-input` for what is not Base64 */
function decode(data: string): Buffer {
  const bytes = Buffer.from(data, 'base64');
  // Buffer skips what it does not know; a text that comes back otherwise was not Base64.
  if (bytes.toString('base64') !== data) throw new AppError('host/bad-input', { path: 'data', problem: 'not Base64' });
  return bytes;
}

/** The file behind `/blob/<sha256>`: only what was attached, and only as what its bytes are. */
export function attachmentSource(db: ReadDb, blobs: Pick<BlobStore, 'pathOf'>, blob: string): MediaSource {
  const row = findAttachment(db, blob);
  if (row === undefined) return { problem: 'missing' };
  return { path: blobs.pathOf(blob), mediaType: row.media_type, bytes: row.bytes };
}

/**
 * Takes out blobs that no entry names and that nobody put for a day: attached and then thought better of, or left by a
 * submission that was refused at the end. Called when a data folder is opened, before anything else writes.
 * @param namedInBackups blobs that entries of any backup name; asked for once, when there is something to take out
 */
export async function sweepBlobs(
  { db, blobs, clock }: AttachmentsDeps,
  namedInBackups: () => ReadonlySet<string>,
): Promise<number> {
  await blobs.clearUnfinished();
  let swept = 0;
  let kept: ReadonlySet<string> | null = null;
  for await (const blob of blobs.putBefore(clock.now() - unusedForMs)) {
    if (isBlobReferenced(db.read, blob)) continue;
    // A backup that is put back must find its files; so a restore can be undone.
    kept ??= namedInBackups();
    if (kept.has(blob)) continue;
    db.transaction((tx) => deleteAttachment(tx, blob));
    await blobs.remove(blob);
    swept += 1;
  }
  return swept;
}
