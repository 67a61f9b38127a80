import { createEmitter } from '#renderer/lib/emitter.ts';
import type { SoundError } from '../sound.ts';
import type { PlayerState } from './player.ts';

/** What a player is at, and those who hear of it. */
export interface PlayerStates {
  readonly now: PlayerState;
  change(part: Partial<PlayerState>): void;
  readonly heard: ReturnType<typeof createEmitter<{ changed: undefined; end: undefined; error: SoundError }>>;
}

/** The state of a player that has played nothing yet. */
export function createPlayerStates(): PlayerStates {
  const heard = createEmitter<{ changed: undefined; end: undefined; error: SoundError }>();
  let now: PlayerState = {
    status: 'idle',
    range: null,
    rate: 1,
    volume: 1,
    muted: false,
    solo: null,
    rewindOnPause: 0,
    error: null,
  };
  return {
    get now() {
      return now;
    },
    heard,
    change(part) {
      const keys = Object.keys(part) as (keyof PlayerState)[];
      if (keys.every((key) => Object.is(part[key], now[key]))) return;
      now = { ...now, ...part };
      heard.emit('changed', undefined);
    },
  };
}
