import { AppError } from '#shared/contract/errors.ts';
import type { Sha256Hex } from '#shared/domain/blob.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import { createFileHashes } from '#electron/media/file-hash.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import type { PeakStore } from '#electron/media/peak-store.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';

export interface SoundsDeps {
  db: Database;
  media: MediaResolver;
  peaks: PeakStore;
}

/** Peaks of recordings: made by the window, which decodes what comes from elsewhere, and kept here for the next time. */
export function createSoundsService(deps: SoundsDeps): Handlers<'sounds.getPeaks' | 'sounds.keepPeaks'> {
  const { db, media, peaks } = deps;
  const hashes = createFileHashes();

  /** The hash of a task's recording: the one that is remembered or, when asked for, of all its bytes. */
  const hashOf = async (taskId: TaskId, mayRead: boolean): Promise<Sha256Hex | null> => {
    const task = findTask(db.read, taskId);
    if (!task) throw new AppError('tasks/not-found', { taskId });
    const { path, stamp } = await media.locate(task.root_path, task.name);
    if (path === null) return null;
    const known = await peaks.hashOf(path, stamp);
    if (known !== null || !mayRead) return known;
    const hash = await hashes(path).catch(() => null);
    if (hash !== null) await peaks.rememberHash(path, stamp, hash);
    return hash;
  };

  return {
    async 'sounds.getPeaks'({ taskId, part, byContent }) {
      const hash = await hashOf(taskId, byContent);
      const found = hash === null ? null : await peaks.read(hash, part);
      return found ? { parts: found.parts, bytes: found.bytes.toString('base64') } : { parts: 0, bytes: '' };
    },

    async 'sounds.keepPeaks'({ taskId, part, parts, bytes }) {
      const hash = await hashOf(taskId, true);
      if (hash !== null) await peaks.write(hash, part, parts, Buffer.from(bytes, 'base64'));
      return {};
    },
  };
}
