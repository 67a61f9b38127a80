import { create } from 'zustand';

interface ElsewhereState {
  open: boolean;
}

export const elsewhereStore = create<ElsewhereState>(() => ({ open: false }));
