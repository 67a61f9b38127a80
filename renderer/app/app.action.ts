import { defineActions } from '#renderer/lib/action.ts';
import { setCovered } from '#renderer/lib/cover.store.ts';
import { keepKeys } from '#renderer/lib/kept-keys.ts';
import { goBack, goForward } from '#renderer/lib/route.store.ts';
import { shellStore } from './shell.store.ts';

/** Actions of the window itself. */
export const appActions = defineActions([
  { id: 'app.back', labelKey: 'app.actions.back', shortcut: 'Alt+Left', inText: true, run: goBack },
  { id: 'app.forward', labelKey: 'app.actions.forward', shortcut: 'Alt+Right', inText: true, run: goForward },
  {
    id: 'app.palette',
    labelKey: 'app.actions.palette',
    shortcut: 'Ctrl+K',
    inText: true,
    hidden: true,
    run: () => {
      const { open } = shellStore.getState();
      if (open !== 'palette') keepKeys();
      shellStore.setState({ open: open === 'palette' ? null : 'palette' });
    },
  },
  {
    id: 'app.help',
    labelKey: 'app.actions.help',
    shortcut: ['?', 'F1'],
    asks: true,
    run: () => shellStore.setState({ open: 'help' }),
  },
  {
    id: 'app.cover',
    labelKey: 'app.actions.cover',
    shortcut: 'Escape Escape',
    inText: true,
    run: () => setCovered(true),
  },
]);
