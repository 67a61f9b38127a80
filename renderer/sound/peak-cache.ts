import { peakPartBytes } from '#shared/contract/sounds.contract.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Client } from '#renderer/client/client.ts';
import type { PeakCache } from './open-sound.ts';

/** Keeps what was found out about a task's recording with the core, by its content. */
export function createPeakCache(client: Pick<Client, 'call'>, taskId: TaskId): PeakCache {
  const load = async (byContent: boolean): Promise<Uint8Array<ArrayBuffer> | null> => {
    const first = await client.call('sounds.getPeaks', { taskId, part: 0, byContent });
    if (first.parts === 0) return null;
    // All at once: while one is on its way, another is taken apart.
    const others = Array.from({ length: first.parts - 1 }, async (_, part) =>
      fromBase64((await client.call('sounds.getPeaks', { taskId, part: part + 1, byContent })).bytes),
    );
    const pieces = [fromBase64(first.bytes), ...(await Promise.all(others))];
    const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  };
  return {
    load: () => load(false),
    find: () => load(true),
    async keep(bytes) {
      const parts = Math.ceil(bytes.length / peakPartBytes);
      for (let part = 0; part < parts; part += 1) {
        const piece = bytes.subarray(part * peakPartBytes, (part + 1) * peakPartBytes);
        await client.call('sounds.keepPeaks', { taskId, part, parts, bytes: toBase64(piece) });
      }
    },
  };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8190) text += btoa(String.fromCharCode(...bytes.subarray(at, at + 8190)));
  return text;
}
