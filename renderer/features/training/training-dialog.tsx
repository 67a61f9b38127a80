import { Button, Checkbox, Collapse, Input, Modal, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { DayField, MomentField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { useAttachments } from '#renderer/ui/use-attachments.ts';
import { SessionFields } from './session-fields.tsx';
import { readSessions, usualSession, type TypedSession } from './sessions.ts';
import classes from './training.module.css';

/** Yes, no, or nothing said. */
type Said = 'yes' | 'no' | 'unsaid';

const saidOf = (said: Said): boolean | null => (said === 'unsaid' ? null : said === 'yes');

interface Draft {
  topic: string;
  projectId: string | null;
  sessions: readonly TypedSession[];
  calledAt: string;
  paid: Said;
  mandatory: Said;
  needed: Said;
  retraining: boolean;
  fee: TypedMoney;
  travelCost: TypedMoney;
  travelMinutes: string;
  certificate: string;
  expires: string;
  note: string;
}

/** Writes down a training and, with it, the time it took. */
export function TrainingDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const noMoney = { typed: '', currency: format.language === 'zh-CN' ? 'CNY' : 'USD' };
  const [draft, setDraft] = useState<Draft>({
    topic: '',
    projectId: null,
    sessions: [usualSession()],
    calledAt: '',
    paid: 'no',
    mandatory: 'unsaid',
    needed: 'unsaid',
    retraining: false,
    fee: noMoney,
    travelCost: noMoney,
    travelMinutes: '',
    certificate: '',
    expires: '',
    note: '',
  });
  const [more, setMore] = useState(false);
  const [tried, setTried] = useState(false);
  const files = useAttachments();
  const record = useCommand('training.record');
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const sessions = readSessions(draft.sessions);
    const [fee, travelCost] = [readMoney(draft.fee), readMoney(draft.travelCost)];
    const minutes = draft.travelMinutes.trim() === '' ? null : Number(draft.travelMinutes);
    if (fee === 'wrong' || travelCost === 'wrong' || (minutes !== null && !(minutes >= 0))) return setMore(true);
    const kept = await files.settled();
    if (draft.topic.trim() === '' || sessions === null || kept === null) return;
    const name = orNull(draft.certificate);
    const done = await record.run({
      topic: draft.topic.trim(),
      projectId: draft.projectId as ProjectId | null,
      sessions,
      calledAt: draft.calledAt === '' ? null : new Date(draft.calledAt).toISOString(),
      paid: saidOf(draft.paid),
      mandatory: saidOf(draft.mandatory),
      retraining: draft.retraining,
      fee,
      travelCost,
      travelMs: minutes === null ? null : minutes * 60_000,
      certificate: name === null ? null : { name, file: kept[0] ?? null, expires: orNull(draft.expires) },
      needed: saidOf(draft.needed),
      note: orNull(draft.note),
    });
    if (!done) return;
    if (done.timeStoodMs > 0) toast(t('training.timeStood', { time: format.duration(done.timeStoodMs) }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('training.new')} size={600} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <MainFields draft={draft} change={change} tried={tried} />
          <div>
            <Button variant="subtle" size="xs" ml={-11} aria-expanded={more} onClick={() => setMore(!more)}>
              {t('training.more')}
            </Button>
          </div>
          <Collapse expanded={more}>
            <Fields>
              <CostFields draft={draft} change={change} />
              <Input.Wrapper label={t('training.fields.needed')}>
                <div>
                  <SegmentedControl
                    aria-label={t('training.fields.needed')}
                    data={[
                      { value: 'unsaid', label: t('training.needed.unknown') },
                      { value: 'yes', label: t('training.needed.yes') },
                      { value: 'no', label: t('training.needed.no') },
                    ]}
                    value={draft.needed}
                    onChange={(needed) => change({ needed: needed as Said })}
                  />
                </div>
              </Input.Wrapper>
              {draft.certificate.trim() !== '' && <Attachments attachments={files} />}
              <Textarea
                label={t('training.fields.note')}
                value={draft.note}
                maxLength={20_000}
                autosize
                minRows={1}
                maxRows={6}
                onChange={(event) => change({ note: event.currentTarget.value })}
              />
            </Fields>
          </Collapse>
          <ErrorNotice error={record.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={record.running}>
              {t('training.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

function MainFields({ draft, change, tried }: PartProps & { tried: boolean }) {
  const t = useText();
  const projects = useQuery('projects.list', {});
  return (
    <>
      <TextInput
        data-autofocus
        label={t('training.columns.topic')}
        withAsterisk
        value={draft.topic}
        error={tried && draft.topic.trim() === '' ? t('training.sayTopic') : undefined}
        maxLength={500}
        onChange={(event) => change({ topic: event.currentTarget.value })}
      />
      <SessionFields sessions={draft.sessions} tried={tried} onChange={(sessions) => change({ sessions })} />
      <FieldRow>
        <Select
          className={classes.grow}
          label={t('training.columns.project')}
          placeholder={t('training.noProject')}
          data={(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.projectId}
          onChange={(projectId) => change({ projectId })}
          clearable
          searchable
        />
        <MomentField
          className={classes.grow}
          label={t('training.fields.calledAt')}
          value={draft.calledAt}
          onChange={(calledAt) => change({ calledAt })}
          clearable
        />
      </FieldRow>
      <FieldRow>
        <SegmentedControl
          aria-label={t('training.columns.paid')}
          data={[
            ...(['no', 'yes'] as const).map((value) => ({ value, label: t(`training.paid.${value}`) })),
            { value: 'unsaid', label: t('statement.unsaid') },
          ]}
          value={draft.paid}
          onChange={(paid) => change({ paid: paid as Said })}
        />
        <SegmentedControl
          aria-label={t('training.mandatory')}
          data={[
            { value: 'yes', label: t('training.mandatory') },
            { value: 'no', label: t('training.voluntary') },
            { value: 'unsaid', label: t('statement.unsaid') },
          ]}
          value={draft.mandatory}
          onChange={(mandatory) => change({ mandatory: mandatory as Said })}
        />
        <Checkbox
          label={t('training.retraining')}
          checked={draft.retraining}
          onChange={(event) => change({ retraining: event.currentTarget.checked })}
        />
      </FieldRow>
    </>
  );
}

function CostFields({ draft, change }: PartProps) {
  const t = useText();
  const wrong = (money: TypedMoney) => (readMoney(money) === 'wrong' ? t('training.wrongMoney') : undefined);
  return (
    <>
      <FieldRow>
        <MoneyField
          label={t('training.columns.fee')}
          currencyLabel={t('training.fields.currency')}
          value={draft.fee}
          onChange={(fee) => change({ fee })}
          error={wrong(draft.fee)}
        />
        <MoneyField
          label={t('training.fields.travelCost')}
          currencyLabel={t('training.fields.currency')}
          value={draft.travelCost}
          onChange={(travelCost) => change({ travelCost })}
          error={wrong(draft.travelCost)}
        />
      </FieldRow>
      <FieldRow>
        <TextInput
          className={classes.day}
          label={t('training.fields.travelMinutes')}
          inputMode="numeric"
          value={draft.travelMinutes}
          onChange={(event) => change({ travelMinutes: event.currentTarget.value })}
        />
        <TextInput
          className={classes.grow}
          label={t('training.fields.certificate')}
          value={draft.certificate}
          maxLength={500}
          onChange={(event) => change({ certificate: event.currentTarget.value })}
        />
        <DayField
          className={classes.day}
          label={t('training.fields.expires')}
          value={draft.expires}
          onChange={(expires) => change({ expires })}
          clearable
        />
      </FieldRow>
    </>
  );
}
