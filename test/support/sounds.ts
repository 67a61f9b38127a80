import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { extname, join } from 'node:path';
import { id3Bytes, readMp3Frame, readMp3Tag } from '#renderer/sound/mp3-frame.ts';

/** Long recordings for tests and benchmarks: made in a folder of their own, never kept. */

/** Whether a program that makes or decodes recordings is installed. They are tools of tests; the program itself needs none. */
export function isInstalled(program: 'ffmpeg' | 'sox'): boolean {
  return spawnSync(program, [program === 'ffmpeg' ? '-version' : '--version']).status === 0;
}

/** Runs ffmpeg, with samples on its input where there are some. */
export async function runFfmpeg(args: readonly string[], input?: Iterable<Uint8Array>): Promise<void> {
  const child = spawn('ffmpeg', ['-loglevel', 'error', '-nostdin', '-y', ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for (const piece of input ?? []) {
    if (!child.stdin.write(piece)) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  const code = await ended;
  if (code !== 0) throw new Error(`ffmpeg: ${said}`);
}

/** What ffmpeg makes of a recording: 32-bit floats of all channels in turn. */
export async function decodedByFfmpeg(path: string, folder: string): Promise<Float32Array> {
  const out = join(folder, 'decoded.f32');
  await runFfmpeg(['-i', path, '-f', 'f32le', out]);
  return new Float32Array(readFileSync(out).buffer.slice(0));
}

/** Seconds between two clicks of a click track, and how long one is. */
export const clickEvery = 7.31;
const clickSeconds = 0.005;

/** A click track as 16-bit samples, the same in all channels, piece by piece: clicks over noise that comes and goes, so that a variable bit rate varies. */
export function* clickTrack(rate: number, channels: number, seconds: number): Generator<Uint8Array> {
  const total = Math.round(rate * seconds);
  const period = Math.round(rate * clickEvery);
  const click = Math.round(rate * clickSeconds);
  let seed = 1;
  for (let start = 0; start < total; start += rate) {
    const out = new Int16Array(Math.min(rate, total - start) * channels);
    const loud = Math.floor(start / rate / 19) % 2 === 0 ? 2500 : 40;
    for (let at = 0; at < out.length; at += channels) {
      const phase = (start + at / channels) % period;
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      out.fill(phase < click ? (phase % 8 < 4 ? 26_000 : -26_000) : (seed / 2 ** 31) * loud, at, at + channels);
    }
    yield new Uint8Array(out.buffer);
  }
}

/**
 * A click track as an MP3 of variable bit rate without a header that says so: one of `seconds`, `copies` times over. The n-th click of copy c
 * begins at frame `c * copyFrames + delay + n * period`.
 */
export async function makeClickMp3(folder: string, rate: number, channels: number, seconds: number, copies: number) {
  mkdirSync(folder, { recursive: true });
  const one = join(folder, 'one.mp3');
  const args = [
    '-f',
    's16le',
    '-ar',
    String(rate),
    '-ac',
    String(channels),
    '-i',
    '-',
    '-c:a',
    'libmp3lame',
    '-q:a',
    '5',
  ];
  await runFfmpeg([...args, '-id3v2_version', '0', '-write_xing', '0', one], clickTrack(rate, channels, seconds));
  const bytes = readFileSync(one);
  let at = id3Bytes(bytes);
  const first = readMp3Frame(bytes, at)!;
  if (readMp3Tag(bytes, at, first)) at += first.bytes;
  const begin = at;
  let frames = 0;
  for (let frame = readMp3Frame(bytes, at); frame; frame = readMp3Frame(bytes, at)) {
    frames += 1;
    at += frame.bytes;
  }
  const path = join(folder, 'clicks.mp3');
  const file = openSync(path, 'w');
  for (let copy = 0; copy < copies; copy += 1) writeSync(file, bytes.subarray(begin, at));
  closeSync(file);
  return {
    path,
    copyFrames: frames * first.samples,
    /** Frames by which LAME and every decoder together are late. */
    delay: 1105,
    period: Math.round(rate * clickEvery),
    clicks: Math.floor(seconds / clickEvery),
  };
}

/** The same frames behind a Xing header with ffmpeg's name, which speaks of no delay: decoders leave out their own 529 samples. */
export async function withXing(path: string, folder: string): Promise<{ path: string; skip: number }> {
  const out = join(folder, 'xing.mp3');
  await runFfmpeg(['-i', path, '-c', 'copy', '-write_xing', '1', out]);
  return { path: out, skip: 529 };
}

/** The header of a WAVE file of 16 bits. */
export function waveHeader(rate: number, channels: number, dataBytes: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

/** A WAVE file of 16 kHz, one channel, made of clips of that kind one after another, again and again. */
export function makeLongWave(path: string, clips: readonly Uint8Array[], seconds: number): void {
  const total = seconds * 16_000 * 2;
  const file = openSync(path, 'w');
  writeSync(file, waveHeader(16_000, 1, total));
  for (let written = 0, clip = 0; written < total; clip += 1) {
    const bytes = clips[clip % clips.length]!.subarray(0, total - written);
    writeSync(file, bytes);
    written += bytes.length;
  }
  closeSync(file);
}

/** A recording of another kind, in stereo: three minutes of those clips, encoded once and repeated packet by packet where a container allows it. */
export async function makeLongPacked(
  folder: string,
  path: string,
  clips: readonly Uint8Array[],
  args: readonly string[],
  seconds: number,
): Promise<void> {
  const once = join(folder, 'once.wav');
  makeLongWave(once, clips, 180);
  const again = ['-stream_loop', String(seconds / 180 - 1)];
  const stereo = ['-ar', path.endsWith('opus') ? '48000' : '44100', '-ac', '2', ...args];
  if (path.endsWith('flac')) return runFfmpeg([...again, '-i', once, ...stereo, path]);
  const part = join(folder, `part${extname(path)}`);
  await runFfmpeg(['-i', once, ...stereo, part]);
  return runFfmpeg([...again, '-i', part, '-c', 'copy', path]);
}

/** Samples of a WAVE file of 16 bits, as its bytes; those of the clips that `makeLongWave` takes. */
export function waveBytes(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return bytes.subarray(bytes.indexOf('data', 12, 'latin1') + 8);
}

/** Writes a WAVE file from samples of 16 bits. */
export function writeWave(path: string, rate: number, channels: number, samples: Int16Array): void {
  writeFileSync(path, Buffer.concat([waveHeader(rate, channels, samples.byteLength), Buffer.from(samples.buffer)]));
}
