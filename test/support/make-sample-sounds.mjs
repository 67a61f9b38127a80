// Computes the recordings of the sample project (resources/samples/audio). Run it by hand after changing it:
//   node test/support/make-sample-sounds.mjs
// Every sound is computed from a seed: a row of pulses and noise through three resonances, as a mouth would form syllables of no language.
// No voice of anybody is in it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const out = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'audio');
mkdirSync(out, { recursive: true });

const rate = 8000;
/** The first three resonances of some vowels, in Hz. */
const vowels = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
  [440, 1020, 2240],
];

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A resonance of two poles. */
function resonance(hz, width) {
  const r = Math.exp((-Math.PI * width) / rate);
  const [b1, b2] = [2 * r * Math.cos((2 * Math.PI * hz) / rate), -r * r];
  let [y1, y2] = [0, 0];
  return (x) => {
    const y = (1 - r) * x + b1 * y1 + b2 * y2;
    [y2, y1] = [y1, y];
    return y;
  };
}

/** One phrase: syllables at a falling pitch, `seconds` long. */
function speak(into, from, seconds, voice, next) {
  const end = Math.min(into.length, from + Math.round(seconds * rate));
  let at = from;
  let pulse = 0;
  while (at < end) {
    const formants = vowels[Math.floor(next() * vowels.length)].map((hz) => hz * voice.size);
    const filters = formants.map((hz, i) => resonance(hz, 70 + 40 * i));
    const hiss = resonance(2600 + 900 * next(), 600);
    const consonant = Math.round((0.02 + 0.05 * next()) * rate);
    const vowel = Math.round((0.09 + 0.14 * next()) * rate);
    const loud = 0.75 + 0.5 * next();
    const fricative = next() < 0.5;
    for (let i = 0; i < consonant + vowel && at < end; i += 1, at += 1) {
      const done = (at - from) / (end - from);
      const hz = voice.pitch * (1.12 - 0.25 * done) * (1 + 0.02 * Math.sin((2 * Math.PI * 5 * at) / rate));
      pulse += hz / rate;
      const struck = pulse >= 1;
      if (struck) pulse -= 1;
      const part = i < consonant ? 0 : Math.sin(Math.PI * Math.min(1, (i - consonant) / vowel)) ** 0.6;
      const voiced = filters.reduce((sum, filter, f) => sum + filter(struck ? 30 : 0) / (f + 1), 0);
      const breath = hiss(next() - 0.5) * (i < consonant && fricative ? 1.6 : 0.03);
      into[at] += voice.loud * loud * (voiced * part + breath);
    }
  }
}

/** µ-law as telephones have it (ITU-T G.711). */
function muLaw(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const value = Math.min(32_635, Math.abs(Math.round(sample * 32_767))) + 132;
  const exponent = Math.floor(Math.log2(value)) - 7;
  return ~(sign | (exponent << 4) | ((value >> (exponent + 3)) & 15)) & 0xff;
}

function write(name, channels) {
  const frames = channels[0].length;
  const data = Buffer.alloc(frames * channels.length);
  channels.forEach((samples, at) =>
    samples.forEach((sample, frame) => {
      data[frame * channels.length + at] = muLaw(sample);
    }),
  );
  const head = Buffer.alloc(58);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(50 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(18, 16);
  head.writeUInt16LE(7, 20);
  head.writeUInt16LE(channels.length, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels.length, 28);
  head.writeUInt16LE(channels.length, 32);
  head.writeUInt16LE(8, 34);
  head.write('fact', 38, 'latin1');
  head.writeUInt32LE(4, 42);
  head.writeUInt32LE(frames, 46);
  head.write('data', 50, 'latin1');
  head.writeUInt32LE(data.length, 54);
  writeFileSync(join(out, name), Buffer.concat([head, data]));
}

/** A channel: phrases at their places over the hum and hiss of a room. */
function channel(seconds, seed, voice, phrases) {
  const next = random(seed);
  const samples = new Float64Array(Math.round(seconds * rate));
  for (let i = 0; i < samples.length; i += 1) samples[i] = 0.0012 * (next() - 0.5);
  for (const [from, length] of phrases) speak(samples, Math.round(from * rate), length, voice, next);
  return samples;
}

const low = { pitch: 118, size: 1, loud: 0.11 };
const high = { pitch: 205, size: 1.15, loud: 0.09 };

// One after another: a phrase that is too long without a pause, and pauses of 0.3 s (allowed inside a segment) and 0.8 s (not allowed).
write('01-one-voice.wav', [
  channel(27, 5, low, [
    [0.7, 2.1],
    [3.1, 2.6],
    [6.5, 10.8],
    [18.9, 2.4],
    [21.6, 1.7],
    [24.5, 1.6],
  ]),
]);
// A telephone call, one party on each channel; twice they talk at the same time.
write('02-telephone-call.wav', [
  channel(20, 17, low, [
    [0.5, 1.4],
    [5.2, 3.1],
    [11.4, 1.9],
    [17.2, 2.1],
  ]),
  channel(20, 29, high, [
    [2.4, 2.3],
    [7.9, 3.2],
    [13.0, 3.6],
  ]),
]);
