import { create } from 'zustand';
import type { WaveMark } from '#renderer/wave/wave-view.ts';

/** What keys that are held need of the room that is open. */
export interface SoundRoom {
  /** Marking a segment while it plays. */
  readonly mark: { press(): void; release(): void };
}

/** State of the sound room's screen alone; nothing here comes from the ledger. */
interface SoundState {
  room: SoundRoom | null;
  findOpen: boolean;
  settingsOpen: boolean;
  /** Whether what the machine wrote stands below the worker's own words. */
  original: boolean;
  /** What another version has and this one has not, or elsewhere: drawn while they are compared. */
  compared: readonly WaveMark[];
  dialog: 'shift' | 'tier-add' | 'tier-rename' | null;
}

export const soundStore = create<SoundState>(() => ({
  room: null,
  findOpen: false,
  settingsOpen: false,
  original: true,
  compared: [],
  dialog: null,
}));
