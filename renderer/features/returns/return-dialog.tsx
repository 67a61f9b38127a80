import { Button, Collapse, Modal, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { GuidelineId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { MomentField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { useWorkChoices, type WorkChoice } from './work-choices.ts';
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
  itemised: string | null;
  check: string | null;
  reviewer: string;
  deadline: string;
  deduction: TypedMoney;
  view: string | null;
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** Notes that work came back: what, from whom, why; the rest can follow. */
export function ReturnDialog({ submissionId, elsewhereId, onClose }: Props) {
  const t = useText();
  const work = useWorkChoices();
  const [chosen, setChosen] = useState<string | null>(submissionId ?? elsewhereId ?? null);
  const at = work.choices.find(({ id }) => id === chosen) ?? (chosen === null ? work.choices[0] : undefined);
  return (
    <Modal opened onClose={onClose} title={t('returns.title')} size={560} withCloseButton={false}>
      <Fields>
        <ErrorNotice error={work.error} />
        {work.ready && work.choices.length === 0 ? (
          <>
            <p>{t('returns.noWork')}</p>
            <FormActions>
              <Button onClick={onClose}>{t('ui.confirm.cancel')}</Button>
            </FormActions>
          </>
        ) : (
          <>
            <Select
              label={t('returns.fields.work')}
              data={work.groups}
              value={at?.id ?? null}
              onChange={setChosen}
              searchable
              maxDropdownHeight={320}
            />
            {at && <ReturnForm key={at.id} work={at} onClose={onClose} />}
          </>
        )}
      </Fields>
    </Modal>
  );
}

function ReturnForm({ work, onClose }: { work: WorkChoice; onClose: () => void }) {
  const t = useText();
  const { language } = useFormat();
  const [draft, setDraft] = useState<Draft>({
    stage: 'reviewer',
    round: work.round,
    reason: '',
    ruleCited: '',
    guidelineId: null,
    itemised: null,
    check: null,
    reviewer: '',
    deadline: '',
    deduction: { typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' },
    view: null,
  });
  const [more, setMore] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const deduction = readMoney(draft.deduction);
  const open = useCommand('returns.open');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (deduction === 'wrong') return setMore(true);
    const done = await open.run({
      subject: work.subject,
      stage: draft.stage,
      round: draft.round,
      reason: draft.reason.trim(),
      ruleCited: orNull(draft.ruleCited),
      guidelineId: draft.guidelineId as GuidelineId | null,
      itemised: draft.itemised === null ? null : draft.itemised === 'yes',
      check: draft.check as Input<'returns.open'>['check'],
      reviewer: orNull(draft.reviewer),
      deadline: draft.deadline === '' ? null : new Date(draft.deadline).toISOString(),
      deduction,
      view: draft.view as Input<'returns.open'>['view'],
      attachments: [],
      receivedAt: new Date().toISOString(),
    });
    if (done) onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Fields>
        <SegmentedControl
          aria-label={t('returns.fields.stage')}
          data={stages.map((value) => ({ value, label: t(`returns.stages.${value}`) }))}
          value={draft.stage}
          onChange={(stage) => change({ stage: stage as Draft['stage'] })}
        />
        <Textarea
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
        </FieldRow>
        <div>
          <Button variant="subtle" size="xs" aria-expanded={more} onClick={() => setMore(!more)}>
            {t('returns.more')}
          </Button>
        </div>
        <Collapse expanded={more}>
          <Details work={work} draft={draft} change={change} wrongMoney={deduction === 'wrong'} />
        </Collapse>
        <ErrorNotice error={open.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" loading={open.running}>
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
      <FieldRow>
        <TextInput
          className={classes.grow}
          label={t('returns.fields.reviewer')}
          value={draft.reviewer}
          maxLength={200}
          onChange={(event) => change({ reviewer: event.currentTarget.value })}
        />
        <MomentField
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
