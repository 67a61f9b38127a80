import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobRef } from '#shared/domain/blob.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import { draftSet, type SetDraft } from '#electron/core/export-set.ts';
import type { ExportTarget } from '#electron/core/export-target.ts';
import type { CallContext } from '#electron/core/ports.ts';
import { attachmentType } from '#electron/media/attachment-type.ts';
import type { AttachmentRow } from '#electron/repositories/attachments.repository.ts';

/** The folder beside a file of entries that holds the files they name, each under its SHA-256. */
export const attachmentsBeside = (path: string): string => `${path}.attachments`;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Writes the files that entries name into a folder, with the bytes they have. A file that is not there any more, or is not what its name says, is left
 * out: the entries still say which it was.
 *
 * @throws AppError `files/exists` unless `overwrite`, `files/unwritable`, `jobs/cancelled`
 */
export function draftAttachments(
  folder: ExportTarget,
  hashes: readonly string[],
  blobs: Pick<BlobStore, 'pathOf'>,
  { overwrite, signal }: { overwrite: boolean; signal: AbortSignal },
): Promise<SetDraft> {
  async function* files() {
    for (const hash of hashes) {
      const bytes = await readFile(blobs.pathOf(hash)).catch(() => null);
      if (bytes !== null && sha256(bytes) === hash) yield { path: hash, text: bytes };
    }
    return { items: hashes.length, objects: 0, loss: [] };
  }
  return draftSet(folder, files(), { layout: 'folder', overwrite, signal });
}

/** Of some hashes those whose files lie beside a file of entries. */
export const foundBeside = (path: string, hashes: readonly string[]): string[] =>
  hashes.filter((hash) => existsSync(join(attachmentsBeside(path), hash)));

/**
 * Keeps the files that lie beside a file of entries and are named by them, each held against its hash; those that are here already are left alone.
 *
 * @returns what is known of each that was kept
 * @throws AppError `ledger/attachment-wrong` for a file that is not what its name says
 */
export async function keepAttachmentsBeside(
  path: string,
  named: readonly BlobRef[],
  blobs: Pick<BlobStore, 'pathOf' | 'put'>,
  addedAt: string,
  { signal }: Pick<CallContext, 'signal'>,
): Promise<AttachmentRow[]> {
  const kept: AttachmentRow[] = [];
  for (const { blob, mediaType } of named) {
    if (existsSync(blobs.pathOf(blob))) continue;
    const bytes = await readFile(join(attachmentsBeside(path), blob)).catch(() => null);
    if (bytes === null) continue;
    if (sha256(bytes) !== blob) throw new AppError('ledger/attachment-wrong', { name: blob });
    signal.throwIfAborted();
    await blobs.put(bytes);
    kept.push({ blob, bytes: bytes.length, media_type: attachmentType(bytes, mediaType), added_at: addedAt });
  }
  return kept;
}
