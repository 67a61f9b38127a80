import { Button, Checkbox, Modal, Radio, SegmentedControl, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AnnotationFormat } from '#shared/codecs/annotation-formats.ts';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { placeText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from './count-lines.tsx';
import { useOnlyTier } from './sound/kept-tiers.ts';
import { ExchangeChoices } from './exchange-choices.tsx';
import {
  annotationEndings,
  failWords,
  formatWords,
  lossWords,
  shapeCountWords,
  type ExchangeModality,
} from './exchange-words.ts';
import { usePreview } from './use-preview.ts';
import type { ProjectRow } from './work-page.tsx';
import classes from './exchange-dialogs.module.css';

interface Props {
  project: ProjectRow;
  /** The photo or recording on screen. */
  taskId: TaskId | null;
  onImported: () => void;
  onClose: () => void;
}

type Preview = Output<'imports.preview'>;
type Scored = NonNullable<Input<'imports.apply'>['scored']>;

/** Failures and losses shown; of more the count is told. */
const shown = 200;

/** Reads annotation files first, says what it would do and asks what they leave open, and only then adds their shapes to the drafts. */
export function ImportDialog({ project, taskId, onImported, onClose }: Props) {
  const t = useText();
  const job = useJob('imports.apply');
  const [place, setPlace] = useState<'file' | 'folder'>('file');
  const [path, setPath] = useState('');
  const [format, setFormat] = useState<AnnotationFormat | null>(null);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [onto, setOnto] = useState<TaskId | null>(null);
  const [scored, setScored] = useState<Scored>('apart');
  const [done, setDone] = useState<Output<'imports.apply'> | null>(null);
  const modality = project.modality === 'audio' ? 'audio' : 'image';
  const input = {
    projectId: project.id,
    path: path.trim(),
    answers,
    ...(format !== null && { format }),
    ...(onto !== null && { onto }),
  };
  const taking = job.progress !== null;
  const preview = usePreview('imports.preview', input.path === '' || done ? null : input);
  const known = preview.seen;
  const unfit = useUnfit(known, input.path, onto);
  const read = known?.format ?? null;
  const [whose, setWhose] = useWhose(project.id, read);
  const asksWhose = modality === 'audio' && known !== undefined && known.objects > known.proposals;
  const tier = useOnlyTier(project.id);
  const choosePath = (chosen: string) => {
    setPath(chosen);
    setFormat(null);
    setAnswers({});
    setOnto(null);
  };
  const apply = async () => {
    const machine = asksWhose && whose === 'machine';
    const answer = await job.run({ ...input, scored, machine, ...(modality === 'audio' && tier !== null && { tier }) });
    if (!answer) return;
    setDone(answer);
    onImported();
  };
  const title = t('work.import.title');
  return (
    <Modal opened onClose={onClose} title={title} size={640} withCloseButton={false}>
      <div className={classes.body}>
        {!done && (
          <>
            <SegmentedControl
              aria-label={t('work.import.place')}
              value={place}
              onChange={(value) => setPlace(value as 'file' | 'folder')}
              data={[
                { value: 'file', label: t('work.import.file') },
                { value: 'folder', label: t('work.import.folder') },
              ]}
            />
            <PathField
              startsHere
              required
              label={t('work.import.path')}
              description={t('work.import.lead')}
              value={path}
              onChange={choosePath}
              options={
                place === 'folder'
                  ? { mode: 'folder', title }
                  : { mode: 'file', title, endings: annotationEndings[modality] }
              }
            />
            {preview.job.progress && !taking && (
              <JobProgress
                label={t('work.import.reading')}
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
            {known && (
              <Reading
                preview={known}
                {...{ modality, format, answers, scored }}
                whose={asksWhose ? whose : null}
                onFormat={(chosen) => {
                  setFormat(chosen);
                  setAnswers({});
                }}
                onAnswer={setAnswers}
                onScored={setScored}
                onWhose={setWhose}
              />
            )}
            {unfit !== null && <NoNameFits items={unfit} {...{ modality, taskId, onto }} onOnto={setOnto} />}
          </>
        )}
        <ErrorNotice error={preview.job.error ?? job.error} />
        {job.progress && (
          <JobProgress
            label={t('work.import.taking')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done && <Done done={done} modality={modality} />}
        <FormActions>
          {!done && (
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
          )}
          {done ? (
            <DoneButton onClick={onClose}>{t('work.exchange.close')}</DoneButton>
          ) : (
            <Button
              disabled={!known || known.matched === 0 || (asksWhose && whose === '')}
              loading={taking}
              onClick={() => void apply()}
            >
              {t(asksWhose && whose === 'machine' ? 'work.import.sound.keepApart' : 'work.import.apply')}
            </Button>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

/** Empty: nobody has said it yet. */
type Whose = 'person' | 'machine' | '';

/** Written by people and by programs alike, without a word about it. */
const eitherWrites: ReadonlySet<AnnotationFormat> = new Set(['srt', 'vtt', 'ctm']);

/**
 * Whose the segments of a file are, as it was said last in this project for that format. A person's, until somebody says otherwise, where
 * a format is what people work in; of subtitles it is asked.
 */
function useWhose(projectId: ProjectId, format: AnnotationFormat | null): [Whose, (whose: Whose) => void] {
  const [said, say] = useUiSetting(`sound.import.${projectId}.${format ?? ''}`, '');
  if (said === 'person' || said === 'machine') return [said, say];
  return [format !== null && eitherWrites.has(format) ? '' : 'person', say];
}

interface ReadingProps {
  preview: Preview;
  modality: ExchangeModality;
  /** Null while it is guessed. */
  format: AnnotationFormat | null;
  answers: Readonly<Record<string, string>>;
  scored: Scored;
  /** Whose segments they are, where the format does not say so: not answered yet while empty; null where it is not asked. */
  whose: Whose | null;
  onFormat: (format: AnnotationFormat) => void;
  onAnswer: (answers: Record<string, string>) => void;
  onScored: (scored: Scored) => void;
  onWhose: (whose: Whose) => void;
}

/** What was read and as what, and what can be said otherwise. */
function Reading(props: ReadingProps) {
  const { preview, modality, format, answers, scored, whose, onFormat, onAnswer, onScored, onWhose } = props;
  const t = useText();
  const known = useQuery('exchange.formats', {}).data?.formats ?? [];
  const formats = known.filter((one) => one.modality === modality);
  return (
    <>
      <div className={classes.choices}>
        <Select
          label={format === null ? t('work.import.guessed') : t('work.exchange.formatLabel')}
          data={formats.map((one) => ({ value: one.format, label: formatWords(t, one.format) }))}
          value={preview.format}
          onChange={(value) => onFormat(value as AnnotationFormat)}
        />
        {preview.proposals > 0 && (
          <Select
            label={t(modality === 'audio' ? 'work.import.sound.scored' : 'work.import.scored', {
              count: preview.proposals,
            })}
            data={[
              { value: 'apart', label: t('work.import.apart') },
              { value: 'own', label: t(modality === 'audio' ? 'work.import.sound.own' : 'work.import.own') },
            ]}
            value={scored}
            onChange={(value) => onScored(value as Scored)}
          />
        )}
      </div>
      {whose !== null && (
        <Radio.Group
          required
          label={t('work.import.sound.whose')}
          description={whose === '' ? t('work.import.sound.whoseOpen') : undefined}
          value={whose}
          onChange={(value) => onWhose(value as Whose)}
        >
          <div className={classes.answers}>
            <Radio size="xs" value="machine" label={t('work.import.sound.byMachine')} />
            <Radio size="xs" value="person" label={t('work.import.sound.byPerson')} />
          </div>
        </Radio.Group>
      )}
      <ExchangeChoices asked={preview.questions} answers={answers} onAnswer={onAnswer} />
      <PreviewCounts preview={preview} modality={modality} />
    </>
  );
}

/** Of how many things a file tells whose names lead nowhere, all of them or some; null while none does. It stands while the file is read anew. */
function useUnfit(known: Preview | undefined, path: string, onto: TaskId | null): number | null {
  const [unfit, setUnfit] = useState<{ path: string; items: number | null }>({ path, items: null });
  useEffect(() => {
    if (known && onto === null) setUnfit({ path, items: known.unmatched.length > 0 ? known.items : null });
  }, [known, onto, path]);
  return unfit.path === path ? unfit.items : null;
}

interface OntoProps {
  /** Of how many things the file tells. */
  items: number;
  modality: ExchangeModality;
  /** On screen. */
  taskId: TaskId | null;
  /** What the file is said to be about; null: its names say it. */
  onto: TaskId | null;
  onOnto: (onto: TaskId | null) => void;
}

/** Where a name leads nowhere: which would, and for a file about one thing alone that it is about what is on screen. */
function NoNameFits({ items, modality, taskId, onto, onOnto }: OntoProps) {
  const t = useText();
  const id = onto ?? taskId;
  const task = useQuery('tasks.get', id === null ? null : { taskId: id }).data?.task;
  const isSound = modality === 'audio';
  const name = task?.name.split('/').at(-1);
  return (
    <>
      <p>{isSound ? t('work.import.sound.whatFits') : t('work.import.whatFits')}</p>
      {task && items === 1 && (
        <Checkbox
          label={isSound ? t('work.import.sound.onto', { name }) : t('work.import.onto', { name })}
          checked={onto !== null}
          onChange={(event) => onOnto(event.currentTarget.checked ? task.id : null)}
        />
      )}
    </>
  );
}

function PreviewCounts({ preview, modality }: { preview: Preview; modality: ExchangeModality }) {
  const t = useText();
  const format = useFormat();
  const n = (value: number) => format.number(value, 0);
  const isSound = modality === 'audio';
  const found = { items: n(preview.items), objects: n(preview.objects) };
  const matched = { count: preview.matched, formatted: n(preview.matched) };
  const unmatched = { count: preview.unmatched.length, formatted: n(preview.unmatched.length) };
  return (
    <CountLines
      lines={[
        isSound ? t('work.import.sound.found', found) : t('work.import.found', found),
        preview.objects > 0 && !isSound && shapeCountWords(t, preview.byShape, n),
        isSound ? t('work.import.sound.matched', matched) : t('work.import.matched', matched),
        unmatched.count > 0 &&
          (isSound ? t('work.import.sound.unmatched', unmatched) : t('work.import.unmatched', unmatched)),
        preview.newLabels.length > 0 && t('work.import.newLabels', { names: namesOf(preview.newLabels) }),
        preview.failed.length > 0 &&
          t('work.import.failed', { count: preview.failed.length, formatted: n(preview.failed.length) }),
      ]}
      details={useDetails(preview, modality)}
    />
  );
}

/** A dozen names say enough. */
const namesOf = (names: readonly string[]) => names.slice(0, 12).join(', ') + (names.length > 12 ? ' …' : '');

function useDetails(
  { failed, loss, unmatched = [] }: Pick<Preview, 'failed' | 'loss'> & { unmatched?: readonly string[] },
  modality: ExchangeModality,
): { name: string; words: string }[] {
  const t = useText();
  const format = useFormat();
  return [
    ...loss.map(({ what, count }) => ({ name: format.number(count, 0), words: lossWords(t, what, modality) })),
    ...failed.map(({ where, why }) => ({ name: placeText(where, t), words: failWords(t, why) })),
    ...unmatched.map((name) => ({ name, words: t('work.import.notHere') })),
  ].slice(0, shown);
}

function Done({ done, modality }: { done: Output<'imports.apply'>; modality: ExchangeModality }) {
  const t = useText();
  const format = useFormat();
  const n = (value: number) => format.number(value, 0);
  const taken = { items: n(done.items), objects: n(done.objects) };
  return (
    <CountLines
      lines={[
        // Where all of it is a machine's, nothing was added.
        !(done.objects === 0 && done.proposals > 0) &&
          (modality === 'audio' ? t('work.import.sound.done', taken) : t('work.import.done', taken)),
        done.proposals > 0 && t('work.import.keptApart', { count: done.proposals, formatted: n(done.proposals) }),
        done.failed.length === 0 && done.loss.length === 0 && t('work.exchange.nothingLost'),
        done.failed.length > 0 &&
          t('work.import.failed', { count: done.failed.length, formatted: n(done.failed.length) }),
      ]}
      details={useDetails(done, modality)}
    />
  );
}
