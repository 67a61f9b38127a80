import type { Page } from '@playwright/test';
import type { BenchRow } from './bench-row.ts';
import { openCanvasPage } from './canvas-browser.ts';
import type { CanvasPage, Drawer, Motion } from './canvas-page.ts';
import type { Scene } from './canvas-scenes.ts';

declare global {
  interface Window {
    canvasPage: CanvasPage;
  }
}

const scenes: readonly (Scene & { readonly name: string })[] = [
  { kind: 'boxes', count: 100, name: '100 boxes' },
  { kind: 'boxes', count: 500, name: '500 boxes' },
  { kind: 'boxes', count: 1_000, name: '1,000 boxes' },
  { kind: 'boxes', count: 5_000, name: '5,000 boxes' },
  { kind: 'polygons', count: 500, name: '500 polygons of 40 points' },
  { kind: 'outline', count: 6_000, name: 'one polygon of 6,000 points' },
];

/** What is compared is measured in turns, so that a busy moment of the machine hits both. */
const rounds = 2;
const frames = 60;
/** Fabric's frames take up to seconds; a few tell enough. */
const fabricFrames = 3;

const whatIsDone: Readonly<Record<Motion, string>> = {
  pan: 'pan frame',
  zoom: 'zoom frame',
  drag: 'corner or vertex drag, event to frame',
};

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
}

function measure(page: Page, drawer: Drawer, motion: Motion, scene: Scene, count: number): Promise<number[]> {
  return page.evaluate(
    ([who, what, { kind, count: shapes }, length]) =>
      window.canvasPage.frameTimes(who, what, { kind, count: shapes }, length),
    [drawer, motion, scene, count] as const,
  );
}

async function rowsOf(page: Page, motion: Motion, scene: (typeof scenes)[number]): Promise<BenchRow[]> {
  const canvas: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(...(await measure(page, 'bare', motion, scene, frames)));
    canvas.push(...(await measure(page, 'canvas', motion, scene, frames)));
  }
  const fabric = await measure(page, 'fabric', motion, scene, fabricFrames);
  const name = `canvas: ${whatIsDone[motion]}, ${scene.name}`;
  const reference = (share: number) => ({ name: 'bare Canvas2D doing the same', value: quantile(bare, share) });
  const budget = motion === 'drag' ? { budget: scene.count > 500 ? '22 ms' : '16 ms' } : {};
  return [
    {
      name: `${name}, p50`,
      value: quantile(canvas, 0.5),
      unit: 'ms',
      reference: reference(0.5),
      ...(motion === 'drag' ? {} : { budget: '1.2 x' }),
    },
    { name: `${name}, p95`, value: quantile(canvas, 0.95), unit: 'ms', reference: reference(0.95), ...budget },
    {
      name: `${name}, p50 beside fabric`,
      value: quantile(canvas, 0.5),
      unit: 'ms',
      reference: { name: "fabric's defaults", value: quantile(fabric, 0.5) },
    },
  ];
}

/** Whether dragging a corner takes longer among many: the same measured at both ends. */
function growthRow(rows: readonly BenchRow[]): BenchRow[] {
  const drag = (count: string): number =>
    rows.find(({ name }) => name === `canvas: ${whatIsDone.drag}, ${count} boxes, p95`)!.value;
  return [
    {
      name: 'canvas: corner drag among 5,000 boxes, p95',
      value: drag('5,000'),
      unit: 'ms',
      reference: { name: 'the same among 100', value: drag('100') },
      budget: '1.2 x',
    },
  ];
}

/**
 * Frames of the annotation canvas in the installed browser, as fast as it can make them, beside bare Canvas2D and fabric's
 * defaults in the same page: 1366 x 768, a photo of 1920 x 1280, boxes of 8 to 68 pixels and outlines with their names.
 */
export async function run(): Promise<BenchRow[]> {
  const { browser, page } = await openCanvasPage();
  try {
    const rows: BenchRow[] = [];
    for (const motion of ['pan', 'zoom', 'drag'] as const) {
      for (const scene of scenes) rows.push(...(await rowsOf(page, motion, scene)));
    }
    return [...rows, ...growthRow(rows)];
  } finally {
    await browser.close();
  }
}
