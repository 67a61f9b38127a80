import { VisuallyHidden } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/time.ts';
import type { QueueOrder } from '#shared/rules/queue-order.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate, routeStore, useRoomParams } from '#renderer/lib/route.store.ts';
import { GuidelinePanel } from './guideline-panel.tsx';
import { SoundView } from './sound/sound-view.tsx';
import { TextView } from './text/text-view.tsx';
import { Queue } from './queue.tsx';
import { useQueueOrderActions } from './queue-order-menu.tsx';
import { NoTasks } from './no-tasks.tsx';
import { TaskView } from './task-view.tsx';
import { useQueueOrder } from './use-queue-order.ts';
import { useTouch } from './use-touch.ts';
import { ExchangeDialogs } from './exchange-dialogs.tsx';
import { touchActivity } from './touch-activity.ts';
import { thumbCache } from './thumb-cache.ts';
import { createThumbs, type Thumbs } from './thumbs.ts';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';
import classes from './work-room.module.css';

interface Props {
  project: ProjectRow;
  /** Projects one can switch to. */
  projects: readonly ProjectRow[];
}

/** What the middle of the room is, by what is worked on. */
const stages = { image: TaskView, audio: SoundView, text: TextView, elsewhere: TaskView } as const;

/** One project: queue at the left, the photo, the recording or the text in the middle, what is asked of it at the right. */
export function WorkRoom({ project, projects }: Props) {
  const t = useText();
  const queueOpen = workStore((state) => state.queueOpen);
  const guidelineOpen = workStore((state) => state.guidelineOpen);
  const { taskId, open } = useCurrentTask(project.id);
  const thumbs = useThumbs();
  const Stage = stages[project.modality];
  useQueueOrderActions(project.id);

  const activity = useTouchActivity(taskId ?? null);
  const target = useMemo(
    () => (taskId && activity ? { taskId, projectId: project.id, activity } : null),
    [taskId, project.id, activity],
  );
  useTouch(target);

  return (
    <div className={classes.room}>
      <VisuallyHidden component="h1">{t('work.heading', { project: project.name })}</VisuallyHidden>
      {queueOpen && (
        <Queue project={project} projects={projects} taskId={taskId ?? null} onOpen={open} thumbs={thumbs} />
      )}
      {taskId && <Stage project={project} taskId={taskId} onOpen={open} />}
      {taskId === null && <NoTasks project={project} />}
      {guidelineOpen && <GuidelinePanel projectId={project.id} />}
      <ExchangeDialogs project={project} taskId={taskId ?? null} />
    </div>
  );
}

/** The task on screen: the one asked for, the one of last time, the first that is not done. Undefined while it is looked for. */
function useCurrentTask(projectId: ProjectId): {
  taskId: TaskId | null | undefined;
  open: (taskId: TaskId) => void;
} {
  const client = useClient();
  const params = useRoomParams('work');
  const [remembered, remember] = useUiSetting(`work.task.${projectId}`, '');
  const [, rememberProject] = useUiSetting('work.project', '');
  const [order] = useQueueOrder(projectId);
  const [found, setFound] = useState<TaskId | null | undefined>(undefined);
  const asked = params.projectId === projectId || params.projectId === undefined ? params.taskId : undefined;
  // An import may bring the first tasks.
  const counts = useQuery('tasks.list', asked ? null : { projectId, limit: 1 });
  const total = counts.data?.total;

  useEffect(() => {
    if (asked || !total) {
      if (total === 0) setFound(null);
      return undefined;
    }
    let present = true;
    const look = async () => {
      const first = remembered === '' ? null : await taskIfThere(client, remembered as TaskId, projectId);
      const open = first ?? (await firstTask(client, projectId, order));
      if (!present) return;
      setFound(open);
      if (open) navigate('work', { projectId, taskId: open }, { replace: true });
    };
    look().catch(() => undefined);
    return () => {
      present = false;
    };
    // What was remembered matters only when the room opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, asked, projectId, total]);

  useEffect(() => rememberProject(projectId), [projectId, rememberProject]);
  const open = useCallback(
    (taskId: TaskId) => {
      // Who left while the next photo was looked for is not fetched back.
      if (routeStore.getState().route.room !== 'work') return;
      navigate('work', { projectId, taskId }, { replace: true });
      remember(taskId);
    },
    [projectId, remember],
  );
  return { taskId: (asked as TaskId | undefined) ?? found, open };
}

async function taskIfThere(
  client: ReturnType<typeof useClient>,
  taskId: TaskId,
  projectId: ProjectId,
): Promise<TaskId | null> {
  try {
    const { task } = await client.call('tasks.get', { taskId });
    return task.projectId === projectId ? task.id : null;
  } catch {
    return null;
  }
}

async function firstTask(
  client: ReturnType<typeof useClient>,
  projectId: ProjectId,
  order: QueueOrder,
): Promise<TaskId | null> {
  const from = { projectId, from: null, direction: 'next', order } as const;
  const open = await client.call('tasks.neighbour', { ...from, states: ['open', 'drafted', 'returned'] });
  return open.taskId ?? (await client.call('tasks.neighbour', from)).taskId;
}

/** What touches of the open task count as; null while that is not known. */
function useTouchActivity(taskId: TaskId | null): Activity | null {
  const running = useQuery('time.state', {}).data;
  const facts = useQuery('tasks.get', taskId ? { taskId } : null);
  const task = facts.data?.task;
  if (!running || task?.id !== taskId || !task) return null;
  return touchActivity(running.activity, task.id, task.state);
}

function useThumbs(): Thumbs {
  const client = useClient();
  const [thumbs] = useState(() => createThumbs(thumbCache(client)));
  useEffect(() => () => thumbs.dispose(), [thumbs]);
  return thumbs;
}
