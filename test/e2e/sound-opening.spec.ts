import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { SoundFacts } from '#renderer/sound/sound.ts';
import { clickErrors } from '#test/support/click-places.ts';
import { openSoundBrowser, type SoundBrowser } from '#test/support/sound-browser.ts';
import { decodedByFfmpeg, isInstalled, makeClickMp3, runFfmpeg, withXing, writeWave } from '#test/support/sounds.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';

/** The opening of recordings in a real browser, under the program's own headers, against what ffmpeg makes of them. */
let browser: SoundBrowser;
const folder = tempDir();
const hasFfmpeg = isInstalled('ffmpeg');

test.beforeAll(async () => {
  browser = await openSoundBrowser();
});
test.afterAll(async () => {
  await browser.close();
  folder.remove();
});

const open = (path: string, remember = false) =>
  browser.page.evaluate(([url, keep]) => window.soundPage.open(url, keep), [browser.address(path), remember] as const);
const scanned = (id: number) => browser.page.evaluate((each) => window.soundPage.scanned(each), id);
const close = (id: number) => browser.page.evaluate((each) => window.soundPage.close(each), id);

async function opened(path: string) {
  const answer = await open(path);
  if (!('id' in answer)) throw new Error(`${basename(path)}: ${answer.problem} ${answer.what}`);
  return answer as { id: number; facts: SoundFacts };
}

/** Samples of every channel. */
async function read(id: number, from: number, to: number): Promise<Float32Array[]> {
  const texts = await browser.page.evaluate(([each, first, end]) => window.soundPage.read(each, first, end), [
    id,
    from,
    to,
  ] as const);
  return texts.map((text) => new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer));
}

/** All samples of a short recording, in turn as ffmpeg gives them. */
async function readAll(id: number, frames: number, channels: number): Promise<Float32Array> {
  const out = new Float32Array(frames * channels);
  for (let from = 0; from < frames; from += 500_000) {
    const part = await read(id, from, Math.min(from + 500_000, frames));
    for (const [channel, samples] of part.entries()) {
      for (const [at, sample] of samples.entries()) out[(from + at) * channels + channel] = sample;
    }
  }
  return out;
}

function largestDifference(one: Float32Array, other: Float32Array, from = 0, to = Math.min(one.length, other.length)) {
  let most = 0;
  // Decoders of a browser stop at full scale; ffmpeg lets floating point go beyond.
  for (let at = from; at < to; at += 1) {
    most = Math.max(most, Math.abs(one[at]! - Math.min(Math.max(other[at]!, -1), 1)));
  }
  return most;
}

/** Reads at places all over a recording are what reading it in one go gives. */
async function expectSamePlaces(id: number, whole: Float32Array, channels: number, tolerance: number): Promise<void> {
  const frames = whole.length / channels;
  for (let place = 0; place < 12; place += 1) {
    const from = Math.floor(((place * 0.617) % 1) * Math.max(frames - 3000, 1));
    const part = await read(id, from, from + 3000);
    const samples = Float32Array.from(
      { length: part[0]!.length * channels },
      (_, at) => part[at % channels]![Math.floor(at / channels)]!,
    );
    expect(largestDifference(samples, whole.subarray(from * channels))).toBeLessThanOrEqual(tolerance);
  }
}

const waves: readonly [path: string, rate: number, channels: number, frames: number][] = [
  ['ami/trn01.wav', 16_000, 1, 480_001],
  ['libri-1088-134315-0000.wav', 16_000, 1, 256_640],
  ['praatio/bobby.wav', 48_000, 1, 57_342],
  ['praatio/bobby_16bit_16khz_2ch.wav', 16_000, 2, 19_114],
  ['praatio/bobby_32bit_48khz.wav', 48_000, 1, 57_342],
  ['formats/stereo_8k.wav', 8000, 2, 8000],
  ['telephone8k/ami_trn01_trn04_stereo_ulaw.wav', 8000, 2, 240_001],
  ['bad/truncated.wav', 16_000, 1, 159_990],
  ['bad/empty_speech.wav', 16_000, 1, 16_000],
];

