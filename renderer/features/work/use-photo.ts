import { useCallback, useEffect, useRef, useState } from 'react';
import type { MediaProblem } from '#shared/domain/work.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useLink } from '#renderer/client/client-context.tsx';
import { createPhotoClient, type DecodedPhoto, type PhotoClient } from '#renderer/photo/photo-client.ts';
import { PhotoError } from '#renderer/photo/photo-decoding.ts';
import type { Looking } from './looking.ts';
import { createPhotoShelf, type PhotoItem, type PhotoShelf } from './photo-shelf.ts';
import { isDisposed } from './use-image-canvas.ts';
import type { TaskFacts } from './use-open-task.ts';

/** What the photo of the open task is doing. `waiting`: the host is away. */
export type PhotoState =
  | { status: 'loading' }
  | { status: 'shown'; photo: DecodedPhoto }
  | { status: 'problem'; problem: MediaProblem }
  | { status: 'waiting' };

/** The worker that decodes photos and the photos it has open, for as long as the room is. */
export interface PhotoRoom {
  readonly client: PhotoClient;
  readonly shelf: PhotoShelf;
}

export function usePhotoRoom(): PhotoRoom | null {
  const [room, setRoom] = useState<PhotoRoom | null>(null);
  useEffect(() => {
    const client = createPhotoClient();
    const shelf = createPhotoShelf(client);
    setRoom({ client, shelf });
    return () => {
      setRoom(null);
      shelf.keep([]);
      client.dispose();
    };
  }, []);
  return room;
}

export function photoItem({ task, media, mediaUrl }: TaskFacts): PhotoItem {
  const { width, height, orientation } = media;
  return { taskId: task.id, url: new URL(mediaUrl, document.baseURI).href, width, height, orientation };
}

/** Shows the photo of a task on the canvas, as it is looked at. */
export function usePhoto(
  canvas: ImageCanvas | null,
  shelf: PhotoShelf | null,
  looking: Looking | null,
  facts: TaskFacts | null,
): PhotoState {
  const link = useLink();
  const [state, setState] = useState<PhotoState>({ status: 'loading' });
  const problem = facts?.media.problem ?? null;
  const taskId = facts?.task.id ?? null;
  const away = state.status === 'waiting' && link === 'up';
  const latest = useRef(facts);
  latest.current = facts;

  const show = useCallback(
    async (photo: DecodedPhoto, isPresent: () => boolean) => {
      if (!canvas || !looking) return;
      const picture = await looking.open(photo);
      if (!isPresent() || isDisposed(canvas)) return;
      canvas.setImage(picture, photo.width, photo.height, photo.opaque);
      setState({ status: 'shown', photo });
    },
    [canvas, looking],
  );

  useEffect(() => {
    const known = latest.current;
    if (!canvas || !shelf || !looking || !known || taskId === null) return undefined;
    let present = true;
    const end = () => {
      present = false;
      looking.leave();
      if (!isDisposed(canvas)) canvas.setImage(null, 0, 0);
    };
    if (problem) {
      setState({ status: 'problem', problem });
      return end;
    }
    setState({ status: 'loading' });
    shelf
      .open(photoItem(known))
      .then((photo) => show(photo, () => present))
      .catch((error: unknown) => {
        if (!present) return;
        const told = error instanceof PhotoError;
        setState(told ? { status: 'problem', problem: error.problem } : { status: 'waiting' });
      });
    return end;
  }, [canvas, looking, problem, shelf, show, taskId, away]);

  useEffect(() => {
    if (!canvas || !looking) return undefined;
    return looking.onPicture((picture) => {
      if (!isDisposed(canvas)) canvas.exchangeImage(picture);
    });
  }, [canvas, looking]);

  return state;
}
