import type { MaskGeometry } from '../../domain/annotation.ts';
import { maskFromPixels, maskPixels } from '../../geometry/mask-runs.ts';

/**
 * COCO's run lengths: the whole image, column by column from its top left, beginning with background. `counts` is a list or a string;
 * ours run row by row inside the tight rectangle. Written from the format's description; no code of the reference is in it.
 */
export interface CocoRle {
  /** Height, then width. */
  size: readonly [height: number, width: number];
  counts: readonly number[];
}

/** Most pixels of a mask's tight rectangle that are unpacked: as many as the largest photo shown has. */
const maxPixels = 300_000_000;
const maxRuns = 2_000_000;

/**
 * Counts of a compressed string: each number in groups of five bits, low ones first, as characters from `0` on with 32 for "goes on";
 * from the fourth number on it is the difference to the number two before. Null when the string is none.
 */
export function countsOfText(text: string): number[] | null {
  const counts: number[] = [];
  for (let at = 0; at < text.length;) {
    let value = 0;
    for (let factor = 1; ; factor *= 32) {
      const digit = text.charCodeAt(at++) - 48;
      // NaN beyond the end is no digit either. Numbers stay exact up to ten groups.
      if (!(digit >= 0 && digit < 64) || factor > 32 ** 8) return null;
      value += (digit & 31) * factor;
      if (digit >= 32) continue;
      if ((digit & 16) !== 0) value -= 32 * factor;
      break;
    }
    if (counts.length > 2) value += counts.at(-2)!;
    counts.push(value);
    if (counts.length > maxRuns) return null;
  }
  return counts;
}

/** Counts as the compressed string that other programs read. */
export function textOfCounts(counts: readonly number[]): string {
  let text = '';
  counts.forEach((count, i) => {
    let value = i > 2 ? count - counts[i - 2]! : count;
    for (let more = true; more;) {
      const group = ((value % 32) + 32) % 32;
      value = Math.floor(value / 32);
      // Done when the sign bit of this group says all that is left.
      more = (group & 16) === 0 ? value !== 0 : value !== -1;
      text += String.fromCharCode(48 + group + (more ? 32 : 0));
    }
  });
  return text;
}

export type RleProblem = 'mask-unreadable' | 'mask-too-large' | 'mask-empty';

/** A mask from runs of columns; or why there is none. */
export function maskOfRle({ size: [height, width], counts }: CocoRle): MaskGeometry | RleProblem {
  const isSide = (side: number) => Number.isInteger(side) && side > 0;
  if (!isSide(height) || !isSide(width)) return 'mask-unreadable';
  if (height > 100_000 || width > 100_000 || counts.length > maxRuns) return 'mask-too-large';
  if (!counts.every((count) => Number.isInteger(count) && count >= 0)) return 'mask-unreadable';
  // A last run of background may be left out; more than the image holds is a mistake.
  if (counts.reduce((sum, count) => sum + count, 0) > height * width) return 'mask-unreadable';
  const stretches = [...columnStretches(counts, height)];
  if (stretches.length === 0) return 'mask-empty';
  let [top, bottom] = [height, 0];
  for (const { y, length } of stretches) [top, bottom] = [Math.min(top, y), Math.max(bottom, y + length)];
  const left = stretches[0]!.x;
  const [w, h] = [stretches.at(-1)!.x - left + 1, bottom - top];
  if (w * h > maxPixels) return 'mask-too-large';
  const pixels = new Uint8Array(w * h);
  for (const { x, y, length } of stretches) {
    for (let at = (y - top) * w + x - left, end = at + length * w; at < end; at += w) pixels[at] = 1;
  }
  const mask = maskFromPixels({ x: left, y: top, w, h, pixels })!;
  return mask.runs.length > maxRuns ? 'mask-too-large' : mask;
}

/** Painted pixels, each stretch within one column, columns from left to right. */
function* columnStretches(counts: readonly number[], height: number) {
  let at = 0;
  for (const [i, count] of counts.entries()) {
    for (let from = at; i % 2 === 1 && from < at + count;) {
      const [x, y] = [Math.floor(from / height), from % height];
      const length = Math.min(at + count - from, height - y);
      yield { x, y, length };
      from += length;
    }
    at += count;
  }
}

/**
 * Runs of columns over the whole image. What is painted outside of it can't be said.
 * @returns null when nothing of the mask lies in the image
 */
export function rleOfMask(
  mask: MaskGeometry,
  image: { width: number; height: number },
): (CocoRle & { cut: boolean }) | null {
  const pixels = maskPixels(mask);
  const counts: number[] = [];
  let [value, run] = [0, 0];
  const put = (next: number, length: number) => {
    if (length === 0) return;
    if (next === value) run += length;
    else {
      counts.push(run);
      [value, run] = [next, length];
    }
  };
  const [left, right] = [Math.max(0, mask.x), Math.min(image.width, mask.x + mask.w)];
  const [top, bottom] = [Math.max(0, mask.y), Math.min(image.height, mask.y + mask.h)];
  if (right <= left || bottom <= top) return null;
  let painted = 0;
  put(0, left * image.height);
  for (let x = left; x < right; x += 1) {
    put(0, top);
    for (let y = top; y < bottom; y += 1) {
      const pixel = pixels[(y - mask.y) * mask.w + x - mask.x]!;
      painted += pixel;
      put(pixel, 1);
    }
    put(0, image.height - bottom);
  }
  put(0, (image.width - right) * image.height);
  counts.push(run);
  if (painted === 0) return null;
  const cut = right - left < mask.w || bottom - top < mask.h;
  return { size: [image.height, image.width], counts, cut };
}
