import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { peakPartBytes } from '#shared/contract/sounds.contract.ts';
import { createPeakStore, type PeakStore } from '#electron/media/peak-store.ts';
import { family, isRenderer, processorSeconds, pss } from '#test/support/process-memory.ts';
import { openSoundBrowser, type SoundBrowser } from '#test/support/sound-browser.ts';
import { isInstalled, makeClickMp3, makeLongPacked, makeLongWave, waveBytes } from '#test/support/sounds.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';
import type { BenchRow } from './bench-row.ts';

interface Recording {
  name: string;
  path: string;
  seconds: number;
  /** Peaks at so many times real time. */
  budget: number;
}

const clips = ['libri-1088-134315-0000.wav', 'librispeech-1995-1837-0001.wav', 'mandarin/aishell-BAC009S0724W0121.wav'];

/** Others that are made where there is speech and ffmpeg: 44.1 kHz (Opus: 48), stereo. */
const packed: readonly [name: string, args: string[]][] = [
  ['packed.m4a', ['-c:a', 'aac', '-b:a', '96k']],
  ['packed.opus', ['-c:a', 'libopus', '-b:a', '48k']],
  ['packed.flac', ['-c:a', 'flac']],
];

/** Watches the memory of the browser while something is done: the most of its renderers and of all its processes, MB. */
async function peakWhile<Value>(act: () => Promise<Value>): Promise<{ value: Value; all: number; renderer: number }> {
  let [all, renderer] = [0, 0];
  const look = () => {
    const ids = family(process.pid).filter((id) => id !== process.pid);
    all = Math.max(all, pss(ids));
    renderer = Math.max(renderer, ...ids.filter(isRenderer).map((id) => pss([id])));
  };
  const timer = setInterval(look, 150);
  try {
    const value = await act();
    look();
    return { value, all, renderer };
  } finally {
    clearInterval(timer);
  }
}

/** Opens a recording in a window that has just started. */
async function openFresh<Value>(peaks: PeakStore, act: (browser: SoundBrowser) => Promise<Value>): Promise<Value> {
  const browser = await openSoundBrowser({ peaks });
  try {
    return await act(browser);
  } finally {
    await browser.close();
  }
}

const openIn = (browser: SoundBrowser, { path }: Recording) =>
  browser.page.evaluate(async (url) => {
    const start = performance.now();
    const sound = await window.soundPage.open(url, true);
    if (!('id' in sound)) throw new Error(sound.problem);
    const { id } = sound as { id: number };
    await window.soundPage.timeRead(id, 0, 16_000);
    return { id, ms: performance.now() - start, facts: sound.facts!, scanned: sound.scanned! };
  }, browser.address(path));

/** Opens a recording for the first time and waits until all of it was gone through. */
async function goThrough(browser: SoundBrowser, recording: Recording) {
  const opened = await openIn(browser, recording);
  // In the middle of going through, somebody plays from near the end.
  const far = await browser.page.evaluate(([id, from]) => window.soundPage.timeRead(id, from, from + 16_000), [
    opened.id,
    Math.floor(opened.facts.frames * 0.9),
  ] as const);
  const { ms } = await browser.page.evaluate((id) => window.soundPage.scanned(id), opened.id);
  while (!browser.hasKept(recording.path)) await new Promise((resolve) => setTimeout(resolve, 20));
  return { opened, far, ms: ms + far };
}

async function firstOpenRows(peaks: PeakStore, noPeaks: PeakStore, recording: Recording): Promise<BenchRow[]> {
  const { name, path, seconds, budget } = recording;
  const seen = await openFresh(noPeaks, async (browser) => {
    const renderers = family(process.pid).filter(isRenderer);
    const before = processorSeconds(renderers);
    const value = await goThrough(browser, recording);
    return { ...value, work: processorSeconds(renderers) - before };
  });
  // By itself: looking at the memory of processes holds them up.
  const memory = await openFresh(peaks, (browser) => peakWhile(() => goThrough(browser, recording)));
  const start = performance.now();
  const decoder = isInstalled('ffmpeg')
    ? spawnSync('ffmpeg', ['-loglevel', 'error', '-i', path, '-f', 'null', '-'])
    : null;
  const decoded = (performance.now() - start) / 1000;
  return [
    {
      name: `${name}, first open: to the first second of sound`,
      value: seen.opened.ms,
      unit: 'ms',
      budget: '2,000 ms',
    },
    { name: `${name}, first open: a second at nine tenths, meanwhile`, value: seen.far, unit: 'ms' },
    {
      name: `${name}, first open: peaks, times real time`,
      value: seconds / (seen.ms / 1000),
      unit: 'x',
      budget: `at least ${budget} x`,
      ...(decoder?.status === 0 ? { reference: { name: 'ffmpeg decoding', value: seconds / decoded } } : {}),
    },
    {
      name: `${name}, first open: real time to processor time of the renderer`,
      value: seconds / seen.work,
      unit: 'x',
    },
    { name: `${name}, first open: renderer at most`, value: memory.renderer, unit: 'MB', budget: '600 MB' },
    { name: `${name}, first open: all processes at most`, value: memory.all, unit: 'MB' },
  ];
}

