import type { WaveView } from '#renderer/wave/wave-view.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { writeOriginal } from './original-words.ts';
import type { SoundDesk } from './sound-desk.ts';
import { soundStore } from './sound.store.ts';
import type { SoundSettings } from './use-sound-settings.ts';

interface Options {
  desk: SoundDesk;
  view: WaveView | null;
  settings: SoundSettings;
  set: <Name extends keyof SoundSettings>(name: Name, value: SoundSettings[Name]) => void;
  propose: () => Promise<void>;
  proposing: boolean;
}

/** Gives the keys that change what is seen of a recording their meaning, and those of what a machine has to say of it. */
export function useLooking({ desk, view, settings, set, propose, proposing }: Options): void {
  const when = () => view !== null;
  useActions({
    'sound.propose': { run: () => void propose(), when: () => !proposing },
    'sound.zoom-in': { run: () => view?.zoom(1.5), when },
    'sound.zoom-out': { run: () => view?.zoom(1 / 1.5), when },
    'sound.fit': { run: () => view?.fitAll(), when },
    'sound.fit-segment': { run: () => void view?.fitSelection(), when },
    'sound.spectrogram': () => set('spectrogram', !settings.spectrogram),
    'sound.settings': () => soundStore.setState(({ settingsOpen }) => ({ settingsOpen: !settingsOpen })),
    'sound.find': { run: () => soundStore.setState({ findOpen: true }), when: () => !dialogIsOpen() },
    'sound.original': () => soundStore.setState(({ original }) => ({ original: !original })),
    'sound.original-back': {
      run: () => void writeOriginal(desk),
      when: () => desk.current?.proposal?.text !== undefined,
    },
  });
}
