import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import { translatedAbout } from '#shared/rules/entry-about.rules.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { useKindName, useValueText } from '#renderer/lib/entry-words.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import classes from './ledger.module.css';

export type EntryRow = Output<'ledger.list'>['entries'][number];
type Filter = Input<'ledger.list'>['filter'];

const rowsOf = (output: Output<'ledger.list'>) => output.entries;
const rowKey = (row: EntryRow) => row.id;
const isQuiet = (row: EntryRow) => row.state !== 'current';

/** Every entry there is: one table, filters above, an entry whole at the side. */
export function LedgerPage() {
  const t = useText();
  const format = useFormat();
  const params = useRoomParams('ledger');
  const { entryId, kinds, projectId, day, source, subject, entries } = params;
  const filter = useMemo(() => {
    const given = { kinds, projectId, day, source, subject, entries };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Filter;
  }, [kinds, projectId, day, source, subject, entries]);
  const list = usePagedQuery('ledger.list', { filter }, rowsOf);
  const columns = useColumns();
  const filtered = Object.keys(filter).length > 0;
  const [exporting, setExporting] = useState(false);

  const open = useCallback(
    (row: EntryRow) => navigate('ledger', { ...params, entryId: row.id }, { replace: true }),
    [params],
  );
  const close = () => {
    const { entryId: _closed, ...rest } = params;
    navigate('ledger', rest, { replace: true });
  };

  return (
    <Page
      title={t('app.rooms.ledger')}
      layout="fill"
      filters={<LedgerFilters params={params} />}
      actions={
        <>
          {list.total !== undefined && (
            <span className={classes.count}>
              {t('ledger.count', { count: list.total, formatted: format.number(list.total) })}
            </span>
          )}
          <Button variant="default" onClick={() => navigate('sheets', {})}>
            {t('sheets.title')}
          </Button>
          <Button variant="default" onClick={() => setExporting(true)}>
            {t('ledger.export.action')}
          </Button>
        </>
      }
      side={entryId && <EntryPanel key={entryId} id={entryId} onClose={close} />}
    >
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <VirtualTable
        label={t('app.rooms.ledger')}
        columns={columns}
        total={list.total ?? 0}
        row={list.row}
        rowKey={rowKey}
        onShow={list.show}
        onOpen={open}
        {...(entryId ? { onActive: open } : {})}
        openKey={entryId ?? null}
        isQuiet={isQuiet}
        empty={list.total === 0 && <EmptyState sentence={filtered ? t('ledger.noneMatch') : t('ledger.empty')} />}
      />
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </Page>
  );
}

function useColumns(): readonly Column<EntryRow>[] {
  const t = useText();
  const format = useFormat();
  const kindName = useKindName();
  const valueText = useValueText();
  return useMemo(
    () => [
      {
        id: 'seq',
        header: t('ledger.columns.seq'),
        width: 72,
        align: 'end',
        leaves: 2,
        cell: (row) => format.number(row.seq),
      },
      {
        id: 'source',
        header: t('ledger.columns.source'),
        width: 56,
        cell: (row) => <SourceMark source={row.source} />,
      },
      {
        id: 'occurred',
        header: t('ledger.columns.occurred'),
        width: 176,
        cell: (row) => format.dateTime(row.occurredStart, { seconds: true }),
      },
      { id: 'kind', header: t('ledger.columns.kind'), width: 168, cell: (row) => kindName(row.kind) },
      {
        id: 'about',
        header: t('ledger.columns.about'),
        width: 'minmax(320px, 2fr)',
        cell: (row) => (
          <span className={classes.about} data-state={row.state} title={row.about ?? undefined}>
            {row.about === null ? '' : translatedAbout(row.about, valueText)}
          </span>
        ),
      },
      {
        id: 'project',
        header: t('ledger.columns.project'),
        width: 'minmax(100px, 1fr)',
        leaves: 3,
        cell: (row) => <span title={row.projectName ?? undefined}>{row.projectName}</span>,
      },
      {
        id: 'lag',
        header: t('ledger.columns.lag'),
        width: 96,
        leaves: 1,
        align: 'end',
        cell: (row) => lagText(row, format.duration, t('ledger.atOnce')),
      },
      {
        id: 'state',
        header: t('ledger.columns.state'),
        width: 104,
        leaves: 4,
        cell: (row) => (row.state === 'current' ? '' : t(`ledger.states.${row.state}`)),
      },
    ],
    [t, format, kindName, valueText],
  );
}

/** How long after it happened it was written down; within half a minute counts as at once. */
function lagText(row: EntryRow, duration: (ms: number) => string, atOnce: string): string {
  const happened = Date.parse(row.occurredEnd ?? row.occurredStart);
  const ms = Date.parse(row.recordedAt) - happened;
  return ms < 30_000 ? atOnce : duration(ms);
}
