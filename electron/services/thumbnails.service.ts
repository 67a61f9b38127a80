import type { TaskId } from '#shared/domain/ids.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { thumbKey, type ThumbStore } from '#electron/media/thumb-store.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';

export interface ThumbnailsDeps {
  db: Database;
  media: MediaResolver;
  thumbs: ThumbStore;
}

/** Small pictures of the queue: made by the window, which decodes what comes from elsewhere, and kept here for the next time. */
export function createThumbnailsService(deps: ThumbnailsDeps): Handlers<'thumbnails.get' | 'thumbnails.keep'> {
  const { db, media, thumbs } = deps;
  const keyOf = async (taskId: TaskId): Promise<string | null> => {
    const task = findTask(db.read, taskId);
    const file = task && (await media.locate(task.root_path, task.name));
    return file?.stamp ? thumbKey(file.path, file.stamp) : null;
  };

  return {
    async 'thumbnails.get'({ taskIds }) {
      const found = await Promise.all(
        taskIds.map(async (taskId) => {
          const key = await keyOf(taskId);
          const bytes = key === null ? null : await thumbs.read(key);
          return bytes && isWebp(bytes) ? [{ taskId, picture: bytes.toString('base64') }] : [];
        }),
      );
      return { thumbnails: found.flat() };
    },

    async 'thumbnails.keep'({ taskId, picture }) {
      const key = await keyOf(taskId);
      const bytes = Buffer.from(picture, 'base64');
      if (key !== null && isWebp(bytes)) await thumbs.write(key, bytes);
      return {};
    },
  };
}

function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}
