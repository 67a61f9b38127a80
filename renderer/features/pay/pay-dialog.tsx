import { Button, Modal, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { useAttachments } from '#renderer/ui/use-attachments.ts';
import { localToday, momentOf, type Period } from './pay-period.ts';
import classes from './pay.module.css';

const kinds = ['received', 'announced', 'deducted', 'claim'] as const;
export type PayKind = (typeof kinds)[number];

interface Draft {
  projectId: string | null;
  amount: TypedMoney;
  from: string;
  to: string;
  day: string;
  promisedOn: string;
  /** The channel of what was received, whom a claim was made to. */
  with: string;
  /** The note, the reason of a deduction, what a claim is for. */
  words: string;
}

/** Writes down what was received, announced, deducted or is owed. */
export function PayDialog({ kind: asked, period, onClose }: { kind: PayKind; period: Period; onClose: () => void }) {
  const t = useText();
  const { language } = useFormat();
  const [kind, setKind] = useState<PayKind>(asked);
  const [draft, setDraft] = useState<Draft>({
    projectId: null,
    amount: { typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' },
    ...period,
    day: localToday(),
    promisedOn: '',
    with: '',
    words: '',
  });
  const [tried, setTried] = useState(false);
  const attachments = useAttachments();
  const { save, running, error } = useSave(kind, draft);
  const money = readMoney(draft.amount);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const files = await attachments.settled();
    if (money === null || money === 'wrong' || files === null) return;
    if (await save(money, files)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('pay.new.title')} size={560} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <SegmentedControl
            aria-label={t('pay.columns.kind')}
            data={kinds.map((value) => ({ value, label: t(`pay.kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(value as PayKind)}
          />
          <DraftFields
            kind={kind}
            draft={draft}
            change={(part) => setDraft({ ...draft, ...part })}
            wrongMoney={money === 'wrong' || (tried && money === null)}
            tried={tried}
          />
          <Attachments attachments={attachments} />
          <ErrorNotice error={error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={running}>
              {t('pay.new.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

type Files = NonNullable<Awaited<ReturnType<ReturnType<typeof useAttachments>['settled']>>>;
type ReadMoney = Exclude<ReturnType<typeof readMoney>, null | 'wrong'>;

/** Carries the draft out as what it is; true once it is written. */
function useSave(kind: PayKind, draft: Draft) {
  const receive = useCommand('pay.receive');
  const announce = useCommand('pay.announce');
  const deduct = useCommand('pay.deduct');
  const claim = useCommand('claims.open');
  const command = { received: receive, announced: announce, deducted: deduct, claim }[kind];
  const save = async (amount: ReadMoney, attachments: Files): Promise<boolean> => {
    const projectId = draft.projectId as ProjectId | null;
    const base = { projectId, amount, attachments };
    const period = { periodFrom: draft.from, periodTo: draft.to };
    const happenedAt = momentOf(draft.day);
    const note = orNull(draft.words);
    if (kind === 'received') {
      return !!(await receive.run({ ...base, ...period, channel: orNull(draft.with), note, happenedAt }));
    }
    if (kind === 'announced') {
      return !!(await announce.run({ ...base, ...period, promisedOn: orNull(draft.promisedOn), note, happenedAt }));
    }
    if (kind === 'deducted') {
      return !!(await deduct.run({ ...base, reason: note ?? '', work: null, returned: null, happenedAt }));
    }
    if (note === null) return false;
    return !!(await claim.run({ ...base, whatFor: note, madeTo: orNull(draft.with), openedAt: happenedAt }));
  };
  return { save, running: command.running, error: command.error };
}

interface DraftFieldsProps {
  kind: PayKind;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrongMoney: boolean;
  tried: boolean;
}

function DraftFields({ kind, draft, change, wrongMoney, tried }: DraftFieldsProps) {
  const t = useText();
  const projects = useQuery('projects.list', {});
  const words = { received: 'note', announced: 'note', deducted: 'reason', claim: 'whatFor' } as const;
  return (
    <>
      <FieldRow>
        <MoneyField
          autofocus
          label={t('pay.columns.amount')}
          currencyLabel={t('pay.new.currency')}
          value={draft.amount}
          onChange={(amount) => change({ amount })}
          error={wrongMoney ? t('pay.new.wrong') : undefined}
        />
        <Select
          className={classes.grow}
          label={t('pay.columns.project')}
          placeholder={t('pay.noProject')}
          data={(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.projectId}
          onChange={(projectId) => change({ projectId })}
          clearable
          searchable
        />
      </FieldRow>
      <FieldRow>
        {(kind === 'received' || kind === 'announced') && (
          <>
            <DayField
              className={classes.day}
              label={t('pay.from')}
              value={draft.from}
              onChange={(from) => change({ from })}
              required
            />
            <DayField
              className={classes.day}
              label={t('pay.to')}
              value={draft.to}
              onChange={(to) => change({ to })}
              required
            />
          </>
        )}
        <DayField
          className={classes.day}
          label={t('pay.new.day')}
          value={draft.day}
          onChange={(day) => change({ day })}
          required
        />
      </FieldRow>
      {kind === 'announced' && (
        <DayField
          className={classes.day}
          label={t('pay.new.promisedOn')}
          value={draft.promisedOn}
          onChange={(promisedOn) => change({ promisedOn })}
          clearable
        />
      )}
      {(kind === 'received' || kind === 'claim') && (
        <TextInput
          label={t(kind === 'claim' ? 'pay.new.madeTo' : 'pay.new.channel')}
          value={draft.with}
          maxLength={200}
          onChange={(event) => change({ with: event.currentTarget.value })}
        />
      )}
      <Textarea
        label={t(`pay.new.${words[kind]}`)}
        value={draft.words}
        error={tried && kind === 'claim' && draft.words.trim() === '' ? t('pay.new.sayWhatFor') : undefined}
        maxLength={20_000}
        autosize
        minRows={1}
        maxRows={6}
        onChange={(event) => change({ words: event.currentTarget.value })}
      />
    </>
  );
}
