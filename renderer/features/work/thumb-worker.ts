import { deepRasterOf, type DeepRaster } from '#renderer/photo/deep-raster.ts';
import { rasterSource } from '#renderer/photo/photo-source.ts';
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
  const raster = await deepRasterOf(blob);
  if (raster) return smallRaster(raster, side);
  const scaled = await scaledDecode(blob, side);
  if (scaled) return scaled;
  const whole = await uprightBitmap(blob);
  const smaller = await createImageBitmap(whole, { resizeWidth: side, resizeQuality: 'low' });
  whole.close();
  return smaller;
}

async function smallRaster(raster: DeepRaster, side: number): Promise<ImageBitmap> {
  const source = await rasterSource(raster);
  const scale = Math.min(1, side / Math.min(source.width, source.height));
  const size = { width: Math.ceil(source.width * scale), height: Math.ceil(source.height * scale) };
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'medium';
  await source.draw(context, { x: 0, y: 0, width: source.width, height: source.height }, scale);
  source.close();
  return canvas.transferToImageBitmap();
}

/** Some 2 kB. */
function packedOf(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let next = wanted.pop(); next; next = wanted.pop()) {
    try {
      const bitmap = await thumbOf(next);
      const packed = await packedOf(bitmap).catch(() => null);
      answer({ key: next.key, bitmap, packed }, [bitmap]);
    } catch {
      answer({ key: next.key, bitmap: null, packed: null });
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
