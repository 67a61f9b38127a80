import { Button, Checkbox, Modal, SegmentedControl, Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { Job } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { ExchangeChoices } from './exchange-choices.tsx';
import type { Preview } from './use-preview.ts';
import classes from './exchange-dialogs.module.css';

/** Only what was sealed, or drafts as well. */
export type Which = Input<'exports.write'>['which'];

/** How an export is wanted. */
interface ExportForm<Format extends string> {
  wanted: Format;
  choices: Record<string, string>;
  which: Which;
  path: string;
  overwrite: boolean;
}

/** The form of an export as filled in so far, beginning with a format. */
export function useExportForm<Format extends string>(first: Format) {
  const [form, setForm] = useState<ExportForm<Format>>({
    wanted: first,
    choices: {},
    which: 'submitted',
    path: '',
    overwrite: false,
  });
  return { form, change: (part: Partial<ExportForm<Format>>) => setForm((now) => ({ ...now, ...part })) };
}

interface Props<Format extends string> {
  title: string;
  /** Of the file or folder. */
  suggestedName: string;
  formats: readonly { format: Format; choices: Parameters<typeof ExchangeChoices>[0]['asked']; words: string }[];
  /** A folder is written, not a file. */
  folder?: boolean;
  form: ExportForm<Format>;
  change: (part: Partial<ExportForm<Format>>) => void;
  preview: Preview<'exports.preview'> | Preview<'texts.exportPreview'>;
  /** What would be written and what would be lost, once it was seen. */
  foreseen: ReactNode;
  job: Pick<Job<'exports.write' | 'texts.export'>, 'progress' | 'error' | 'cancel' | 'cancelling'>;
  onWrite: () => void;
  /** What was written; null until then. */
  done: ReactNode;
  onClose: () => void;
}

/** The dialog that writes what was made in a format of choice. What the format cannot carry is said before anything is written. */
export function ExportFrame<Format extends string>(props: Props<Format>) {
  const { title, job, done, folder = false } = props;
  const t = useText();
  return (
    <Modal opened onClose={props.onClose} title={title} size={640} withCloseButton={false}>
      <div className={classes.body}>
        {done === null && (
          <>
            <ExportFields {...props} folder={folder} />
            <Foreseeing preview={props.preview} writing={job.progress !== null} />
            {props.foreseen}
          </>
        )}
        <ErrorNotice error={props.preview.job.error ?? job.error} />
        {job.progress && (
          <JobProgress
            label={t('work.export.writing')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done}
        <FormActions>
          {done === null ? (
            <>
              <Button variant="default" onClick={props.onClose}>
                {t('ui.confirm.cancel')}
              </Button>
              <Button disabled={props.form.path === ''} loading={job.progress !== null} onClick={props.onWrite}>
                {folder ? t('work.export.writeFolder') : t('work.export.write')}
              </Button>
            </>
          ) : (
            <DoneButton onClick={props.onClose}>{t('work.exchange.close')}</DoneButton>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

/** Format, which work, and where to. */
function ExportFields<Format extends string>(props: Props<Format> & { folder: boolean }) {
  const { form, change, folder } = props;
  const t = useText();
  return (
    <>
      <div className={classes.choices}>
        <Select
          label={t('work.exchange.formatLabel')}
          data={props.formats.map(({ format, words }) => ({ value: format, label: words }))}
          value={form.wanted}
          allowDeselect={false}
          onChange={(value) => change({ wanted: value as Format, choices: {} })}
        />
        <SegmentedControl
          className={classes.segmented}
          aria-label={t('work.export.which')}
          value={form.which}
          onChange={(which) => change({ which })}
          data={[
            { value: 'submitted', label: t('work.export.submitted') },
            { value: 'all', label: t('work.export.all') },
          ]}
        />
      </div>
      <ExchangeChoices
        asked={props.formats.find(({ format }) => format === form.wanted)?.choices ?? []}
        answers={form.choices}
        onAnswer={(choices) => change({ choices })}
      />
      <PathField
        required
        label={folder ? t('work.export.folder') : t('work.export.path')}
        value={form.path}
        onChange={(path) => change({ path })}
        options={{ mode: 'save', title: props.title, suggestedName: props.suggestedName }}
      />
      <Checkbox
        label={folder ? t('work.export.overwriteFolder') : t('work.export.overwrite')}
        checked={form.overwrite}
        onChange={(event) => change({ overwrite: event.currentTarget.checked })}
      />
    </>
  );
}

/** How far looking is, and a way to look again when it was called off. */
function Foreseeing({ preview, writing }: Pick<Props<string>, 'preview'> & { writing: boolean }) {
  const t = useText();
  const { job, stopped } = preview;
  return (
    <>
      {job.progress && !writing && (
        <JobProgress
          label={t('work.export.foreseeing')}
          {...job.progress}
          onCancel={preview.stop}
          cancelling={job.cancelling}
        />
      )}
      {stopped && (
        <Button variant="default" onClick={preview.readAgain}>
          {t('work.import.readAgain')}
        </Button>
      )}
    </>
  );
}

/** The name of a project as every file system takes it. */
export function fileNameOf(projectName: string): string {
  return projectName.replace(/[\\/:*?"<>|]+/g, ' ').trim();
}
