import { defineActions } from '#renderer/lib/action.ts';

/** Logging work done in another tool, from every room; the dialog gives it its meaning. */
export const elsewhereActions = defineActions([
  { id: 'elsewhere.log', labelKey: 'elsewhere.actions.log', shortcut: 'E', asks: true },
]);
