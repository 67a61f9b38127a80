import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { ReturnPanel } from './return-panel.tsx';
import classes from './returns.module.css';

export type ReturnRow = Output<'returns.list'>['returns'][number];

const everything = {};
const rowsOf = (output: Output<'returns.list'>) => output.returns;
const rowKey = (row: ReturnRow) => row.id;

/** What came back, from whom and why. */
export function ReturnsPage() {
  const t = useText();
  const params = useRoomParams('returns');
  const list = usePagedQuery('returns.list', everything, rowsOf);
  const columns = useColumns();
  const asked = params.new === true || params.submissionId !== undefined || params.elsewhereId !== undefined;
  const begin = () => navigate('returns', { new: true }, { replace: true });
  useActions({ 'returns.new': begin });

  const open = useCallback((row: ReturnRow) => navigate('returns', { returnId: row.id }, { replace: true }), []);
  const close = () => navigate('returns', {}, { replace: true });
  return (
    <Page
      title={t('app.rooms.returns')}
      layout="fill"
      actions={<Button onClick={begin}>{t('returns.new')}</Button>}
      side={params.returnId && <ReturnPanel key={params.returnId} id={params.returnId} onClose={close} />}
    >
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <VirtualTable
        label={t('app.rooms.returns')}
        columns={columns}
        total={list.total ?? 0}
        row={list.row}
        rowKey={rowKey}
        onShow={list.show}
        onOpen={open}
        openKey={params.returnId ?? null}
        empty={
          list.total === 0 && (
            <EmptyState sentence={t('returns.empty')} action={<Button onClick={begin}>{t('returns.new')}</Button>} />
          )
        }
      />
      {asked && <ReturnDialog submissionId={params.submissionId} elsewhereId={params.elsewhereId} onClose={close} />}
    </Page>
  );
}

function useColumns(): readonly Column<ReturnRow>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'received',
        header: t('returns.columns.received'),
        width: 152,
        cell: (row) => format.dateTime(row.receivedAt),
      },
      {
        id: 'work',
        header: t('returns.columns.work'),
        width: 'minmax(120px, 1.4fr)',
        cell: (row) => <span title={row.workName ?? undefined}>{row.workName ?? ''}</span>,
      },
      {
        id: 'project',
        header: t('returns.columns.project'),
        width: 'minmax(80px, 1fr)',
        cell: (row) => row.projectName ?? '',
      },
      {
        id: 'stage',
        header: t('returns.columns.stage'),
        width: 112,
        cell: (row) => t(`returns.stages.${row.stage}`),
      },
      { id: 'round', header: t('returns.columns.round'), width: 64, align: 'end', cell: (row) => row.round },
      {
        id: 'reason',
        header: t('returns.columns.reason'),
        width: 'minmax(120px, 1.6fr)',
        cell: (row) => <span title={row.reason}>{row.reason}</span>,
      },
      {
        id: 'rule',
        header: t('returns.columns.rule'),
        width: 'minmax(72px, 1fr)',
        cell: (row) => (
          <span className={row.ruleYoungerThanWork ? classes.young : undefined} title={youngText(row, t)}>
            {row.ruleCited ?? (row.ruleYoungerThanWork ? t('returns.younger') : '')}
          </span>
        ),
      },
      {
        id: 'deduction',
        header: t('returns.columns.deduction'),
        width: 96,
        align: 'end',
        cell: (row) => (row.deduction ? format.money(row.deduction) : ''),
      },
      {
        id: 'view',
        header: t('returns.columns.view'),
        width: 80,
        cell: (row) => (row.view ? t(`returns.views.${row.view}`) : ''),
      },
    ],
    [t, format],
  );
}

/** Whether the rule cited stood when the work was sealed, in words; undefined when it can't be told. */
function youngText(row: ReturnRow, t: ReturnType<typeof useText>): string | undefined {
  if (row.ruleYoungerThanWork === null) return undefined;
  return row.ruleYoungerThanWork ? t('returns.younger') : t('returns.notYounger');
}
