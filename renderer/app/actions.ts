import { navigate, type RoomId } from '#renderer/lib/route.store.ts';
import type { Action } from '#renderer/lib/action.ts';
import { accuracyActions } from '#renderer/features/accuracy/accuracy.action.ts';
import { dayActions } from '#renderer/features/day/day.action.ts';
import { elsewhereActions } from '#renderer/features/elsewhere/elsewhere.action.ts';
import { payActions } from '#renderer/features/pay/pay.action.ts';
import { notebookActions } from '#renderer/features/notebook/notebook.action.ts';
import { returnsActions } from '#renderer/features/returns/returns.action.ts';
import { periodActions } from '#renderer/features/period/period.action.ts';
import { statementActions } from '#renderer/features/statement/statement.action.ts';
import { startActions } from '#renderer/features/start/start.action.ts';
import { trainingActions } from '#renderer/features/training/training.action.ts';
import { todayActions } from '#renderer/features/today/today.action.ts';
import { workActions } from '#renderer/features/work/work.action.ts';
import { appActions } from './app.action.ts';
import { rooms } from './rooms.ts';

/** One action for each room of the rail, with the room's shortcut. */
export const roomActions: readonly (Action & { room: RoomId })[] = rooms.map((room) => ({
  id: `app.go-${room.id}`,
  room: room.id,
  labelKey: room.labelKey,
  ...(room.shortcut === undefined ? {} : { shortcut: room.shortcut }),
  besideText: true,
  run: () => navigate(room.id, {}),
}));

/** Every action of the program. A feature adds its list here. */
export const actions: readonly Action[] = [
  ...roomActions,
  ...appActions,
  ...workActions,
  ...dayActions,
  ...elsewhereActions,
  ...startActions,
  ...todayActions,
  ...periodActions,
  ...returnsActions,
  ...statementActions,
  ...payActions,
  ...trainingActions,
  ...accuracyActions,
  ...notebookActions,
];