test('opens WAVE of every kind, sample for sample', async () => {
  test.skip(testData('audio') === null);
  for (const [name, rate, channels, frames] of waves) {
    const path = testData(`audio/${name}`)!;
    const { id, facts } = await opened(path);
    const damage = name.includes('truncated') ? { damage: { lost: 0, firstLost: null, cut: true } } : {};
    expect(facts, name).toEqual({ rate, channels, frames, exact: true, ...damage });
    const whole = await readAll(id, frames, channels);
    if (hasFfmpeg) expect(largestDifference(whole, await decodedByFfmpeg(path, folder.path)), name).toBeLessThan(1e-6);
    expect((await scanned(id)).scanned).toBe(frames);
    const peaks = await browser.page.evaluate((each) => window.soundPage.peaks(each, 0, 0, 8000, 10), id);
    for (let column = 0; column < 10; column += 1) {
      const part = Array.from({ length: 800 }, (_, at) => whole[(column * 800 + at) * channels]!);
      // Columns may take in some frames beside them, and their bytes are a hundredth off at most.
      const [least, most] = [Math.min(...part), Math.max(...part)];
      expect(peaks[2 * column]!, name).toBeLessThanOrEqual(least + 0.02 * Math.abs(least) + 0.001);
      expect(peaks[2 * column + 1]!, name).toBeGreaterThanOrEqual(most - 0.02 * Math.abs(most) - 0.001);
    }
    await close(id);
  }
});

const made: readonly { name: string; args: string[]; from?: 'wide'; tolerance: number }[] = [
  { name: 'u8.wav', args: ['-c:a', 'pcm_u8'], tolerance: 1e-6 },
  { name: 's24.wav', args: ['-c:a', 'pcm_s24le'], tolerance: 1e-6 },
  { name: 's32.wav', args: ['-c:a', 'pcm_s32le'], tolerance: 1e-6 },
  { name: 'f64.wav', args: ['-c:a', 'pcm_f64le'], tolerance: 1e-6 },
  { name: 'alaw.wav', args: ['-c:a', 'pcm_alaw'], tolerance: 1e-6 },
  { name: 'mulaw.wav', args: ['-c:a', 'pcm_mulaw'], tolerance: 1e-6 },
  { name: 'rf64.wav', args: ['-rf64', 'always'], tolerance: 1e-6 },
  { name: 'wide.wav', args: ['-c:a', 'pcm_s24le'], from: 'wide', tolerance: 1e-6 },
  { name: 'wide.flac', args: ['-c:a', 'flac'], from: 'wide', tolerance: 1e-6 },
  { name: 'a.flac', args: [], tolerance: 1e-6 },
  { name: 'a.mp3', args: ['-q:a', '4'], tolerance: 1e-5 },
  { name: 'plain.mp3', args: ['-q:a', '4', '-write_xing', '0', '-id3v2_version', '0'], tolerance: 1e-5 },
  { name: 'low.mp3', args: ['-ar', '8000', '-b:a', '8k'], tolerance: 1e-5 },
  { name: 'joint.mp3', args: ['-ac', '2', '-ar', '48000', '-b:a', '320k'], tolerance: 1e-5 },
  { name: 'a.ogg', args: ['-c:a', 'libvorbis'], tolerance: 1e-5 },
  { name: 'a.opus', args: ['-c:a', 'libopus', '-b:a', '64k'], tolerance: 2e-2 },
  // Without noise substitution, which is random noise by design.
  { name: 'a.m4a', args: ['-c:a', 'aac', '-aac_pns', '0'], tolerance: 1e-4 },
  { name: 'a.aac', args: ['-c:a', 'aac', '-aac_pns', '0'], tolerance: 1e-4 },
  { name: 'a.webm', args: ['-c:a', 'libopus', '-b:a', '64k'], tolerance: 2e-2 },
  { name: 'vorbis.webm', args: ['-c:a', 'libvorbis'], tolerance: 1e-5 },
  { name: 'a.mka', args: ['-c:a', 'flac'], tolerance: 1e-6 },
  { name: 'pcm.mov', args: ['-c:a', 'pcm_s16le'], tolerance: 4e-5 },
  { name: 'mp3.mp4', args: ['-c:a', 'libmp3lame'], tolerance: 1e-5 },
];

