import { Button, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { dayText } from '#renderer/lib/local-time.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import classes from './accuracy.module.css';

interface Props {
  /** Whose accuracy it most likely is. */
  project: ProjectId;
  projects: readonly { id: ProjectId; name: string }[];
  onSaved: (projectId: ProjectId) => void;
  onClose: () => void;
}

const stages = ['reviewer', 'inspector', 'overseer', 'machine'] as const;
const dayMs = 86_400_000;

/** A decimal that can be kept, or why there is none. */
type Typed = { percent: string | null } | 'wrong';

/** A percentage as typed: a point or a comma, with or without its sign. */
function readPercent(typed: string): Typed {
  const plain = typed.normalize('NFKC').replace(/[\s%]/g, '').replace(',', '.');
  if (plain === '') return { percent: null };
  return /^\d{1,3}(\.\d{1,6})?$/.test(plain) && Number(plain) <= 100 ? { percent: plain } : 'wrong';
}

/** Notes the client's figure: yesterday's, released today, unless said otherwise. */
export function AccuracyDialog({ project, projects, onSaved, onClose }: Props) {
  const t = useText();
  const [projectId, setProjectId] = useState(project);
  const [typed, setTyped] = useState('');
  const [correct, setCorrect] = useState<number | ''>('');
  const [total, setTotal] = useState<number | ''>('');
  const [forDay, setForDay] = useState(dayText(Date.now() - dayMs));
  const [releasedOn, setReleasedOn] = useState(dayText(Date.now()));
  const [stage, setStage] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const report = useCommand('accuracy.report');
  const read = readPercent(typed);
  const percent = read === 'wrong' ? null : read.percent;
  const counts = correct !== '' && total !== '';
  const ready = read !== 'wrong' && (percent !== null || counts) && forDay !== '' && releasedOn !== '';

  const save = async () => {
    if (!ready || report.running) return;
    const done = await report.run({
      ...{ projectId, forDay, releasedOn, percent },
      stage: stage as Returned['stage'] | null,
      correct: counts ? correct : null,
      total: counts ? total : null,
      note: note.trim() === '' ? null : note.trim(),
      heardAt: new Date().toISOString(),
    });
    if (done) onSaved(projectId);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Modal opened onClose={onClose} title={t('accuracy.title')} size={520} withCloseButton={false}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any field */}
      <form onSubmit={submit} onKeyDown={(event) => saveOnCtrlEnter(event, save)}>
        <Fields>
          <FieldRow>
            <TextInput
              data-autofocus
              className={classes.short}
              inputMode="decimal"
              label={t('accuracy.percent')}
              value={typed}
              error={read === 'wrong' ? t('accuracy.wrong') : undefined}
              onChange={(event) => setTyped(event.currentTarget.value)}
              rightSection={<span aria-hidden>%</span>}
            />
            <NumberInput
              className={classes.short}
              label={t('accuracy.correct')}
              placeholder={t('ui.field.optional')}
              min={0}
              allowDecimal={false}
              value={correct}
              onChange={(value) => setCorrect(typeof value === 'number' ? value : '')}
            />
            <NumberInput
              className={classes.short}
              label={t('accuracy.total')}
              placeholder={t('ui.field.optional')}
              min={1}
              allowDecimal={false}
              value={total}
              onChange={(value) => setTotal(typeof value === 'number' ? value : '')}
            />
          </FieldRow>
          <FieldRow>
            <DayField label={t('accuracy.forDay')} value={forDay} onChange={setForDay} required />
            <DayField label={t('accuracy.releasedOn')} value={releasedOn} onChange={setReleasedOn} required />
            <Select
              className={classes.stage}
              label={t('accuracy.stage')}
              data={stages.map((value) => ({ value, label: t(`returns.stages.${value}`) }))}
              value={stage}
              onChange={setStage}
              clearable
            />
          </FieldRow>
          <Select
            openOnFocus={false}
            label={t('accuracy.project')}
            data={projects.map(({ id, name }) => ({ value: id as string, label: name }))}
            value={projectId}
            onChange={(id) => id !== null && setProjectId(id as ProjectId)}
            allowDeselect={false}
            searchable
          />
          <Textarea
            label={t('accuracy.note')}
            placeholder={t('ui.field.optional')}
            value={note}
            maxLength={20_000}
            autosize
            minRows={1}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <ErrorNotice error={report.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={!ready}
              loading={report.running}
              rightSection={<KeyHint keys="Ctrl+Enter" />}
            >
              {t('accuracy.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
