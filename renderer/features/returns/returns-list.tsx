import { Button, Checkbox, Select } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, type RoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { VirtualTable } from '#renderer/ui/virtual-table.tsx';
import { useReturnColumns, type ReturnRow } from './return-columns.tsx';
import classes from './returns.module.css';

type Params = RoomParams['returns'];
/** A part of the parameters to change; what is undefined is taken out. */
export type ParamsChange = { [K in keyof Params]?: Params[K] | undefined };
type Filter = Omit<Input<'returns.list'>, 'offset' | 'limit'>;

const stages = ['reviewer', 'inspector', 'overseer', 'machine'] as const;
const rowsOf = (output: Output<'returns.list'>) => output.returns;
const rowKey = (row: ReturnRow) => row.id;

/** The filter of the room's parameters; what is not given lets all through. */
function filterOf({ projectId, stage, round, younger }: ParamsChange): Filter {
  return {
    ...(projectId === undefined ? {} : { projectId: projectId as NonNullable<Filter['projectId']> }),
    ...(stage === undefined ? {} : { stage }),
    ...(round === undefined ? {} : { round }),
    ...(younger === true ? { youngerRule: true } : {}),
  };
}

interface Props {
  params: Params;
  change: (part: ParamsChange) => void;
  onNew: () => void;
}

/** What came back, from whom and why. */
export function ReturnsList({ params, change, onNew }: Props) {
  const t = useText();
  const { projectId, stage, round, younger } = params;
  const filter = useMemo(() => filterOf({ projectId, stage, round, younger }), [projectId, stage, round, younger]);
  const list = usePagedQuery('returns.list', filter, rowsOf);
  const columns = useReturnColumns();
  const open = useCallback((row: ReturnRow) => change({ returnId: row.id }), [change]);
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <Figures filter={filter} />
      <VirtualTable
        label={t('app.rooms.returns')}
        columns={columns}
        total={list.total ?? 0}
        row={list.row}
        rowKey={rowKey}
        onShow={list.show}
        all={list.all}
        onOpen={open}
        openKey={params.returnId ?? null}
        empty={
          list.total === 0 &&
          (filtered ? (
            <EmptyState sentence={t('returns.noneLeft')} />
          ) : (
            <EmptyState sentence={t('returns.empty')} action={<Button onClick={onNew}>{t('returns.new')}</Button>} />
          ))
        }
      />
    </>
  );
}

/** Stage, round and the age of the rule; the project is the page's. */
export function ReturnFilters({ params, change }: Omit<Props, 'onNew'>) {
  const t = useText();
  const rounds = useQuery('returns.summary', {}).data?.byTimes.at(-1)?.times ?? 0;
  const offered = Math.max(rounds + 1, params.round ?? 0, 3);
  return (
    <>
      <Select
        className={classes.filter}
        aria-label={t('returns.fields.stage')}
        placeholder={t('returns.anyStage')}
        data={stages.map((value) => ({ value, label: t(`returns.stages.${value}`) }))}
        value={params.stage ?? null}
        onChange={(stage) => change({ stage: stage ?? undefined })}
        clearable
      />
      <Select
        className={classes.filter}
        aria-label={t('returns.fields.round')}
        placeholder={t('returns.anyRound')}
        data={Array.from({ length: offered }, (_, i) => ({
          value: String(i + 1),
          label: t('returns.ofRound', { round: i + 1 }),
        }))}
        value={params.round === undefined ? null : String(params.round)}
        onChange={(round) => change({ round: round === null ? undefined : Number(round) })}
        clearable
      />
      <Checkbox
        label={t('returns.onlyYounger')}
        checked={params.younger ?? false}
        onChange={(event) => change({ younger: event.currentTarget.checked || undefined })}
      />
    </>
  );
}

/** How many, the share that cites a younger rule, and what never came back; each opens its entries. */
function Figures({ filter }: { filter: Filter }) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const summary = useQuery(
    'returns.summary',
    filter.projectId === undefined ? {} : { projectId: filter.projectId },
  ).data;
  if (summary === undefined || summary.total === 0) return null;
  const opening = (of: Filter, title: string) => async () => {
    const found = await client.call('returns.entries', of).catch(() => null);
    if (found !== null) navigate('ledger', { entries: found.entries, title });
  };
  const project = filter.projectId === undefined ? {} : { projectId: filter.projectId };
  const { younger, told } = summary.younger;
  const share = (part: number, whole: number) =>
    `${format.number(part)} / ${format.number(whole)} · ${percentText({ correct: BigInt(part), total: BigInt(whole) }, 1)} %`;
  return (
    <p className={classes.figures}>
      <span>
        {t('returns.figures.total')}{' '}
        <CatalogueFigure
          figure="returns"
          value={format.number(summary.total)}
          onOpen={() => void opening(project, t('returns.figures.total'))()}
        />
      </span>
      {summary.pieces > 0 && (
        <span>
          {t('returns.figures.never')}{' '}
          <CatalogueFigure
            figure="first-pass"
            value={share(summary.neverReturned, summary.pieces)}
            onOpen={() => void opening(project, t('returns.figures.total'))()}
          />
        </span>
      )}
      {told > 0 && (
        <span>
          {t('returns.figures.younger')}{' '}
          <CatalogueFigure
            figure="younger-rule"
            value={share(younger, told)}
            onOpen={() => void opening({ ...project, youngerRule: true }, t('returns.figures.younger'))()}
          />
        </span>
      )}
      {summary.deductions.length > 0 && (
        <span>
          {t('returns.figures.deductions')}{' '}
          <CatalogueFigure
            figure="return-deductions"
            value={summary.deductions.map((amount) => format.money(amount)).join(' + ')}
            onOpen={() => void opening(project, t('returns.figures.deductions'))()}
          />
        </span>
      )}
    </p>
  );
}
