import { describe, expect, it } from 'vitest';
import type { Samples } from '#renderer/sound/sound.ts';
import { createTimeStretch, sourceAt } from '#renderer/sound/player/time-stretch.ts';

const rates = [0.5, 0.61, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.77, 2];

function tone(hertz: number, frames: number, rate: number, amplitude = 0.5): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: frames }, (_, at) => amplitude * Math.sin((2 * Math.PI * hertz * at) / rate));
}

/** A buzz with the harmonics of a voice, whose pitch wanders and whose loudness comes and goes like syllables. */
function voice(frames: number, rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(frames);
  let phase = 0;
  for (let at = 0; at < frames; at += 1) {
    const seconds = at / rate;
    phase += (2 * Math.PI * (130 + 40 * Math.sin(2 * seconds))) / rate;
    const loud = 0.5 + 0.5 * Math.sin(2 * Math.PI * 4 * seconds);
    for (let harmonic = 1; harmonic <= 8; harmonic += 1)
      samples[at]! += (0.2 * loud * Math.sin(harmonic * phase)) / harmonic;
  }
  return samples;
}

interface Stretched {
  samples: Samples;
  /** The source frame heard at an output frame. */
  at(frame: number): number;
}

/** Everything that comes out when the source goes in by pieces of the given lengths, in turn. */
function stretched(source: Samples, rate: number, sampleRate: number, cuts: readonly number[] = [4800]): Stretched {
  const stretch = createTimeStretch(rate, source.length, sampleRate);
  const pieces: { begin: number; frames: number; sources: Float64Array; samples: Samples }[] = [];
  let latest = 0;
  let made = 0;
  const take = () => {
    const piece = stretch.pull();
    if (!piece) return;
    const frames = piece.samples[0]!.length;
    pieces.push({ begin: made, frames, ...piece });
    made += frames;
  };
  const length = source[0]!.length;
  for (let from = 0, turn = 0; from < length; turn += 1) {
    const to = Math.min(from + cuts[turn % cuts.length]!, length);
    stretch.push(source.map((channel) => channel.slice(from, to)));
    take();
    from = to;
  }
  stretch.end();
  take();
  expect(stretch.pull()).toBeNull();
  const samples = source.map((_, channel) => {
    const whole = new Float32Array(made);
    for (const piece of pieces) whole.set(piece.samples[channel]!, piece.begin);
    return whole;
  });
  return {
    samples,
    at(frame) {
      // Mostly asked for in order.
      if (pieces[latest]!.begin > frame) latest = 0;
      while (pieces[latest + 1] && pieces[latest + 1]!.begin <= frame) latest += 1;
      const piece = pieces[latest]!;
      return sourceAt(piece.sources, stretch.hop, piece.frames, frame - piece.begin);
    },
  };
}

/** The frequency of a tone, from its upward crossings of zero, to the fraction of a frame. */
function pitch(samples: Float32Array, rate: number): number {
  const crossings: number[] = [];
  for (let at = 1; at < samples.length; at += 1) {
    const before = samples[at - 1]!;
    const now = samples[at]!;
    if (before < 0 && now >= 0) crossings.push(at - 1 + before / (before - now));
  }
  return ((crossings.length - 1) * rate) / (crossings.at(-1)! - crossings[0]!);
}

const largestStep = (samples: Float32Array) =>
  samples.reduce((most, sample, at) => (at === 0 ? 0 : Math.max(most, Math.abs(sample - samples[at - 1]!))), 0);

