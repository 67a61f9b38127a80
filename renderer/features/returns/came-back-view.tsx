import { useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { PayRate } from '#shared/domain/project.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import classes from './returns.module.css';

type Row = Output<'recalls.cameBack'>['media'][number];

const everything = {};
const rowsOf = (output: Output<'recalls.cameBack'>) => output.media;
const rowKey = (row: Row) => row.later.submissionId;

/** Media that was submitted under two tasks, byte for byte the same, with the price of either. */
export function CameBackView() {
  const t = useText();
  const list = usePagedQuery('recalls.cameBack', everything, rowsOf);
  const columns = useColumns();
  const open = (row: Row) =>
    navigate('ledger', {
      entries: [row.later.entryId, row.earlier.entryId],
      title: t('returns.again.both', { name: row.mediaName }),
    });
  return (
    <>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <VirtualTable
        label={t('returns.tabs.again')}
        columns={columns}
        total={list.total ?? 0}
        row={list.row}
        rowKey={rowKey}
        onShow={list.show}
        all={list.all}
        onOpen={open}
        empty={list.total === 0 && <EmptyState sentence={t('returns.again.empty')} />}
      />
    </>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(() => {
    const rate = (of: PayRate | null) => {
      if (of === null) return t('returns.again.noRate');
      return of.per === 'none'
        ? t('projects.rates.none')
        : t(`projects.rates.${of.per}`, { amount: format.money(of.amount) });
    };
    return [
      {
        id: 'name',
        out: { type: 'text', value: (row: Row) => row.mediaName },
        header: t('returns.again.media'),
        width: 'minmax(120px, 1.4fr)',
      },
      {
        id: 'earlier',
        out: {
          type: 'text',
          value: (row: Row) => `${row.earlier.projectName ?? ''} · ${format.dateTime(row.earlier.sealedAt)}`,
        },
        header: t('returns.again.earlier'),
        width: 'minmax(140px, 1.4fr)',
      },
      {
        id: 'price',
        out: { type: 'text', value: (row: Row) => rate(row.earlier.rate) },
        header: t('returns.again.price'),
        width: 'minmax(80px, 1fr)',
        align: 'end',
      },
      {
        id: 'recalled',
        out: { type: 'text', value: (row: Row) => (row.earlier.recalled ? t('returns.again.recalled') : null) },
        header: t('returns.tabs.recalls'),
        width: 88,
        cell: (row) =>
          row.earlier.recalled ? <span className={classes.young}>{t('returns.again.recalled')}</span> : '',
      },
      {
        id: 'later',
        out: {
          type: 'text',
          value: (row: Row) => `${row.later.projectName ?? ''} · ${format.dateTime(row.later.sealedAt)}`,
        },
        header: t('returns.again.later'),
        width: 'minmax(140px, 1.4fr)',
      },
      {
        id: 'newPrice',
        out: { type: 'text', value: (row: Row) => rate(row.later.rate) },
        header: t('returns.again.price'),
        width: 'minmax(80px, 1fr)',
        align: 'end',
      },
    ];
  }, [t, format]);
}
