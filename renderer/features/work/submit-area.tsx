import { Button, Tooltip, UnstyledButton } from '@mantine/core';
import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { flushSync } from 'react-dom';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { focusCanvas } from './canvas-focus.ts';
import { taskWords } from './task-words.ts';
import type { TaskFacts } from './use-open-task.ts';
import type { Submission } from './use-submit.ts';
import { workStore } from './work.store.ts';
import classes from './submit-area.module.css';

interface Props {
  submission: Submission;
  facts: TaskFacts;
  breaches: OpenBreaches;
  /** What the button does, in words. */
  what: string;
}

/** What breaks a rule, counted for the question before submitting. */
export interface OpenBreaches {
  /** How many of them one is asked about. */
  asked: number;
  /** How often each rule is broken, the rule in words. */
  counts: readonly { rule: string; count: number }[];
}

/** The button that seals, what it will do in words, and what was sealed last. */
export function SubmitArea({ submission, facts, breaches, what }: Props) {
  const t = useText();
  const sealed = workStore((state) => state.sealed);
  const dialog = workStore((state) => state.dialog);
  const asking = dialog === 'resubmit' || dialog === 'undecided' || dialog === 'breaches';
  const { task } = useQuery('tasks.get', { taskId: facts.task.id }).data ?? facts;
  const close = () => {
    workStore.setState({ dialog: null });
    submission.clear();
  };
  const lookAtFirst = () => {
    // Closed at once: a dialog that closes later would take the focus back from where this leads.
    flushSync(close);
    runBound('work.proposal-first');
    focusCanvas();
  };
  return (
    <section className={classes.area} aria-label={t('work.submit.title')}>
      {sealed?.projectId === task.projectId && (
        <p className={classes.sealed} role="status">
          <IconRosetteDiscountCheck size={16} stroke={1.6} aria-hidden className={classes.icon} />
          <span className={classes.words} title={sealed.name}>
            {t('work.submit.sealed', { name: taskWords(t, sealed.name) })}
          </span>
          <UnstyledButton className={classes.link} onClick={() => navigate('ledger', { entryId: sealed.entryId })}>
            {t('work.submit.openEntry')}
          </UnstyledButton>
        </p>
      )}
      {task.state === 'submitted' && <p className={classes.state}>{t('work.submit.already')}</p>}
      {task.state === 'returned' && <p className={classes.state}>{t('work.submit.returned')}</p>}
      {!asking && <ErrorNotice error={submission.error} onDismiss={submission.clear} />}
      <Tooltip label={what} multiline maw={280}>
        <Button
          fullWidth
          disabled={!submission.ready}
          loading={submission.running}
          onClick={() => submission.submit(true)}
          rightSection={<KeyHint of="work.submit-next" keys="Ctrl+Enter" />}
        >
          {t('work.submit.button')}
        </Button>
      </Tooltip>
      <ConfirmDialog
        opened={dialog === 'resubmit'}
        title={t('work.submit.again')}
        confirmLabel={t('work.submit.againButton')}
        withReason
        running={submission.running}
        error={submission.error}
        onConfirm={(reason) => submission.answer({ reason })}
        onClose={close}
      >
        {t('work.submit.againBody', { name: taskWords(t, task.name) })}
      </ConfirmDialog>
      <ConfirmDialog
        opened={dialog === 'undecided'}
        title={t('work.submit.undecided')}
        confirmLabel={t('work.submit.undecidedButton')}
        instead={{ label: t('work.submit.undecidedLook'), keys: 'M', run: lookAtFirst }}
        running={submission.running}
        error={submission.error}
        onConfirm={() => submission.answer({ proposalsSeen: true })}
        onClose={close}
      >
        <p>{t('work.submit.undecidedBody', { count: submission.undecided })}</p>
        <p>{t('work.submit.undecidedThen')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={dialog === 'breaches'}
        title={t('work.submit.breaches')}
        confirmLabel={t('work.submit.breachesButton')}
        running={submission.running}
        error={submission.error}
        onConfirm={() => submission.answer({ breachesSeen: true })}
        onClose={close}
      >
        {t('work.submit.breachesBody', { count: breaches.asked })}
        <BreachSummary breaches={breaches} />
      </ConfirmDialog>
    </section>
  );
}

/** How often each rule is broken. */
function BreachSummary({ breaches }: { breaches: OpenBreaches }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className={classes.breaches}>
      {breaches.counts.map(({ rule, count }) => (
        <li key={rule}>{t('work.breaches.line', { rule, count: format.number(count, 0) })}</li>
      ))}
    </ul>
  );
}
