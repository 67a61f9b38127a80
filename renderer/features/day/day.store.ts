import { create } from 'zustand';

/** Which question of the strip is open. */
type Question = 'switch' | 'wait' | 'gaps';

interface DayState {
  open: Question | null;
}

export const dayStore = create<DayState>(() => ({ open: null }));

/** Opens a question, or closes it when it is open. */
export function toggleQuestion(question: Question): void {
  dayStore.setState(({ open }) => ({ open: open === question ? null : question }));
}
