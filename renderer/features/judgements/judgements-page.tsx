import { Button, Checkbox, Textarea } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts, Fields, FormActions, Section } from '#renderer/ui/form.tsx';
import { Page } from '#renderer/ui/page.tsx';
import classes from './judgements.module.css';

/** The worker's own judgements of a task, sealed beside the machine's answer. */
export function JudgementsPage() {
  const t = useText();
  const { taskId } = useRoomParams('judgements');
  if (taskId) return <TaskJudgements key={taskId} taskId={taskId as TaskId} />;
  return (
    <Page title={t('app.rooms.judgements')}>
      <EmptyState
        sentence={t('judgements.noTask')}
        action={<Button onClick={() => navigate('work', {})}>{t('app.rooms.work')}</Button>}
      />
    </Page>
  );
}

function TaskJudgements({ taskId }: { taskId: TaskId }) {
  const t = useText();
  const format = useFormat();
  const task = useQuery('tasks.get', { taskId });
  const list = useQuery('judgements.list', { taskId });
  const sealed = list.data?.judgements ?? [];
  return (
    <Page
      title={t('judgements.title', { task: task.data?.task.name ?? '' })}
      actions={
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowLeft size={16} stroke={1.6} />}
          onClick={() => navigate('work', { taskId, ...(task.data ? { projectId: task.data.task.projectId } : {}) })}
        >
          {t('judgements.back')}
        </Button>
      }
    >
      <ErrorNotice error={task.error ?? list.error} onAgain={list.refetch} />
      <Section title={t('judgements.mine')} lead={t('judgements.lead')}>
        {list.data && <JudgementForm taskId={taskId} first={sealed.length === 0} />}
      </Section>
      {list.data && sealed.length === 0 && <p className={classes.none}>{t('judgements.none')}</p>}
      {sealed.map((judgement) => (
        <Section
          key={judgement.id}
          title={t('judgements.sealedAt', { time: format.dateTime(judgement.sealedAt) })}
          lead={t(judgement.beforeMachine ? 'judgements.beforeMachine' : 'judgements.afterMachine')}
        >
          <Facts
            facts={[
              { name: t('judgements.mine'), value: words(judgement.judgement) },
              ...(judgement.machineAnswer === null
                ? []
                : [{ name: t('judgements.machine'), value: words(judgement.machineAnswer) }]),
            ]}
          />
        </Section>
      ))}
    </Page>
  );
}

/** A judgement is any JSON: text as it is, structures of the task tools as JSON. */
const words = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

/** `first`: "before the machine" can be said of the first judgement only. */
function JudgementForm({ taskId, first }: { taskId: TaskId; first: boolean }) {
  const t = useText();
  const [mine, setMine] = useState('');
  const [machine, setMachine] = useState('');
  const [before, setBefore] = useState(true);
  const beforeMachine = first && before;
  const seal = useCommand('judgements.seal');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const machineAnswer = machine.trim() === '' ? null : machine.trim();
    const done = await seal.run({ taskId, judgement: mine.trim(), beforeMachine, machineAnswer });
    if (!done) return;
    setMine('');
    setMachine('');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Fields>
        <Textarea
          aria-label={t('judgements.mine')}
          value={mine}
          maxLength={20_000}
          autosize
          minRows={3}
          onChange={(event) => setMine(event.currentTarget.value)}
        />
        <Checkbox
          label={t('judgements.before')}
          checked={beforeMachine}
          disabled={!first}
          onChange={(event) => setBefore(event.currentTarget.checked)}
        />
        <Textarea
          label={t('judgements.machine')}
          value={machine}
          maxLength={20_000}
          autosize
          minRows={2}
          onChange={(event) => setMachine(event.currentTarget.value)}
        />
        <ErrorNotice error={seal.error} />
        <FormActions>
          <Button type="submit" loading={seal.running} disabled={mine.trim() === ''}>
            {t('judgements.seal')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
