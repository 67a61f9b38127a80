import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Actions on pay. */
export const payActions = defineActions([
  {
    id: 'pay.new',
    labelKey: 'pay.new.action',
    asks: true,
    shortcut: 'N',
    scope: 'pay',
    run: () => navigate('pay', { new: 'received' }),
  },
  {
    id: 'pay.claim',
    labelKey: 'pay.claims.new',
    asks: true,
    shortcut: 'C',
    scope: 'pay',
    run: () => navigate('pay', { new: 'claim' }),
  },
  {
    id: 'pay.statement',
    labelKey: 'pay.statement.action',
    asks: true,
    shortcut: 'K',
    scope: 'pay',
    run: () => navigate('pay', { new: 'statement' }),
  },
  { id: 'pay.print', labelKey: 'period.actions.print', shortcut: 'Ctrl+P', scope: 'pay' },
]);
