import { uprightTransform, webpOrientation } from './upright.ts';

/** A picture decoded upright, whole or at a smaller size. Whoever asked for it closes it. */
interface Decoded {
  bitmap: ImageBitmap;
  /** Upright size of the whole photo, pixels. */
  width: number;
  height: number;
  /** False for a smaller decode that stands in for the photo until more is needed. */
  full: boolean;
}

/** Why a photo has no picture: the file could not be fetched, or it was fetched and is damaged. */
export class PhotoError extends Error {
  readonly problem: 'damaged' | 'unreadable';

  constructor(problem: 'damaged' | 'unreadable') {
    super(problem);
    this.name = 'PhotoError';
    this.problem = problem;
  }
}

/** Photos beyond this many pixels are shown smaller, and in tiles where one looks closely: whole, they are slow and large. */
const previewBeyond = 14_000_000;
/** Longer side of a preview, pixels: more than a screen of the usual size shows. */
const previewSide = 2400;

/** Whether a photo of this size is shown smaller. */
export function wantsPreview(width: number | null, height: number | null): boolean {
  return width !== null && height !== null && width * height > previewBeyond;
}

/** The size at which a large photo is shown. */
export function previewSize(width: number, height: number): { width: number; height: number } {
  const shrink = Math.min(1, previewSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) };
}

/** Fetches a photo. Throws PhotoError when the host has none to give; rethrows when it is away. */
export async function fetchPhoto(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new PhotoError('unreadable');
  return response.blob();
}

/** Decodes a photo whole, turned as its EXIF orientation says. */
export async function decodeWhole(blob: Blob): Promise<Decoded> {
  try {
    const bitmap = await uprightBitmap(blob);
    return { bitmap, width: bitmap.width, height: bitmap.height, full: true };
  } catch {
    throw new PhotoError('damaged');
  }
}

/** Decodes a picture whole and upright; rejects when the browser can't. */
export async function uprightBitmap(blob: Blob): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  if (blob.type !== 'image/webp') return bitmap;
  const orientation = webpOrientation(new DataView(await blob.arrayBuffer()));
  if (orientation === 1) return bitmap;
  const { matrix, width, height } = uprightTransform(orientation, bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return bitmap;
  context.setTransform(...matrix);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

/**
 * Decodes a photo at a smaller size, upright. JPEG is decoded at an eighth, a quarter or half of its size without ever
 * being whole in memory; other formats are decoded and then made smaller.
 */
export async function decodeSmaller(blob: Blob, width: number, height: number): Promise<Decoded> {
  const size = previewSize(width, height);
  const bitmap = await smallBitmap(blob, size.width, size.height);
  return { bitmap, width, height, full: false };
}

/** A bitmap of about the given upright size at least; throws PhotoError when the file is damaged. */
async function smallBitmap(blob: Blob, width: number, height: number): Promise<ImageBitmap> {
  return (await scaledDecode(blob, Math.max(width, height))) ?? resizedDecode(blob, width, height);
}

/** A decode that the decoder itself makes smaller; null where the browser or the format can't. */
export async function scaledDecode(blob: Blob, longerSide: number): Promise<ImageBitmap | null> {
  if (blob.type !== 'image/jpeg' || typeof ImageDecoder === 'undefined') return null;
  const decoder = new ImageDecoder({
    data: blob.stream(),
    type: blob.type,
    desiredWidth: longerSide,
    desiredHeight: longerSide,
  });
  try {
    const { image } = await decoder.decode();
    // Drawing turns the frame as its orientation says.
    const bitmap = await createImageBitmap(image);
    image.close();
    return bitmap;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

async function resizedDecode(blob: Blob, width: number, height: number): Promise<ImageBitmap> {
  try {
    const whole = await uprightBitmap(blob);
    const smaller = await createImageBitmap(whole, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'medium',
    });
    whole.close();
    return smaller;
  } catch {
    throw new PhotoError('damaged');
  }
}
