import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Actions on accuracy figures. */
export const accuracyActions = defineActions([
  {
    id: 'accuracy.new',
    labelKey: 'accuracy.new',
    asks: true,
    run: () => navigate('accuracy', { new: true }),
  },
]);
