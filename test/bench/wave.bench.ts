import type { Page } from '@playwright/test';
import type { BenchRow } from './bench-row.ts';
import { openWavePage } from './wave-browser.ts';
import type { WaveDrawer, WaveMotion, WavePage } from './wave-page.ts';

declare global {
  interface Window {
    wavePage: WavePage;
  }
}

const counts = [100, 1_000, 5_000] as const;
/** What is compared is measured in turns, so that a busy moment of the machine hits both. */
const rounds = 2;
const frames = 60;
/** Frames of wavesurfer's regions take up to seconds; a few tell enough. */
const regionFrames = 6;
/** More regions than this do not stand within minutes, with texts or without. */
const mostRegions = 1_000;

const whatIsDone: Readonly<Record<WaveMotion, string>> = {
  scroll: 'scroll frame, an hour in view',
  zoom: 'zoom frame, four hours to twenty minutes in view',
  drag: 'boundary drag, four hours in view, event to frame',
};

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
}

function measure(page: Page, drawer: WaveDrawer, motion: WaveMotion, count: number, length: number): Promise<number[]> {
  return page.evaluate(([who, what, segments, many]) => window.wavePage.frameTimes(who, what, segments, many), [
    drawer,
    motion,
    count,
    length,
  ] as const);
}

async function rowsOf(page: Page, motion: WaveMotion, count: number): Promise<BenchRow[]> {
  const view: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(...(await measure(page, 'bare', motion, count, frames)));
    view.push(...(await measure(page, 'view', motion, count, frames)));
  }
  const regions = count > mostRegions ? null : await measure(page, 'regions', motion, count, regionFrames);
  const name = `wave: ${whatIsDone[motion]}, ${count.toLocaleString('en')} segments`;
  const reference = (share: number) => ({ name: 'bare Canvas2D doing the same', value: quantile(bare, share) });
  return [
    { name: `${name}, p50`, value: quantile(view, 0.5), unit: 'ms', reference: reference(0.5) },
    { name: `${name}, p95`, value: quantile(view, 0.95), unit: 'ms', reference: reference(0.95), budget: '20 ms' },
    ...(regions
      ? [
          {
            name: `${name}, p95 beside wavesurfer`,
            value: quantile(view, 0.95),
            unit: 'ms',
            reference: { name: 'wavesurfer.js with its regions', value: quantile(regions, 0.95) },
          },
        ]
      : []),
  ];
}

/** Until the spectrogram of what is in view stands, and how long the window stands still meanwhile. */
async function spectrogramRows(page: Page): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [seconds, channels] of [
    [10, 1],
    [240, 1],
    [10, 4],
  ] as const) {
    const { done, longest } = await page.evaluate(([length, many]) => window.wavePage.spectrogramTimes(length, many), [
      seconds,
      channels,
    ] as const);
    const name = `wave: spectrogram of ${seconds} s, ${channels === 1 ? 'mono' : `${channels} channels`}`;
    rows.push({ name: `${name}, all of it read and sent to be computed`, value: done, unit: 'ms' });
    rows.push({ name: `${name}, longest frame meanwhile`, value: longest, unit: 'ms', budget: '50 ms' });
  }
  return rows;
}

/**
 * Frames of the picture of a recording in the installed browser, as fast as it can make them, beside bare Canvas2D and wavesurfer.js with
 * its regions in the same page: four hours at 16 kHz, 1366 pixels wide and 400 high, segments with transcripts on two tiers.
 */
export async function run(): Promise<BenchRow[]> {
  const { browser, page } = await openWavePage();
  try {
    const rows: BenchRow[] = [];
    for (const motion of ['scroll', 'zoom', 'drag'] as const) {
      for (const count of counts) rows.push(...(await rowsOf(page, motion, count)));
    }
    return [...rows, ...(await spectrogramRows(page))];
  } finally {
    await browser.close();
  }
}
