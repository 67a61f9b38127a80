import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { MoneyField, readMoney } from '#renderer/ui/money-field.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { TrainingDialog } from './training-dialog.tsx';
import { TrainingFigures } from './training-figures.tsx';
import { TrainingPanel } from './training-panel.tsx';
import { paidText } from './training-words.ts';
import classes from './training.module.css';

export type TrainingRow = Output<'training.list'>['trainings'][number];

const everything = {};
const rowsOf = (output: Output<'training.list'>) => output.trainings;
const rowKey = (row: TrainingRow) => row.id;

/** Trainings: what they took, what they cost, and whether they were ever needed. */
export function TrainingPage() {
  const t = useText();
  const params = useRoomParams('training');
  const list = usePagedQuery('training.list', everything, rowsOf);
  const columns = useColumns();
  const [opened, setOpened] = useState<TrainingRow | null>(null);
  const begin = () => navigate('training', { new: true }, { replace: true });
  const close = () => navigate('training', {}, { replace: true });
  const open = useCallback((row: TrainingRow) => {
    setOpened(row);
    navigate('training', { trainingId: row.id }, { replace: true });
  }, []);
  const none = list.total === 0;
  return (
    <Page
      title={t('app.rooms.training')}
      layout="fill"
      actions={<Button onClick={begin}>{t('training.new')}</Button>}
      side={
        params.trainingId &&
        opened?.id === params.trainingId && <TrainingPanel key={opened.id} training={opened} onClose={close} />
      }
    >
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      {list.total !== undefined && !none && <Summary />}
      <div className={classes.rest}>
        <VirtualTable
          label={t('app.rooms.training')}
          columns={columns}
          total={list.total ?? 0}
          row={list.row}
          rowKey={rowKey}
          onShow={list.show}
          all={list.all}
          onOpen={open}
          openKey={params.trainingId ?? null}
          empty={
            none && (
              <EmptyState
                sentence={t('training.empty')}
                action={<Button onClick={begin}>{t('training.new')}</Button>}
              />
            )
          }
        />
      </div>
      {params.new && <TrainingDialog onClose={close} />}
    </Page>
  );
}

/** The totals of all trainings, or of those of chosen days, at a rate the owner may give. */
function Summary() {
  const t = useText();
  const { language } = useFormat();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [typed, setTyped] = useUiSetting('training.rate', '');
  const [currency, setCurrency] = useUiSetting('training.currency', language === 'zh-CN' ? 'CNY' : 'USD');
  const rate = readMoney({ typed, currency });
  const found = useQuery('training.summary', {
    from: from === '' ? null : from,
    to: to === '' ? null : to,
    ratePerHour: rate === 'wrong' ? null : rate,
  });
  return (
    <>
      <ErrorNotice error={found.error} onAgain={found.refetch} />
      <div className={classes.heads}>
        <DayField className={classes.day} label={t('training.from')} value={from} onChange={setFrom} clearable />
        <DayField className={classes.day} label={t('training.to')} value={to} onChange={setTo} clearable />
        <MoneyField
          label={t('training.rate')}
          currencyLabel={t('training.fields.currency')}
          value={{ typed, currency }}
          onChange={(next) => {
            setTyped(next.typed);
            setCurrency(next.currency);
          }}
          error={rate === 'wrong' ? t('training.wrongMoney') : undefined}
        />
      </div>
      {found.data && <TrainingFigures summary={found.data} />}
    </>
  );
}

function useColumns(): readonly Column<TrainingRow>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'when',
        out: { type: 'moment', value: (row) => row.start },
        header: t('training.columns.when'),
        width: 152,
      },
      {
        id: 'topic',
        out: { type: 'text', value: (row) => row.topic },
        header: t('training.columns.topic'),
        width: 'minmax(200px, 2fr)',
      },
      {
        id: 'project',
        out: { type: 'text', value: (row) => row.projectName },
        header: t('training.columns.project'),
        width: 'minmax(80px, 1fr)',
        leaves: 4,
      },
      {
        id: 'hours',
        out: { type: 'duration', value: (row) => row.timeMs },
        header: t('training.columns.hours'),
        width: 96,
        align: 'end',
      },
      {
        id: 'paid',
        out: { type: 'text', value: (row) => paidText(t, row.paid) },
        header: t('training.columns.paid'),
        width: 96,
      },
      {
        id: 'notice',
        out: { type: 'duration', value: (row) => row.noticeMs },
        header: t('training.columns.notice'),
        width: 136,
        leaves: 1,
        cell: (row) => (row.noticeMs === null ? '' : t('training.notice', { time: format.duration(row.noticeMs) })),
      },
      {
        id: 'kind',
        out: {
          type: 'text',
          value: (row) => (row.retraining ? t('training.retraining') : row.mandatory ? t('training.mandatory') : ''),
        },
        header: t('training.columns.kind'),
        width: 144,
        leaves: 2,
      },
      {
        id: 'fee',
        out: { type: 'money', value: (row) => row.fee },
        header: t('training.columns.fee'),
        width: 96,
        leaves: 5,
        align: 'end',
      },
      {
        id: 'needed',
        out: {
          type: 'text',
          value: (row) => (row.needed === null ? null : t(row.needed ? 'training.needed.yes' : 'training.needed.no')),
        },
        header: t('training.columns.needed'),
        width: 96,
        leaves: 3,
      },
    ],
    [t, format],
  );
}
