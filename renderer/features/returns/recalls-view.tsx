import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { BarFigures } from '#renderer/ui/bar-figures.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { useLossText } from './loss-text.ts';
import classes from './returns.module.css';

type Row = Output<'recalls.list'>['recalls'][number];

const rowsOf = (output: Output<'recalls.list'>) => output.recalls;
const rowKey = (row: Row) => row.id;
const open = (row: Row) => navigate('ledger', { entryId: row.entryId });

interface Props {
  projectId: string | undefined;
  onNew: () => void;
}

/** Work rejected without pay, with what it cost by the terms in force and what was said it cost. */
export function RecallsView({ projectId, onNew }: Props) {
  const t = useText();
  const input = useMemo(() => (projectId === undefined ? {} : { projectId: projectId as ProjectId }), [projectId]);
  const list = usePagedQuery('recalls.list', input, rowsOf);
  const columns = useColumns();
  return (
    <>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <Account {...input} />
      <VirtualTable
        label={t('returns.tabs.recalls')}
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
              sentence={t('returns.recalls.empty')}
              action={<Button onClick={onNew}>{t('returns.recalls.new')}</Button>}
            />
          )
        }
      />
    </>
  );
}

/** The pieces of the project, or of all that anything was recalled of: what they should have paid, what recalls took, what is left. */
function Account(of: { projectId?: ProjectId }) {
  const t = useText();
  const format = useFormat();
  const lossText = useLossText();
  const account = useQuery('recalls.account', of).data;
  if (account === undefined || account.pieces === 0) return null;
  const opening = () => navigate('ledger', { entries: account.entries, title: t('returns.recalls.accountTitle') });
  const share = { correct: BigInt(account.recalled), total: BigInt(account.pieces) };
  const left = account.left.map((amount) => format.money(amount)).join(' + ');
  return (
    <>
      <p className={classes.figures}>
        <span>
          {t('returns.recalls.promised')}{' '}
          <CatalogueFigure figure="recall-promised" value={lossText(account.promised)} onOpen={opening} />
        </span>
        <span>
          {t('returns.recalls.lost')}{' '}
          <CatalogueFigure figure="recall-loss" value={lossText(account.lost)} onOpen={opening} />
        </span>
        {left !== '' && (
          <span>
            {t('returns.recalls.left')} <CatalogueFigure figure="recall-left" value={left} onOpen={opening} />
          </span>
        )}
        <span>
          {t('returns.recalls.share')}{' '}
          <CatalogueFigure
            figure="recall-share"
            value={`${format.number(account.recalled)} / ${format.number(account.pieces)} · ${percentText(share, 1)} %`}
            onOpen={opening}
          />
        </span>
      </p>
      <ByLevel of={of} levels={account.byLevel} />
    </>
  );
}

/** What was lost at each level of recall; each is worse than the one before. */
function ByLevel({ of, levels }: { of: { projectId?: ProjectId }; levels: Output<'recalls.account'>['byLevel'] }) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const lossText = useLossText();
  if (levels.length === 0) return null;
  const opening = (level: (typeof levels)[number]['level'], name: string) => () =>
    void client.call('recalls.list', { ...of, level, limit: 500 }).then(
      ({ recalls }) => navigate('ledger', { entries: recalls.map(({ entryId }) => entryId), title: name }),
      () => undefined,
    );
  return (
    <BarFigures
      title={t('returns.recalls.byLevel')}
      figure="recall-loss"
      heads={[
        t('returns.recalls.level'),
        t('returns.recalls.lost'),
        t('returns.tabs.recalls'),
        t('returns.recalls.pieces'),
      ]}
      unit="amounts"
      rows={levels.map(({ level, recalls, pieces, lost }) => {
        const name = t(`returns.recalls.levels.${level}`);
        return {
          key: level,
          name,
          // Currencies cannot stand on one scale; pieces can.
          value: pieces,
          text: lossText(lost),
          onOpen: opening(level, name),
          amounts: lost.amounts,
          more: [
            { shown: format.number(recalls), out: { type: 'count', value: recalls } },
            { shown: format.number(pieces), out: { type: 'count', value: pieces } },
          ],
        };
      })}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText();
  const format = useFormat();
  const lossText = useLossText();
  return useMemo(
    () => [
      {
        id: 'at',
        out: { type: 'moment', value: (row) => row.receivedAt },
        header: t('returns.columns.received'),
        width: 176,
      },
      {
        id: 'level',
        out: {
          type: 'text',
          value: (row) => [t(`returns.recalls.levels.${row.level}`), row.segmentName].filter(Boolean).join(' · '),
        },
        header: t('returns.recalls.level'),
        width: 'minmax(120px, 1fr)',
        cell: (row) => {
          const level = t(`returns.recalls.levels.${row.level}`);
          return row.segmentName === null ? level : `${level} · ${row.segmentName}`;
        },
      },
      {
        id: 'project',
        out: { type: 'text', value: (row) => row.projectName },
        header: t('returns.columns.project'),
        width: 'minmax(80px, 1fr)',
      },
      {
        id: 'pieces',
        out: { type: 'count', value: (row) => row.pieces },
        header: t('returns.recalls.pieces'),
        width: 88,
        align: 'end',
      },
      {
        id: 'loss',
        out: { type: 'amounts', value: (row) => row.loss.amounts },
        header: t('returns.recalls.lost'),
        width: 'minmax(96px, 1fr)',
        align: 'end',
        cell: (row) => (
          <span className={classes.loss} title={t('returns.recalls.lostFormula')}>
            {lossText(row.loss)}
          </span>
        ),
      },
      {
        id: 'stated',
        out: { type: 'money', value: (row) => row.statedLoss },
        header: t('returns.recalls.stated'),
        width: 'minmax(96px, 1fr)',
        align: 'end',
        cell: (row) =>
          row.statedLoss === null ? (
            ''
          ) : (
            <span
              className={row.differs ? classes.young : undefined}
              title={row.differs ? t('returns.recalls.differs') : undefined}
            >
              {format.money(row.statedLoss)}
            </span>
          ),
      },
      {
        id: 'reason',
        out: { type: 'text', value: (row) => row.reason },
        header: t('returns.columns.reason'),
        width: 'minmax(120px, 2fr)',
      },
    ],
    [t, format, lossText],
  );
}
