import { defineActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** Actions on the error notebook. */
export const notebookActions = defineActions([
  {
    id: 'notebook.new',
    labelKey: 'notebook.new',
    asks: true,
    run: () => navigate('notebook', { new: true }),
  },
]);
