import type { TaskId } from '#shared/domain/ids.ts';
import type { Client } from '#renderer/client/client.ts';
import { base64Of } from '#renderer/ui/file-base64.ts';
import type { ThumbCache } from './thumbs.ts';

/** Thumbnails kept by the core in its cache folder, by task. */
export function thumbCache(client: Pick<Client, 'call'>): ThumbCache {
  return {
    async get(keys) {
      const { thumbnails } = await client.call('thumbnails.get', { taskIds: keys as TaskId[] });
      return new Map(thumbnails.map(({ taskId, picture }) => [taskId, blobOf(picture)]));
    },
    keep(key, packed) {
      // One that is not kept is made again.
      base64Of(packed)
        .then((picture) => client.call('thumbnails.keep', { taskId: key as TaskId, picture }))
        .catch(() => undefined);
    },
  };
}

function blobOf(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)], { type: 'image/webp' });
}
