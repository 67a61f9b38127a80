import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { findAttachment } from '#electron/repositories/attachments.repository.ts';

/**
 * References as the ledger keeps them: size and type are those that were found, not those that were given.
 *
 * @throws AppError `attachments/not-found` for bytes that nobody added
 */
export function keptAttachments(db: ReadDb, given: readonly BlobRef[]): BlobRef[] {
  return given.map((each) => {
    const row = findAttachment(db, each.blob);
    if (row === undefined) throw new AppError('attachments/not-found');
    return { ...each, bytes: row.bytes, mediaType: row.media_type };
  });
}
