import { wireFrom, wireTo, type WireMap } from './live-wire.ts';
import { luminanceOf } from './luminance.ts';
import type { WireAnswer, WireRequest } from './wire-client.ts';

let map: WireMap | null = null;

/** Grey values of the piece, and all ways from the seed; the bitmap is used up. */
function seeded({ bitmap, x, y, seed }: Extract<WireRequest, { what: 'seed' }>): WireMap {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return wireFrom(luminanceOf(context.getImageData(0, 0, width, height).data, { x, y, width, height }), seed);
}

self.addEventListener('message', ({ data }: MessageEvent<WireRequest>) => {
  const { id } = data;
  try {
    if (data.what === 'seed') map = seeded(data);
    const points = data.what === 'to' && map ? wireTo(map, data.to) : [];
    self.postMessage({ id, points } satisfies WireAnswer);
  } catch {
    self.postMessage({ id, failed: true } satisfies WireAnswer);
  }
});
