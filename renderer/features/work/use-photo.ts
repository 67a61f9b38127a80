import { useCallback, useEffect, useRef, useState } from 'react';
import type { MediaProblem } from '#shared/domain/work.ts';
import { useLink } from '#renderer/client/client-context.tsx';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { PhotoError, type DecodedPhoto } from './photo-decoding.ts';
import { createPhotoShelf, type PhotoItem, type PhotoShelf } from './photo-shelf.ts';
import { isDisposed } from './use-image-canvas.ts';
import type { TaskFacts } from './use-open-task.ts';

/** What the photo of the open task is doing. `waiting`: the host is away. */
export type PhotoState =
  | { status: 'loading' }
  | { status: 'shown'; photo: DecodedPhoto }
  | { status: 'problem'; problem: MediaProblem }
  | { status: 'waiting' };

/** A smaller decode is replaced by the whole photo when it would be drawn larger than it is by this factor. */
const coarseBeyond = 1.25;

/** Decoded photos for as long as the room is open. */
export function usePhotoShelf(): PhotoShelf {
  const [shelf] = useState(createPhotoShelf);
  const present = useRef(0);
  useEffect(() => {
    present.current += 1;
    return () => {
      present.current -= 1;
      // A remount in the same turn keeps what was decoded.
      queueMicrotask(() => {
        if (present.current === 0) shelf.keep([]);
      });
    };
  }, [shelf]);
  return shelf;
}

export function photoItem({ task, media, mediaUrl }: TaskFacts): PhotoItem {
  return { taskId: task.id, url: mediaUrl, width: media.width, height: media.height };
}

/** Shows the photo of a task on the canvas; large ones smaller first, and whole once one zooms in that far. */
export function usePhoto(canvas: ImageCanvas | null, shelf: PhotoShelf, facts: TaskFacts | null): PhotoState {
  const link = useLink();
  const [state, setState] = useState<PhotoState>({ status: 'loading' });
  const problem = facts?.media.problem ?? null;
  const taskId = facts?.task.id ?? null;
  const away = state.status === 'waiting' && link === 'up';
  const latest = useRef(facts);
  latest.current = facts;

  const show = useCallback(
    (photo: DecodedPhoto) => {
      if (!canvas || isDisposed(canvas)) return;
      showPicture(canvas, photo);
      setState({ status: 'shown', photo });
    },
    [canvas],
  );

  useEffect(() => {
    const known = latest.current;
    if (!canvas || !known || taskId === null) return undefined;
    let present = true;
    const end = () => {
      present = false;
      shownOn.delete(canvas);
      if (!isDisposed(canvas)) canvas.setImage(null, 0, 0);
    };
    if (problem) {
      setState({ status: 'problem', problem });
      return end;
    }
    setState({ status: 'loading' });
    shelf
      .open(photoItem(known), (photo) => {
        if (present) show(photo);
      })
      .catch((error: unknown) => {
        if (!present) return;
        const told = error instanceof PhotoError;
        setState(told ? { status: 'problem', problem: error.problem } : { status: 'waiting' });
      });
    return end;
  }, [canvas, problem, shelf, show, taskId, away]);

  const shown = state.status === 'shown' ? state.photo : null;
  useEffect(() => {
    if (!canvas || !shown || shown.full || taskId === null) return undefined;
    return canvas.on('viewport', ({ scale }) => {
      const drawn = (scale * devicePixelRatio * shown.width) / shown.bitmap.width;
      if (drawn <= coarseBeyond) return;
      // The smaller picture stays when there is no room for the whole one.
      shelf.whole(taskId, show).catch(() => undefined);
    });
  }, [canvas, shelf, show, shown, taskId]);

  return state;
}

/** The photo on a canvas, to tell a sharper decode of it from another one. */
const shownOn = new WeakMap<ImageCanvas, DecodedPhoto>();

/** Puts a photo on the canvas; a sharper decode of the one that is there leaves the view and what is being drawn as they are. */
function showPicture(canvas: ImageCanvas, photo: DecodedPhoto): void {
  const before = shownOn.get(canvas);
  const same = before && !before.full && photo.full && before.width === photo.width && before.height === photo.height;
  if (same) canvas.sharpenImage(photo.bitmap);
  else canvas.setImage(photo.bitmap, photo.width, photo.height);
  shownOn.set(canvas, photo);
}
