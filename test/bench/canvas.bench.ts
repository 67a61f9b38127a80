import type { Page } from '@playwright/test';
import type { BenchRow } from './bench-row.ts';
import { openCanvasPage } from './canvas-browser.ts';
import type { CanvasPage } from './canvas-page.ts';

declare global {
  interface Window {
    canvasPage: CanvasPage;
  }
}

const counts = [500, 5_000] as const;
/** What is compared is measured in turns, so that a busy moment of the machine hits both. */
const rounds = 3;
const frames = 120;

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
}

type Motion = 'panTimes' | 'zoomTimes';

/** Frame times of the canvas and of bare Canvas2D doing the same, in milliseconds. */
async function compare(page: Page, motion: Motion, count: number): Promise<{ canvas: number[]; bare: number[] }> {
  const times = { canvas: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['bare', 'canvas'] as const) {
      const measured = await page.evaluate(
        ([name, what, shapes, length]) => window.canvasPage[name](what, shapes, length, true),
        [motion, kind, count, frames] as const,
      );
      times[kind].push(...measured);
    }
  }
  return times;
}

async function motionRows(page: Page, motion: Motion, what: string): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const count of counts) {
    const { canvas, bare } = await compare(page, motion, count);
    for (const [name, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      rows.push({
        name: `canvas: ${what} frame, ${count.toLocaleString('en')} boxes, ${name}`,
        value: quantile(canvas, share),
        unit: 'ms',
        reference: { name: 'bare Canvas2D drawing the same', value: quantile(bare, share) },
        budget: '1.2 x',
      });
    }
  }
  return rows;
}

async function dragRows(page: Page): Promise<BenchRow[]> {
  const times: Record<number, number[]> = { 500: [], 5_000: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const count of counts) {
      const measured = await page.evaluate(([shapes, length]) => window.canvasPage.dragTimes(shapes, length), [
        count,
        frames,
      ] as const);
      times[count]!.push(...measured);
    }
  }
  const few = quantile(times[500]!, 0.95);
  const many = quantile(times[5_000]!, 0.95);
  return [
    { name: 'canvas: corner drag, event to frame, 500 boxes, p95', value: few, unit: 'ms', budget: '16 ms' },
    {
      name: 'canvas: corner drag, event to frame, 5,000 boxes, p95',
      value: many,
      unit: 'ms',
      reference: { name: 'the same at 500 boxes', value: few },
      budget: '22 ms, 1.2 x',
    },
  ];
}

/**
 * Frames of the annotation canvas in the installed browser, as fast as it can make them, beside bare Canvas2D in the same
 * page: 1366 x 768, a photo of 1920 x 1280, boxes of 8 to 68 pixels with their names.
 */
export async function run(): Promise<BenchRow[]> {
  const { browser, page } = await openCanvasPage();
  try {
    return [
      ...(await motionRows(page, 'panTimes', 'pan')),
      ...(await motionRows(page, 'zoomTimes', 'zoom')),
      ...(await dragRows(page)),
    ];
  } finally {
    await browser.close();
  }
}
