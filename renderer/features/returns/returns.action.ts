import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Actions on returns. */
export const returnsActions = defineActions([
  {
    id: 'returns.new',
    labelKey: 'returns.new',
    shortcut: 'Alt+R',
    run: () => navigate('returns', { new: true }),
  },
]);
