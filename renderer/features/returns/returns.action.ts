import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Actions on returns. */
export const returnsActions = defineActions([
  {
    id: 'returns.new',
    labelKey: 'returns.new',
    asks: true,
    shortcut: 'Alt+R',
    besideText: true,
    run: () => navigate('returns', { new: true }),
  },
  {
    id: 'returns.newRecall',
    labelKey: 'returns.recalls.new',
    asks: true,
    shortcut: 'Alt+Shift+R',
    besideText: true,
    run: () => navigate('returns', { view: 'recalls', new: true }),
  },
  {
    id: 'returns.newStanding',
    labelKey: 'returns.standing.new',
    asks: true,
    run: () => navigate('returns', { view: 'standing', new: true }),
  },
]);
