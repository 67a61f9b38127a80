/**
 * The page that the fit benchmark times the worker in: a large photo made from a real or drawn one, the real client, the real worker,
 * and a plain Sobel operator over the same pixels. Bundled by Vite, driven through `window.fitPage`.
 */
import { createFitClient } from '#renderer/fit/fit-client.ts';
// oxlint-disable-next-line import/default -- Vite makes the export.
import FitWorker from '#renderer/fit/fit-worker.ts?worker&inline';
import { createWireClient } from '#renderer/fit/wire-client.ts';
// oxlint-disable-next-line import/default -- Vite makes the export.
import WireWorker from '#renderer/fit/wire-worker.ts?worker&inline';

const width = 6000;
const height = 4000;

/** A photo of 24 MP with an object of `side` pixels in its middle, that gives away its pixels by areas. */
async function largePicture(side: number, address: string | null) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  if (address) {
    const source = await createImageBitmap(await (await fetch(address)).blob());
    context.drawImage(source, 0, 0, width, height);
  } else {
    context.fillStyle = '#53616b';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#c9b27a';
    context.fillRect(2750, 1750, side, side);
  }
  const bitmap = await createImageBitmap(canvas);
  const picture = {
    width,
    height,
    piece: async (area: { x: number; y: number; width: number; height: number }) => ({
      bitmap: await createImageBitmap(bitmap, area.x, area.y, area.width, area.height),
    }),
  };
  return { bitmap, picture };
}

/** Milliseconds of each snap of a box in the middle of a photo, from the request to the answer, beside those of Sobel. */
async function snapTimes(side: number, count: number, address: string | null) {
  const { bitmap, picture } = await largePicture(side, address);
  const client = createFitClient(() => new FitWorker());
  const times: number[] = [];
  const sobel: number[] = [];
  for (let index = -3; index < count; index += 1) {
    const box = { left: 2745 + (index % 5), top: 1756, right: 2753 + side, bottom: 1745 + side };
    const before = performance.now();
    await client.snap(picture, box);
    if (index >= 0) times.push(performance.now() - before);
    const start = performance.now();
    await sobelOver(bitmap, box.left - 24, box.top - 24, side + 48);
    if (index >= 0) sobel.push(performance.now() - start);
  }
  client.dispose();
  return { times, sobel };
}

/**
 * Milliseconds from a click on the outline of an object to the first wire (all ways from there are found), and from a move of the
 * pointer to the wire that leads to it, beside those of Sobel over the same pixels.
 */
async function wireTimes(side: number, count: number, address: string | null) {
  const { bitmap, picture } = await largePicture(side, address);
  const client = createWireClient(() => new WireWorker());
  const clicks: number[] = [];
  const moves: number[] = [];
  const sobel: number[] = [];
  const half = side / 2;
  for (let index = -3; index < count; index += 1) {
    const at = { x: 3000 + (index % 7), y: 2000 - (index % 5) };
    const before = performance.now();
    await client.seed(picture, at);
    await client.to({ x: at.x + half, y: at.y + half });
    if (index >= 0) clicks.push(performance.now() - before);
    const moved = performance.now();
    await client.to({ x: at.x - half, y: at.y + half / 2 });
    if (index >= 0) moves.push(performance.now() - moved);
    const start = performance.now();
    await sobelOver(bitmap, at.x - half, at.y - half, side);
    if (index >= 0) sobel.push(performance.now() - start);
  }
  client.dispose();
  return { clicks, moves, sobel };
}

/** Reads a square of the photo and takes its gradient: the least that anything looking for edges must do. */
async function sobelOver(bitmap: ImageBitmap, x: number, y: number, size: number): Promise<Float32Array> {
  const piece = await createImageBitmap(bitmap, x, y, size, size);
  const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(piece, 0, 0);
  piece.close();
  const { data } = context.getImageData(0, 0, size, size);
  const grey = new Float32Array(size * size);
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.2126 * data[4 * at]! + 0.7152 * data[4 * at + 1]! + 0.0722 * data[4 * at + 2]!;
  }
  const steps = new Float32Array(size * size);
  for (let row = 1; row < size - 1; row += 1) {
    for (let column = 1; column < size - 1; column += 1) {
      const at = row * size + column;
      const p = (dx: number, dy: number) => grey[at + dy * size + dx]!;
      const across = p(1, -1) + 2 * p(1, 0) + p(1, 1) - p(-1, -1) - 2 * p(-1, 0) - p(-1, 1);
      const down = p(-1, 1) + 2 * p(0, 1) + p(1, 1) - p(-1, -1) - 2 * p(0, -1) - p(1, -1);
      steps[at] = Math.hypot(across, down);
    }
  }
  return steps;
}

const fitPage = { snapTimes, wireTimes };
export type FitPage = typeof fitPage;
Object.assign(window, { fitPage });