/** Twenty seconds of something that never repeats, one channel of 44.1 kHz or eight of 96 kHz. */
function writeSweep(path: string, rate: number, channels: number, seconds: number): void {
  const samples = new Int16Array(rate * seconds * channels);
  let seed = 7;
  for (let at = 0; at < samples.length; at += 1) {
    const time = Math.floor(at / channels) / rate;
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    const tone = Math.sin(2 * Math.PI * (200 + 40 * time) * time + (at % channels));
    samples[at] = 9000 * tone + (seed / 2 ** 31) * 2500 * (1 + Math.sin(time * 3));
  }
  writeWave(path, rate, channels, samples);
}

for (const { name, args, from, tolerance } of made) {
  test(`opens ${name} as ffmpeg decodes it, and the same at every place`, async () => {
    test.skip(!hasFfmpeg);
    const source = join(folder.path, `source-${from ?? 'narrow'}.wav`);
    if (from) writeSweep(source, 96_000, 8, 4);
    else writeSweep(source, 44_100, 1, 20);
    const path = join(folder.path, name);
    await runFfmpeg(['-i', source, ...args, path]);
    const reference = await decodedByFfmpeg(path, folder.path);
    const early = await opened(path);
    const { channels } = early.facts;
    // Before all of it was gone through, far behind where that has got to.
    const last = await read(
      early.id,
      Math.floor(early.facts.frames * 0.8),
      Math.floor(early.facts.frames * 0.8) + 2000,
    );
    const { facts, scanned: frames } = await scanned(early.id);
    expect(frames).toBe(facts.frames);
    expect(facts.exact).toBe(true);
    // Up to a frame of an encoder's padding at the end that ffmpeg keeps or that we keep.
    expect(Math.abs(facts.frames - reference.length / channels)).toBeLessThan(1200);
    const whole = await readAll(early.id, facts.frames, channels);
    const end = Math.min(whole.length, reference.length) - 2400 * channels;
    expect(largestDifference(whole, reference, 0, end)).toBeLessThan(tolerance === 2e-2 ? 1e-3 : tolerance);
    await expectSamePlaces(early.id, whole, channels, tolerance);
    const begin = Math.floor(early.facts.frames * 0.8);
    // WebM's own times are rounded; what is read ahead of the going through may lie a few samples beside its place.
    if (!/webm|mka/.test(name))
      expect(largestDifference(last[0]!, everyNth(whole, channels, begin, 2000))).toBeLessThanOrEqual(tolerance);
    await close(early.id);
    // A second opening, from what was kept, and never read before.
    const kept = await open(path, true);
    if ('id' in kept) {
      await scanned(kept.id!);
      await expect.poll(() => browser.hasKept(path)).toBe(true);
      await close(kept.id!);
      const again = await open(path, true);
      expect(again).toMatchObject({ facts, scanned: facts.frames });
      await expectSamePlaces((again as { id: number }).id, whole, channels, tolerance);
      await close((again as { id: number }).id);
    }
  });
}

function everyNth(whole: Float32Array, channels: number, from: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, at) => whole[(from + at) * channels]!);
}

test('keeps sound and waveform together to the end of an MP3 of variable bit rate, with and without a Xing header', async () => {
  test.skip(!hasFfmpeg);
  test.setTimeout(180_000);
  const rate = 16_000;
  const { path, copyFrames, delay, period, clicks } = await makeClickMp3(folder.path, rate, 1, 300, 6);
  const xing = await withXing(path, folder.path);
  for (const [file, skip] of [
    [path, 0],
    [xing.path, xing.skip],
  ] as const) {
    const { id } = await opened(file);
    const { facts } = await scanned(id);
    expect(facts.frames).toBe(6 * copyFrames - skip);
    for (let copy = 0; copy < 6; copy += 1) {
      for (const click of [1, 7, 20, clicks - 1]) {
        const place = copy * copyFrames + delay + click * period - skip;
        const { heard, seen } = await clickErrors(browser.page, id, rate, place);
        expect(heard).toBeLessThan(0.01);
        expect(seen).toBeLessThan(0.01);
      }
    }
    await close(id);
  }
});

