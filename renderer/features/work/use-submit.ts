import { useCallback, useRef, useState } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { QueueOrder } from '#shared/rules/queue-order.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import type { DraftJournal } from './draft-journal.ts';
import type { TaskFacts } from './use-open-task.ts';
import { useQueueOrder } from './use-queue-order.ts';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';

/** What the tool on the stage has to do with submitting. */
export interface SubmitTool {
  /** False while there is nothing that could be sealed. */
  ready: boolean;
  /** Brings what is held back into the journal, and what is kept beside it to the host. */
  settle(): void | Promise<void>;
  /** What the window alone knows, to be kept with what is sealed. */
  measured(): Omit<Input<'tasks.submit'>, 'taskId' | 'journalLength' | 'segmentId' | keyof Answers>;
}

/** What is said to the questions before sealing: why again, and that what stands open was seen. */
export type Answers = Pick<Input<'tasks.submit'>, 'reason' | 'breachesSeen' | 'proposalsSeen'>;

/** Refusals that are questions, with the dialog that asks. */
const questions = {
  // Sealed before and not returned: the ledger wants to know why it is sealed again.
  'tasks/already-submitted': 'resubmit',
  'tasks/proposals-undecided': 'undecided',
  'tasks/breaches-open': 'breaches',
} as const;

interface Options {
  project: ProjectRow;
  facts: TaskFacts | null;
  journal: DraftJournal | null;
  tool: SubmitTool;
  onOpen: (taskId: TaskId) => void;
}

/** How submitting the open task stands. */
export interface Submission {
  /** Seals what is drawn; `goOn` opens the next task that is not done. Asks first what there is to ask. */
  submit: (goOn: boolean) => void;
  /** Goes on with the answer to what was asked. */
  answer: (answer: Answers) => void;
  /** Proposals that were neither taken nor turned down when it was asked about them. */
  undecided: number;
  running: boolean;
  error: ClientError | undefined;
  clear: () => void;
  /** False while there is nothing that could be sealed. */
  ready: boolean;
}

/** Seals the open task: waits until everything drawn is on disk, then submits and goes on. */
export function useSubmit({ project, facts, journal, tool, onOpen }: Options): Submission {
  const client = useClient();
  const [order] = useQueueOrder(project.id);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const [undecided, setUndecided] = useState(0);
  const busy = useRef(false);
  const goesOn = useRef(true);
  /** To the questions that held up this submission so far. */
  const given = useRef<Answers>({});
  const ready = facts !== null && journal !== null && tool.ready;

  const seal = useCallback(
    async (answers: Answers) => {
      if (!facts || !journal || !tool.ready || busy.current) return;
      const { task } = facts;
      busy.current = true;
      given.current = answers;
      setRunning(true);
      setError(undefined);
      try {
        await tool.settle();
        const journalLength = await journal.flush();
        const { entryId } = await client.call('tasks.submit', {
          taskId: task.id,
          journalLength,
          ...tool.measured(),
          ...answers,
        });
        workStore.setState({ dialog: null, sealed: { projectId: project.id, name: task.name, entryId } });
        if (goesOn.current) await openNext(client, { projectId: project.id, order }, task.id, onOpen);
      } catch (thrown) {
        const refused = toClientError(thrown, 'tasks.submit');
        const dialog = questions[refused.code as keyof typeof questions];
        if (dialog === 'undecided') setUndecided(Number(refused.details['count']));
        if (dialog) workStore.setState({ dialog });
        else setError(refused);
      } finally {
        busy.current = false;
        setRunning(false);
      }
    },
    [client, facts, journal, onOpen, order, project.id, tool],
  );

  return {
    submit: (goOn) => {
      goesOn.current = goOn;
      void seal({});
    },
    answer: (answer) => void seal({ ...given.current, ...answer }),
    undecided,
    running,
    error,
    clear: () => setError(undefined),
    ready,
  };
}

/** Opens the next task that is not done: after this one, else from the beginning; stays when there is none. */
async function openNext(
  client: ReturnType<typeof useClient>,
  queue: { projectId: ProjectId; order: QueueOrder },
  from: TaskId,
  onOpen: (taskId: TaskId) => void,
): Promise<void> {
  const states = ['open', 'drafted', 'returned'] as const;
  for (const start of [from, null]) {
    const { taskId } = await client.call('tasks.neighbour', {
      ...queue,
      from: start,
      direction: 'next',
      states: [...states],
    });
    if (taskId) {
      onOpen(taskId);
      return;
    }
  }
}
