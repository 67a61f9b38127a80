import { Button, Collapse, Modal, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type FormEvent } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { GuidelineId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { HappenedField, MomentField } from '#renderer/ui/date-field.tsx';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { useAttachments, usePasted } from '#renderer/ui/use-attachments.ts';
import { ObjectsField } from './objects-field.tsx';
import { unfiltered, useWorkChoices, type WorkChoice } from './work-choices.ts';
import classes from './returns.module.css';

interface Props {
  submissionId: string | undefined;
  elsewhereId: string | undefined;
  onClose: () => void;
}

const stages = ['reviewer', 'inspector', 'overseer', 'machine'] as const;
const views = ['agree', 'disagree', 'unclear'] as const;

interface Draft {
  stage: Returned['stage'];
  round: number;
  reason: string;
  ruleCited: string;
  guidelineId: string | null;
  objects: Returned['objects'];
  /** Of a batch; null where nobody said. */
  pieces: number | null;
  itemised: string | null;
  check: string | null;
  reviewer: string;
  deadline: string;
  /** Empty for now. */
  receivedAt: string;
  deduction: TypedMoney;
  view: string | null;
}

/** Notes that work came back: what, from whom, why; the rest can follow. */
export function ReturnDialog({ submissionId, elsewhereId, onClose }: Props) {
  const t = useText();
  const given = submissionId ?? elsewhereId;
  const latest = useWorkChoices(given === undefined ? {} : { ids: [given] });
  const [picked, setPicked] = useState<WorkChoice | null>(null);
  const [typed, setTyped] = useState('');
  // What comes back is most often what was done last. It stays chosen whatever is searched for, or done meanwhile.
  const first = useRef<WorkChoice>(undefined);
  first.current ??= given === undefined ? latest.choices[0] : latest.choices.find(({ id }) => id === given);
  const at = picked ?? first.current;
  // While another one is looked for, the one chosen is no answer.
  const search = typed === at?.label ? '' : typed;
  const found = useWorkChoices({ search, ids: at && search === '' ? [at.id] : [] });
  return (
    <Modal opened onClose={onClose} title={t('returns.title')} size={560} withCloseButton={false}>
      <Fields>
        <ErrorNotice error={latest.error ?? found.error} />
        {latest.ready && latest.choices.length === 0 ? (
          <>
            <p>{t('returns.noWork')}</p>
            <FormActions>
              <Button variant="default" onClick={onClose}>
                {t('ui.confirm.cancel')}
              </Button>
              <Button onClick={() => runBound('elsewhere.log')}>{t('elsewhere.actions.log')}</Button>
            </FormActions>
          </>
        ) : (
          <>
            <Select
              openOnFocus={false}
              label={t('returns.fields.work')}
              data={found.groups}
              value={at?.id ?? null}
              onChange={(id) => setPicked(found.choices.find((choice) => choice.id === id) ?? picked)}
              onSearchChange={setTyped}
              filter={unfiltered}
              nothingFoundMessage={t('returns.noSuchWork')}
              // What is typed meanwhile is for the reason: until that is there nothing here takes the focus.
              disabled={!latest.ready}
              allowDeselect={false}
              searchable
              maxDropdownHeight={320}
            />
            {latest.ready && at && <ReturnForm key={at.id} work={at} onClose={onClose} />}
          </>
        )}
      </Fields>
    </Modal>
  );
}

function ReturnForm({ work, onClose }: { work: WorkChoice; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const [lastStage, rememberStage] = useUiSetting('returns.stage', 'reviewer');
  const [draft, setDraft] = useState<Draft>({
    stage: stages.find((stage) => stage === lastStage) ?? 'reviewer',
    round: work.round,
    reason: '',
    ruleCited: '',
    guidelineId: null,
    objects: [],
    pieces: null,
    itemised: null,
    check: null,
    reviewer: '',
    deadline: '',
    receivedAt: '',
    deduction: { typed: '', currency: format.language === 'zh-CN' ? 'CNY' : 'USD' },
    view: null,
  });
  const [more, setMore] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const deduction = readMoney(draft.deduction);
  const open = useCommand('returns.open');
  const attachments = useAttachments();
  usePasted(attachments.add);
  const reason = useRef<HTMLTextAreaElement>(null);
  // The dialog took the focus before the work was known; the reason is what there is to write.
  useLayoutEffect(() => reason.current?.focus(), []);

  const save = async () => {
    if (deduction === 'wrong') return setMore(true);
    const blobs = await attachments.settled();
    if (!blobs || open.running) return;
    const done = await open.run({
      subject: work.subject,
      stage: draft.stage,
      round: draft.round,
      reason: draft.reason.trim(),
      ruleCited: orNull(draft.ruleCited),
      guidelineId: draft.guidelineId as GuidelineId | null,
      objects: draft.objects,
      pieces: draft.pieces,
      itemised: draft.itemised === null ? null : draft.itemised === 'yes',
      check: draft.check as Input<'returns.open'>['check'],
      reviewer: orNull(draft.reviewer),
      deadline: draft.deadline === '' ? null : new Date(draft.deadline).toISOString(),
      deduction,
      view: draft.view as Input<'returns.open'>['view'],
      attachments: blobs,
      receivedAt: instantOrNow(draft.receivedAt),
    });
    if (!done) return;
    rememberStage(draft.stage);
    onClose();
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
          aria-label={t('returns.fields.stage')}
          data={stages.map((value) => ({ value, label: t(`returns.stages.${value}`) }))}
          value={draft.stage}
          onChange={(stage) => change({ stage: stage as Draft['stage'] })}
        />
        <Textarea
          ref={reason}
          data-autofocus
          label={t('returns.fields.reason')}
          value={draft.reason}
          maxLength={20_000}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <FieldRow>
          <TextInput
            className={classes.grow}
            label={t('returns.fields.ruleCited')}
            value={draft.ruleCited}
            maxLength={2000}
            onChange={(event) => change({ ruleCited: event.currentTarget.value })}
          />
          <NumberInput
            className={classes.short}
            label={t('returns.fields.round')}
            min={1}
            allowDecimal={false}
            value={draft.round}
            onChange={(round) => change({ round: Math.max(1, Number(round) || 1) })}
          />
          {work.pieces > 1 && (
            <NumberInput
              className={classes.short}
              label={t('returns.fields.pieces')}
              placeholder={t('returns.ofPieces', { all: format.number(work.pieces, 0) })}
              min={1}
              max={work.pieces}
              clampBehavior="strict"
              allowDecimal={false}
              value={draft.pieces ?? ''}
              onChange={(pieces) => change({ pieces: typeof pieces === 'number' ? pieces : null })}
            />
          )}
        </FieldRow>
        <div>
          <Button variant="subtle" size="xs" ml={-11} aria-expanded={more} onClick={() => setMore(!more)}>
            {t('returns.more')}
          </Button>
        </div>
        <Collapse expanded={more}>
          {more && <Details work={work} draft={draft} change={change} wrongMoney={deduction === 'wrong'} />}
        </Collapse>
        <Attachments attachments={attachments} />
        <ErrorNotice error={open.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button
            type="submit"
            loading={open.running || attachments.running}
            rightSection={<KeyHint keys="Ctrl+Enter" />}
          >
            {t('returns.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}

interface DetailsProps {
  work: WorkChoice;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrongMoney: boolean;
}

function Details({ work, draft, change, wrongMoney }: DetailsProps) {
  const t = useText();
  const guidelines = useQuery('guidelines.list', work.projectId ? { projectId: work.projectId } : null);
  return (
    <Fields>
      {work.subject.type === 'submission' && (
        <ObjectsField
          submissionId={work.subject.id}
          value={draft.objects}
          onChange={(objects) => change({ objects })}
        />
      )}
      <Select
        label={t('returns.fields.guideline')}
        data={(guidelines.data?.guidelines ?? []).map(({ id, version }) => ({ value: id, label: version }))}
        value={draft.guidelineId}
        onChange={(guidelineId) => change({ guidelineId })}
        clearable
      />
      <FieldRow>
        <Select
          className={classes.grow}
          label={t('returns.fields.itemised')}
          data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`returns.itemised.${value}`) }))}
          value={draft.itemised}
          onChange={(itemised) => change({ itemised })}
          clearable
        />
        <Select
          className={classes.grow}
          label={t('returns.fields.check')}
          data={(['sample', 'full'] as const).map((value) => ({ value, label: t(`returns.checks.${value}`) }))}
          value={draft.check}
          onChange={(check) => change({ check })}
          clearable
        />
        <Select
          className={classes.grow}
          label={t('returns.fields.view')}
          data={views.map((value) => ({ value, label: t(`returns.views.${value}`) }))}
          value={draft.view}
          onChange={(view) => change({ view })}
          clearable
        />
      </FieldRow>
      <TextInput
        label={t('returns.fields.reviewer')}
        value={draft.reviewer}
        maxLength={200}
        onChange={(event) => change({ reviewer: event.currentTarget.value })}
      />
      <FieldRow>
        <HappenedField
          className={classes.moment}
          label={t('returns.fields.receivedAt')}
          value={draft.receivedAt}
          onChange={(receivedAt) => change({ receivedAt })}
        />
        <MomentField
          className={classes.moment}
          label={t('returns.fields.deadline')}
          value={draft.deadline}
          onChange={(deadline) => change({ deadline })}
        />
      </FieldRow>
      <MoneyField
        label={t('returns.fields.deduction')}
        currencyLabel={t('returns.fields.currency')}
        value={draft.deduction}
        onChange={(deduction) => change({ deduction })}
        error={wrongMoney ? t('returns.wrongMoney') : undefined}
      />
    </Fields>
  );
}