describe('stretching time', () => {
  it.each(rates)('makes exactly so many frames as the rate says, at %f', (rate) => {
    for (const frames of [0, 1, 7, 100, 479, 480, 481, 1000, 16_001, 79_999]) {
      const { samples } = stretched([voice(frames, 16_000)], rate, 16_000);
      expect(samples[0]!.length, `${frames} frames`).toBe(Math.round(frames / rate));
    }
  });

  it('keeps to it over ten minutes', () => {
    const sampleRate = 8000;
    const block = voice(sampleRate, sampleRate);
    for (const rate of [0.7, 1.9]) {
      const stretch = createTimeStretch(rate, 1, sampleRate);
      let made = 0;
      let source = 0;
      for (let second = 0; second <= 600; second += 1) {
        if (second < 600) stretch.push([block]);
        else stretch.end();
        const piece = stretch.pull();
        if (!piece) continue;
        made += piece.samples[0]!.length;
        source = piece.sources.at(-1)!;
        // What was heard so far is where the rate says, to 20 ms: nothing adds up.
        expect(Math.abs(source - made * rate)).toBeLessThan(0.02 * sampleRate);
      }
      expect(made).toBe(Math.round((600 * sampleRate) / rate));
      expect(source).toBe(600 * sampleRate);
    }
  });

  it.each([8000, 16_000, 44_100, 48_000, 96_000])('leaves the pitch of a tone at %i a second', (sampleRate) => {
    for (const hertz of [70, 110, 220.5, 440, 1000, 3100]) {
      for (const rate of rates) {
        const { samples } = stretched([tone(hertz, 2 * sampleRate, sampleRate)], rate, sampleRate);
        // The last hops are put where the source ends, whatever its phase.
        const inner = samples[0]!.subarray(0, Math.round(samples[0]!.length - 0.05 * sampleRate));
        expect(Math.abs(pitch(inner, sampleRate) / hertz - 1), `${hertz} Hz at ${rate}`).toBeLessThan(0.01);
      }
    }
  });

  it('is the source itself at rate 1', () => {
    const source = [voice(50_001, 44_100), tone(300, 50_001, 44_100)];
    const { samples, at } = stretched(source, 1, 44_100, [1000, 1, 33_000]);
    expect(samples).toEqual(source);
    for (const frame of [0, 1, 700, 25_000.5, 50_001]) expect(at(frame)).toBe(frame);
  });

  it.each(rates)('breaks nothing off, at %f', (rate) => {
    for (const source of [tone(180, 32_000, 16_000), voice(64_000, 16_000)]) {
      const { samples } = stretched([source], rate, 16_000);
      expect(largestStep(samples[0]!)).toBeLessThan(1.25 * largestStep(source));
    }
  });

  it('keeps the loudness of a voice', () => {
    const source = voice(160_000, 16_000);
    const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    for (const rate of rates) {
      const { samples } = stretched([source], rate, 16_000);
      expect(Math.abs(10 * Math.log10(power(samples[0]!) / power(source))), `at ${rate}`).toBeLessThan(0.5);
    }
  });

  it('does not depend on how the source came in', () => {
    const source = [voice(48_000, 48_000)];
    for (const rate of [0.5, 0.83, 1.3, 2]) {
      const whole = stretched(source, rate, 48_000, [48_000]).samples[0]!;
      expect(stretched(source, rate, 48_000, [12_000]).samples[0]).toEqual(whole);
      expect(stretched(source, rate, 48_000, [1, 5000, 17, 333]).samples[0]).toEqual(whole);
    }
  });

  it('begins with the first frame of the source and ends with the last', () => {
    const source = voice(16_000, 16_000);
    for (const rate of rates) {
      const { samples, at } = stretched([source], rate, 16_000);
      const made = samples[0]!;
      expect(made[0]).toBeCloseTo(source[0]!, 6);
      for (const back of [1, 2, 5]) expect(made.at(-back)).toBeCloseTo(source.at(-back)!, 4);
      expect([at(0), at(made.length)]).toEqual([0, source.length]);
    }
  });

  it('says of every moment which frame of the source is heard, and never runs backwards', () => {
    const sampleRate = 16_000;
    // Short pips in silence, each at a known place.
    const source = new Float32Array(20 * sampleRate);
    const pip = tone(2000, 320, sampleRate);
    const places = Array.from({ length: 38 }, (_, index) =>
      Math.round((0.5 + index * 0.5 + index * 0.0037) * sampleRate),
    );
    for (const place of places) source.set(pip, place);
    for (const rate of rates) {
      const { samples, at } = stretched([source], rate, sampleRate);
      const made = samples[0]!;
      let before = -1;
      for (let frame = 0; frame <= made.length; frame += 37) {
        const here = at(frame);
        expect(here).toBeGreaterThanOrEqual(before);
        before = here;
      }
      // The middle of the sound of each pip is where the mapping puts the middle of the pip.
      const heard = places.map(() => ({ weight: 0, sum: 0 }));
      for (let frame = 0; frame < made.length; frame += 1) {
        const power = made[frame]! ** 2;
        if (power === 0) continue;
        const place = at(frame);
        const pipHeard = heard[Math.round((place / sampleRate - 0.51) / 0.5037)]!;
        pipHeard.weight += power;
        pipHeard.sum += power * place;
      }
      for (const [index, { weight, sum }] of heard.entries()) {
        const off = sum / weight - (places[index]! + pip.length / 2);
        expect(Math.abs(off), `pip ${index}, rate ${rate}`).toBeLessThan(0.005 * sampleRate);
      }
    }
  });

  it('moves all channels together, also two that are each other’s opposite', () => {
    const left = voice(48_000, 16_000);
    const right = left.map((sample) => -sample);
    for (const rate of [0.6, 1.7]) {
      const { samples } = stretched([left, right], rate, 16_000);
      expect(samples[1]).toEqual(samples[0]!.map((sample) => -sample));
      const alone = stretched([left], rate, 16_000).samples[0]!;
      const power = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
      expect(power(samples[0]!) / power(alone)).toBeCloseTo(1, 1);
    }
  });
});
