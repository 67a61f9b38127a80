import { create } from 'zustand';

/** What floats over the rooms. */
interface ShellState {
  open: 'palette' | 'help' | null;
  /** The neutral page hides everything. */
  covered: boolean;
}

export const shellStore = create<ShellState>(() => ({ open: null, covered: false }));
