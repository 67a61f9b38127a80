import { Button, Checkbox, Modal, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { type TextFormat, textFormats } from '#shared/codecs/text/text-formats.ts';
import type { Input, Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from '../count-lines.tsx';
import { ExchangeChoices } from '../exchange-choices.tsx';
import { textFormatWords, textLossWords } from '../exchange-words.ts';
import { usePreview } from '../use-preview.ts';
import type { ProjectRow } from '../work-page.tsx';
import exchange from '../exchange-dialogs.module.css';

type Which = Input<'texts.export'>['which'];

/** Writes the answers of a project in a format of choice. What the format cannot carry is said before anything is written. */
export function TextsExportDialog({ project, onClose }: { project: ProjectRow; onClose: () => void }) {
  const t = useText();
  const job = useJob('texts.export');
  const formats = useQuery('texts.formats', {}).data?.formats ?? [];
  const [wanted, setWanted] = useState<TextFormat>(textFormats[0]);
  const [choices, setChoices] = useState<Record<string, string>>({});
  const [which, setWhich] = useState<Which>('submitted');
  const [path, setPath] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const [done, setDone] = useState<Output<'texts.export'> | null>(null);
  const format = formats.find((one) => one.format === wanted);
  const asked = { projectId: project.id, format: wanted, choices, which };
  const preview = usePreview('texts.exportPreview', done ? null : asked);
  const ending = choices['container'] === 'list' ? 'json' : (format?.ending ?? 'jsonl');
  const name = `${project.name.replace(/[\\/:*?"<>|]+/g, ' ').trim()}.${ending}`;
  const write = async () => {
    const answer = await job.run({ ...asked, path, overwrite });
    if (answer) setDone(answer);
  };
  return (
    <Modal opened onClose={onClose} title={t('work.texts.export.title')} size={640} withCloseButton={false}>
      <div className={exchange.body}>
        {!done && (
          <>
            <div className={exchange.choices}>
              <Select
                label={t('work.exchange.formatLabel')}
                data={formats.map((one) => ({ value: one.format, label: textFormatWords(t, one.format) }))}
                value={wanted}
                allowDeselect={false}
                onChange={(value) => {
                  setWanted(value as TextFormat);
                  setChoices({});
                }}
              />
              <SegmentedControl
                className={exchange.segmented}
                aria-label={t('work.export.which')}
                value={which}
                onChange={(value) => setWhich(value as Which)}
                data={[
                  { value: 'submitted', label: t('work.export.submitted') },
                  { value: 'all', label: t('work.export.all') },
                ]}
              />
            </div>
            <ExchangeChoices asked={format?.choices ?? []} answers={choices} onAnswer={setChoices} />
            <PathField
              label={t('work.export.path')}
              value={path}
              onChange={setPath}
              options={{ mode: 'save', title: t('work.texts.export.title'), suggestedName: name }}
            />
            <Checkbox
              label={t('work.export.overwrite')}
              checked={overwrite}
              onChange={(event) => setOverwrite(event.currentTarget.checked)}
            />
            {preview.job.progress && job.progress === null && (
              <JobProgress
                label={t('work.export.foreseeing')}
                {...preview.job.progress}
                onCancel={preview.stop}
                cancelling={preview.job.cancelling}
              />
            )}
            {preview.stopped && (
              <Button variant="default" onClick={preview.readAgain}>
                {t('work.import.readAgain')}
              </Button>
            )}
            {preview.seen && <Foreseen preview={preview.seen} which={which} />}
          </>
        )}
        <ErrorNotice error={preview.job.error ?? job.error} />
        {job.progress && (
          <JobProgress
            label={t('work.export.writing')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done && <Done done={done} />}
        <FormActions>
          {done ? (
            <Button data-autofocus onClick={onClose}>
              {t('work.exchange.close')}
            </Button>
          ) : (
            <>
              <Button variant="default" onClick={onClose}>
                {t('ui.confirm.cancel')}
              </Button>
              <Button disabled={path === ''} loading={job.progress !== null} onClick={() => void write()}>
                {t('work.export.write')}
              </Button>
            </>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

/** What would be written, what would be lost, and what goes to a file beside it. */
function Foreseen({ preview, which }: { preview: Output<'texts.exportPreview'>; which: Which }) {
  const t = useText();
  const format = useFormat();
  const { rows, files, loss } = preview;
  const lines = [
    rows === 0 && which === 'submitted'
      ? t('work.texts.export.nothingSealed')
      : t('work.texts.export.foreseen', { count: rows, formatted: format.number(rows, 0) }),
    files.length > 0 && t('work.texts.export.beside', { names: files.join(', ') }),
    loss.length > 0 ? t('work.export.willLose') : rows > 0 && t('work.export.nothingToLose'),
  ];
  return (
    <CountLines
      lines={lines}
      details={loss.map(({ what, count }) => ({ name: format.number(count, 0), words: textLossWords(t, what) }))}
    />
  );
}

function Done({ done }: { done: Output<'texts.export'> }) {
  const t = useText();
  const format = useFormat();
  const { rows, path, files, loss } = done;
  return (
    <CountLines
      lines={[
        t('work.texts.export.done', { count: rows, formatted: format.number(rows, 0), path }),
        files.length > 1 && t('work.texts.export.besideDone', { names: files.slice(1).join(', ') }),
        loss.length === 0 ? t('work.exchange.nothingLost') : t('work.export.loss'),
      ]}
      details={loss.map(({ what, count }) => ({ name: format.number(count, 0), words: textLossWords(t, what) }))}
    />
  );
}
