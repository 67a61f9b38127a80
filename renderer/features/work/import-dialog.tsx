import { Button, Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from './count-lines.tsx';
import { failWords, lossWords } from './exchange-words.ts';
import classes from './exchange-dialogs.module.css';

interface Props {
  projectId: ProjectId;
  onImported: () => void;
  onClose: () => void;
}

/** Reads a COCO file first, says what it would do, and only then adds its shapes to the drafts. */
export function ImportDialog({ projectId, onImported, onClose }: Props) {
  const t = useText();
  const job = useJob('imports.apply');
  const [path, setPath] = useState('');
  const [done, setDone] = useState<Output<'imports.apply'> | null>(null);
  // A path that is still being typed is not looked for at every letter.
  const [asked] = useDebouncedValue(path.trim(), 300);
  const preview = useQuery('imports.preview', asked === '' || done ? null : { projectId, format: 'coco', path: asked });
  const known = preview.previous || preview.error ? undefined : preview.data;
  const apply = async () => {
    const answer = await job.run({ projectId, format: 'coco', path });
    if (!answer) return;
    setDone(answer);
    onImported();
  };
  return (
    <Modal opened onClose={onClose} title={t('work.import.title')} size={560} withCloseButton={false}>
      <div className={classes.body}>
        {!done && (
          <PathField
            label={t('work.import.path')}
            description={t('work.import.lead')}
            value={path}
            onChange={setPath}
            options={{ mode: 'file', title: t('work.import.title'), endings: ['json'] }}
          />
        )}
        <ErrorNotice error={(path === '' ? undefined : preview.error) ?? job.error} />
        {!done && path !== '' && known && <Preview preview={known} />}
        {job.progress && (
          <JobProgress
            label={t('work.import.taking')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done && <Done done={done} />}
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
            <Button
              disabled={!known || known.matched === 0 || path === ''}
              loading={job.progress !== null}
              onClick={() => void apply()}
            >
              {t('work.import.apply')}
            </Button>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

function Preview({ preview }: { preview: Output<'imports.preview'> }) {
  const t = useText();
  const format = useFormat();
  const n = (value: number) => format.number(value, 0);
  return (
    <CountLines
      lines={[
        t('work.import.found', { items: n(preview.items), objects: n(preview.objects) }),
        t('work.import.matched', { count: preview.matched, formatted: n(preview.matched) }),
        preview.unmatched.length > 0 &&
          t('work.import.unmatched', { count: preview.unmatched.length, formatted: n(preview.unmatched.length) }),
        preview.newLabels.length > 0 && t('work.import.newLabels', { names: preview.newLabels.join(', ') }),
        preview.failed.length > 0 &&
          t('work.import.failed', { count: preview.failed.length, formatted: n(preview.failed.length) }),
      ]}
      details={[
        ...preview.failed.map(({ where, why }) => ({ name: where, words: failWords(t, why) })),
        ...preview.loss.map(({ what, count }) => ({ name: n(count), words: lossWords(t, what) })),
      ].slice(0, 200)}
    />
  );
}

function Done({ done }: { done: Output<'imports.apply'> }) {
  const t = useText();
  const format = useFormat();
  const n = (value: number) => format.number(value, 0);
  return (
    <CountLines
      lines={[
        t('work.import.done', { items: n(done.items), objects: n(done.objects) }),
        done.failed.length === 0 && done.loss.length === 0 && t('work.exchange.nothingLost'),
        done.failed.length > 0 &&
          t('work.import.failed', { count: done.failed.length, formatted: n(done.failed.length) }),
      ]}
      details={[
        ...done.failed.map(({ where, why }) => ({ name: where, words: failWords(t, why) })),
        ...done.loss.map(({ what, count }) => ({ name: n(count), words: lossWords(t, what) })),
      ].slice(0, 200)}
    />
  );
}
