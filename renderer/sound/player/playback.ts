import type { SoundFacts } from '../sound.ts';
import type { PlayerOutput } from './player-output.ts';
import { startRun, type PlayerRun } from './player-run.ts';
import type { PlayerStates } from './player-states.ts';
import type { PlayRange, PlayStatus } from './player.ts';
import type { RecentBlocks } from './recent-blocks.ts';
import { createSoundPieces } from './sound-pieces.ts';

/** Calls back every `ms` milliseconds until the returned function is called. */
export type Every = (ms: number, callback: () => void) => () => void;

/** How often what is due is set down, and the end looked for. */
const tickMs = 40;
/** A change while playing is heard after this much more than what the sound card holds. */
const spliceSeconds = 0.02;

/** A stretch of playing, and when it was meant to begin and (Infinity: not yet) hands over. Seconds of the context. */
interface Part {
  readonly run: PlayerRun;
  readonly reading: AbortController;
  readonly from: number;
  readonly at: number;
  readonly until: number;
}

interface Options {
  facts: Pick<SoundFacts, 'rate' | 'channels'>;
  blocks: RecentBlocks;
  /** What it is heard through, opened with the first sound. */
  line: { readonly opened: PlayerOutput | null; open(): PlayerOutput };
  states: PlayerStates;
  every: Every;
}

/** What sounds: begun, changed without a break, and broken off. */
export interface Playback {
  /** Whether it was asked to play and has not come to an end. */
  readonly begun: boolean;
  /** Where it plays from next, while nothing sounds. */
  place: number;
  /** The frame that is heard at this moment. */
  position(): number;
  /** Plays a range from a frame of it, in place of what was played. */
  start(range: PlayRange, from: number): void;
  /** Goes on with what is set by now - another rate, another range - from the very place that will be heard in a moment. */
  splice(range: PlayRange): void;
  /** Falls silent, to go on from a place. */
  halt(place: number): void;
  dispose(): void;
}

/** The playing of a recording, by whose state and through whose output it is told. */
export function createPlayback({ facts, blocks, line, states, every }: Options): Playback {
  const { rate: soundRate, channels } = facts;
  /** What plays, and before it what it takes over from, until that was heard. */
  let parts: readonly Part[] = [];
  let place = 0;
  let stopTicking: (() => void) | null = null;

  /** Which part is heard at a time. */
  const heardPart = (now: number) => parts.findLast(({ run }) => run.begins !== null && now >= run.begins) ?? parts[0];

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
      line.opened?.rest();
    } else {
      stopTicking ??= every(tickMs, tick);
    }
    return status;
  };

  const tick = () => {
    const latest = parts.at(-1)?.run;
    const output = line.opened;
    if (!latest || !output) return;
    const now = output.heard();
    parts = parts.slice(parts.indexOf(heardPart(now)!));
    latest.fill();
    if (latest.ends === null || now < latest.ends) {
      states.change({ status: !output.held && latest.soundsAt(now) ? 'playing' : 'waiting' });
      return;
    }
    place = Math.round(latest.frameAt(now));
    parts = [];
    const { failure } = latest;
    states.change({ status: settle('idle'), error: failure });
    if (failure) states.heard.emit('error', failure);
    else states.heard.emit('end', undefined);
  };

  /** Plays `range` from a frame of it at a time of the context, after the parts that there are. */
  const begin = (range: PlayRange, from: number, at: number) => {
    const way = line.open();
    const reading = new AbortController();
    const course = { from, to: range.to ?? Infinity, again: range.loop ? range.from : null };
    const pieces = createSoundPieces(blocks, course, states.now.rate, { rate: soundRate, channels }, reading.signal);
    way.wake();
    const run = startRun(way, pieces, { from, at, rate: soundRate }, tick);
    parts = [...parts, { run, reading, from, at, until: Infinity }];
    states.change({ status: settle(parts.length > 1 ? states.now.status : 'waiting'), range, error: null });
    run.fill();
  };

  return {
    get begun() {
      return parts.length > 0;
    },
    get place() {
      return place;
    },
    set place(next) {
      place = next;
    },
    position() {
      const now = line.opened?.heard() ?? 0;
      const part = heardPart(now);
      return part ? Math.round(part.run.frameAt(Math.min(now, part.until))) : place;
    },
    start(range, from) {
      breakOff();
      place = from;
      if (from < (range.to ?? Infinity)) begin(range, from, line.open().context.currentTime);
      else states.change({ status: settle('idle'), range, error: null });
    },
    splice(range) {
      const latest = parts.at(-1);
      const output = line.opened;
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
        states.change({ range });
        return;
      }
      const reached = Math.round(run.frameAt(at));
      const from = range.loop && (over || reached >= (range.to ?? Infinity)) ? range.from : reached;
      const until = over ? run.ends! : at;
      reading.abort();
      if (!over) run.breakOff(until);
      parts = [...parts.slice(0, -1), { ...latest, until }];
      begin(range, from, until);
    },
    halt(next) {
      breakOff();
      place = next;
      states.change({ status: settle('idle') });
    },
    dispose() {
      breakOff();
      stopTicking?.();
    },
  };
}