test('refuses what it can not open, and says what it is', async () => {
  const text = join(folder.path, 'text.wav');
  writeFileSync(text, 'Not a recording at all.\n'.repeat(50));
  const empty = join(folder.path, 'empty.wav');
  writeFileSync(empty, '');
  const headOnly = join(folder.path, 'head.wav');
  writeSweep(headOnly, 8000, 1, 1);
  truncateSync(headOnly, 44);
  const noise = join(folder.path, 'noise.mp3');
  writeFileSync(
    noise,
    Uint8Array.from({ length: 200_000 }, (_, at) => (Math.imul(at + 1, 2654435761) >>> 13) & 255),
  );
  const cutFlac = join(folder.path, 'cut.flac');
  writeFileSync(cutFlac, 'fLaC');
  expect(await open(text)).toEqual({ problem: 'unsupported-format', what: null });
  expect(await open(empty)).toEqual({ problem: 'damaged', what: null });
  expect(await open(headOnly)).toEqual({ problem: 'damaged', what: null });
  expect(await open(noise)).toMatchObject({ problem: 'unsupported-format' });
  expect(await open(cutFlac)).toMatchObject({ problem: 'damaged' });
  expect(await open(join(folder.path, 'nowhere.wav'))).toEqual({ problem: 'unreadable', what: null });
  const named = testData('audio/bad/text_named.wav');
  if (named) expect(await open(named)).toEqual({ problem: 'unsupported-format', what: null });
});

test('names formats and codecs that a browser has no decoder for', async () => {
  test.skip(!hasFfmpeg);
  const source = join(folder.path, 'short.wav');
  writeSweep(source, 44_100, 1, 2);
  const others: readonly [name: string, args: string[], problem: string, what: string][] = [
    ['a.aiff', [], 'unsupported-format', 'AIFF'],
    ['a.wma', [], 'unsupported-format', 'Windows Media'],
    ['alac.m4a', ['-c:a', 'alac'], 'unsupported-codec', 'alac'],
    ['ac3.mp4', ['-c:a', 'ac3'], 'unsupported-codec', 'ac-3'],
    ['a.mp2', [], 'unsupported-codec', 'MPEG Layer II'],
    ['adpcm.wav', ['-c:a', 'adpcm_ima_wav'], 'unsupported-codec', 'IMA ADPCM'],
  ];
  for (const [name, args, problem, what] of others) {
    const path = join(folder.path, name);
    await runFfmpeg(['-i', source, ...args, path]);
    expect(await open(path), name).toEqual({ problem, what });
  }
  const silent = join(folder.path, 'silent.mp4');
  await runFfmpeg(['-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=10:duration=1', silent]);
  expect(await open(silent)).toEqual({ problem: 'no-sound', what: null });
});

test('plays what there is of a recording that was cut off, and says so', async () => {
  test.skip(!hasFfmpeg);
  const source = join(folder.path, 'whole.wav');
  writeSweep(source, 44_100, 1, 20);
  for (const name of ['cut.mp3', 'cut.flac', 'cut.ogg', 'cut.opus', 'cut.aac', 'cut.webm', 'cut.wav']) {
    const path = join(folder.path, name);
    await runFfmpeg(['-i', source, path]);
    truncateSync(path, Math.floor(readFileSync(path).length / 2));
    const { id } = await opened(path);
    const { facts } = await scanned(id);
    expect(facts.frames / 44_100, name).toBeGreaterThan(7);
    expect(facts.frames / 44_100, name).toBeLessThan(13);
    expect(facts.damage?.cut, name).toBe(true);
    const [samples] = await read(id, 44_100 * 5, 44_100 * 6);
    expect(Math.max(...samples!), name).toBeGreaterThan(0.2);
    await close(id);
  }
});

/** Writes noise over some bytes in the middle of a file. */
function spoil(path: string, from: number, count: number): void {
  const bytes = readFileSync(path);
  const start = Math.floor(bytes.length * from);
  let seed = 12_345;
  for (let at = start; at < start + count; at += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    bytes[at] = seed >>> 24;
  }
  writeFileSync(path, bytes);
}

