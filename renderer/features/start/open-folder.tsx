import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Output } from '#shared/contract/contract.ts';
import type { SkipReason } from '#shared/rules/photo-names.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { goBack, navigate } from '#renderer/lib/route.store.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { FolderForm } from './folder-form.tsx';
import { type FolderAnswers, useFolderProject, worthTelling } from './use-folder-project.ts';
import classes from './start-page.module.css';

/** From a folder of photos or recordings to a project: form, import with progress, what was left out, work. */
export function OpenFolder() {
  const t = useText();
  const project = useFolderProject();
  const { job, imported, projectId } = project;
  const folder = project.folder;

  const some = imported !== null && imported.taken + imported.alreadyThere > 0;
  const showResult = imported !== null && some && projectId !== null;
  return (
    <>
      {!job.progress && (
        <Button
          className={classes.back}
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconArrowLeft size={16} stroke={1.6} />}
          onClick={goBack}
        >
          {t('start.form.back')}
        </Button>
      )}
      <h1>{t('start.form.title')}</h1>
      {job.progress && (
        <div className={classes.result}>
          <JobProgress
            label={t(`start.import.running.${project.modality}`, { folder })}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        </div>
      )}
      {showResult && (
        <Result imported={imported} modality={project.modality} onGo={() => navigate('work', { projectId })} />
      )}
      {/* Kept, though out of sight: after a cancelled or failed import the answers are still there. */}
      <div hidden={job.progress !== null || showResult}>
        <FolderForm project={project} nothingFound={imported !== null && !some} />
      </div>
      <ErrorNotice error={job.error ?? project.error} />
    </>
  );
}

const reasons: readonly SkipReason[] = [
  'hidden',
  'svg',
  'not-a-photo',
  'not-a-recording',
  'link',
  'not-a-file',
  'unreadable',
  'name',
];

function reasonText(problem: string, t: TFunction): string {
  const known = reasons.find((reason) => reason === problem);
  return known ? t(`start.import.reasons.${known}`) : problem;
}

interface ResultProps {
  imported: Output<'tasks.importFolder'>;
  modality: FolderAnswers['modality'];
  onGo: () => void;
}

function Result({ imported, modality, onGo }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const told = worthTelling(imported);
  const count = imported.taken + imported.alreadyThere;
  const others = imported.skipped - told.length;
  return (
    <div className={classes.result}>
      <p>{t(`start.import.taken.${modality}`, { count, formatted: format.number(count, 0) })}</p>
      <div>
        <p>{t('start.import.skipped', { count: told.length, formatted: format.number(told.length, 0) })}</p>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
        <ul className={classes.skipped} tabIndex={0}>
          {told.map(({ path, problem }) => (
            <li key={path}>{t('start.import.left', { path, reason: reasonText(problem, t) })}</li>
          ))}
        </ul>
        {others > 0 && (
          <p className={classes.others}>
            {t(`start.import.others.${modality}`, { count: others, formatted: format.number(others, 0) })}
          </p>
        )}
      </div>
      <FormActions>
        <DoneButton onClick={onGo}>{t('start.import.go')}</DoneButton>
      </FormActions>
    </div>
  );
}
