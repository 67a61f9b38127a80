import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import type { Sha256Hex } from '#shared/domain/blob.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { matchPhotos } from '#shared/rules/photo-matching.rules.ts';
import { readAnnotationSet, type ReadSet } from '#electron/core/annotation-reading.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import { createPhotoSizes } from '#electron/core/photo-sizes.ts';
import { createRecordingFacts } from '#electron/core/recording-facts.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { attachmentType, maxAttachmentBytes } from '#electron/media/attachment-type.ts';
import { hashFile } from '#electron/media/file-hash.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { findAttachment, insertAttachment } from '#electron/repositories/attachments.repository.ts';
import { modalityOf } from '#electron/repositories/projects.repository.ts';
import { findTask, iterateTasks } from '#electron/repositories/tasks.repository.ts';

export interface ComparisonsDeps {
  db: Database;
  media: MediaResolver;
  blobs: BlobStore;
  clock: Clock;
  ids: Ids;
}

/** Failures listed; of more, the count is told. */
const listed = 100;

/** Holding a draft against a version that came as a file: a reviewer's, say. Nothing of it is taken in. */
export function createComparisonsService(
  deps: ComparisonsDeps,
): Handlers<'comparisons.readFile' | 'comparisons.keepFile'> {
  const { db, media, blobs, clock, ids } = deps;
  return {
    'comparisons.readFile': async ({ taskId, path, format, answers }, context) => {
      const task = findTask(db.read, taskId);
      if (task === undefined) throw new AppError('tasks/not-found');
      const hash = await hashOf(path);
      const set = await readAnnotationSet(path, {
        format,
        modality: modalityOf(db.read, task.project_id) === 'audio' ? 'audio' : 'image',
        answers,
        signal: context.signal,
        progress: () => undefined,
        newId: () => ids.uuid(),
        imageSize: createPhotoSizes(db.read, media, task.project_id as ProjectId),
        soundOf: createRecordingFacts(db.read, media, task.project_id as ProjectId),
      });
      // What is said of the file must be said of the bytes that have this hash.
      if ((await hashOf(path)) !== hash) throw changed(path);
      return {
        name: basename(path),
        hash,
        format: set.format,
        shapes: shapesOf(db.read, set, task),
        items: set.parsed.items.length,
        questions: set.questions.map(({ answers: open, ...question }) => ({ ...question, answers: [...open] })),
        failed: set.failed.slice(0, listed),
        failures: set.failed.length,
        loss: set.loss,
      };
    },

    'comparisons.keepFile': async ({ path, hash }) => {
      const { size } = await stat(path).catch((error: unknown) => refuse(path, error));
      if (size > maxAttachmentBytes) throw new AppError('attachments/too-large', { limit: maxAttachmentBytes });
      const bytes = await readFile(path).catch((error: unknown) => refuse(path, error));
      if (createHash('sha256').update(bytes).digest('hex') !== hash) throw changed(path);
      const blob = await blobs.put(bytes);
      const mediaType = attachmentType(bytes, path.endsWith('.json') ? 'application/json' : 'text/plain');
      const addedAt = new Date(clock.now()).toISOString();
      db.transaction((tx) =>
        insertAttachment(tx, { blob, bytes: bytes.length, media_type: mediaType, added_at: addedAt }),
      );
      const kept = findAttachment(db.read, blob)?.media_type ?? mediaType;
      return { blob, bytes: bytes.length, mediaType: kept, name: basename(path).slice(0, 500) };
    },
  };
}

/** What the file says of one photo, found by its name among all of the project as an import would; null when it says nothing. */
function shapesOf(db: ReadDb, set: ReadSet, task: { id: string; project_id: string }) {
  const { items } = set.parsed;
  const matches = matchPhotos(
    items.map(({ name }) => name),
    iterateTasks(db, task.project_id),
  );
  const mine = items.filter((_, i) => {
    const match = matches[i]!;
    return typeof match !== 'string' && match.found.id === task.id;
  });
  if (mine.length === 0) return null;
  return mine
    .flatMap(({ shapes, proposals = [] }) => [...shapes, ...proposals])
    .map(({ id, label, geometry, text }) => ({ id, label, geometry, ...(text !== undefined && { text }) }));
}

async function hashOf(path: string): Promise<Sha256Hex> {
  const found = await stat(path).catch((error: unknown) => refuse(path, error));
  if (!found.isFile()) throw new AppError('files/unreadable', { path, problem: 'not-a-file' });
  return hashFile(path).catch((error: unknown) => refuse(path, error));
}

const changed = (path: string) => new AppError('files/unreadable', { path, problem: 'changed' });

function refuse(path: string, error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('files/not-found', { path });
  throw new AppError('files/unreadable', { path, problem: code });
}
