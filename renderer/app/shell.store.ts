import { create } from 'zustand';

/** What floats over the rooms. */
interface ShellState {
  open: 'palette' | 'help' | null;
}

export const shellStore = create<ShellState>(() => ({ open: null }));
