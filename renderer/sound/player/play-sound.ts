import type { Sound } from '../sound.ts';
import { createPlayback, type Every } from './playback.ts';
import { openAudioContext, openOutput, type OpenContext, type PlayerOutput } from './player-output.ts';
import { createPlayerStates } from './player-states.ts';
import type { Player, PlayRange } from './player.ts';
import { createScrubber } from './scrubbing.ts';
import { createRecentBlocks } from './recent-blocks.ts';

const everyMs: Every = (ms, callback) => {
  const handle = setInterval(callback, ms);
  return () => clearInterval(handle);
};

const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

const contains = (range: PlayRange | null, frame: number): range is PlayRange =>
  range !== null && frame >= range.from && frame < (range.to ?? Infinity);

/**
 * Makes a player of a recording, which stays the caller's to dispose of. Nothing is opened before the first sound.
 * @param openContext what it is played through
 * @param every the clock that playing goes on by
 */
export function createPlayer(
  sound: Sound,
  openContext: OpenContext = openAudioContext,
  every: Every = everyMs,
): Player {
  const { facts } = sound;
  const blocks = createRecentBlocks(sound);
  const states = createPlayerStates();
  let output: PlayerOutput | null = null;
  const loudness = () => (states.now.muted ? 0 : states.now.volume);
  const open = (): PlayerOutput => {
    if (!output) {
      output = openOutput(openContext, facts.rate, facts.channels);
      output.setSolo(states.now.solo);
      output.setVolume(loudness());
    }
    return output;
  };
  const line = {
    get opened() {
      return output;
    },
    open,
  };
  const scrubber = createScrubber(blocks, facts, open);
  const playback = createPlayback({ facts, blocks, line, states, every });
  const start = (range: PlayRange, from: number) => {
    scrubber.stop();
    playback.start(range, from);
  };

  // How long a recording is may be known only when it was gone through.
  const inside = (frame: number) =>
    within(Math.round(frame), 0, sound.facts.exact ? sound.facts.frames : Number.MAX_SAFE_INTEGER);
  const normal = ({ from, to, loop }: PlayRange): PlayRange => {
    const first = inside(from);
    return {
      from: first,
      ...(to === undefined ? {} : { to: Math.max(inside(to), first) }),
      ...(loop ? { loop } : {}),
    };
  };

  const player: Player = {
    get state() {
      return states.now;
    },
    get playing() {
      return states.now.status !== 'idle';
    },
    position: playback.position,
    play(range) {
      const wanted = normal(range);
      start(wanted, wanted.from);
    },
    resume() {
      if (playback.begun) return;
      const { place } = playback;
      start(contains(states.now.range, place) ? states.now.range : { from: place }, place);
    },
    pause() {
      if (!playback.begun) return;
      const { range, rewindOnPause } = states.now;
      const here = playback.position();
      const back = here - Math.round(rewindOnPause * facts.rate);
      const least = range && here >= range.from ? range.from : 0;
      playback.halt(Math.max(back, Math.min(least, here)));
    },
    stop() {
      playback.halt(states.now.range?.from ?? 0);
    },
    seek(frame) {
      const to = inside(frame);
      const { range } = states.now;
      if (!playback.begun) playback.place = to;
      else start(contains(range, to) ? range : { from: to }, to);
    },
    playLast(seconds) {
      const here = playback.position();
      const from = inside(here - seconds * facts.rate);
      if (playback.begun) {
        const { range } = states.now;
        start(range && here < (range.to ?? Infinity) ? range : { from }, from);
      } else {
        player.play({ from, to: here });
      }
    },
    scrub(frame, side = 'after') {
      if (!playback.begun) scrubber.scrub(inside(frame), side);
    },
    setLoop(loop) {
      const before = states.now.range;
      if (!before || (before.loop ?? false) === loop) return;
      const { loop: _, ...rest } = before;
      const range = loop ? { ...rest, loop } : rest;
      if (playback.begun) playback.splice(range);
      else states.change({ range });
    },
    setRate(rate) {
      const wanted = within(rate, 0.5, 2);
      if (wanted === states.now.rate) return;
      states.change({ rate: wanted });
      if (states.now.range) playback.splice(states.now.range);
    },
    setVolume(volume) {
      states.change({ volume: within(volume, 0, 1) });
      output?.setVolume(loudness());
    },
    setMuted(muted) {
      states.change({ muted });
      output?.setVolume(loudness());
    },
    setSolo(channel) {
      states.change({ solo: channel !== null && channel >= 0 && channel < facts.channels ? channel : null });
      output?.setSolo(states.now.solo);
    },
    setRewindOnPause(seconds) {
      states.change({ rewindOnPause: Math.max(seconds, 0) });
    },
    subscribe: (listener) => states.heard.on('changed', listener),
    onEnd: (listener) => states.heard.on('end', listener),
    onError: (listener) => states.heard.on('error', listener),
    dispose() {
      playback.dispose();
      scrubber.stop();
      states.heard.clear();
      blocks.clear();
      output?.dispose();
    },
  };
  return player;
}
