import type { TFunction } from 'i18next';
import type { Action } from '#renderer/lib/action.ts';
import { roomActions } from './actions.ts';

const goTo = new Set<string>(roomActions.map((action) => action.id));

/** What an action is called in palette and help. */
export function actionLabel(action: Action, t: TFunction): string {
  const label = t(action.labelKey, { replace: action.labelValues ?? {} });
  return goTo.has(action.id) ? t('app.actions.goTo', { room: label }) : label;
}
