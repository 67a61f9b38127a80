import { Button, Modal, MultiSelect, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type FormEvent } from 'react';
import type { ProjectId, SegmentId } from '#shared/domain/ids.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { Returned } from '#shared/domain/work.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { HappenedField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { useAttachments, usePasted } from '#renderer/ui/use-attachments.ts';
import { useLossText } from './loss-text.ts';
import { useProjectChoice, type ProjectChoice } from './project-choice.ts';
import { unfiltered, useWorkChoices } from './work-choices.ts';
import classes from './returns.module.css';

type Level = Output<'recalls.list'>['recalls'][number]['level'];

const levels = ['task', 'worker', 'segment'] as const;
const stages = ['reviewer', 'inspector', 'overseer', 'machine'] as const;

/** Notes that work was recalled: a level, how many pieces, saved. What it costs is computed while one writes. */
export function RecallDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const projects = useProjectChoice();
  return (
    <Modal opened onClose={onClose} title={t('returns.recalls.title')} size={560} withCloseButton={false}>
      {projects.ready && projects.projectId === null && (
        <Fields>
          <p>{t('returns.recalls.noProject')}</p>
          <FormActions>
            <Button onClick={onClose}>{t('ui.confirm.cancel')}</Button>
          </FormActions>
        </Fields>
      )}
      {projects.projectId !== null && (
        <RecallForm key={projects.projectId} projects={projects} projectId={projects.projectId} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FormProps {
  projects: ProjectChoice;
  projectId: ProjectId;
  onClose: () => void;
}

/** What a recall is of, under way. */
function useRecallDraft(projectId: ProjectId) {
  const [level, setLevel] = useState<Level>('task');
  const [segmentId, setSegmentId] = useState<SegmentId | null>(null);
  const [ids, setIds] = useState<string[]>([]);
  const [typed, setTyped] = useState<number | null>(null);
  const [search, setSearch] = useState('');
  const { choices, groups } = useWorkChoices({ search, projectId, ids });
  const works: Returned['subject'][] = choices.filter(({ id }) => ids.includes(id)).map(({ subject }) => subject);
  const known = level !== 'segment' || segmentId !== null;
  const input = { projectId, level, segmentId, works };
  const estimate = useQuery(
    'recalls.estimate',
    known ? { ...input, ...(typed === null ? {} : { pieces: typed }) } : null,
  );
  const pieces = typed ?? estimate.data?.pieces ?? 0;
  return { ...input, setLevel, setSegmentId, ids, setIds, setSearch, typed, setTyped, groups, known, estimate, pieces };
}

function RecallForm({ projects, projectId, onClose }: FormProps) {
  const t = useText();
  const { language } = useFormat();
  const draft = useRecallDraft(projectId);
  const [reason, setReason] = useState('');
  const [ruleCited, setRuleCited] = useState('');
  const [stage, setStage] = useState<string | null>(null);
  const [stated, setStated] = useState<TypedMoney>({ typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' });
  const [receivedAt, setReceivedAt] = useState('');
  const statedLoss = readMoney(stated);
  const attachments = useAttachments();
  usePasted(attachments.add);
  const receive = useCommand('recalls.receive');
  const first = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);

  const ready = draft.known && draft.pieces > 0 && statedLoss !== 'wrong';
  const save = async () => {
    const blobs = await attachments.settled();
    if (!blobs || !ready || receive.running) return;
    const { level, segmentId, works, pieces } = draft;
    const done = await receive.run({
      ...{ projectId, level, works, pieces, reason: reason.trim(), statedLoss, attachments: blobs },
      segmentId: level === 'segment' ? segmentId : null,
      stage: stage as Returned['stage'] | null,
      ruleCited: ruleCited.trim() === '' ? null : ruleCited.trim(),
      receivedAt: instantOrNow(receivedAt),
    });
    if (done) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any field
    <form onSubmit={submit} onKeyDown={(event) => saveOnCtrlEnter(event, save)}>
      <Fields>
        <SegmentedControl
          aria-label={t('returns.recalls.level')}
          data={levels.map((value) => ({ value, label: t(`returns.recalls.levels.${value}`) }))}
          value={draft.level}
          onChange={(value) => draft.setLevel(value as Level)}
        />
        <FieldRow>
          <NumberInput
            ref={first}
            data-autofocus
            className={classes.short}
            label={t('returns.recalls.pieces')}
            withAsterisk
            min={0}
            max={1_000_000}
            allowDecimal={false}
            value={draft.typed ?? (draft.pieces === 0 ? '' : draft.pieces)}
            onChange={(value) => draft.setTyped(typeof value === 'number' ? value : null)}
          />
          <Select
            className={classes.grow}
            openOnFocus={false}
            label={t('returns.columns.project')}
            withAsterisk
            data={[...projects.choices]}
            value={projectId}
            onChange={projects.choose}
            searchable
            allowDeselect={false}
          />
          {draft.level === 'segment' && (
            <SegmentField projectId={projectId} value={draft.segmentId} onChange={draft.setSegmentId} />
          )}
        </FieldRow>
        <Estimate draft={draft} />
        <MultiSelect
          label={t('returns.recalls.works')}
          openOnFocus={false}
          data={draft.groups}
          value={draft.ids}
          onChange={draft.setIds}
          onSearchChange={draft.setSearch}
          filter={unfiltered}
          nothingFoundMessage={t('returns.noSuchWork')}
          searchable
          clearable
          maxDropdownHeight={240}
        />
        <Textarea
          label={t('returns.fields.reason')}
          value={reason}
          maxLength={20_000}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FieldRow>
          <TextInput
            className={classes.grow}
            label={t('returns.fields.ruleCited')}
            value={ruleCited}
            maxLength={2000}
            onChange={(event) => setRuleCited(event.currentTarget.value)}
          />
          <Select
            label={t('returns.recalls.stage')}
            data={stages.map((value) => ({ value, label: t(`returns.stages.${value}`) }))}
            value={stage}
            onChange={setStage}
            clearable
          />
        </FieldRow>
        <FieldRow>
          <MoneyField
            label={t('returns.recalls.stated')}
            currencyLabel={t('returns.fields.currency')}
            value={stated}
            onChange={setStated}
            error={statedLoss === 'wrong' ? t('returns.wrongMoney') : undefined}
          />
          <HappenedField
            className={classes.moment}
            label={t('returns.fields.receivedAt')}
            value={receivedAt}
            onChange={setReceivedAt}
          />
        </FieldRow>
        <Attachments attachments={attachments} />
        <ErrorNotice error={receive.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={!ready}
            loading={receive.running || attachments.running}
            rightSection={<KeyHint keys="Ctrl+Enter" />}
          >
            {t('returns.recalls.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}

interface SegmentProps {
  projectId: ProjectId;
  value: SegmentId | null;
  onChange: (value: SegmentId | null) => void;
}

function SegmentField({ projectId, value, onChange }: SegmentProps) {
  const t = useText();
  const segments = useQuery('segments.list', { projectId }).data?.segments ?? [];
  return (
    <Select
      className={classes.grow}
      label={t('returns.recalls.segment')}
      placeholder={segments.length === 0 ? t('returns.recalls.noSegment') : undefined}
      data={segments.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={(id) => onChange(id as SegmentId | null)}
    />
  );
}

/** What the recall takes, by the terms in force. */
function Estimate({ draft }: { draft: ReturnType<typeof useRecallDraft> }) {
  const t = useText();
  const lossText = useLossText();
  const found = draft.estimate.data;
  if (!draft.known || found === undefined || draft.pieces === 0) return null;
  return (
    <p aria-live="polite">
      {t('returns.recalls.estimate')} <strong className={classes.loss}>{lossText(found.loss)}</strong>
      {draft.typed === null && <span className={classes.quiet}> {t('returns.recalls.counted')}</span>}
    </p>
  );
}
