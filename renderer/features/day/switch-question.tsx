import { Popover, UnstyledButton } from '@mantine/core';
import { IconFolder, IconPlayerStop } from '@tabler/icons-react';
import type { Output } from '#shared/contract/contract.ts';
import type { Activity } from '#shared/domain/time.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useQueryCache } from '#renderer/client/client-context.tsx';
import { useCommand } from '#renderer/client/use-command.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { keepKeysDuring } from '#renderer/lib/kept-keys.ts';
import { activities, whatWords } from '#renderer/lib/time-words.ts';
import { ActivityDot } from '#renderer/ui/activity-dot.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { KeyMenu } from '#renderer/ui/key-menu.tsx';
import { dayStore, toggleQuestion } from './day.store.ts';
import { useCloseOnLeave } from './use-close-on-leave.ts';
import classes from './day-strip.module.css';

interface Props {
  running: Output<'time.state'>['activity'];
  /** Milliseconds since it was told. */
  since: number;
}

/** The next key may be the answer already. */
const atOnce = { duration: 0 };
const close = () => dayStore.setState({ open: null });

/** The running activity with its clock; its key asks for another one. */
export function SwitchQuestion({ running, since }: Props) {
  const t = useText();
  const format = useFormat();
  const opened = dayStore((state) => state.open === 'switch');
  const { projects } = useWorkedProject();
  const project = projects.find(({ id }) => id === running?.projectId);
  useCloseOnLeave();
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="top-end"
      offset={6}
      transitionProps={atOnce}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.running}
          aria-expanded={opened}
          aria-label={t('day.actions.switch')}
          onClick={() => toggleQuestion('switch')}
        >
          <ActivityDot what={running?.what ?? null} />
          <span>{running ? whatWords(t, 'activity', running.what) : t('day.nothingRuns')}</span>
          {project && <span className={classes.project}>{project.name}</span>}
          {running && <time className={classes.clock}>{format.clock(running.elapsedMs + since)}</time>}
          <KeyHint of="day.switch" keys="S" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>{opened && <SwitchAnswers running={running} onClose={close} />}</Popover.Dropdown>
    </Popover>
  );
}

/** Keys of the projects, in the order of the projects room. */
const projectKeys = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;

/** A digit says what is done, a letter for which project; the other of the two stays as it is. */
export function SwitchAnswers({ running, onClose }: { running: Props['running']; onClose: () => void }) {
  const t = useText();
  const queries = useQueryCache();
  const change = useCommand('time.switch');
  const { projectId, projects, remember } = useWorkedProject();
  const choose = async (activity: Activity | null) => {
    const same = activity !== null && running?.what === activity;
    // The task stays with drawing; a meeting belongs to none.
    const onTask = activity === 'annotating' || activity === 'revising';
    const target = { projectId, taskId: onTask ? (running?.taskId ?? null) : null };
    if (same || (await change.run({ activity, ...target }))) onClose();
    await queries.refetch('time.state', {});
  };
  const chooseProject = async (id: ProjectId) => {
    const activity = running && running.what !== 'break' ? (running.what as Activity) : 'annotating';
    const same = running?.projectId === id && running.what === activity;
    remember(id);
    if (same || (await change.run({ activity, projectId: id, taskId: null }))) onClose();
    await queries.refetch('time.state', {});
  };
  return (
    <KeyMenu
      title={t('day.switch.title')}
      onClose={onClose}
      answers={[
        ...activities.map((activity, at) => ({
          key: String(at + 1),
          label: whatWords(t, 'activity', activity),
          mark: <ActivityDot what={activity} />,
          on: running?.what === activity,
          run: () => keepKeysDuring(choose(activity)),
        })),
        ...(running
          ? [
              {
                key: '0',
                label: t('day.switch.stop'),
                mark: <IconPlayerStop size={12} stroke={1.8} aria-hidden />,
                run: () => keepKeysDuring(choose(null)),
              },
            ]
          : []),
        ...projects.slice(0, projectKeys.length).map(({ id, name }, at) => ({
          key: projectKeys[at] ?? '',
          label: name,
          mark: <IconFolder size={12} stroke={1.8} aria-hidden />,
          on: id === projectId,
          apart: at === 0,
          run: () => keepKeysDuring(chooseProject(id)),
        })),
      ]}
    >
      <ErrorNotice error={change.error} />
    </KeyMenu>
  );
}
