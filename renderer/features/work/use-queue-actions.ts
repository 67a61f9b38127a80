import { useCallback } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { kindsOf } from '#shared/rules/projects.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import type { TaskFacts } from './use-open-task.ts';
import { useQueueOrder } from './use-queue-order.ts';
import type { Submission } from './use-submit.ts';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';

interface Options {
  project: ProjectRow;
  taskId: TaskId;
  facts: TaskFacts | null;
  submission: Submission;
  onOpen: (taskId: TaskId) => void;
}

/** Gives what is done with a task as a whole its meaning while it is open, whatever its media: going on, submitting, noting, giving back. */
export function useQueueActions({ project, taskId, facts, submission, onOpen }: Options): { next: () => void } {
  const client = useClient();
  const [order] = useQueueOrder(project.id);

  const step = useCallback(
    async (direction: 'next' | 'previous') => {
      const { filterState } = workStore.getState();
      const found = await client.call('tasks.neighbour', {
        projectId: project.id,
        from: taskId,
        direction,
        order,
        ...(filterState ? { states: [filterState] } : {}),
      });
      if (found.taskId) onOpen(found.taskId);
    },
    [client, onOpen, order, project.id, taskId],
  );
  // A host that is away says so at the top of the window; the key can be pressed again.
  const go = (direction: 'next' | 'previous') => void step(direction).catch(() => undefined);
  const release = async () => {
    await client.call('tasks.release', { taskId });
    await step('next');
  };

  // The key that saves a dialog never seals the task below it.
  const submit = (goOn: boolean) => {
    if (!dialogIsOpen()) submission.submit(goOn);
  };

  useActions({
    'work.next': () => go('next'),
    'work.previous': () => go('previous'),
    'work.submit-next': { run: () => submit(true), when: () => submission.ready },
    'work.submit': { run: () => submit(false), when: () => submission.ready },
    'work.judge': () => navigate('judgements', { taskId }),
    'work.note': { when: () => facts !== null, run: () => workStore.setState({ dialog: 'note' }) },
    'work.kind': {
      run: () => workStore.setState({ dialog: 'kind' }),
      when: () => kindsOf(project.terms).length > 0,
    },
    'work.release': {
      run: () => void release().catch(() => undefined),
      when: () => facts?.task.state === 'open' || facts?.task.state === 'drafted',
    },
  });
  return { next: () => go('next') };
}
