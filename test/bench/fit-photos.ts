import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import type { BoxEdges } from '#renderer/fit/box-side.ts';

/** A photo with boxes that people drew around the objects on it. */
export interface TruePhoto {
  readonly set: 'street' | 'face' | 'blood cells';
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
  readonly boxes: readonly BoxEdges[];
}

/** The installed browser with an empty page. */
export async function openBrowser() {
  const found = findBrowser();
  if (!found) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  return chromium.launch({
    executablePath: found.path,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/** Pixels of a picture file, four bytes each, decoded by the browser. */
async function decode(page: Page, path: string): Promise<{ width: number; height: number; rgba: Uint8ClampedArray }> {
  const { width, height, data } = await page.evaluate(
    async ([bytes, type]) => {
      const blob = await (await fetch(`data:${type};base64,${bytes}`)).blob();
      const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' });
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      let text = '';
      for (let at = 0; at < pixels.length; at += 0x8000) {
        text += String.fromCharCode(...pixels.subarray(at, at + 0x8000));
      }
      return { width: bitmap.width, height: bitmap.height, data: btoa(text) };
    },
    [readFileSync(path).toString('base64'), extname(path) === '.png' ? 'image/png' : 'image/jpeg'] as const,
  );
  return { width, height, rgba: new Uint8ClampedArray(Buffer.from(data, 'base64')) };
}

/** Every photo of the data folder that has boxes: `images/street_yolo`, `images/faces` and `images/bccd`. */
export async function readTruePhotos(folder: string, page: Page): Promise<TruePhoto[]> {
  const photos: TruePhoto[] = [];
  const add = async (set: TruePhoto['set'], path: string, boxesOf: (width: number, height: number) => BoxEdges[]) => {
    const picture = await decode(page, path);
    photos.push({ set, name: basename(path), ...picture, boxes: boxesOf(picture.width, picture.height) });
  };
  const street = join(folder, 'images/street_yolo');
  for (const file of readdirSync(join(street, 'images'))) {
    const labels = readFileSync(join(street, 'labels', `${basename(file, extname(file))}.txt`), 'utf8');
    await add('street', join(street, 'images', file), (width, height) => yoloBoxes(labels, width, height));
  }
  const face = readFileSync(join(folder, 'images/faces/obama.boxes.json'), 'utf8');
  await add('face', join(folder, 'images/faces/obama.jpg'), () => faceBoxes(face));
  const cells = join(folder, 'images/bccd');
  for (const file of readdirSync(join(cells, 'JPEGImages'))) {
    const truth = join(cells, 'Annotations', `${basename(file, extname(file))}.xml`);
    if (!existsSync(truth)) continue;
    await add('blood cells', join(cells, 'JPEGImages', file), () => vocBoxes(readFileSync(truth, 'utf8')));
  }
  return photos;
}

function yoloBoxes(text: string, width: number, height: number): BoxEdges[] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(' ').map(Number) as [number, number, number, number, number])
    .map(([, x, y, w, h]) => ({
      left: (x - w / 2) * width,
      top: (y - h / 2) * height,
      right: (x + w / 2) * width,
      bottom: (y + h / 2) * height,
    }));
}

function faceBoxes(text: string): BoxEdges[] {
  const { boxes } = JSON.parse(text) as { boxes: Record<string, [number, number, number, number][]> };
  return Object.values(boxes)
    .flat()
    .map(([top, right, bottom, left]) => ({ left, top, right, bottom }));
}

/** Pixel numbers of a VOC file begin at 1 and include the last pixel. */
function vocBoxes(text: string): BoxEdges[] {
  return [...text.matchAll(/<bndbox>([\s\S]*?)<\/bndbox>/g)].map(([, body]) => {
    const value = (name: string) => Number(new RegExp(`<${name}>([^<]*)</${name}>`).exec(body!)![1]);
    return { left: value('xmin') - 1, top: value('ymin') - 1, right: value('xmax'), bottom: value('ymax') };
  });
}
