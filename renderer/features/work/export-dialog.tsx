import { Button, Checkbox, Modal, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { type AnnotationFormat, imageFormats, soundFormats } from '#shared/codecs/annotation-formats.ts';
import type { Input, Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from './count-lines.tsx';
import { ExchangeChoices } from './exchange-choices.tsx';
import { formatWords, lossWords, shapeCountWords } from './exchange-words.ts';
import { type Preview, usePreview } from './use-preview.ts';
import type { ProjectRow } from './work-page.tsx';
import classes from './exchange-dialogs.module.css';

type Which = Input<'exports.write'>['which'];
type Format = Output<'exchange.formats'>['formats'][number];

/** Writes the project's annotations in a format of choice. What the format cannot carry is said before anything is written. */
export function ExportDialog({ project, onClose }: { project: ProjectRow; onClose: () => void }) {
  const t = useText();
  const job = useJob('exports.write');
  const isSound = project.modality === 'audio';
  const known = useQuery('exchange.formats', {}).data?.formats ?? [];
  const formats = known.filter(({ modality }) => modality === project.modality);
  const [wanted, setWanted] = useState<AnnotationFormat>(isSound ? soundFormats[0] : imageFormats[0]);
  const [choices, setChoices] = useState<Record<string, string>>({});
  const [which, setWhich] = useState<Which>('submitted');
  const [path, setPath] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const [done, setDone] = useState<Output<'exports.write'> | null>(null);
  const format = formats.find((one) => one.format === wanted);
  const asked = { projectId: project.id, format: wanted, choices, which };
  const preview = usePreview('exports.preview', done ? null : asked);
  const write = async () => {
    const answer = await job.run({ ...asked, path, overwrite });
    if (answer) setDone(answer);
  };
  return (
    <Modal opened onClose={onClose} title={t('work.export.title')} size={640} withCloseButton={false}>
      <div className={classes.body}>
        {!done && (
          <>
            <div className={classes.choices}>
              <Select
                label={t('work.exchange.formatLabel')}
                data={formats.map((one) => ({ value: one.format, label: formatWords(t, one.format) }))}
                value={wanted}
                onChange={(value) => {
                  setWanted(value as AnnotationFormat);
                  setChoices({});
                }}
              />
              <SegmentedControl
                className={classes.segmented}
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
              label={format?.layout === 'folder' ? t('work.export.folder') : t('work.export.path')}
              value={path}
              onChange={setPath}
              options={{ mode: 'save', title: t('work.export.title'), suggestedName: suggestedName(project, format) }}
            />
            <Checkbox
              label={format?.layout === 'folder' ? t('work.export.overwriteFolder') : t('work.export.overwrite')}
              checked={overwrite}
              onChange={(event) => setOverwrite(event.currentTarget.checked)}
            />
            <Foreseeing preview={preview} writing={job.progress !== null} {...{ which, isSound }} />
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
        {done && <Done done={done} isSound={isSound} />}
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
              {format?.layout === 'folder' ? t('work.export.writeFolder') : t('work.export.write')}
            </Button>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

interface ForeseeingProps {
  preview: Preview<'exports.preview'>;
  writing: boolean;
  which: Which;
  isSound: boolean;
}

/** How far looking is, and what was seen. */
function Foreseeing({ preview, writing, which, isSound }: ForeseeingProps) {
  const t = useText();
  const { job, seen, stopped } = preview;
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
      {seen && <Foreseen preview={seen} {...{ which, isSound }} />}
    </>
  );
}

interface ForeseenProps {
  preview: Output<'exports.preview'>;
  which: Which;
  isSound: boolean;
}

/** What would be written and what would be lost. */
function Foreseen({ preview, which, isSound }: ForeseenProps) {
  const t = useText();
  const format = useFormat();
  const n = (count: number) => format.number(count, 0);
  const { items, objects, byShape, loss } = preview;
  if (items === 0 && which === 'submitted') {
    return <CountLines lines={[isSound ? t('work.export.sound.nothingSealed') : t('work.export.nothingSealed')]} />;
  }
  return (
    <CountLines
      lines={[
        isSound
          ? t('work.export.sound.foreseen', { items: n(items), objects: n(objects) })
          : t('work.export.foreseen', { items: n(items), objects: n(objects) }),
        objects > 0 && !isSound && shapeCountWords(t, byShape, n),
        loss.length === 0 ? t('work.export.nothingToLose') : t('work.export.willLose'),
      ]}
      details={loss.map(({ what, count }) => ({ name: n(count), words: lossWords(t, what) }))}
    />
  );
}

function Done({ done, isSound }: { done: Output<'exports.write'>; isSound: boolean }) {
  const t = useText();
  const format = useFormat();
  const n = (count: number) => format.number(count, 0);
  return (
    <CountLines
      lines={[
        isSound
          ? t('work.export.sound.done', { items: n(done.items), objects: n(done.objects), path: done.path })
          : t('work.export.done', { items: n(done.items), objects: n(done.objects), path: done.path }),
        done.files > 1 && t('work.export.files', { count: done.files, formatted: n(done.files) }),
        done.loss.length === 0 ? t('work.exchange.nothingLost') : t('work.export.loss'),
      ]}
      details={done.loss.map(({ what, count }) => ({ name: n(count), words: lossWords(t, what) }))}
    />
  );
}

/** A name that every file system takes; of a folder it says the format, since several may be written. */
function suggestedName(project: ProjectRow, format: Format | undefined): string {
  const name = project.name.replace(/[\\/:*?"<>|]+/g, ' ').trim();
  return format?.layout === 'folder' ? `${name} ${format.format}` : `${name}.${format?.ending ?? 'json'}`;
}
