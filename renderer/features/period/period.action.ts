import { defineActions } from '#renderer/lib/action.ts';

export const periodActions = defineActions([
  { id: 'period.before', labelKey: 'period.actions.before', shortcut: 'Left', scope: 'period' },
  { id: 'period.after', labelKey: 'period.actions.after', shortcut: 'Right', scope: 'period' },
  { id: 'period.now', labelKey: 'period.actions.now', shortcut: 'T', scope: 'period' },
  { id: 'period.print', labelKey: 'period.actions.print', shortcut: 'Ctrl+P', scope: 'period' },
]);
