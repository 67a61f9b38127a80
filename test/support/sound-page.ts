/** A page with nothing but the opening of recordings, for tests and benchmarks: `window.soundPage`. */
import type { TaskId } from '#shared/domain/ids.ts';
import { openSound } from '#renderer/sound/open-sound.ts';
import { createPeakCache } from '#renderer/sound/peak-cache.ts';
import { type Samples, type Sound, SoundError } from '#renderer/sound/sound.ts';
import { hear } from './player-hearing.ts';

const sounds = new Map<number, Sound>();
let last = 0;

/** Calls that are carried out by sound-browser.ts. */
async function call(name: string, input: unknown): Promise<never> {
  const answer = await fetch(`/call/${name}`, { method: 'POST', body: JSON.stringify(input) });
  return (await answer.json()) as never;
}

const toBase64 = (numbers: Float32Array): string => {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

const whenScanned = (sound: Sound): Promise<void> =>
  when(sound, () => sound.facts.exact && sound.scanned === sound.facts.frames);

const when = (sound: Sound, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      leave();
      resolve();
    };
    const leave = sound.subscribe(look);
    look();
  });

/** The same recording, and what is being read of it. */
function watched(sound: Sound): { sound: Sound; settled: () => Promise<void> } {
  const open = new Set<Promise<Samples>>();
  const read: Sound['read'] = (from, to, signal) => {
    const reading = sound.read(from, to, signal);
    open.add(reading);
    const over = () => open.delete(reading);
    reading.then(over, over);
    return reading;
  };
  return {
    sound: {
      get facts() {
        return sound.facts;
      },
      get scanned() {
        return sound.scanned;
      },
      read,
      peaks: (...given) => sound.peaks(...given),
      levels: (channel) => sound.levels(channel),
      subscribe: (listener) => sound.subscribe(listener),
      dispose: () => undefined,
    },
    settled: async () => {
      while (open.size > 0) await Promise.allSettled(open);
    },
  };
}

const soundPage = {
  /** Opens a recording; the number it has from then on, or what `SoundError` says. */
  async open(url: string, remember = false) {
    try {
      const cache = createPeakCache({ call }, url as TaskId);
      const sound = await openSound(url, remember ? { cache } : {});
      last += 1;
      sounds.set(last, sound);
      return { id: last, facts: sound.facts, scanned: sound.scanned };
    } catch (error) {
      if (error instanceof SoundError) return { problem: error.problem, what: error.what };
      throw error;
    }
  },
  /** Milliseconds until all was gone through, and what is known then. */
  async scanned(id: number) {
    const start = performance.now();
    const sound = sounds.get(id)!;
    await whenScanned(sound);
    return { ms: performance.now() - start, facts: sound.facts, scanned: sound.scanned };
  },
  /** Samples as base64 of 32-bit floats, one text a channel. */
  async read(id: number, from: number, to: number) {
    return (await sounds.get(id)!.read(from, to)).map(toBase64);
  },
  /** Milliseconds that reading takes. */
  async timeRead(id: number, from: number, to: number) {
    const start = performance.now();
    await sounds.get(id)!.read(from, to);
    return performance.now() - start;
  },
  peaks: (id: number, channel: number, from: number, to: number, columns: number) => [
    ...sounds.get(id)!.peaks(channel, from, to, columns),
  ],
  /** Microseconds that a call takes, the median of many. */
  timePeaks(id: number, from: number, to: number, columns: number) {
    const sound = sounds.get(id)!;
    const times = Array.from({ length: 51 }, () => {
      const start = performance.now();
      for (let round = 0; round < 10; round += 1) sound.peaks(0, from, to, columns);
      return ((performance.now() - start) * 1000) / 10;
    });
    return times.toSorted((a, b) => a - b)[25]!;
  },
  /**
   * Plays from a frame on for so many seconds, and gives what the player says is heard at the very moment each click begins (what is loud
   * after a second of nothing as loud).
   */
  async hearClicks(id: number, from: number, seconds: number) {
    const { sound, settled } = watched(sounds.get(id)!);
    // A length that is only estimated may end before the place.
    if (from > 0) await when(sound, () => sound.facts.exact);
    const { rate } = sound.facts;
    const { left, log, errors } = await hear(sound, seconds, [[0, (player) => player.play({ from })]], {
      onTick: settled,
    });
    const places: number[] = [];
    for (let at = 0, lastLoud = -rate; at < left.length; at += 1) {
      if (Math.abs(left[at]!) < 0.4) continue;
      if (at - lastLoud >= rate) {
        const tick = log.findIndex((each, place) => each.at <= at && (log[place + 1]?.at ?? Infinity) > at);
        const [before, after] = [log[tick]!, log[tick + 1] ?? log[tick]!];
        const share = after.at === before.at ? 0 : (at - before.at) / (after.at - before.at);
        places.push(before.position + share * (after.position - before.position));
      }
      lastLoud = at;
    }
    return { places, errors, until: log.at(-1)!.position };
  },
  levels: (id: number, channel: number) => [...sounds.get(id)!.levels(channel)],
  close(id: number) {
    sounds.get(id)!.dispose();
    sounds.delete(id);
  },
  /** Milliseconds until wavesurfer.js has opened an address as it does when nothing else is said, and drawn it. */
  async wavesurfer(url: string) {
    const { default: WaveSurfer } = await import('wavesurfer.js');
    const container = document.createElement('div');
    document.body.append(container);
    const start = performance.now();
    const wave = WaveSurfer.create({ container, url });
    await new Promise<void>((resolve, reject) => {
      wave.on('redrawcomplete', () => resolve());
      wave.on('error', reject);
    });
    const ms = performance.now() - start;
    wave.destroy();
    return ms;
  },
};

export type SoundPage = typeof soundPage;

Object.assign(window, { soundPage });
