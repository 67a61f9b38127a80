import { Button, SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { announcedAccuracy, pointsBetween } from '#shared/metrics/accuracy.metric.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { accuracyOfTasks } from '#shared/rules/accuracy.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dayText } from '#renderer/lib/local-time.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { AccuracyChart } from './accuracy-chart.tsx';
import { AccuracyDialog } from './accuracy-dialog.tsx';
import { MachineView } from './machine-view.tsx';
import classes from './accuracy.module.css';

type Days = Output<'accuracy.days'>;
type Row = Days['days'][number];

const dayMs = 86_400_000;
/** Days shown: a month, ending today or at the day chosen. */
const shownDays = 30;
/** Decimals of a percentage on the screen: cut, not rounded. */
const decimals = 2;
/** In a file, where one calculates with it. */
const writtenDecimals = 6;
const rowKey = (row: Row) => row.day;

/** The client's accuracy by day, one's own count beside it, and the bar it is held against. */
export function AccuracyPage() {
  const t = useText();
  const params = useRoomParams('accuracy');
  const [remembered, remember] = useUiSetting('accuracy.project', '');
  const [until, setUntil] = useState('');
  const projects = useQuery('projects.list', { archived: true }).data?.projects;
  const worked = useWorkedProject().projectId;
  const asked = [params.projectId, remembered, worked].find((id) => projects?.some((each) => each.id === id));
  // One without a bar has most likely no figures either.
  const project = projects?.find(({ id, bar }) => (asked === undefined ? bar !== null : id === asked)) ?? projects?.[0];
  const to = until === '' ? dayText(Date.now()) : until;
  const from = dayText(Date.parse(`${to}T12:00:00`) - (shownDays - 1) * dayMs);
  const found = useQuery('accuracy.days', project ? { projectId: project.id, from, to } : null);
  const begin = () => navigate('accuracy', { ...params, new: true }, { replace: true });
  const { new: _new, view, ...place } = params;
  const close = () => navigate('accuracy', { ...place, ...(view ? { view } : {}) }, { replace: true });
  const show = (id: ProjectId) => {
    remember(id);
    navigate('accuracy', { projectId: id, ...(view ? { view } : {}) }, { replace: true });
  };
  useActions({ 'accuracy.new': begin });
  const columns = useColumns(project?.id);
  const days = found.data?.days ?? [];
  const outName = `${t('app.rooms.accuracy')} ${project?.name ?? ''} ${from} – ${to}`.slice(0, 200);
  return (
    <Page
      title={t('app.rooms.accuracy')}
      layout="fill"
      actions={
        project && (
          <>
            <Button variant="default" onClick={() => navigate('statement', { projectId: project.id })}>
              {t('statement.open')}
            </Button>
            <Button onClick={begin}>{t('accuracy.new')}</Button>
          </>
        )
      }
      filters={
        <>
          <SegmentedControl
            aria-label={t('accuracy.tabs.label')}
            data={[
              { value: 'days', label: t('accuracy.tabs.days') },
              { value: 'machine', label: t('accuracy.tabs.machine') },
            ]}
            value={view ?? 'days'}
            onChange={(next) =>
              navigate('accuracy', { ...place, ...(next === 'machine' ? { view: next } : {}) }, { replace: true })
            }
          />
          <Select
            className={classes.filter}
            aria-label={t('accuracy.project')}
            data={(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={project?.id ?? null}
            onChange={(id) => id !== null && show(id as ProjectId)}
            allowDeselect={false}
            searchable
          />
          {view !== 'machine' && (
            <DayField
              className={classes.filter}
              aria-label={t('accuracy.until')}
              placeholder={t('accuracy.untilToday')}
              value={until}
              onChange={setUntil}
              clearable
            />
          )}
        </>
      }
    >
      {view === 'machine' ? (
        <MachineView projectId={project?.id} />
      ) : (
        <>
          <ErrorNotice error={found.error} onAgain={found.refetch} />
          {found.data?.risk && <Risk risk={found.data.risk} />}
          <AccuracyChart days={days} />
          <VirtualTable
            label={t('app.rooms.accuracy')}
            columns={columns}
            total={days.length}
            row={(index) => days[index]}
            all={days}
            outName={outName}
            subjects={project && [project.id]}
            rowKey={rowKey}
            empty={
              (found.data !== undefined || projects?.length === 0) && (
                <EmptyState
                  sentence={t(project ? 'accuracy.empty' : 'accuracy.noProject')}
                  action={project && <Button onClick={begin}>{t('accuracy.new')}</Button>}
                />
              )
            }
          />
        </>
      )}
      {params.new === true && project && (
        <AccuracyDialog project={project.id} projects={projects ?? []} onSaved={show} onClose={close} />
      )}
    </Page>
  );
}

/** Days in a row below the bar: what may follow, and the figures it rests on. */
function Risk({ risk }: { risk: NonNullable<Days['risk']> }) {
  const t = useText();
  const format = useFormat();
  const stage = risk.stage === null ? '' : ` (${t(`returns.stages.${risk.stage}`)})`;
  const days = risk.days.map((day) => format.date(day));
  const shown = days.length > 4 ? [days[0], '…', days.at(-1)] : days;
  return (
    <p className={classes.risk} role="status">
      {t('accuracy.risk', { days: shown.join(' · '), stage })}{' '}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => navigate('ledger', { entries: risk.entries, title: t('accuracy.riskTitle') })}
      >
        {t('accuracy.riskEntries')}
      </Button>
    </p>
  );
}

function useColumns(projectId: ProjectId | undefined): readonly Column<Row>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(() => {
    const stateText = ({ reports }: Row) => {
      const last = reports.at(-1);
      if (last === undefined || last.meetsBar === null) return null;
      return t(`accuracy.states.${last.suspensionRisk ? 'risk' : last.meetsBar ? 'meets' : 'below'}`);
    };
    return [
      {
        id: 'day',
        out: { type: 'day', value: (row) => row.day },
        header: t('accuracy.columns.day'),
        width: 152,
        cell: (row) => format.dayOfWeek(row.day),
      },
      {
        id: 'client',
        out: { type: 'percent', value: clientPercent },
        header: t('accuracy.columns.client'),
        width: 'minmax(180px, 2fr)',
        cell: (row) => <ClientFigures row={row} />,
      },
      {
        id: 'released',
        out: { type: 'day', value: (row) => row.reports.at(-1)?.releasedOn },
        header: t('accuracy.columns.released'),
        width: 'minmax(96px, 1fr)',
        cell: (row) => row.reports.map(({ releasedOn }) => format.dayOfWeek(releasedOn)).at(-1) ?? '',
      },
      {
        id: 'mine',
        out: { type: 'percent', value: ownPercent },
        header: t('accuracy.columns.mine'),
        width: 'minmax(150px, 1.4fr)',
        cell: (row) => projectId && <OwnFigure row={row} projectId={projectId} />,
      },
      {
        id: 'difference',
        out: { type: 'text', value: difference },
        header: t('accuracy.columns.difference'),
        width: 'minmax(96px, 1fr)',
        align: 'end',
        cell: (row) => {
          const points = difference(row);
          return points === null ? (
            ''
          ) : (
            <span title={t('accuracy.differenceFormula')}>{t('accuracy.points', { points })}</span>
          );
        },
      },
      {
        id: 'bar',
        out: {
          type: 'text',
          value: (row) => row.bar && t(`projects.bar.short.${row.bar.operator}`, { percent: row.bar.percent }),
        },
        header: t('accuracy.columns.bar'),
        width: 'minmax(110px, 1fr)',
        cell: (row) =>
          row.bar === null
            ? t('accuracy.noBar')
            : t(`projects.bar.short.${row.bar.operator}`, { percent: row.bar.percent }),
      },
      {
        id: 'state',
        out: { type: 'text', value: stateText },
        header: t('accuracy.columns.state'),
        width: 'minmax(120px, 1fr)',
        cell: (row) => {
          const last = row.reports.at(-1);
          if (last === undefined || last.meetsBar === null) return '';
          if (last.suspensionRisk) return <span className={classes.below}>{t('accuracy.states.risk')}</span>;
          return last.meetsBar ? (
            t('accuracy.states.meets')
          ) : (
            <span className={classes.below}>{t('accuracy.states.below')}</span>
          );
        },
      },
    ];
  }, [t, format, projectId]);
}

/** The client's last figure of a day, to more digits than the screen shows. */
function clientPercent({ reports }: Row): string | null {
  const last = reports.at(-1);
  const client = last === undefined ? null : announcedAccuracy(last);
  return last?.percent ?? (client && percentText(client, writtenDecimals));
}

function ownPercent({ mine }: Row): string | null {
  if (mine === null || mine.total === 0) return null;
  return percentText(accuracyOfTasks(mine.correct, mine.total), writtenDecimals);
}

/** The client's last figure less one's own, in percentage points; null where either is missing. */
function difference({ reports, mine }: Row): string | null {
  const last = reports.at(-1);
  const client = last === undefined ? null : announcedAccuracy(last);
  if (client === null || mine === null || mine.total === 0) return null;
  const points = pointsBetween(client, accuracyOfTasks(mine.correct, mine.total));
  return points.startsWith('-') ? points.replace('-', '−') : `+${points}`;
}

/** Each figure as announced, with its stage and its counts. */
function ClientFigures({ row }: { row: Row }) {
  const t = useText();
  const format = useFormat();
  return (
    <span className={classes.figures}>
      {row.reports.map((report) => {
        const accuracy = announcedAccuracy(report);
        const percent = report.percent ?? (accuracy === null ? '' : percentText(accuracy, decimals));
        const counts =
          report.correct === null || report.total === null
            ? ''
            : ` (${format.number(report.correct)} / ${format.number(report.total)})`;
        const stage = report.stage === null ? '' : `${t(`returns.stages.${report.stage}`)} `;
        return (
          <CatalogueFigure
            figure="accuracy-client"
            key={report.id}
            value={`${stage}${percent} %${counts}`}
            onOpen={() => navigate('ledger', { entryId: report.entryId })}
          />
        );
      })}
    </span>
  );
}

function OwnFigure({ row, projectId }: { row: Row; projectId: ProjectId }) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const { mine } = row;
  if (mine === null || mine.total === 0) return null;
  const open = async () => {
    const found = await client.call('accuracy.mine', { projectId, day: row.day }).catch(() => null);
    if (found === null) return;
    navigate('ledger', { entries: found.entries, title: t('accuracy.mineTitle', { day: format.date(row.day) }) });
  };
  const percent = percentText(accuracyOfTasks(mine.correct, mine.total), decimals);
  return (
    <CatalogueFigure
      figure="accuracy-mine"
      value={`${percent} % (${format.number(mine.correct)} / ${format.number(mine.total)})`}
      onOpen={() => void open()}
    />
  );
}
