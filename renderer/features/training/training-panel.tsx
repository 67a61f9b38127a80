import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts, Fields } from '#renderer/ui/form.tsx';
import { KeptFiles } from '#renderer/ui/kept-files.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import type { TrainingRow } from './training-page.tsx';
import { paidText } from './training-words.ts';

/** One training, whole; and the place to say later whether it was ever needed. */
export function TrainingPanel({ training, onClose }: { training: TrainingRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const { certificate } = training;
  const said = (value: boolean | null) => value !== null && t(value ? 'training.yes' : 'training.no');
  const facts = [
    { name: t('training.columns.when'), value: format.dateTime(training.start) },
    { name: t('training.columns.hours'), value: format.duration(training.timeMs) },
    { name: t('training.columns.project'), value: training.projectName },
    {
      name: t('training.columns.paid'),
      value: paidText(t, training.paid),
    },
    { name: t('training.fields.calledAt'), value: training.calledAt && format.dateTime(training.calledAt) },
    {
      name: t('training.columns.notice'),
      value: training.noticeMs !== null && t('training.notice', { time: format.duration(training.noticeMs) }),
    },
    { name: t('training.mandatory'), value: said(training.mandatory) },
    { name: t('training.retraining'), value: training.retraining && t('training.yes') },
    { name: t('training.columns.fee'), value: training.fee && format.money(training.fee) },
    { name: t('training.fields.travelCost'), value: training.travelCost && format.money(training.travelCost) },
    { name: t('training.fields.travelTime'), value: training.travelMs && format.duration(training.travelMs) },
    { name: t('training.fields.certificate'), value: certificate?.name },
    {
      name: t('training.fields.file'),
      value: certificate?.file && <KeptFiles files={[certificate.file]} />,
    },
    { name: t('training.fields.expires'), value: certificate?.expires && format.date(certificate.expires) },
    { name: t('training.fields.note'), value: training.note },
    { name: t('training.source'), value: <SourceMark source={training.source} withText /> },
  ];
  return (
    <SidePanel
      id="training"
      title={training.topic}
      onClose={onClose}
      actions={
        <Button
          size="xs"
          variant="default"
          onClick={() => navigate('ledger', { entries: training.entries, title: training.topic })}
        >
          {t('training.entries')}
        </Button>
      }
    >
      <Fields>
        <Facts
          facts={facts.filter(({ value }) => value !== null && value !== undefined && value !== false && value !== 0)}
        />
        <Needed training={training} onDone={onClose} />
      </Fields>
    </SidePanel>
  );
}

function Needed({ training, onDone }: { training: TrainingRow; onDone: () => void }) {
  const t = useText();
  const [needed, setNeeded] = useState(training.needed === null ? '' : training.needed ? 'yes' : 'no');
  const [reason, setReason] = useState('');
  const set = useCommand('training.setNeeded');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const value = needed === '' ? null : needed === 'yes';
    const done = await set.run({
      trainingId: training.id,
      needed: value,
      reason: reason.trim() || t('training.needed.now'),
    });
    if (done) onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Fields>
        <SegmentedControl
          aria-label={t('training.fields.needed')}
          data={[
            { value: '', label: t('training.needed.unknown') },
            { value: 'yes', label: t('training.needed.yes') },
            { value: 'no', label: t('training.needed.no') },
          ]}
          value={needed}
          onChange={setNeeded}
        />
        <TextInput
          label={t('ui.confirm.reason')}
          description={t('ui.confirm.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ErrorNotice error={set.error} />
        <div>
          <Button type="submit" variant="default" size="xs" loading={set.running}>
            {t('training.needed.save')}
          </Button>
        </div>
      </Fields>
    </form>
  );
}
