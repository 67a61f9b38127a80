import type { MediaSource } from '#electron/core/core-port.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { modalityOf } from '#electron/repositories/projects.repository.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';
import { probedFor } from './media-probe.ts';
import type { MediaResolver } from './media-resolver.ts';

/** The file behind `/media/<task id>`: only a photo or a recording inside its folder that the window can open, by what its bytes say it is. */
export async function taskMediaSource(db: ReadDb, media: MediaResolver, taskId: string): Promise<MediaSource> {
  const task = findTask(db, taskId);
  if (task === undefined) return { problem: 'missing' };
  const found = await media.resolve(task.root_path, task.name);
  const { info, mediaType } = probedFor(modalityOf(db, task.project_id), found);
  const { path } = found;
  if (path === null || mediaType === null) return { problem: info.problem ?? 'unreadable' };
  return { path, mediaType, bytes: info.bytes };
}
