import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Actions on trainings. */
export const trainingActions = defineActions([
  {
    id: 'training.new',
    labelKey: 'training.new',
    asks: true,
    shortcut: 'N',
    scope: 'training',
    run: () => navigate('training', { new: true }),
  },
]);
