import { useCallback, useMemo, useRef } from 'react';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';

/** What the room of recordings remembers from one day to the next. */
export interface SoundSettings {
  /** How fast it plays, 0.5 to 2. */
  speed: number;
  /** 0 to 1. */
  volume: number;
  /** Seconds that a pause steps back, while that is on. */
  rewindS: number;
  rewinds: boolean;
  /** Seconds that "the last seconds" are, back and ahead. */
  lastS: number;
  /** Milliseconds from hearing something to the key: taken off both ends of what is marked while it plays. */
  reactionMs: number;
  /** A row that is reached by Enter is heard. */
  plays: boolean;
  spectrogram: boolean;
  /** The waveform is raised until the loudest of the recording fills its height. */
  fullHeight: boolean;
  /** Proposals are made for each channel by itself, on a tier of its own. */
  perChannel: boolean;
  /** dB above the noise floor under which it is silent, where the guideline does not say; 0: as the recording itself has room for. */
  silenceDb: number;
  /** Height of the picture of the recording, CSS pixels. */
  height: number;
}

/** What is remembered, and the way to change one of it. */
export function useSoundSettings(): [
  SoundSettings,
  <Name extends keyof SoundSettings>(name: Name, value: SoundSettings[Name]) => void,
] {
  const kept = {
    speed: useUiSetting('sound.speed', 1),
    volume: useUiSetting('sound.volume', 1),
    rewindS: useUiSetting('sound.rewindS', 0.5),
    rewinds: useUiSetting('sound.rewinds', true),
    lastS: useUiSetting('sound.lastS', 3),
    reactionMs: useUiSetting('sound.reactionMs', 200),
    plays: useUiSetting('sound.plays', true),
    spectrogram: useUiSetting('sound.spectrogram', false),
    fullHeight: useUiSetting('sound.fullHeight', true),
    perChannel: useUiSetting('sound.perChannel', false),
    silenceDb: useUiSetting('sound.silenceDb', 0),
    height: useUiSetting('sound.height', 300),
  };
  // The same object as long as it says the same: whatever is drawn of it is not drawn again for nothing.
  const told = JSON.stringify(Object.fromEntries(Object.entries(kept).map(([name, [value]]) => [name, value])));
  // Each is of the type of its first value.
  const settings = useMemo(() => JSON.parse(told) as SoundSettings, [told]);
  const latest = useRef(kept);
  latest.current = kept;
  const set = useCallback(
    <Name extends keyof SoundSettings>(name: Name, value: SoundSettings[Name]) =>
      (latest.current[name][1] as (next: typeof value) => void)(value),
    [],
  );
  return [settings, set];
}
