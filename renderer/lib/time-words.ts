import type { Activity, Lane, WaitingFor } from '#shared/domain/time.ts';
import type { useText } from '#renderer/i18n/i18n.ts';

type Translate = ReturnType<typeof useText>;

/** Every activity, in the order of their keys. */
export const activities = [
  'annotating',
  'revising',
  'training',
  'meeting',
  'appealing',
  'testing-assistant',
  'keeping-records',
  'break',
] as const satisfies readonly Activity[];

/** Everything one waits for, in the order of their keys. */
export const reasons = [
  'tasks',
  'feedback',
  'rules',
  'screen-hours',
  'payment',
] as const satisfies readonly WaitingFor[];

/** What a stretch was, in words. */
export function whatWords(t: Translate, lane: Lane, what: string): string {
  if (lane === 'presence') return t('day.present');
  if (lane === 'waiting') return t(`day.waiting.${what as WaitingFor}`);
  return t(`day.activities.${what as Activity}`);
}
