import { createHash } from 'node:crypto';
import { annotationDoc, type AnnotationDoc } from '#shared/domain/annotation.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { ReadDb } from '#electron/db/database.ts';
import type { SealedDoc } from '#electron/repositories/drafts.repository.ts';
import type { BlobStore } from './blob-store.ts';
import { foldEntity } from './ledger/entry-reading.ts';
import { upcasters } from './ledger/upcasters.ts';

/**
 * Reads sealed annotations back from the ledger, or from the blob it names; those of superseded submissions too. Null when
 * it was erased, when the submission was voided, and when its blob is gone or not what was sealed.
 */
export function createSealedDoc(blobs: Pick<BlobStore, 'read'>): SealedDoc {
  return (db: ReadDb, submissionId: string): AnnotationDoc | null => {
    const sealed = foldEntity(db, submissionId, upcasters).find(({ entry }) => entry.kind === 'submission.sealed');
    if (sealed === undefined || sealed.state === 'voided') return null;
    const annotation = sealed.entry.body['annotation'] as AnnotationDoc | BlobRef | undefined;
    if (annotation === undefined) return null;
    if (!('blob' in annotation)) return annotation;
    const bytes = blobs.read(annotation.blob);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== annotation.blob) return null;
    const parsed = annotationDoc.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : null;
  };
}
