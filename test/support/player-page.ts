/** What is looked at in a browser of playing a recording. Bundled by Vite, driven through `window.playerPage`. */
import { createPlayer } from '#renderer/sound/player/play-sound.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import { openAudioContext } from '#renderer/sound/player/player-output.ts';
import { fadeSeconds } from '#renderer/sound/player/sound-pieces.ts';
import { SoundError } from '#renderer/sound/sound.ts';
import { madeSound, noise, type Wave } from './player-sound.ts';
import { hear, type Heard, type Step } from './player-hearing.ts';

const tone =
  (hertz: number, rate: number): Wave =>
  (frame) =>
    0.5 * Math.sin((2 * Math.PI * hertz * frame) / rate);

/** The largest difference of what was heard and what should have been. */
function largestError(heard: Float32Array, wanted: (frame: number) => number): number {
  let most = 0;
  for (let frame = 0; frame < heard.length; frame += 1) {
    most = Math.max(most, Math.abs(heard[frame]! - Math.fround(wanted(frame))));
  }
  return most;
}

const largestStep = (samples: Float32Array) => {
  let most = 0;
  for (let at = 1; at < samples.length; at += 1) most = Math.max(most, Math.abs(samples[at]! - samples[at - 1]!));
  return most;
};

/** How loud a frame of a stretch of `length` frames is, by the fades at both ends. */
function faded(at: number, length: number, rate: number): number {
  const fade = Math.round(fadeSeconds * rate);
  return Math.min(1, (at + 0.5) / fade) * Math.min(1, (length - 1 - at + 0.5) / fade);
}

const summary = ({ log, ended, errors }: Heard) => ({ ended, errors, last: log.at(-1)!, log });

