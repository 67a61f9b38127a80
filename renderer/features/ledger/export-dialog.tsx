import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ledgerExportFormat } from '#shared/contract/ledger-exports.contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { lastName } from '#renderer/lib/path-name.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { toast } from '#renderer/ui/toast.ts';

type ExportFormat = (typeof ledgerExportFormat.options)[number];

const endings: Readonly<Record<ExportFormat, string>> = {
  lines: 'jsonl',
  csv: 'csv',
  xlsx: 'xlsx',
  timeclock: 'timeclock',
  journal: 'journal',
};
const orNull = (day: string) => (day === '' ? null : day);

/** Writes the ledger, or the entries of some days, to a file of the worker's choice. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const words = useFormat();
  const [format, setFormat] = useState<ExportFormat>('lines');
  const [path, setPath] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const [attachments, setAttachments] = useState(true);
  const withFiles = attachments && format === 'lines';
  const job = useJob('ledger.export');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const days = { from: orNull(from), to: orNull(to) };
    const done = await job.run({ format, path: path.trim(), overwrite, attachments: withFiles, ...days });
    if (!done) return;
    const count = { count: done.entries, formatted: words.number(done.entries, 0) };
    const told = [t('ledger.export.done', { ...count, file: lastName(path) })];
    if (done.attachments > 0) told.push(t('ledger.export.withFiles', { count: done.attachments }));
    if (done.attachmentsMissing > 0) told.push(t('ledger.export.filesMissing', { count: done.attachmentsMissing }));
    toast(told.join(' '));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('ledger.export.title')} size={560} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <Select
            label={t('ledger.export.format')}
            description={t(`ledger.export.leads.${format}`)}
            data={ledgerExportFormat.options.map((value) => ({ value, label: t(`ledger.export.formats.${value}`) }))}
            value={format}
            onChange={(value) => value && setFormat(value)}
            allowDeselect={false}
          />
          <FieldRow>
            <DayField
              label={t('ledger.export.from')}
              value={from}
              onChange={setFrom}
              placeholder={t('ledger.export.all')}
              clearable
            />
            <DayField
              label={t('ledger.export.to')}
              value={to}
              onChange={setTo}
              placeholder={t('ledger.export.all')}
              clearable
            />
          </FieldRow>
          <PathField
            label={t('ledger.export.path')}
            description={t('ledger.export.recorded')}
            value={path}
            onChange={setPath}
            required
            options={{
              mode: 'save',
              title: t('ledger.export.title'),
              suggestedName: `${t('ledger.export.name')}.${endings[format]}`,
            }}
          />
          {format === 'lines' && (
            <Checkbox
              label={t('ledger.export.attachments')}
              description={t('ledger.export.attachmentsHint')}
              checked={attachments}
              onChange={(event) => setAttachments(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t('ledger.export.overwrite')}
            checked={overwrite}
            onChange={(event) => setOverwrite(event.currentTarget.checked)}
          />
          {job.progress && (
            <JobProgress
              label={t('ledger.export.running')}
              {...job.progress}
              onCancel={job.cancel}
              cancelling={job.cancelling}
            />
          )}
          <ErrorNotice error={job.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" disabled={path.trim() === '' || job.progress !== null}>
              {t('ledger.export.confirm')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
