import { boxSides, type BoxSide } from './box-side.ts';
import type { FitAnswer, FitRequest } from './fit-client.ts';
import { measureBox, type SideCrops } from './fit-meter.ts';
import { snapBox } from './fit-snap.ts';
import { luminanceOf, type LuminanceCrop } from './luminance.ts';

/** Grey values of a piece of the photo; the bitmap is used up. */
function readPiece({ bitmap, x, y }: FitRequest['pieces'][number]): LuminanceCrop {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return luminanceOf(context.getImageData(0, 0, width, height).data, { x, y, width, height });
}

function answerTo({ id, box, what, pieces }: FitRequest): FitAnswer {
  const read = pieces.map(readPiece);
  const crops = Object.fromEntries(
    boxSides.map((side, index): [BoxSide, LuminanceCrop] => [side, read[Math.min(index, read.length - 1)]!]),
  ) as unknown as SideCrops;
  if (what === 'measure') return { id, fit: measureBox(crops, box) };
  return { id, box: snapBox(crops, box, what) };
}

self.addEventListener('message', ({ data }: MessageEvent<FitRequest>) => {
  try {
    self.postMessage(answerTo(data));
  } catch {
    self.postMessage({ id: data.id, failed: true } satisfies FitAnswer);
  }
});
