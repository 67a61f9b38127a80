import { Button, Modal, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { forKind } from '#shared/codecs/text/mapping-guess.codec.ts';
import type { TextFormat } from '#shared/codecs/text/text-formats.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type TextKind, textKind } from '#shared/domain/text.ts';
import type { TextMapping } from '#shared/domain/text-mapping.ts';
import { textEndings } from '#shared/rules/photo-names.rules.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { placeText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from '../count-lines.tsx';
import { ExchangeChoices } from '../exchange-choices.tsx';
import { failWords, textFormatWords } from '../exchange-words.ts';
import type { ProjectRow } from '../work-page.tsx';
import { fits } from './column-roles.ts';
import { ColumnTable } from './column-table.tsx';
import { RowPreview } from './row-preview.tsx';
import { useKeptMapping } from './use-kept-mapping.ts';
import exchange from '../exchange-dialogs.module.css';
import classes from './text-exchange.module.css';

interface Props {
  project: ProjectRow;
  /** The file to begin with; empty: none yet. */
  path: string;
  onClose: () => void;
}

/** Looks into a file of texts, says what its columns become, shows the tasks, and only then takes them in. */
export function TextsImportDialog({ project, path: first, onClose }: Props) {
  const t = useText();
  const job = useJob('texts.import');
  const [path, setPath] = useState(first);
  const [typed, setTyped] = useState<TextMapping | null>(null);
  const [way, setWay] = useState<'format' | 'columns' | null>(null);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [done, setDone] = useState<Output<'texts.import'> | null>(null);
  const { kept, kind, keep } = useKeptMapping(project.id);
  const file = path.trim();
  const looked = useQuery('texts.preview', file === '' || done ? null : { path: file });
  const seen = looked.previous ? undefined : looked.data;
  const mapping = seen && (typed ?? startingMapping(seen, kept, kind));
  // What a file of ours says was answered comes along unless one wants its columns otherwise.
  const readAs = seen && way !== 'columns' ? seen.format : null;
  const shown = useQuery('texts.preview', mapping && !done ? { path: file, mapping, readAs, answers } : null);
  const formats = useQuery('texts.formats', {}).data?.formats ?? [];
  const asked = formats.find(({ format }) => format === readAs)?.asks ?? [];
  const choosePath = (chosen: string) => {
    setPath(chosen);
    setTyped(null);
    setWay(null);
    setAnswers({});
  };
  const take = async () => {
    if (!mapping) return;
    const answer = await job.run({ projectId: project.id, path: file, format: readAs, mapping, answers });
    if (!answer) return;
    if (readAs === null) keep(mapping);
    setDone(answer);
  };
  return (
    <Modal opened onClose={onClose} title={t('work.texts.title')} size={860} withCloseButton={false}>
      <div className={exchange.body}>
        {!done && (
          <>
            <PathField
              required
              label={t('work.texts.path')}
              description={t('work.texts.lead')}
              value={path}
              onChange={choosePath}
              options={{ mode: 'file', title: t('work.texts.path'), endings: textEndings }}
            />
            {seen?.format && (
              <Recognised format={seen.format} way={readAs === null ? 'columns' : 'format'} onWay={setWay} />
            )}
            <ExchangeChoices asked={asked} answers={answers} onAnswer={setAnswers} />
            {seen && mapping && readAs === null && (
              <>
                <KindField kind={mapping.kind} onChange={(chosen) => setTyped(forKind(mapping, chosen))} />
                <ColumnTable preview={seen} mapping={mapping} onChange={setTyped} />
              </>
            )}
            {seen && shown.data && <Shown preview={shown.data} stale={shown.previous} />}
          </>
        )}
        <ErrorNotice error={looked.error ?? shown.error ?? job.error} />
        {job.progress && (
          <JobProgress
            label={t('work.texts.taking')}
            {...job.progress}
            onCancel={job.cancel}
            cancelling={job.cancelling}
          />
        )}
        {done && <Done done={done} />}
        <FormActions>
          {done ? (
            <DoneButton onClick={onClose}>{t('work.exchange.close')}</DoneButton>
          ) : (
            <>
              <Button variant="default" onClick={onClose}>
                {t('ui.confirm.cancel')}
              </Button>
              <Button
                disabled={!mapping || !shown.data || shown.data.items.length === 0}
                loading={job.progress !== null}
                onClick={() => void take()}
              >
                {t('work.texts.take')}
              </Button>
            </>
          )}
        </FormActions>
      </div>
    </Modal>
  );
}

/** As the last file of the project was taken where this one has its columns, else as guessed, for the kind the template asks for. */
function startingMapping(seen: Output<'texts.preview'>, kept: TextMapping | null, kind: TextKind | null): TextMapping {
  const paths = seen.columns.map(({ path }) => path);
  if (kept && fits(kept, paths)) return kept;
  return kind === null ? seen.mapping : forKind(seen.mapping, kind);
}

interface RecognisedProps {
  format: TextFormat;
  way: 'format' | 'columns';
  onWay: (way: 'format' | 'columns') => void;
}

/** A file of one of our formats brings its answers; they are asked about all the same. */
function Recognised({ format, way, onWay }: RecognisedProps) {
  const t = useText();
  return (
    <div className={exchange.counts}>
      <p className={classes.head}>{t('work.texts.recognised', { format: textFormatWords(t, format) })}</p>
      <SegmentedControl
        aria-label={t('work.texts.way')}
        data={[
          { value: 'format', label: t('work.texts.ways.format') },
          { value: 'columns', label: t('work.texts.ways.columns') },
        ]}
        value={way}
        onChange={(value) => onWay(value as 'format' | 'columns')}
      />
    </div>
  );
}

function KindField({ kind, onChange }: { kind: TextKind; onChange: (kind: TextKind) => void }) {
  const t = useText();
  return (
    <Select
      label={t('work.texts.kind')}
      data={textKind.options.map((value) => ({ value, label: t(`work.text.kinds.${value}`) }))}
      value={kind}
      allowDeselect={false}
      onChange={(value) => value && onChange(value as TextKind)}
    />
  );
}

function Shown({ preview, stale }: { preview: Output<'texts.preview'>; stale: boolean }) {
  const t = useText();
  const format = useFormat();
  const { rows, more, items, failed } = preview;
  const looked = format.number(rows, 0);
  return (
    <div className={exchange.counts} aria-busy={stale}>
      <p className={classes.head} role="status">
        {more ? t('work.texts.lookedMore', { rows: looked }) : t('work.texts.looked', { count: rows, rows: looked })}
        {failed.length > 0 &&
          ` ${t('work.texts.badRows', { count: failed.length, formatted: format.number(failed.length, 0) })}`}
      </p>
      {(items.length > 0 || failed.length > 0) && <RowPreview items={items} failed={failed} />}
    </div>
  );
}

function Done({ done }: { done: Output<'texts.import'> }) {
  const t = useText();
  const format = useFormat();
  const n = (count: number) => ({ count, formatted: format.number(count, 0) });
  return (
    <CountLines
      lines={[
        t('work.texts.taken', n(done.taken)),
        done.alreadyThere > 0 && t('work.texts.alreadyThere', n(done.alreadyThere)),
        done.failed > 0 && t('work.texts.left', n(done.failed)),
      ]}
      details={done.failedSome.map(({ where, why }) => ({ name: placeText(where, t), words: failWords(t, why) }))}
    />
  );
}
