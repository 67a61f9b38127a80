import type { ParseContext } from '#shared/codecs/codec.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { createPhotoIndex } from '#shared/rules/photo-matching.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { iterateTasks, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

/**
 * Upright sizes of a project's photos by the names that annotation files give them, for formats that measure in parts of the photo or
 * leave its size out; null where no photo, or more than one, is meant.
 */
export function createPhotoSizes(db: ReadDb, media: MediaResolver, projectId: ProjectId): ParseContext['imageSize'] {
  let index: ReturnType<typeof createPhotoIndex<TaskWithRoot>> | null = null;
  return async (name) => {
    // Most formats never ask.
    index ??= createPhotoIndex(iterateTasks(db, projectId));
    const match = index.find(name);
    if (typeof match === 'string') return null;
    const { width, height } = (await media.resolve(match.found.root_path, match.found.name)).info;
    return width === null || height === null ? null : { width, height };
  };
}
