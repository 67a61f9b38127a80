import type { TaskId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/time.ts';
import type { TaskState } from '#shared/domain/work.ts';

/**
 * What touching a task counts as. What its owner chose stays: a photo may be looked at in a meeting, and whoever says this task is being revised
 * knows better. Where nothing was chosen for this task, work that came back is revised and everything else annotated; drawing ends a break.
 */
export function touchActivity(
  running: { what: string; taskId: TaskId | null } | null,
  taskId: TaskId,
  state: TaskState,
): Activity {
  const usual: Activity = state === 'returned' ? 'revising' : 'annotating';
  if (running === null || running.what === 'break') return usual;
  const drawing = running.what === 'annotating' || running.what === 'revising';
  if (drawing && running.taskId !== taskId) return usual;
  return running.what as Activity;
}
