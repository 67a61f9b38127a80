import type { TaskId } from '#shared/domain/ids.ts';
import {
  decodedUnasked,
  decodeSmaller,
  decodeWhole,
  fetchPhoto,
  wantsPreview,
  type DecodedPhoto,
} from './photo-decoding.ts';

/** What is needed to decode a task's photo. Sizes are upright pixels, null when the core could not tell. */
export interface PhotoItem {
  taskId: TaskId;
  url: string;
  width: number | null;
  height: number | null;
}

/**
 * The decoded photos at hand: the one on screen and the one that comes next. A bitmap belongs to the shelf, which closes it
 * when another takes its place.
 */
export interface PhotoShelf {
  /**
   * Decodes a photo, or takes it ready from a `prefetch`. `onPhoto` is called with a smaller picture first when the photo is
   * large, and with the whole one when it may be decoded unasked. Rejects with PhotoError, or when the host is away.
   */
  open(item: PhotoItem, onPhoto: OnPhoto): Promise<void>;
  /** Decodes a photo whole that is on screen at a smaller size, because one zoomed in that far. */
  whole(taskId: TaskId, onPhoto: OnPhoto): Promise<void>;
  /** Decodes a photo before it is asked for. */
  prefetch(item: PhotoItem): void;
  /** Closes every photo but these. */
  keep(taskIds: readonly TaskId[]): void;
  dispose(): void;
}

/** Takes a picture; the one before is closed once this is done with it. */
type OnPhoto = (photo: DecodedPhoto) => Promise<void> | void;

interface Entry {
  item: PhotoItem;
  abort: AbortController;
  blob: Promise<Blob>;
  /** The first picture of it, smaller or whole. */
  first: Promise<DecodedPhoto>;
  photo: DecodedPhoto | null;
  wholeAsked: boolean;
}

/** Makes an empty shelf. */
export function createPhotoShelf(): PhotoShelf {
  const entries = new Map<TaskId, Entry>();

  const take = (item: PhotoItem): Entry => {
    const known = entries.get(item.taskId);
    if (known) return known;
    const abort = new AbortController();
    const blob = fetchPhoto(item.url, abort.signal);
    const first = blob.then((data) =>
      wantsPreview(item.width, item.height) ? decodeSmaller(data, item.width!, item.height!) : decodeWhole(data),
    );
    const entry: Entry = { item, abort, blob, first, photo: null, wholeAsked: false };
    entries.set(item.taskId, entry);
    first.then(
      (photo) => {
        if (abort.signal.aborted) photo.bitmap.close();
        else entry.photo ??= photo;
      },
      // What failed is fetched afresh when it is opened again.
      () => entries.get(item.taskId) === entry && entries.delete(item.taskId),
    );
    return entry;
  };
  const drop = (taskId: TaskId, entry: Entry) => {
    entries.delete(taskId);
    entry.abort.abort();
    entry.photo?.bitmap.close();
  };

  const replaceByWhole = async (entry: Entry, onPhoto: OnPhoto): Promise<void> => {
    if (entry.wholeAsked || entry.photo?.full) return;
    entry.wholeAsked = true;
    const whole = await decodeWhole(await entry.blob);
    if (entry.abort.signal.aborted) {
      whole.bitmap.close();
      return;
    }
    const smaller = entry.photo;
    entry.photo = whole;
    await onPhoto(whole);
    smaller?.bitmap.close();
  };

  return {
    async open(item, onPhoto) {
      const entry = take(item);
      await entry.first;
      if (entry.abort.signal.aborted || !entry.photo) return;
      await onPhoto(entry.photo);
      const pixels = (item.width ?? 0) * (item.height ?? 0);
      if (!entry.photo.full && pixels <= decodedUnasked) await replaceByWhole(entry, onPhoto);
    },
    async whole(taskId, onPhoto) {
      const entry = entries.get(taskId);
      if (entry) await replaceByWhole(entry, onPhoto);
    },
    prefetch(item) {
      take(item);
    },
    keep(taskIds) {
      for (const [taskId, entry] of [...entries]) if (!taskIds.includes(taskId)) drop(taskId, entry);
    },
    dispose() {
      for (const [taskId, entry] of [...entries]) drop(taskId, entry);
    },
  };
}
