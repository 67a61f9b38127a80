import { dirname } from 'node:path';
import type { MediaSource } from '#electron/core/core-port.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { modalityOf } from '#electron/repositories/projects.repository.ts';
import { findTask, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';
import { findTextItem } from '#electron/repositories/texts.repository.ts';
import { probedFor } from './media-probe.ts';
import type { MediaResolver } from './media-resolver.ts';

/** The file behind `/media/<task id>`: only a photo or a recording inside its folder that the window can open, by what its bytes say it is. */
export async function taskMediaSource(db: ReadDb, media: MediaResolver, place: string): Promise<MediaSource> {
  const [taskId = '', picture] = place.split('/');
  const task = findTask(db, taskId);
  if (task === undefined) return { problem: 'missing' };
  if (picture !== undefined) return pictureSource(db, media, task, Number(picture));
  const found = await media.resolve(task.root_path, task.name);
  const { info, mediaType } = probedFor(modalityOf(db, task.project_id), found);
  const { path } = found;
  if (path === null || mediaType === null) return { problem: info.problem ?? 'unreadable' };
  return { path, mediaType, bytes: info.bytes };
}

/** A picture that a task of text names, below the folder of the file its row came from. */
async function pictureSource(
  db: ReadDb,
  media: MediaResolver,
  task: TaskWithRoot,
  number: number,
): Promise<MediaSource> {
  const name = findTextItem(db, task.id)?.item.images[number];
  if (name === undefined) return { problem: 'missing' };
  const found = await media.resolve(dirname(task.root_path), name);
  const { info, mediaType } = probedFor('image', found);
  const { path } = found;
  if (path === null || mediaType === null) return { problem: info.problem ?? 'unreadable' };
  return { path, mediaType, bytes: info.bytes };
}