/** Makes one packet in the middle of a file into what no decoder takes, and leaves the container around it as it is. */
function spoilPacket(path: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length * 0.4);
  if (path.endsWith('flac')) {
    // A subframe of a kind that there isn't, behind a header of six bytes that begins as that of the first frame does.
    const first = bytes.indexOf(Uint8Array.of(0xff, 0xf8), 42);
    bytes[bytes.indexOf(bytes.subarray(first, first + 4), middle) + 6] = 0xff;
  } else {
    let page = bytes.indexOf('OggS', middle, 'latin1');
    // One that does not begin with the rest of a packet.
    while (bytes[page + 5]! & 1) page = bytes.indexOf('OggS', page + 1, 'latin1');
    const packet = page + 27 + bytes[page + 26]!;
    // Opus of no frames at all; Vorbis that is no sound, of the same length.
    if (path.endsWith('opus')) bytes.set([bytes[packet]! | 3, 0], packet);
    else bytes[packet]! |= 1;
  }
  writeFileSync(path, bytes);
}

for (const [name, args] of [
  ['spoilt.m4a', ['-c:a', 'aac', '-aac_pns', '0']],
  ['spoilt.opus', []],
  ['spoilt.ogg', ['-c:a', 'libvorbis']],
  ['spoilt.flac', []],
] as const) {
  test(`goes on behind what can not be decoded in ${name}, in silence and in its place`, async () => {
    test.skip(!hasFfmpeg);
    const source = join(folder.path, 'to-spoil.wav');
    writeSweep(source, 44_100, 1, 20);
    const path = join(folder.path, name);
    await runFfmpeg(['-i', source, ...args, path]);
    const reference = await decodedByFfmpeg(path, folder.path);
    const { rate } = (await opened(path)).facts;
    if (name.endsWith('m4a')) spoil(path, 0.4, 200);
    else spoilPacket(path);
    const answer = (await open(path, true)) as { id: number };
    const { facts } = (await scanned(answer.id)) as { facts: SoundFacts };
    expect(Math.abs(facts.frames - reference.length)).toBeLessThan(1200);
    expect(facts.damage).toMatchObject({ cut: false });
    const { lost, firstLost } = facts.damage!;
    expect(lost).toBeGreaterThan(100);
    expect(lost).toBeLessThan(rate / 5);
    const whole = await readAll(answer.id, facts.frames, 1);
    const inside = whole.subarray(firstLost! + Math.min(lost, 600) / 4, firstLost! + Math.min(lost, 600) / 2);
    expect(largestDifference(inside, new Float32Array(inside.length))).toBeLessThan(0.2);
    // A second behind it, everything lies where it would have lain.
    const after = firstLost! + rate;
    expect(largestDifference(whole, reference, after, whole.length - 2400)).toBeLessThan(1e-3);
    await expectSamePlaces(answer.id, whole, 1, 2e-2);
    for (const from of [firstLost! - 700, firstLost! + 100, firstLost! + lost - 50]) {
      const [part] = await read(answer.id, from, from + 3000);
      expect(largestDifference(part!, whole.subarray(from))).toBeLessThan(2e-2);
    }
    await close(answer.id);
    await expect.poll(() => browser.hasKept(path)).toBe(true);
    expect(await open(path, true)).toMatchObject({ scanned: facts.frames, facts });
  });
}

test('keeps nothing of a recording that it could not go through to its end', async () => {
  test.skip(!hasFfmpeg);
  const source = join(folder.path, 'to-break.wav');
  writeSweep(source, 44_100, 1, 20);
  for (const [name, count] of [
    ['broken.aac', 2000],
    ['broken.webm', 8000],
    ['broken.flac', 60_000],
  ] as const) {
    const path = join(folder.path, name);
    await runFfmpeg(['-i', source, path]);
    spoil(path, 0.4, count);
    const { id } = (await open(path, true)) as { id: number };
    const { facts } = (await scanned(id)) as { facts: SoundFacts };
    expect(facts.damage, name).toMatchObject({ cut: true });
    expect(facts.frames / facts.rate, name).toBeGreaterThan(5);
    await close(id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(browser.hasKept(path), name).toBe(false);
    expect((await open(path, true)) as { scanned: number }).toMatchObject({ scanned: 0 });
  }
});

test('does not take another file for the one that was opened', async () => {
  const path = join(folder.path, 'changed.wav');
  writeSweep(path, 8000, 1, 60);
  const { id } = await opened(path);
  await scanned(id);
  const other = join(folder.path, 'other.wav');
  writeSweep(other, 8000, 1, 50);
  copyFileSync(other, path);
  await expect(read(id, 300_000, 301_000)).rejects.toThrow('unreadable');
  await close(id);
});
