import { defineActions } from '#renderer/lib/action.ts';

export const statementActions = defineActions([
  { id: 'statement.print', labelKey: 'period.actions.print', shortcut: 'Ctrl+P', scope: 'statement' },
  { id: 'statement.export', labelKey: 'statement.export.action', shortcut: 'Ctrl+E', scope: 'statement' },
]);
