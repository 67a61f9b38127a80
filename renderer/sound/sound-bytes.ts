import { SoundError, type SoundProblem } from './sound.ts';

/** Bytes read before anything is known of a file. */
const headBytes = 64 * 1024;

/** The file of a recording, read by parts from the address it is served at. */
export interface SoundBytes {
  readonly size: number;
  /** The first 64 kB, or all when there are less. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** Bytes `from` (included) to `to` (excluded), clamped to the file. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Everything from `from` on, in pieces as they come. */
  stream(from: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void>;
}

/** What the host says of a file that it doesn't serve. */
const refusals: Readonly<Record<string, SoundProblem>> = {
  'not-a-recording': 'unsupported-format',
  'not-an-image': 'unsupported-format',
  'no-sound': 'no-sound',
  damaged: 'damaged',
};

/**
 * Opens the file behind an address that answers Range requests.
 * @throws SoundError when it is not served or changed since it was opened
 */
export async function openBytes(url: string): Promise<SoundBytes> {
  const ask = async (range: string): Promise<Response> => {
    try {
      return await fetch(url, { headers: { range }, cache: 'no-store' });
    } catch {
      throw new SoundError('unreadable');
    }
  };
  const first = await ask(`bytes=0-${headBytes - 1}`);
  if (first.status === 416) throw new SoundError('damaged');
  if (first.status !== 206) {
    const word = first.status === 422 ? (await first.text()).trim() : '';
    await first.body?.cancel().catch(() => undefined);
    throw new SoundError(refusals[word] ?? 'unreadable');
  }
  const size = Number(first.headers.get('content-range')?.split('/')[1]);
  const tag = first.headers.get('etag');
  if (!(size > 0)) throw new SoundError('unreadable');
  const head = await bytesOf(first);

  const part = async (from: number, to: number): Promise<Response> => {
    const answer = await ask(`bytes=${from}-${to - 1}`);
    // Another file under the same name would be taken for the one whose length and index are known.
    if (answer.status !== 206 || answer.headers.get('etag') !== tag) {
      await answer.body?.cancel().catch(() => undefined);
      throw new SoundError('unreadable');
    }
    return answer;
  };
  return {
    size,
    head,
    async read(from, to) {
      const end = Math.min(to, size);
      if (from >= end) return new Uint8Array(0);
      if (end <= head.length) return head.slice(from, end);
      return bytesOf(await part(from, end));
    },
    async *stream(from) {
      if (from >= size) return;
      const { body } = await part(from, size);
      if (!body) return;
      const reader = body.getReader();
      try {
        for (;;) {
          const { done, value } = await reader.read().catch(() => {
            throw new SoundError('unreadable');
          });
          if (done) return;
          yield value;
        }
      } finally {
        await reader.cancel().catch(() => undefined);
      }
    },
  };
}

async function bytesOf(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new SoundError('unreadable');
  }
}
