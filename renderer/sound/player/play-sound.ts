import { createEmitter } from '#renderer/lib/emitter.ts';
import type { Sound, SoundError } from '../sound.ts';
import { openAudioContext, openOutput, type OpenContext, type PlayerOutput } from './player-output.ts';
import { startRun, type PlayerRun } from './player-run.ts';
import type { Player, PlayerState, PlayRange, PlayStatus } from './player.ts';
import { createScrubber } from './scrubbing.ts';
import { createRecentBlocks } from './recent-blocks.ts';
import { createSoundPieces } from './sound-pieces.ts';

/** Calls back every `ms` milliseconds until the returned function is called. */
export type Every = (ms: number, callback: () => void) => () => void;

/** How often what is due is set down, and the end looked for. */
const tickMs = 40;
/** A change while playing is heard after this much more than what the sound card holds. */
const spliceSeconds = 0.02;

const everyMs: Every = (ms, callback) => {
  const handle = setInterval(callback, ms);
  return () => clearInterval(handle);
};

/** A stretch of playing, and when it was meant to begin and (Infinity: not yet) hands over. Seconds of the context. */
interface Part {
  readonly run: PlayerRun;
  readonly reading: AbortController;
  readonly from: number;
  readonly at: number;
  readonly until: number;
}

const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

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
  const { rate: soundRate, channels } = sound.facts;
  const blocks = createRecentBlocks(sound);
  const heard = createEmitter<{ changed: undefined; end: undefined; error: SoundError }>();
  let state: PlayerState = {
    status: 'idle',
    range: null,
    rate: 1,
    volume: 1,
    muted: false,
    solo: null,
    rewindOnPause: 0,
    error: null,
  };
  let output: PlayerOutput | null = null;
  /** What plays, and before it what it takes over from, until that was heard. */
  let parts: readonly Part[] = [];
  /** Where it plays from next, while nothing sounds. */
  let place = 0;
  let stopTicking: (() => void) | null = null;

  const change = (part: Partial<PlayerState>) => {
    const keys = Object.keys(part) as (keyof PlayerState)[];
    if (keys.every((key) => Object.is(part[key], state[key]))) return;
    state = { ...state, ...part };
    heard.emit('changed', undefined);
  };
  const inside = (frame: number) =>
    within(Math.round(frame), 0, sound.facts.exact ? sound.facts.frames : Number.MAX_SAFE_INTEGER);

  const out = (): PlayerOutput => {
    if (!output) {
      output = openOutput(openContext, soundRate, channels);
      output.setSolo(state.solo);
      output.setVolume(state.muted ? 0 : state.volume);
    }
    return output;
  };
  const scrubber = createScrubber(blocks, sound.facts, out);

  /** Which part is heard at a time. */
  const heardPart = (now: number) => parts.findLast(({ run }) => run.begins !== null && now >= run.begins) ?? parts[0];

  const position = (): number => {
    const now = output?.heard() ?? 0;
    const part = heardPart(now);
    return part ? Math.round(part.run.frameAt(Math.min(now, part.until))) : place;
  };

  /** Goes silent. */
  const breakOff = () => {
    for (const { run, reading } of parts) {
      reading.abort();
      run.breakOff(0);
    }
    parts = [];
  };

  const settle = (status: PlayStatus) => {
    if (status === 'idle') {
      stopTicking?.();
      stopTicking = null;
      output?.rest();
    } else {
      stopTicking ??= every(tickMs, tick);
    }
    return status;
  };

  const tick = () => {
    const latest = parts.at(-1)?.run;
    if (!latest || !output) return;
    const now = output.heard();
    parts = parts.slice(parts.indexOf(heardPart(now)!));
    latest.fill();
    if (latest.ends === null || now < latest.ends) {
      change({ status: !output.held && latest.soundsAt(now) ? 'playing' : 'waiting' });
      return;
    }
    place = Math.round(latest.frameAt(now));
    parts = [];
    const { failure } = latest;
    change({ status: settle('idle'), error: failure });
    if (failure) heard.emit('error', failure);
    else heard.emit('end', undefined);
  };

  /** Plays `range` from a frame of it at a time of the context, after the parts that there are. */
  const begin = (range: PlayRange, from: number, at: number) => {
    const way = out();
    const reading = new AbortController();
    const course = { from, to: range.to ?? Infinity, again: range.loop ? range.from : null };
    const pieces = createSoundPieces(blocks, course, state.rate, { rate: soundRate, channels }, reading.signal);
    way.wake();
    const run = startRun(way, pieces, { from, at, rate: soundRate }, tick);
    parts = [...parts, { run, reading, from, at, until: Infinity }];
    change({ status: settle(parts.length > 1 ? state.status : 'waiting'), range, error: null });
    run.fill();
  };

  const start = (range: PlayRange, from: number) => {
    breakOff();
    scrubber.stop();
    place = from;
    if (from < (range.to ?? Infinity)) begin(range, from, out().context.currentTime);
    else change({ status: settle('idle'), range, error: null });
  };

  /** Goes on with what is set by now - another rate, another range - from the very place that will be heard in a moment. */
  const splice = (range: PlayRange) => {
    const latest = parts.at(-1);
    if (!latest || !output) return;
    const { run, reading } = latest;
    if (run.begins === null || run.begins > output.soon()) {
      // Nothing of it will have been heard when another one takes its place.
      reading.abort();
      run.breakOff(0);
      parts = parts.slice(0, -1);
      begin(range, latest.from, latest.at);
      return;
    }
    const at = output.soon() + spliceSeconds;
    const over = run.ends !== null && at >= run.ends;
    if (over && !range.loop) {
      change({ range });
      return;
    }
    const reached = Math.round(run.frameAt(at));
    const from = range.loop && (over || reached >= (range.to ?? Infinity)) ? range.from : reached;
    const until = over ? run.ends! : at;
    reading.abort();
    if (!over) run.breakOff(until);
    parts = [...parts.slice(0, -1), { ...latest, until }];
    begin(range, from, until);
  };

  const normal = ({ from, to, loop }: PlayRange): PlayRange => {
    const first = inside(from);
    return {
      from: first,
      ...(to === undefined ? {} : { to: Math.max(inside(to), first) }),
      ...(loop ? { loop } : {}),
    };
  };
  const contains = (range: PlayRange | null, frame: number): range is PlayRange =>
    range !== null && frame >= range.from && frame < (range.to ?? Infinity);

  const player: Player = {
    get state() {
      return state;
    },
    get playing() {
      return state.status !== 'idle';
    },
    position,
    play(range) {
      const wanted = normal(range);
      start(wanted, wanted.from);
    },
    resume() {
      if (parts.length > 0) return;
      const range = contains(state.range, place) ? state.range : { from: place };
      start(range, place);
    },
    pause() {
      if (parts.length === 0) return;
      const here = position();
      const back = here - Math.round(state.rewindOnPause * soundRate);
      const least = state.range && here >= state.range.from ? state.range.from : 0;
      breakOff();
      place = Math.max(back, Math.min(least, here));
      change({ status: settle('idle') });
    },
    stop() {
      breakOff();
      place = state.range?.from ?? 0;
      change({ status: settle('idle') });
    },
    seek(frame) {
      const to = inside(frame);
      if (parts.length === 0) place = to;
      else start(contains(state.range, to) ? state.range : { from: to }, to);
    },
    playLast(seconds) {
      const here = position();
      const from = inside(here - seconds * soundRate);
      if (parts.length > 0) {
        const range = state.range;
        start(range && here < (range.to ?? Infinity) ? range : { from }, from);
      } else {
        player.play({ from, to: here });
      }
    },
    scrub(frame, side = 'after') {
      if (parts.length === 0) scrubber.scrub(inside(frame), side);
    },
    setLoop(loop) {
      if (!state.range || (state.range.loop ?? false) === loop) return;
      const { loop: _, ...rest } = state.range;
      const range = loop ? { ...rest, loop } : rest;
      if (parts.length > 0) splice(range);
      else change({ range });
    },
    setRate(rate) {
      const wanted = within(rate, 0.5, 2);
      if (wanted === state.rate) return;
      change({ rate: wanted });
      if (state.range) splice(state.range);
    },
    setVolume(volume) {
      change({ volume: within(volume, 0, 1) });
      output?.setVolume(state.muted ? 0 : state.volume);
    },
    setMuted(muted) {
      change({ muted });
      output?.setVolume(state.muted ? 0 : state.volume);
    },
    setSolo(channel) {
      change({ solo: channel !== null && channel >= 0 && channel < channels ? channel : null });
      output?.setSolo(state.solo);
    },
    setRewindOnPause(seconds) {
      change({ rewindOnPause: Math.max(seconds, 0) });
    },
    subscribe: (listener) => heard.on('changed', listener),
    onEnd: (listener) => heard.on('end', listener),
    onError: (listener) => heard.on('error', listener),
    dispose() {
      breakOff();
      scrubber.stop();
      stopTicking?.();
      heard.clear();
      blocks.clear();
      output?.dispose();
    },
  };
  return player;
}
