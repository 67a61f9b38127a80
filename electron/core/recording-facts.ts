import type { ExchangeSound, ParseContext } from '#shared/codecs/codec.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { MediaInfo } from '#shared/domain/work.ts';
import { createPhotoIndex } from '#shared/rules/photo-matching.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { iterateTasks, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

/** What formats need of a recording; null where the file is none. */
export function exchangeSound({ sound }: MediaInfo): ExchangeSound | null {
  return sound === null ? null : { rate: sound.rate, frames: sound.frames, channels: sound.channels };
}

/** What is known of a project's recordings by the names that annotation files give them; null where none, or more than one, is meant. */
export function createRecordingFacts(db: ReadDb, media: MediaResolver, projectId: ProjectId): ParseContext['soundOf'] {
  let index: ReturnType<typeof createPhotoIndex<TaskWithRoot>> | null = null;
  return async (name) => {
    index ??= createPhotoIndex(iterateTasks(db, projectId));
    const match = index.find(name);
    if (typeof match === 'string') return null;
    return exchangeSound((await media.resolve(match.found.root_path, match.found.name)).info);
  };
}
