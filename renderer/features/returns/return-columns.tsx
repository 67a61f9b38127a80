import { useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { Column } from '#renderer/ui/virtual-table.tsx';
import classes from './returns.module.css';

export type ReturnRow = Output<'returns.list'>['returns'][number];

/** The columns of the list of returns. */
export function useReturnColumns(): readonly Column<ReturnRow>[] {
  const t = useText();
  return useMemo(
    () => [
      {
        id: 'received',
        out: { type: 'moment', value: (row) => row.receivedAt },
        header: t('returns.columns.received'),
        width: 152,
      },
      {
        id: 'work',
        out: { type: 'text', value: (row) => row.workName },
        header: t('returns.columns.work'),
        width: 'minmax(160px, 1.4fr)',
      },
      {
        id: 'project',
        out: { type: 'text', value: (row) => row.projectName },
        header: t('returns.columns.project'),
        width: 'minmax(80px, 1fr)',
        leaves: 3,
      },
      {
        id: 'stage',
        out: { type: 'text', value: (row) => t(`returns.stages.${row.stage}`) },
        header: t('returns.columns.stage'),
        width: 128,
        leaves: 5,
      },
      {
        id: 'round',
        out: { type: 'count', value: (row) => row.round },
        header: t('returns.columns.round'),
        width: 64,
        leaves: 2,
        align: 'end',
      },
      {
        id: 'reason',
        out: { type: 'text', value: (row) => row.reason },
        header: t('returns.columns.reason'),
        width: 'minmax(200px, 1.6fr)',
      },
      {
        id: 'rule',
        out: {
          type: 'text',
          value: (row) =>
            [row.ruleCited, row.ruleYoungerThanWork === true && t('returns.younger')].filter(Boolean).join(' · '),
        },
        header: t('returns.columns.rule'),
        width: 'minmax(112px, 1fr)',
        leaves: 4,
        cell: (row) => (
          <span className={row.ruleYoungerThanWork ? classes.young : undefined} title={youngText(row, t)}>
            {row.ruleCited ?? (row.ruleYoungerThanWork ? t('returns.younger') : '')}
          </span>
        ),
      },
      {
        id: 'deduction',
        out: { type: 'money', value: (row) => row.deduction },
        header: t('returns.columns.deduction'),
        width: 96,
        align: 'end',
      },
      {
        id: 'view',
        out: { type: 'text', value: (row) => row.view && t(`returns.views.${row.view}`) },
        header: t('returns.columns.view'),
        width: 80,
        leaves: 1,
        cell: (row) => (row.view ? t(`returns.views.${row.view}`) : ''),
      },
    ],
    [t],
  );
}

/** Whether the rule cited stood when the work was sealed, in words; undefined when it can't be told. */
function youngText(row: ReturnRow, t: ReturnType<typeof useText>): string | undefined {
  if (row.ruleYoungerThanWork === null) return undefined;
  return row.ruleYoungerThanWork ? t('returns.younger') : t('returns.notYounger');
}