async function secondOpenRows(peaks: PeakStore, recording: Recording): Promise<BenchRow[]> {
  const { name } = recording;
  // By itself, as above.
  const { ms } = await openFresh(peaks, (browser) => openIn(browser, recording));
  const seen = await openFresh(peaks, (browser) =>
    peakWhile(async () => {
      const opened = await openIn(browser, recording);
      if (opened.scanned !== opened.facts.frames) throw new Error(`${name}: nothing was kept`);
      const time = (from: number, to: number) =>
        browser.page.evaluate(([id, first, end]) => window.soundPage.timePeaks(id, first, end, 1400), [
          opened.id,
          from,
          to,
        ] as const);
      const { frames, rate } = opened.facts;
      const whole = await time(0, frames);
      const half = await time(0, Math.floor(frames / 2));
      await browser.page.evaluate(([id, end]) => window.soundPage.timeRead(id, 0, end), [opened.id, 8 * rate] as const);
      return { whole: Math.max(whole, half), close: await time(0, 5 * rate) };
    }),
  );
  return [
    {
      name: `${name}, second open: with all peaks, to the first second`,
      value: ms,
      unit: 'ms',
      budget: '1,000 ms',
    },
    { name: `${name}, second open: renderer at most`, value: seen.renderer, unit: 'MB', budget: '250 MB' },
    { name: `${name}: 1,400 columns of all of it or half`, value: seen.value.whole, unit: 'us' },
    { name: `${name}: 1,400 columns of five seconds, from samples`, value: seen.value.close, unit: 'us' },
  ];
}

/** What wavesurfer.js does when it is given nothing but the address. */
async function wavesurferRows({ name, path }: Recording): Promise<BenchRow[]> {
  const browser = await openSoundBrowser({ bypassCSP: true });
  try {
    const url = browser.address(path);
    const seen = await peakWhile(() => browser.page.evaluate((each) => window.soundPage.wavesurfer(each), url));
    return [
      { name: `${name}, wavesurfer.js with its defaults (not used)`, value: seen.value, unit: 'ms' },
      { name: `${name}, wavesurfer.js with its defaults: renderer at most`, value: seen.renderer, unit: 'MB' },
    ];
  } finally {
    await browser.close();
  }
}

/** Recordings of one and four hours, made for this: speech as WAVE, a click track as MP3 of variable bit rate without a Xing header. */
async function makeRecordings(folder: string): Promise<Recording[]> {
  const recordings: Recording[] = [];
  const speech = clips.map((clip) => testData(`audio/${clip}`)).filter((path) => path !== null);
  for (const hours of speech.length > 0 ? [1, 4] : []) {
    const path = join(folder, `${hours}.wav`);
    makeLongWave(path, speech.map(waveBytes), hours * 3600);
    recordings.push({ name: `sound: ${hours} h WAVE`, path, seconds: hours * 3600, budget: 2000 });
  }
  if (isInstalled('ffmpeg')) {
    for (const [name, rate, channels, copies] of [
      ['1 h MP3, 44.1 kHz stereo', 44_100, 2, 12],
      ['4 h MP3', 16_000, 1, 48],
    ] as const) {
      const own = join(folder, String(copies));
      const { path, copyFrames } = await makeClickMp3(own, rate, channels, 300, copies);
      recordings.push({ name: `sound: ${name}`, path, seconds: (copyFrames * copies) / rate, budget: 200 });
    }
  }
  for (const [name, args] of isInstalled('ffmpeg') && speech.length > 0 ? packed : []) {
    const path = join(folder, name);
    await makeLongPacked(folder, path, speech.map(waveBytes), args, 3600);
    recordings.push({ name: `sound: 1 h ${name.split('.')[1]!.toUpperCase()}`, path, seconds: 3600, budget: 200 });
  }
  // Something to decode where nothing that encodes is installed.
  const mixed = isInstalled('ffmpeg') ? null : testData('audio/long/long_open_mix.mp3');
  if (mixed) recordings.push({ name: 'sound: 62 min MP3', path: mixed, seconds: 3721.2, budget: 200 });
  return recordings;
}

/** Opening recordings of hours in a browser: the first time and again, its memory, and what there is to compare it with. */
export async function run(): Promise<BenchRow[]> {
  const folder = tempDir();
  const peaks = createPeakStore(join(folder.path, 'peaks'), peakPartBytes);
  const noPeaks = createPeakStore(join(folder.path, 'no-peaks'), peakPartBytes);
  try {
    const rows: BenchRow[] = [];
    const recordings = await makeRecordings(folder.path);
    for (const recording of recordings) {
      rows.push(...(await firstOpenRows(peaks, noPeaks, recording)), ...(await secondOpenRows(peaks, recording)));
    }
    for (const recording of recordings) {
      if (recording.seconds < 4000 && recording.name.includes('WAVE')) rows.push(...(await wavesurferRows(recording)));
    }
    return rows;
  } finally {
    folder.remove();
  }
}
