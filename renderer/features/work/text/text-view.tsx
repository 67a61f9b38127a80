import { Loader } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { useOpenTask } from '../use-open-task.ts';
import { useQueueActions } from '../use-queue-actions.ts';
import { useSubmit, type SubmitTool } from '../use-submit.ts';
import type { ProjectRow } from '../work-page.tsx';
import { useJudgeFirst } from './judging/use-judge-first.ts';
import { TextRoom } from './text-room.tsx';
import { setCalm } from './text.store.ts';
import { useTextDesk, useTexts } from './use-text-task.ts';
import classes from './text-room.module.css';

interface Props {
  project: ProjectRow;
  taskId: TaskId;
  onOpen: (taskId: TaskId) => void;
}

/** The open task of a project of texts: what is asked, the answer, and the account of this task. */
export function TextView({ project, taskId, onOpen }: Props) {
  const t = useText();
  const open = useOpenTask(taskId);
  const texts = useTexts(taskId);
  const facts = open.status === 'open' ? open.facts : null;
  const journal = open.status === 'open' ? open.journal : null;
  const desk = useTextDesk(journal, texts.status === 'open' ? texts.texts : null);
  // What a machine judged is told once the worker's own judgement is sealed; until that is known, it is as the task was opened.
  const present = useQuery('texts.get', { taskId });
  const opened = texts.status === 'open' ? texts.texts.facts : null;
  const asked = (present.previous ? undefined : present.data) ?? opened;
  const judging = useJudgeFirst(taskId, asked, desk);
  const { hidden } = judging;
  const tool = useMemo(
    (): SubmitTool => ({
      ready: desk !== null,
      settle: () => desk?.save(),
      measured: () => ({ machineUnseen: hidden }),
    }),
    [desk, hidden],
  );
  // Before the rules are known a word would be taken for a category of its own.
  const guidelines = useQuery('guidelines.list', { projectId: project.id });
  const rulesKnown = guidelines.error !== undefined || (guidelines.data !== undefined && !guidelines.previous);
  // Another room, or a project of photos, has its queue.
  useEffect(() => () => setCalm(false), []);
  const submission = useSubmit({ project, facts, journal, tool, onOpen });
  useQueueActions({ project, taskId, facts, submission, onOpen });

  if (facts && journal && desk && asked && rulesKnown) {
    return (
      <TextRoom
        // Another task is another room: nothing of the one before is carried over.
        key={taskId}
        project={project}
        facts={facts}
        journal={journal}
        desk={desk}
        asked={asked}
        submission={submission}
        judging={judging}
      />
    );
  }
  const failed = open.status === 'failed' ? open : texts.status === 'failed' ? texts : null;
  return (
    <section className={classes.empty} aria-label={t('work.text.stage')}>
      {failed ? (
        <ErrorNotice error={failed.error} onAgain={failed.again} />
      ) : (
        <Loader size={20} color="gray" aria-label={t('work.text.loading')} />
      )}
    </section>
  );
}
