import type { TaskId } from '#shared/domain/ids.ts';
import type { DecodedPhoto, PhotoClient } from '#renderer/photo/photo-client.ts';
import type { PhotoFile } from '#renderer/photo/photo-protocol.ts';

/** What is needed to decode a task's photo. */
export interface PhotoItem extends PhotoFile {
  readonly taskId: TaskId;
}

/**
 * The decoded photos at hand: the one on screen and the one that comes next. They belong to the shelf, which closes them
 * when others take their place.
 */
export interface PhotoShelf {
  /** Decodes a photo, or takes it ready from a `prefetch`. Rejects with PhotoError, or when the host is away or it was dropped meanwhile. */
  open(item: PhotoItem): Promise<DecodedPhoto>;
  /** Decodes a photo before it is asked for. */
  prefetch(item: PhotoItem): void;
  /** Closes every photo but these. */
  keep(taskIds: readonly TaskId[]): void;
}

interface Entry {
  abort: AbortController;
  photo: Promise<DecodedPhoto>;
}

/** Makes an empty shelf. */
export function createPhotoShelf(client: PhotoClient): PhotoShelf {
  const entries = new Map<TaskId, Entry>();

  const take = (item: PhotoItem): Promise<DecodedPhoto> => {
    const known = entries.get(item.taskId);
    if (known) return known.photo;
    const abort = new AbortController();
    const photo = client.open(item, abort.signal);
    const entry: Entry = { abort, photo };
    entries.set(item.taskId, entry);
    // What failed is fetched afresh when it is opened again.
    photo.catch(() => entries.get(item.taskId) === entry && entries.delete(item.taskId));
    return photo;
  };

  return {
    open: take,
    prefetch(item) {
      take(item).catch(() => undefined);
    },
    keep(taskIds) {
      for (const [taskId, { abort, photo }] of [...entries]) {
        if (taskIds.includes(taskId)) continue;
        entries.delete(taskId);
        abort.abort();
        photo.then((opened) => opened.close()).catch(() => undefined);
      }
    },
  };
}
