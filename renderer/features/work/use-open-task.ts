import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { useClient, useLink } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import type { DraftJournal, DraftView } from './draft-journal.ts';
import { draftKeeperOf } from './draft-keeper.ts';

export type TaskFacts = Output<'tasks.get'>;

/** The task on screen, as far as it is here. */
export type OpenTask =
  | { status: 'loading'; taskId: TaskId }
  | { status: 'failed'; taskId: TaskId; error: ClientError; again: () => void }
  | { status: 'open'; taskId: TaskId; facts: TaskFacts; journal: DraftJournal };

/** Opens a task: what is known of it and its undo journal. Tries again by itself when the host comes back. */
export function useOpenTask(taskId: TaskId): OpenTask {
  const client = useClient();
  const link = useLink();
  const [open, setOpen] = useState<OpenTask>({ status: 'loading', taskId });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const shown = open.taskId === taskId ? open : ({ status: 'loading', taskId } as const);
  const failed = shown.status === 'failed' && shown.error.code === 'client/unreachable' && link === 'up';

  useEffect(() => {
    if (failed) again();
  }, [failed, again]);

  useEffect(() => {
    let present = true;
    const keeper = draftKeeperOf(client);
    const load = async () => {
      try {
        const [facts, journal] = await Promise.all([client.call('tasks.get', { taskId }), keeper.open(taskId)]);
        if (present) setOpen({ status: 'open', taskId, facts, journal });
      } catch (thrown) {
        if (present) setOpen({ status: 'failed', taskId, error: toClientError(thrown, 'tasks.get'), again });
      }
    };
    void load();
    return () => {
      present = false;
      keeper.leave(taskId);
    };
  }, [client, taskId, round, again]);

  return shown;
}

/** The journal as it is now; the component draws again at every change. */
export function useDraft(journal: DraftJournal): DraftView {
  return useSyncExternalStore(journal.subscribe, journal.view);
}

/** What is drawn and written now; the component draws again when that is another, not when it is on its way to the disk. */
export function useDraftDoc(journal: DraftJournal): AnnotationDoc {
  return useSyncExternalStore(journal.subscribe, () => journal.view().journal.doc);
}
