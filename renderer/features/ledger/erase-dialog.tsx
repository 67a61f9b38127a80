import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import type { EntryDetail } from './entry-detail.ts';
import { useFieldName } from '#renderer/lib/entry-words.ts';
import classes from './ledger.module.css';

/** Chooses fields to erase, says what else holds them, and takes a reason. */
export function EraseDialog({ entry, onClose }: { entry: EntryDetail; onClose: () => void }) {
  const t = useText();
  const fieldName = useFieldName();
  const erase = useJob('ledger.erase');
  const [fields, setFields] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [rewriteBackups, setRewriteBackups] = useState(true);
  const there = entry.fields.filter((field) => !field.erased);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await erase.run({ id: entry.id, fields: [...fields], reason: reason.trim(), rewriteBackups });
    if (done) onClose();
  };
  return (
    <Modal
      opened
      onClose={() => erase.progress === null && onClose()}
      title={t('ledger.erase.title')}
      size={520}
      withCloseButton={false}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <p>{t('ledger.erase.body')}</p>
          <fieldset className={classes.choices}>
            <legend>{t('ledger.erase.fields')}</legend>
            {there.map((field) => (
              <Checkbox
                key={field.name}
                size="xs"
                label={fieldName(field.name)}
                checked={fields.includes(field.name)}
                onChange={(event) =>
                  setFields(
                    event.currentTarget.checked
                      ? [...fields, field.name]
                      : fields.filter((other) => other !== field.name),
                  )
                }
              />
            ))}
          </fieldset>
          {fields.length > 0 && <Preview entry={entry} fields={fields} />}
          <Checkbox
            label={t('ledger.erase.rewriteBackups')}
            checked={rewriteBackups}
            onChange={(event) => setRewriteBackups(event.currentTarget.checked)}
          />
          <Textarea
            label={t('ui.confirm.reason')}
            description={t('ui.confirm.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={20_000}
            required
          />
          <ErrorNotice error={erase.error} />
          {erase.progress?.total != null && <JobProgress label={t('ledger.erase.rewriting')} {...erase.progress} />}
          <FormActions>
            <Button variant="default" disabled={erase.progress !== null} onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button
              type="submit"
              color="red"
              loading={erase.progress !== null}
              disabled={fields.length === 0 || reason.trim() === ''}
            >
              {t('ledger.erase.confirm')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

function Preview({ entry, fields }: { entry: EntryDetail; fields: readonly string[] }) {
  const t = useText();
  const format = useFormat();
  const preview = useQuery('ledger.erasePreview', { id: entry.id, fields: [...fields] });
  const data = preview.data;
  if (!data) return <ErrorNotice error={preview.error} />;
  return (
    <div className={classes.preview}>
      {data.blobs > 0 && <p>{t('ledger.erase.blobs', { count: data.blobs })}</p>}
      <p>{t('ledger.erase.backups', { count: data.backups.length })}</p>
      {data.exports.length > 0 && (
        <>
          <p>{t('ledger.erase.exports')}</p>
          <ul>
            {data.exports.map((file) => (
              <li key={`${file.at}${file.fileName}`}>
                {file.fileName} · {format.dateTime(file.at)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
