import { defineActions } from '#renderer/lib/action.ts';

export const todayActions = defineActions([
  { id: 'today.before', labelKey: 'today.actions.before', shortcut: 'Left', scope: 'today' },
  { id: 'today.after', labelKey: 'today.actions.after', shortcut: 'Right', scope: 'today' },
  { id: 'today.now', labelKey: 'today.actions.now', shortcut: 'T', scope: 'today' },
  { id: 'today.gaps', labelKey: 'today.actions.gaps', shortcut: 'F', scope: 'today' },
  { id: 'today.state', labelKey: 'today.state.open', shortcut: 'N', scope: 'today', asks: true },
]);
