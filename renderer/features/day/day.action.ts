import { defineActions } from '#renderer/lib/action.ts';
import { toggleQuestion } from './day.store.ts';

/** One key each, in every room. */
export const dayActions = defineActions([
  {
    id: 'day.switch',
    labelKey: 'day.actions.switch',
    shortcut: 'S',
    asks: true,
    run: () => toggleQuestion('switch'),
  },
  { id: 'day.wait', labelKey: 'day.actions.wait', shortcut: 'W', asks: true, run: () => toggleQuestion('wait') },
  // Bound while there are gaps.
  { id: 'day.gaps', labelKey: 'day.actions.gaps', shortcut: 'G', asks: true },
  // Bound where there can be a small timer.
  { id: 'day.timer', labelKey: 'day.actions.timer', shortcut: 'Shift+S' },
  { id: 'day.clock', labelKey: 'day.actions.clock', shortcut: 'P' },
]);
