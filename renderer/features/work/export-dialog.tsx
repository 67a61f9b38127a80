import { Button, Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from './count-lines.tsx';
import { lossWords } from './exchange-words.ts';
import type { ProjectRow } from './work-page.tsx';
import classes from './exchange-dialogs.module.css';

type Which = 'submitted' | 'all';

/** Writes the project's annotations as COCO JSON, and says what the format could not carry. */
export function ExportDialog({ project, onClose }: { project: ProjectRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const job = useJob('exports.write');
  const [which, setWhich] = useState<Which>('submitted');
  const [path, setPath] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const [done, setDone] = useState<Output<'exports.write'> | null>(null);
  const write = async () => {
    const answer = await job.run({ projectId: project.id, format: 'coco', path, overwrite, which });
    if (answer) setDone(answer);
  };
  return (
    <Modal opened onClose={onClose} title={t('work.export.title')} size={560} withCloseButton={false}>
      <div className={classes.body}>
        {!done && (
          <>
            <SegmentedControl
              fullWidth
              aria-label={t('work.export.which')}
              value={which}
              onChange={(value) => setWhich(value as Which)}
              data={[
                { value: 'submitted', label: t('work.export.submitted') },
                { value: 'all', label: t('work.export.all') },
              ]}
            />
            <PathField
              label={t('work.export.path')}
              value={path}
              onChange={setPath}
              options={{ mode: 'save', title: t('work.export.title'), suggestedName: `${fileName(project.name)}.json` }}
            />
            <Checkbox
              label={t('work.export.overwrite')}
              checked={overwrite}
              onChange={(event) => setOverwrite(event.currentTarget.checked)}
            />
          </>
        )}
        <ErrorNotice error={job.error} />
        {job.progress && (
          <JobProgress
            label={t('work.export.writing')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done && (
          <CountLines
            lines={[
              t('work.export.done', {
                items: format.number(done.items, 0),
                objects: format.number(done.objects, 0),
                path: done.path,
              }),
              done.loss.length === 0 ? t('work.exchange.nothingLost') : t('work.export.loss'),
            ]}
            details={done.loss.map(({ what, count }) => ({ name: format.number(count, 0), words: lossWords(t, what) }))}
          />
        )}
        <FormActions>
          {!done && (
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
          )}
          {done ? (
            <Button data-autofocus onClick={onClose}>
              {t('work.exchange.close')}
            </Button>
          ) : (
            <Button disabled={path === ''} loading={job.progress !== null} onClick={() => void write()}>
              {t('work.export.write')}
            </Button>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, ' ').trim();
}
