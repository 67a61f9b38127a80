import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Ways to begin that stay in reach later. */
export const startActions = defineActions([
  {
    id: 'start.open-folder',
    labelKey: 'start.actions.openFolder',
    shortcut: 'Ctrl+O',
    run: () => navigate('start', { step: 'folder' }),
  },
  {
    id: 'start.open-texts',
    labelKey: 'start.actions.openTexts',
    run: () => navigate('start', { step: 'texts' }),
  },
]);