const playerPage = {
  /** A segment, heard once, in noise that is different at every frame. */
  async segment(rate: number, channels: number, from: number, to: number) {
    const sound = madeSound({ rate, channels, frames: to + rate }, noise);
    const heard = await hear(sound, (to - from) / rate + 1, [[0, (player) => player.play({ from, to })]]);
    const wanted = (channel: number) => (frame: number) =>
      frame < to - from ? noise(from + frame, channel) * faded(frame, to - from, rate) : 0;
    return {
      left: largestError(heard.left, wanted(0)),
      right: largestError(heard.right, wanted(channels === 1 ? 0 : 1)),
      ...summary(heard),
    };
  },

  /** To the end of a recording whose length is not known. */
  async toTheEnd(rate: number, frames: number) {
    const sound = madeSound({ rate, channels: 1, frames }, noise);
    sound.facts = { ...sound.facts, frames: frames - 12_345, exact: false };
    // Who waits for more to be known hears at the end that this was all.
    sound.subscribe = (listener) => {
      sound.facts = { ...sound.facts, frames, exact: true };
      queueMicrotask(listener);
      return () => undefined;
    };
    const heard = await hear(sound, frames / rate + 1, [[0, (player) => player.play({ from: 0 })]]);
    const wanted = (frame: number) => (frame < frames ? noise(frame, 0) * faded(frame, frames, rate) : 0);
    return { left: largestError(heard.left, wanted), ...summary(heard) };
  },

  /** A loop, again and again. */
  async loop(rate: number, from: number, to: number, seconds: number) {
    const sound = madeSound({ rate, channels: 1, frames: to + rate }, noise);
    const heard = await hear(sound, seconds, [[0, (player) => player.play({ from, to, loop: true })]]);
    const length = to - from;
    const wanted = (frame: number) => noise(from + (frame % length), 0) * faded(frame % length, length, rate);
    const off = heard.log.map(({ at, position }) => Math.abs(position - (from + (at % length))));
    return { left: largestError(heard.left, wanted), off: Math.max(...off.slice(0, -1)), ...summary(heard) };
  },

  /** A loop that is let go of while it plays: what comes after its end is not heard. */
  async loopLetGo(rate: number, from: number, to: number, after: number) {
    const sound = madeSound({ rate, channels: 1, frames: to + rate }, tone(200, rate));
    const heard = await hear(sound, 8, [
      [0, (player) => player.play({ from, to, loop: true })],
      [after, (player) => player.setLoop(false)],
    ]);
    const lastHeard = heard.left.findLastIndex((sample) => sample !== 0) + 1;
    return { lastHeard, ...summary(heard) };
  },

  /**
   * A click of 4 ms every second or so, for that long, at a rate. How far, in milliseconds, the middle of each is from where the player said
   * it was while it was heard: the largest and the last.
   */
  async drift(soundRate: number, minutes: number, rate: number, tickSeconds: number) {
    const click = Math.round(0.004 * soundRate);
    const every = soundRate + 137;
    const wave: Wave = (frame) => (frame % every < click ? Math.sin((2 * Math.PI * 1000 * frame) / soundRate) : 0);
    const frames = Math.ceil(minutes * 60 * soundRate * rate);
    const sound = madeSound({ rate: soundRate, channels: 1, frames }, wave);
    const play = (player: Player) => (player.setRate(rate), player.play({ from: 0 }));
    const { left, log } = await hear(sound, minutes * 60, [[0, play]], { tickSeconds });
    const clicks = new Map<number, { weight: number; sum: number }>();
    let entry = 0;
    for (let at = 0; at < left.length; at += 1) {
      if (left[at] === 0) continue;
      // Where the player said this moment of the output is, between two looks at it.
      while (entry + 2 < log.length && log[entry + 1]!.at <= at) entry += 1;
      const [before, after] = [log[entry]!, log[entry + 1]!];
      const said = before.position + ((after.position - before.position) * (at - before.at)) / (after.at - before.at);
      const number = Math.round(said / every);
      const { weight, sum } = clicks.get(number) ?? { weight: 0, sum: 0 };
      const power = left[at]! ** 2;
      clicks.set(number, { weight: weight + power, sum: sum + power * (said - number * every - click / 2) });
    }
    const off = [...clicks]
      .filter(([, { weight }]) => weight > 0.1)
      .map(([, { weight, sum }]) => Math.abs(sum / weight));
    const ms = (count: number) => (count / soundRate) * 1000;
    return {
      clicks: off.length,
      wanted: Math.floor(frames / every) + 1,
      most: ms(Math.max(...off)),
      last: ms(off.at(-1)!),
    };
  },

  /** Changes of rate while a tone plays: what the position loses or gains by them, and whether the sound breaks. */
  async changesOfRate(
    soundRate: number,
    changes: readonly (readonly [seconds: number, to: number])[],
    seconds: number,
  ) {
    const sound = madeSound({ rate: soundRate, channels: 1, frames: 60 * soundRate }, tone(150, soundRate));
    const heard = await hear(
      sound,
      seconds,
      [
        [0, (player) => player.play({ from: 0 })],
        ...changes.map(([at, to]): Step => [at, (player) => player.setRate(to)]),
      ],
      { tickSeconds: 0.05 },
    );
    // What should have been played by the end, had every change come at once.
    let wanted = 0;
    let since = 0;
    let rate = 1;
    for (const [at, to] of [...changes, [seconds, 1] as const]) {
      wanted += (at - since) * rate;
      since = at;
      rate = to;
    }
    let silent = 0;
    let longestSilence = 0;
    for (const sample of heard.left) {
      silent = Math.abs(sample) < 0.005 ? silent + 1 : 0;
      longestSilence = Math.max(longestSilence, silent);
    }
    return {
      lostMs: (heard.log.at(-1)!.position / soundRate - wanted) * 1000,
      step: largestStep(heard.left.subarray(0, -1)) / (0.5 * 2 * Math.PI * (150 / soundRate)),
      silenceMs: (longestSilence / soundRate) * 1000,
      backwards: heard.log.some(({ position }, index) => index > 0 && position < heard.log[index - 1]!.position),
    };
  },

  /** Jumps, pauses and what comes after them, in positions. */
  async around(rate: number) {
    const sound = madeSound({ rate, channels: 1, frames: 100 * rate }, tone(180, rate));
    const at = (seconds: number) => Math.round(seconds * rate);
    const seen: Record<string, number> = {};
    const heard = await hear(sound, 8, [
      [0, (player) => (player.setRewindOnPause(0.5), player.play({ from: at(10), to: at(40) }))],
      [1, (player) => (player.pause(), (seen['paused'] = player.position() / rate))],
      [2, (player) => ((seen['still'] = player.position() / rate), player.resume())],
      [3, (player) => ((seen['resumed'] = player.position() / rate), player.seek(at(30)))],
      [4, (player) => ((seen['sought'] = player.position() / rate), player.playLast(2))],
      [
        5,
        (player) => (
          (seen['last'] = player.position() / rate),
          player.stop(),
          (seen['stopped'] = player.position() / rate)
        ),
      ],
      [5.5, (player) => (player.seek(at(20)), player.playLast(1))],
      [7, (player) => (seen['lastThenStill'] = player.position() / rate)],
    ]);
    return { seen, step: largestStep(heard.left) / (0.5 * 2 * Math.PI * (180 / rate)), ...summary(heard) };
  },

  /** A disk that does not answer for a while. */
  async starved(rate: number) {
    const sound = madeSound({ rate, channels: 1, frames: 20 * rate }, tone(180, rate));
    let open: () => void = () => undefined;
    const heard = await hear(
      sound,
      6,
      [
        [0, (player) => player.play({ from: 0, to: 4 * rate })],
        [1, () => (sound.gate = new Promise<void>((resolve) => (open = resolve)))],
        [3, () => open()],
      ],
      { tickSeconds: 0.05 },
    );
    const sounding = heard.left.reduce((count, sample) => count + (sample === 0 ? 0 : 1), 0);
    return { step: largestStep(heard.left) / (0.5 * 2 * Math.PI * (180 / rate)), sounding, ...summary(heard) };
  },

  /** A recording that breaks off in its middle. */
  async broken(rate: number) {
    const sound = madeSound({ rate, channels: 1, frames: 20 * rate }, tone(180, rate));
    const heard = await hear(sound, 4, [
      [0, (player) => player.play({ from: 0 })],
      [1, () => (sound.failure = new SoundError('damaged', 'mp3'))],
    ]);
    return summary(heard);
  },

  /** What is in each ear, channel `n` being a steady `(n + 1) / 16`. */
  async ears(channels: number, solo: number | null, volume: number, muted: boolean) {
    const rate = 8000;
    const sound = madeSound({ rate, channels, frames: 10 * rate }, (_frame, channel) => (channel + 1) / 16);
    const heard = await hear(sound, 2, [
      [0, (player) => player.play({ from: 0 })],
      [
        1,
        (player) => {
          player.setSolo(solo);
          player.setVolume(volume);
          player.setMuted(muted);
        },
      ],
    ]);
    const soon = Math.round(1.035 * rate);
    return {
      before: [heard.left[4000]!, heard.right[4000]!],
      soon: [heard.left[soon]!, heard.right[soon]!],
      after: [heard.left[12_000]!, heard.right[12_000]!],
    };
  },

  /** How many blocks and pieces are in memory after so many minutes of playing; needs `--js-flags=--expose-gc`. */
  async memory(minutes: number, rate: number) {
    const sound = madeSound({ rate, channels: 2, frames: minutes * 60 * rate * 2 }, () => 0.25);
    const blocks: WeakRef<object>[] = [];
    const buffers: WeakRef<object>[] = [];
    sound.onRead = (samples) => samples.forEach((channel) => blocks.push(new WeakRef(channel)));
    const { createBuffer } = OfflineAudioContext.prototype;
    OfflineAudioContext.prototype.createBuffer = function made(...args) {
      const buffer = createBuffer.apply(this, args);
      buffers.push(new WeakRef(buffer));
      return buffer;
    };
    const alive = (all: readonly WeakRef<object>[]) => all.reduce((sum, ref) => sum + (ref.deref() ? 1 : 0), 0);
    const most = { blocks: 0, buffers: 0 };
    try {
      await hear(sound, minutes * 60, [[0, (player) => player.play({ from: 0 })]], {
        tickSeconds: 0.5,
        async onTick(at) {
          if (at === 0 || Math.round(at * 2) % 20 !== 0) return;
          await new Promise((resolve) => setTimeout(resolve));
          (globalThis as unknown as { gc: () => void }).gc();
          most.blocks = Math.max(most.blocks, alive(blocks));
          most.buffers = Math.max(most.buffers, alive(buffers));
        },
      });
    } finally {
      OfflineAudioContext.prototype.createBuffer = createBuffer;
    }
    return { most, made: { blocks: blocks.length, buffers: buffers.length } };
  },

  /** Grains beside a boundary: what is heard after the place, before the place, and nothing beside what plays. */
  async scrubbed(rate: number) {
    const sound = madeSound({ rate, channels: 1, frames: 20 * rate }, noise);
    const after = 5 * rate + 33;
    const before = 7 * rate + 5;
    // The time of the context stands still at a tick, so time for the next grain is given at the one after.
    const pause = async (now: number) => {
      if (Math.abs(now - 0.512) > 0.01) await new Promise((resolve) => setTimeout(resolve, 100));
    };
    const heard = await hear(
      sound,
      3,
      [
        // Only the first of these and the last are heard: the hand has left the others behind.
        [0.512, (player) => [after, after + 3000, after + 6000].forEach((frame) => player.scrub(frame))],
        [1.024, (player) => player.scrub(before, 'before')],
        [1.536, (player) => (player.play({ from: 0, to: rate }), player.scrub(after))],
      ],
      { tickSeconds: 0.128, onTick: pause },
    );
    const length = Math.round(0.09 * rate);
    /** How far a grain is from the recording at a frame; the earliest place of the output where one begins. */
    const grainAt = (output: number, from: number) =>
      largestError(heard.left.subarray(output, output + length), (at) => noise(from + at, 0) * faded(at, length, rate));
    const at = (seconds: number) => Math.round(seconds * rate);
    const played = (frame: number) => noise(frame, 0) * faded(frame, rate, rate);
    return {
      first: grainAt(at(0.512), after),
      newest: grainAt(at(0.64), after + 6000),
      before: grainAt(at(1.024), before - length),
      playing: largestError(heard.left.subarray(at(1.536), at(2.536)), played),
      positions: heard.log.filter(({ at: time }) => time < at(1.5)).map(({ position }) => position),
    };
  },

  /** Through the sound card, or what the browser takes for one. Times in milliseconds. */
  async live(rate: number) {
    const sound = madeSound({ rate, channels: 1, frames: 60 * rate }, tone(180, rate));
    let context: AudioContext | null = null;
    const player = createPlayer(sound, (wanted) => (context = openAudioContext(wanted)));
    const opened = context !== null;
    const asked = performance.now();
    player.play({ from: 5 * rate });
    const call = performance.now() - asked;
    const moved = async (than: number) => {
      while (player.position() <= than) await new Promise((resolve) => setTimeout(resolve, 1));
      return performance.now();
    };
    const first = (await moved(5 * rate)) - asked;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const positions: [number, number][] = [];
    const begin = performance.now();
    while (performance.now() - begin < 1500) {
      positions.push([performance.now(), player.position()]);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const calls = Array.from({ length: 1000 }, () => {
      const before = performance.now();
      player.position();
      return performance.now() - before;
    });
    const [t0, p0] = positions[0]!;
    const [t1, p1] = positions.at(-1)!;
    const uneven = positions.map(([t, p]) => Math.abs(((p - p0) / rate) * 1000 - (t - t0)));
    player.pause();
    const paused = player.position();
    const { sampleRate, baseLatency, outputLatency } = context! as AudioContext;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const still = player.position() === paused;
    const askedAgain = performance.now();
    player.play({ from: 9 * rate });
    const again = (await moved(9 * rate)) - askedAgain;
    player.play({ from: 0, to: Math.round(0.2 * rate) });
    await new Promise<void>((resolve) => player.onEnd(resolve));
    const end = player.position();
    player.scrub(rate);
    player.scrub(2 * rate, 'before');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const scrubbed = sound.reads.length;
    player.dispose();
    return {
      opened,
      call,
      first,
      again,
      speed: (p1 - p0) / rate / ((t1 - t0) / 1000),
      uneven: Math.max(...uneven),
      positionMicroseconds: calls.reduce((sum, ms) => sum + ms, 0),
      still,
      end: end / rate,
      scrubbed,
      sampleRate,
      baseLatency: baseLatency * 1000,
      outputLatency: outputLatency * 1000,
    };
  },
};

export type PlayerPage = typeof playerPage;

Object.assign(window, { playerPage });
