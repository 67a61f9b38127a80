import { useCallback, useMemo, useRef } from 'react';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import type { SoundDesk } from './sound-desk.ts';
import type { SoundSettings } from './use-sound-settings.ts';

interface Options {
  desk: SoundDesk;
  sound: Sound;
  player: Player;
  settings: SoundSettings;
  set: <Name extends keyof SoundSettings>(name: Name, value: SoundSettings[Name]) => void;
}

/** How fast it may play, in steps of one key. */
const speedStep = 0.1;
const volumeStep = 0.1;
/** Seconds that the arrow keys go. */
const seekS = 1;

/** What is done to hear a recording. */
export interface Listening {
  toggle(): void;
  /** Plays a segment from its beginning to its end. */
  hear(segment: Segment): void;
  /** Goes to a place, and goes on playing there if it plays. */
  seek(frame: number): void;
}

/** Gives the keys of listening their meaning; they work while a transcript is typed too, and not below a dialog. */
export function useListening({ desk, sound, player, settings, set }: Options): Listening {
  const { rate } = sound.facts;
  const seek = useCallback(
    (frame: number) => {
      const at = Math.max(0, Math.min(frame, sound.facts.frames));
      player.seek(at);
      desk.setCursor(at);
    },
    [desk, player, sound],
  );
  const hear = useCallback(
    ({ geometry }: Segment) => player.play({ from: geometry.start, to: geometry.end }),
    [player],
  );
  const paused = useRef<number | null>(null);
  const toggle = useCallback(() => {
    if (player.playing) {
      player.pause();
      paused.current = player.position();
      desk.setCursor(paused.current);
      return;
    }
    // Where it was paused it goes on as it was, loop and end included; anywhere else, and after an end, from the cursor on.
    if (paused.current === desk.cursor && player.position() === desk.cursor) player.resume();
    else player.play({ from: desk.cursor >= sound.facts.frames ? 0 : desk.cursor });
    paused.current = null;
  }, [desk, player, sound]);

  const playSegment = (loop: boolean) => {
    const segment = desk.current;
    if (!segment) return;
    player.play({ from: segment.geometry.start, to: segment.geometry.end, ...(loop && { loop }) });
  };
  const loop = () => {
    const { range } = player.state;
    if (player.playing && range?.loop) player.setLoop(false);
    else if (desk.current) playSegment(true);
  };
  const solo = () => {
    const { channels } = sound.facts;
    const present = player.state.solo;
    const next = present === null ? 0 : present + 1;
    player.setSolo(next < channels ? next : null);
  };
  const speed = (by: number) => set('speed', bounded(settings.speed + by * speedStep, 0.5, 2));
  const volume = (by: number) => set('volume', bounded(settings.volume + by * volumeStep, 0, 1));
  const here = () => (player.playing ? player.position() : desk.cursor);
  const last = () => {
    // What a key or a row moved is the cursor; the player stands where it was left.
    if (!player.playing) player.seek(desk.cursor);
    player.playLast(settings.lastS);
  };

  const when = () => !dialogIsOpen();
  const ofSegment = () => when() && desk.current !== null;
  useActions({
    'sound.play': { run: toggle, when },
    'sound.play-space': { run: toggle, when },
    'sound.play-segment': { run: () => playSegment(false), when: ofSegment },
    'sound.loop': { run: loop, when: () => when() && (desk.current !== null || player.playing) },
    'sound.last': { run: last, when },
    'sound.ahead': { run: () => seek(here() + settings.lastS * rate), when },
    'sound.slower': { run: () => speed(-1), when },
    'sound.faster': { run: () => speed(1), when },
    'sound.usual-speed': { run: () => set('speed', 1), when },
    'sound.louder': { run: () => volume(1), when },
    'sound.quieter': { run: () => volume(-1), when },
    'sound.solo': { run: solo, when: () => when() && sound.facts.channels > 1 },
    'sound.rewind': { run: () => set('rewinds', !settings.rewinds), when },
    'sound.seek-back': { run: () => seek(here() - seekS * rate), when },
    'sound.seek-ahead': { run: () => seek(here() + seekS * rate), when },
  });
  return useMemo(() => ({ toggle, hear, seek }), [hear, seek, toggle]);
}

/** To a hundredth, so that steps back and forth end where they began. */
function bounded(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most) * 100) / 100;
}
