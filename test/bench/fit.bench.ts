import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { boxSides, type BoxEdges } from '#renderer/fit/box-side.ts';
import { measureBox, wholeCrop } from '#renderer/fit/fit-meter.ts';
import { snapBox } from '#renderer/fit/fit-snap.ts';
import { luminanceOf } from '#renderer/fit/luminance.ts';
import { seeded } from '#test/support/seeded.ts';
import { testData } from '#test/support/test-data.ts';
import { bundlePage } from './bench-page.ts';
import type { BenchRow } from './bench-row.ts';
import { openBrowser, readTruePhotos, type TruePhoto } from './fit-photos.ts';
import { makeScene, movedBox } from './fit-scenes.ts';
import type { FitPage } from './fit-worker-page.ts';

declare global {
  interface Window {
    fitPage: FitPage;
  }
}

const scenes = 2_000;
/** Starts of each true box, moved differently. */
const starts = { street: 12, face: 12, 'blood cells': 2 } as const;
const most = 8;
/** Failures shown as pictures, of each set. */
const shown = 12;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
}

function percentWithin(values: readonly number[], pixels: number): number {
  return (100 * values.filter((value) => value < pixels).length) / values.length;
}

/** Sides of made objects, by light: every side counts, also those where nothing was found. */
function sceneRows(): BenchRow[] {
  const before: number[] = [];
  const after = new Map<string, number[]>();
  const keep = (name: string, left: number) => {
    const list = after.get(name);
    if (list) list.push(left);
    else after.set(name, [left]);
  };
  for (let seed = 1; seed <= scenes; seed += 1) {
    const { crop, truth, regime, form } = makeScene(seed);
    const least = Math.min(truth.right - truth.left, truth.bottom - truth.top);
    const start = movedBox(truth, Math.min(most, 0.35 * least), seeded(seed * 7919));
    const snapped = snapBox(wholeCrop(crop), start);
    for (const side of boxSides) {
      before.push(Math.abs(start[side] - truth[side]));
      const left = Math.abs(snapped[side] - truth[side]);
      for (const name of ['all', regime.name, form]) keep(name, left);
    }
  }
  return [...after].flatMap(([name, left]) =>
    ([1, 3] as const).map((pixels) => ({
      name: `fit: made objects, ${name}: sides within ${pixels} px after snapping`,
      value: percentWithin(left, pixels),
      unit: '%',
      reference: { name: 'before', value: percentWithin(before, pixels) },
      ...(name === 'all' ? { budget: pixels === 1 ? '95 %' : '99.5 %' } : {}),
    })),
  );
}

interface Remains {
  before: number[];
  after: number[];
  /** From the true side to the edge found next to it: what the truth itself leaves open. */
  truthToEdge: number[];
  /** Between the edge reached from the moved box and that reached from the true one. */
  apart: number[];
}

/** Boxes drawn by people, moved and snapped. Their own slack is measured beside it, because it sets what can be reached. */
function photoRows(photos: readonly TruePhoto[], failures: Failure[]): BenchRow[] {
  const sets = new Map<string, Remains>();
  for (const [index, photo] of photos.entries()) {
    const crops = wholeCrop(luminanceOf(photo.rgba, { x: 0, y: 0, width: photo.width, height: photo.height }));
    const names = [photo.set, ...(photo.name === 'img_3.png' ? ['street by night'] : [])];
    for (const [at, truth] of photo.boxes.entries()) {
      const fit = measureBox(crops, truth);
      const fromTruth = snapBox(crops, truth);
      for (let start = 0; start < starts[photo.set]; start += 1) {
        const moved = movedBox(truth, most, seeded(index * 1_000 + at * 37 + start * 100_003));
        const snapped = snapBox(crops, moved);
        let worst = 0;
        for (const name of names) {
          const remains = sets.get(name) ?? { before: [], after: [], truthToEdge: [], apart: [] };
          sets.set(name, remains);
          for (const side of boxSides) {
            const left = Math.abs(snapped[side] - truth[side]);
            worst = Math.max(worst, left);
            remains.before.push(Math.abs(moved[side] - truth[side]));
            remains.after.push(left);
            remains.apart.push(Math.abs(snapped[side] - fromTruth[side]));
            if (start === 0 && fit[side]) remains.truthToEdge.push(Math.abs(fit[side].distance));
          }
        }
        failures.push({ photo, truth, moved, snapped, worst });
      }
    }
  }
  return [...sets].flatMap(([name, remains]) => remainRows(name, remains));
}

