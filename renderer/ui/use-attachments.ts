import { useCallback, useEffect, useRef, useState } from 'react';
import type { BlobRef } from '#shared/domain/blob.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { ClientError, toClientError } from '#renderer/client/client-error.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { base64Of } from './file-base64.ts';

/** A file on its way into the data folder, or there already. */
export interface Attachment {
  key: number;
  name: string;
  /** An address to show it from; null for what is no picture. */
  preview: string | null;
  blob: BlobRef | null;
  error: ClientError | null;
}

export interface AttachmentList {
  list: readonly Attachment[];
  add: (files: readonly File[]) => void;
  remove: (key: number) => void;
  running: boolean;
  /** Waits until all are kept; null when one was refused. */
  settled: () => Promise<BlobRef[] | null>;
}

/** What the contract takes at most. */
const limitBytes = 24 * 1024 * 1024;

/** Files pasted or chosen for a form; each is kept at once, so that saving waits for nothing. */
export function useAttachments(): AttachmentList {
  const client = useClient();
  const [list, setList] = useState<readonly Attachment[]>([]);
  const kept = useRef(new Map<number, Promise<Attachment>>());
  const nextKey = useRef(0);
  const urls = useRef<string[]>([]);
  useEffect(
    () => () => {
      for (const url of urls.current) URL.revokeObjectURL(url);
    },
    [],
  );

  const keep = useCallback(
    async (file: File, entry: Attachment): Promise<Attachment> => {
      try {
        if (file.size > limitBytes) {
          throw new ClientError('attachments/too-large', { limit: limitBytes }, 'attachments.add');
        }
        const data = await base64Of(file);
        const mediaType = file.type || 'application/octet-stream';
        return { ...entry, blob: await client.call('attachments.add', { data, mediaType, name: file.name || null }) };
      } catch (thrown) {
        return { ...entry, error: toClientError(thrown, 'attachments.add') };
      }
    },
    [client],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const key = nextKey.current++;
        const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
        if (preview) urls.current.push(preview);
        const entry: Attachment = { key, name: file.name, preview, blob: null, error: null };
        setList((before) => [...before, entry]);
        const done = keep(file, entry);
        kept.current.set(key, done);
        void done.then((after) => setList((all) => all.map((each) => (each.key === key ? after : each))));
      }
    },
    [keep],
  );
  const remove = useCallback((key: number) => {
    kept.current.delete(key);
    setList((all) => all.filter((each) => each.key !== key));
  }, []);
  const settled = useCallback(async () => {
    const all = await Promise.all(kept.current.values());
    const blobs = all.flatMap(({ blob }) => (blob ? [blob] : []));
    return blobs.length === all.length ? blobs : null;
  }, []);

  return { list, add, remove, running: list.some(({ blob, error }) => !blob && !error), settled };
}

/** Takes files pasted anywhere while the form is open; pasted text stays with its field. */
export function usePasted(add: (files: readonly File[]) => void): void {
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const scope = createScope();
    scope.listen(window, 'paste', (event) => {
      const files = [...((event as ClipboardEvent).clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    });
    return () => scope.dispose();
  }, []);
}
