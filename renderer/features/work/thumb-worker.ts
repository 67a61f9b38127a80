import { scaledDecode, uprightBitmap } from '#renderer/photo/photo-decoding.ts';
import type { ThumbAnswer, ThumbRequest } from './thumbs.ts';

/**
 * Decodes small pictures for the queue away from the window, one after another and the latest asked for first: what was
 * scrolled past has lost its turn anyway.
 */
const wanted: ThumbRequest[] = [];
let busy = false;

function answer(message: ThumbAnswer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

async function thumbOf({ url, side }: ThumbRequest): Promise<ImageBitmap> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  const blob = await response.blob();
  const scaled = await scaledDecode(blob, side);
  if (scaled) return scaled;
  const whole = await uprightBitmap(blob);
  const smaller = await createImageBitmap(whole, { resizeWidth: side, resizeQuality: 'low' });
  whole.close();
  return smaller;
}

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let next = wanted.pop(); next; next = wanted.pop()) {
    try {
      const bitmap = await thumbOf(next);
      answer({ key: next.key, bitmap }, [bitmap]);
    } catch {
      answer({ key: next.key, bitmap: null });
    }
  }
  busy = false;
}

self.addEventListener('message', ({ data }: MessageEvent<ThumbRequest | { forget: string }>) => {
  if ('forget' in data) {
    const at = wanted.findIndex(({ key }) => key === data.forget);
    if (at >= 0) wanted.splice(at, 1);
    return;
  }
  wanted.push(data);
  void work();
});
