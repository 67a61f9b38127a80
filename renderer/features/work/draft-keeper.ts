import type { TaskId } from '#shared/domain/ids.ts';
import type { Client } from '#renderer/client/client.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { createDraftJournal, type DraftJournal } from './draft-journal.ts';

/**
 * The journals of this window. One that was left stays until the host has all of it, so that going on to the next photo never
 * waits for a disk; coming back finds it as it was.
 */
export interface DraftKeeper {
  open(taskId: TaskId): Promise<DraftJournal>;
  /** The task is no longer on screen. */
  leave(taskId: TaskId): void;
  /** Takes in what an import added to the stored journal of a task, when it is open here. */
  reload(taskId: TaskId): Promise<void>;
}

const keepers = new WeakMap<Client, DraftKeeper>();

/** The keeper of a client; it lives as long as the window. */
export function draftKeeperOf(client: Client): DraftKeeper {
  const keeper = keepers.get(client) ?? createDraftKeeper(client);
  keepers.set(client, keeper);
  return keeper;
}

function createDraftKeeper(client: Client): DraftKeeper {
  const journals = new Map<TaskId, DraftJournal>();
  const onScreen = new Set<TaskId>();
  const scope = createScope();

  const hurry = () => {
    for (const journal of journals.values()) journal.hurry();
  };
  scope.listen(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') hurry();
  });
  scope.listen(window, 'pagehide', hurry);
  scope.listen(window, 'beforeunload', (event) => {
    hurry();
    // Only when the host is away would closing lose something; then the browser asks.
    if ([...journals.values()].some((journal) => journal.view().saved === 'waiting')) event.preventDefault();
  });
  client.onLink((link) => {
    if (link === 'up') for (const journal of journals.values()) journal.retry();
  });

  return {
    async open(taskId) {
      onScreen.add(taskId);
      const known = journals.get(taskId);
      if (known) return known;
      const stored = await client.call('drafts.get', { taskId });
      const again = journals.get(taskId);
      if (again) return again;
      const journal = createDraftJournal(
        {
          append: (after, records) => client.call('drafts.append', { taskId, after, records: [...records] }),
          get: () => client.call('drafts.get', { taskId }),
        },
        stored,
      );
      journals.set(taskId, journal);
      return journal;
    },
    leave(taskId) {
      onScreen.delete(taskId);
      const journal = journals.get(taskId);
      if (!journal) return;
      const finish = () => {
        if (onScreen.has(taskId) || journals.get(taskId) !== journal) return;
        journals.delete(taskId);
        journal.dispose();
      };
      // A journal that the host refuses stays in memory; opening the task shows it again.
      journal.flush().then(finish, () => undefined);
    },
    async reload(taskId) {
      await journals.get(taskId)?.reload();
    },
  };
}
