import type { MediaSource } from '#electron/core/core-port.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';
import type { MediaResolver } from './media-resolver.ts';

/** The file behind `/media/<task id>`: only a photo inside its folder that the window can show, by what its bytes say it is. */
export async function taskMediaSource(db: ReadDb, media: MediaResolver, taskId: string): Promise<MediaSource> {
  const task = findTask(db, taskId);
  if (task === undefined) return { problem: 'missing' };
  const { path, info, mediaType } = await media.resolve(task.root_path, task.name);
  if (path === null || mediaType === null) return { problem: info.problem ?? 'unreadable' };
  return { path, mediaType, bytes: info.bytes };
}
