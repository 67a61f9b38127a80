import type { DeepRaster } from './deep-raster.ts';
import { cropJpeg } from './jpeg-crop.ts';
import { indexJpeg, type JpegIndex } from './jpeg-index.ts';
import { uprightBitmap } from './photo-decoding.ts';
import type { PhotoPiece, PixelArea } from './photo-protocol.ts';
import { uprightTransform } from './upright.ts';

/** The pixels of an open photo, upright, wherever they come from. */
export interface PhotoSource {
  readonly width: number;
  readonly height: number;
  /** Draws an area of the photo so that its corner lies at (0, 0), `scale` pixels for each of the photo. */
  draw(context: OffscreenCanvasRenderingContext2D, area: PixelArea, scale: number): Promise<void>;
  /** Values deeper than 8 bits; null where the file has none. */
  deep(area: PixelArea): Pick<PhotoPiece, 'deep' | 'channels'>;
  close(): void;
}

const shallow: Pick<PhotoPiece, 'deep' | 'channels'> = { deep: null, channels: 3 };

/** The pixels of a file: parts of a JPEG where it can be taken apart, else the whole, decoded and kept. */
export async function openSource(blob: Blob, orientation: number): Promise<PhotoSource> {
  const index = blob.type === 'image/jpeg' ? indexJpeg(new Uint8Array(await blob.arrayBuffer())) : null;
  return index ? jpegSource(index, orientation) : bitmapSource(await uprightBitmap(blob));
}

function jpegSource(index: JpegIndex, orientation: number): PhotoSource {
  const { matrix, width, height } = uprightTransform(orientation, index.width, index.height);
  const [a, b, c, d, e, f] = matrix;
  // The matrix turns and mirrors only, so its inverse is its transpose.
  const stored = (x: number, y: number) => ({ x: a * (x - e) + b * (y - f), y: c * (x - e) + d * (y - f) });
  return {
    width,
    height,
    async draw(context, area, scale) {
      const one = stored(area.x, area.y);
      const other = stored(area.x + area.width, area.y + area.height);
      const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
      const crop = cropJpeg(index, x, y, Math.abs(other.x - one.x), Math.abs(other.y - one.y));
      const bitmap = await createImageBitmap(new Blob([crop.file], { type: 'image/jpeg' }));
      context.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
      context.transform(...matrix);
      context.drawImage(bitmap, crop.x, crop.y);
      bitmap.close();
    },
    deep: () => shallow,
    close: () => undefined,
  };
}

function bitmapSource(bitmap: ImageBitmap): PhotoSource {
  return {
    width: bitmap.width,
    height: bitmap.height,
    async draw(context, area, scale) {
      context.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
      context.drawImage(bitmap, 0, 0);
    },
    deep: () => shallow,
    close: () => bitmap.close(),
  };
}

/** The pixels of a picture that was decoded here. */
export async function rasterSource(raster: DeepRaster): Promise<PhotoSource> {
  const { rgba, orientation, channels, deep } = raster;
  const stored = await createImageBitmap(new ImageData(rgba, raster.width, raster.height));
  const { matrix, width, height } = uprightTransform(orientation, raster.width, raster.height);
  const source = bitmapSource(orientation === 1 ? stored : turned(stored, orientation));
  const [a, b, c, d, e, f] = matrix;
  return {
    ...source,
    width,
    height,
    deep(area) {
      if (!deep) return shallow;
      const values = new Uint16Array(area.width * area.height * channels);
      for (let y = 0; y < area.height; y += 1) {
        for (let x = 0; x < area.width; x += 1) {
          // Middles of pixels, so that turning does not step beside.
          const [u, v] = [area.x + x + 0.5 - e, area.y + y + 0.5 - f];
          const from = (Math.floor(c * u + d * v) * raster.width + Math.floor(a * u + b * v)) * channels;
          for (let channel = 0; channel < channels; channel += 1) {
            values[(y * area.width + x) * channels + channel] = deep[from + channel]!;
          }
        }
      }
      return { deep: values, channels };
    },
  };
}

function turned(bitmap: ImageBitmap, orientation: number): ImageBitmap {
  const { matrix, width, height } = uprightTransform(orientation, bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.setTransform(...matrix);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}
