import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { asksForKind, kindsOf } from '#shared/rules/projects.rules.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from './count-lines.tsx';
import { skipWords } from './exchange-words.ts';
import type { ProjectRow } from './work-page.tsx';
import classes from './exchange-dialogs.module.css';

/** Takes a folder of photos into the project, with what was skipped and why. */
export function FolderDialog({ project, onClose }: { project: ProjectRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const job = useJob('tasks.importFolder');
  const [path, setPath] = useState('');
  const [kind, setKind] = useState<string | null>(null);
  const [done, setDone] = useState<Output<'tasks.importFolder'> | null>(null);
  const take = async () => {
    const answer = await job.run({ projectId: project.id, path, taskKind: kind });
    if (answer) setDone(answer);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('work.folder.title')}
      size={560}
      withCloseButton={false}
      closeOnEscape={!job.progress}
    >
      <div className={classes.body}>
        {!done && (
          <PathField
            required
            label={t('work.folder.path')}
            description={t('work.folder.lead')}
            value={path}
            onChange={setPath}
            options={{ mode: 'folder', title: t('work.folder.title') }}
          />
        )}
        {!done && asksForKind(project.terms) && (
          <Select
            label={t('work.kind.name')}
            placeholder={t('work.kind.none')}
            data={kindsOf(project.terms)}
            value={kind}
            onChange={setKind}
            clearable
          />
        )}
        <ErrorNotice error={job.error} />
        {job.progress && (
          <JobProgress
            label={t('work.folder.taking')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done && (
          <CountLines
            lines={[
              t('work.folder.taken', { count: done.taken, formatted: format.number(done.taken, 0) }),
              done.alreadyThere > 0 &&
                t('work.folder.alreadyThere', {
                  count: done.alreadyThere,
                  formatted: format.number(done.alreadyThere, 0),
                }),
              done.skipped > 0 &&
                t('work.folder.skipped', { count: done.skipped, formatted: format.number(done.skipped, 0) }),
            ]}
            details={done.skippedSome.map(({ path: skipped, problem }) => ({
              name: skipped,
              words: skipWords(t, problem),
            }))}
          />
        )}
        <FormActions>
          {!done && (
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
          )}
          {done ? (
            <DoneButton onClick={onClose}>{t('work.exchange.close')}</DoneButton>
          ) : (
            <Button disabled={path === ''} loading={job.progress !== null} onClick={() => void take()}>
              {t('work.folder.take')}
            </Button>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}
