import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Player, PlayerState } from '#renderer/sound/player/player.ts';
import { createPlayer } from '#renderer/sound/player/play-sound.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { heardSign } from '../use-touch.ts';
import type { SoundSettings } from './use-sound-settings.ts';

/** Often enough for whoever measures the work. */
const heardEveryMs = 5000;

/** The player of a recording, set as it is remembered. */
export function usePlayer(sound: Sound, { speed, volume, rewinds, rewindS }: SoundSettings): Player | null {
  const [player, setPlayer] = useState<Player | null>(null);
  useEffect(() => {
    const made = createPlayer(sound);
    setPlayer(made);
    return () => {
      setPlayer(null);
      made.dispose();
    };
  }, [sound]);
  useEffect(() => {
    if (!player) return undefined;
    const timer = setInterval(() => {
      if (player.state.status === 'playing') window.dispatchEvent(new Event(heardSign));
    }, heardEveryMs);
    return () => clearInterval(timer);
  }, [player]);
  useEffect(() => player?.setRate(speed), [player, speed]);
  useEffect(() => player?.setVolume(volume), [player, volume]);
  useEffect(() => player?.setRewindOnPause(rewinds ? rewindS : 0), [player, rewindS, rewinds]);
  return player;
}

/** What the controls show of the player. */
export function usePlayerState(player: Player): PlayerState {
  return useSyncExternalStore(
    (listener) => player.subscribe(listener),
    () => player.state,
  );
}

/** Calls `draw` with the frame that is heard, as often as there are frames while it plays, and once when it is over. */
export function usePlayhead(player: Player, draw: (frame: number, playing: boolean) => void): void {
  useEffect(() => {
    let playing: boolean | null = null;
    let request = 0;
    let over = false;
    const step = () => {
      draw(player.position(), true);
      request = requestAnimationFrame(step);
    };
    const follow = () => {
      const plays = player.state.status === 'playing';
      if (over || plays === playing) return;
      playing = plays;
      cancelAnimationFrame(request);
      if (plays) request = requestAnimationFrame(step);
      else draw(player.position(), false);
    };
    follow();
    // Not at once: whoever starts it may still be about to say from where.
    const stop = player.subscribe(() => queueMicrotask(follow));
    return () => {
      over = true;
      stop();
      cancelAnimationFrame(request);
    };
  }, [draw, player]);
}