function remainRows(name: string, { before, after, truthToEdge, apart }: Remains): BenchRow[] {
  const rows: BenchRow[] = [];
  for (const share of [0.5, 0.9, 0.95]) {
    rows.push({
      name: `fit: ${name}: what remains to the box drawn by people, p${share * 100}`,
      value: quantile(after, share),
      unit: 'px',
      reference: { name: 'before', value: quantile(before, share) },
    });
  }
  const within = (what: string, values: readonly number[], value = percentWithin(values, 3)): BenchRow => ({
    name: `fit: ${name}: ${what}`,
    value,
    unit: '%',
    reference: { name: 'before', value: percentWithin(before, 3) },
  });
  rows.push(within('sides within 3 px of the box drawn by people', after));
  rows.push(within('sides within 3 px of where the box drawn by people snaps to', apart));
  rows.push(within('true sides that have their edge within 3 px', truthToEdge));
  return rows;
}

interface Failure {
  readonly photo: TruePhoto;
  readonly truth: BoxEdges;
  readonly moved: BoxEdges;
  readonly snapped: BoxEdges;
  readonly worst: number;
}

/** `--failures=FOLDER`: where what went worst is written as pictures; null when nobody asked for them. */
function failureFolder(): string | null {
  const flag = '--failures=';
  return process.argv.find((arg) => arg.startsWith(flag))?.slice(flag.length) ?? null;
}

/** Writes what went worst as pictures: truth green, start blue, result red. */
async function showFailures(page: Page, failures: readonly Failure[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const set of Object.keys(starts)) {
    const worst = failures
      .filter(({ photo }) => photo.set === set)
      .toSorted((a, b) => b.worst - a.worst)
      .slice(0, shown);
    for (const [index, { photo, truth, moved, snapped, worst: left }] of worst.entries()) {
      const picture = await page.evaluate(drawBoxes, {
        bytes: Buffer.from(photo.rgba.buffer).toString('base64'),
        width: photo.width,
        height: photo.height,
        boxes: [
          [truth, '#00ff00'],
          [moved, '#4080ff'],
          [snapped, '#ff0000'],
        ] as [BoxEdges, string][],
      });
      const name = `${set.replace(' ', '-')}-${String(index).padStart(2, '0')}-${photo.name}-${left.toFixed(0)}px.png`;
      writeFileSync(join(folder, name), Buffer.from(picture, 'base64'));
    }
  }
}

/** In the browser: the part of the photo around the boxes, brightened and enlarged, with the boxes on it; a PNG as base64. */
async function drawBoxes(input: { bytes: string; width: number; height: number; boxes: [BoxEdges, string][] }) {
  const binary = atob(input.bytes);
  const pixels = Uint8ClampedArray.from(
    { length: binary.length },
    (_, at) => 255 * (binary.charCodeAt(at) / 255) ** 0.6,
  );
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  const source = await createImageBitmap(new ImageData(pixels, input.width, input.height));
  const [[truth]] = input.boxes as [[BoxEdges, string]];
  const left = truth.left - 40;
  const top = truth.top - 40;
  const zoom = truth.right - truth.left > 400 ? 2 : 4;
  const canvas = new OffscreenCanvas((truth.right - left + 40) * zoom, (truth.bottom - top + 40) * zoom);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingEnabled = false;
  context.setTransform(zoom, 0, 0, zoom, -left * zoom, -top * zoom);
  context.drawImage(source, 0, 0);
  context.lineWidth = 1.5 / zoom;
  for (const [box, color] of input.boxes) {
    context.strokeStyle = color;
    context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  }
  const blob = await canvas.convertToBlob();
  let text = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

async function timeRows(page: Page, photo: string | null): Promise<BenchRow[]> {
  const { script } = await bundlePage('fit-worker-page.ts');
  await page.addScriptTag({ content: script });
  const address = photo && `data:image/jpeg;base64,${readFileSync(photo).toString('base64')}`;
  const { times, sobel } = await page.evaluate((from) => window.fitPage.snapTimes(500, 40, from), address);
  const wire = await page.evaluate((from) => window.fitPage.wireTimes(500, 40, from), address);
  const rows = (name: string, ms: readonly number[], beside: readonly number[]) =>
    ([0.5, 0.95] as const).map((share) => ({
      name: `fit: ${name}, asked to answered, p${share * 100}`,
      value: quantile(ms, share),
      unit: 'ms',
      reference: { name: 'plain Sobel over the same pixels', value: quantile(beside, share) },
      budget: '50 ms',
    }));
  return [
    ...rows('snap four sides of 500 px in 24 MP', times, sobel),
    ...rows('live-wire from a click, 500 px in 24 MP', wire.clicks, wire.sobel),
    ...rows('live-wire to a moved pointer', wire.moves, wire.sobel),
  ];
}

/** The fit meter and snapping: on made objects, on photos with boxes that people drew, and against the clock. */
export async function run(): Promise<BenchRow[]> {
  const folder = testData('.');
  const browser: Browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const rows = sceneRows();
    if (folder) {
      const failures: Failure[] = [];
      rows.push(...photoRows(await readTruePhotos(folder, page), failures));
      const shownIn = failureFolder();
      if (shownIn) await showFailures(page, failures, shownIn);
    }
    rows.push(...(await timeRows(page, testData('images/street/berlin_01.jpg'))));
    return rows;
  } finally {
    await browser.close();
  }
}
