import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';

type Row = Output<'standing.list'>['changes'][number];

const rowsOf = (output: Output<'standing.list'>) => output.changes;
const rowKey = (row: Row) => row.id;
const open = (row: Row) => navigate('ledger', { entryId: row.entryId });

interface Props {
  projectId: string | undefined;
  onNew: () => void;
}

/** Suspensions, removals, transfers, and where revising was stopped. */
export function StandingView({ projectId, onNew }: Props) {
  const t = useText();
  const input = useMemo(() => (projectId === undefined ? {} : { projectId: projectId as ProjectId }), [projectId]);
  const list = usePagedQuery('standing.list', input, rowsOf);
  const columns = useColumns();
  return (
    <>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <VirtualTable
        label={t('returns.tabs.standing')}
        columns={columns}
        total={list.total ?? 0}
        row={list.row}
        rowKey={rowKey}
        onShow={list.show}
        all={list.all}
        onOpen={open}
        empty={
          list.total === 0 && (
            <EmptyState
              sentence={t('returns.standing.empty')}
              action={<Button onClick={onNew}>{t('returns.standing.new')}</Button>}
            />
          )
        }
      />
    </>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText();
  return useMemo(
    () => [
      {
        id: 'at',
        out: { type: 'moment', value: (row) => row.happenedAt },
        header: t('returns.standing.when'),
        width: 176,
      },
      {
        id: 'what',
        out: { type: 'text', value: (row) => t(`returns.standing.whats.${row.what}`) },
        header: t('returns.standing.what'),
        width: 'minmax(140px, 1fr)',
      },
      {
        id: 'project',
        out: { type: 'text', value: (row) => row.projectName },
        header: t('returns.columns.project'),
        width: 'minmax(80px, 1fr)',
      },
      {
        id: 'work',
        out: { type: 'text', value: (row) => row.workName },
        header: t('returns.columns.work'),
        width: 'minmax(80px, 1fr)',
      },
      {
        id: 'until',
        out: { type: 'day', value: (row) => row.until },
        header: t('returns.standing.until'),
        width: 120,
      },
      {
        id: 'paid',
        out: {
          type: 'text',
          value: (row) => (row.paid === null ? null : t(`returns.standing.pay.${row.paid ? 'yes' : 'no'}`)),
        },
        header: t('returns.standing.paid'),
        width: 96,
      },
      {
        id: 'reason',
        out: { type: 'text', value: (row) => row.reason },
        header: t('returns.columns.reason'),
        width: 'minmax(120px, 2fr)',
      },
    ],
    [t],
  );
}
