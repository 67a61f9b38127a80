import { useEffect } from 'react';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/time.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { createScope } from '#renderer/lib/scope.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** Told to the window while a recording plays: who listens works, though no key is pressed. */
export const heardSign = 'counterledger-heard';
const atMostEveryMs = 1000;

/**
 * Tells the core of every sign of work on a task, once a second at most, so that it can measure. Nothing is told while the window
 * is hidden: looking elsewhere is not work on this task. Leaving the room ends the measuring: what is done in the ledger or the
 * settings is not work on the task either.
 */
export function useTouch(target: { taskId: TaskId; projectId: ProjectId; activity: Activity } | null): void {
  const client = useClient();
  const [taskId, projectId, activity] = [target?.taskId, target?.projectId, target?.activity];
  useEffect(() => {
    if (!taskId || !projectId || !activity) return undefined;
    const scope = createScope();
    let last = 0;
    const touch = () => {
      const now = performance.now();
      if (now - last < atMostEveryMs || document.visibilityState !== 'visible') return;
      last = now;
      // Measuring misses a second when the host is away; there is nothing to make up for.
      client.call('time.touch', { taskId, projectId, activity }).catch(() => undefined);
    };
    for (const sign of signs) scope.listen(window, sign, touch, { passive: true, capture: true });
    scope.listen(window, heardSign, touch);
    return () => scope.dispose();
  }, [client, taskId, projectId, activity]);
  useEffect(
    () => () => {
      client.call('time.leave', {}).catch(() => undefined);
    },
    [client],
  );
}
