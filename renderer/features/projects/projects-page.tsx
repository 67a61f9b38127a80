import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { asksForKind, kindsOf, termsFor } from '#shared/rules/projects.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { NewProject } from './new-project.tsx';
import { ProjectDetail } from './project-detail.tsx';
import { today, useRateText } from './project-words.ts';
import classes from './projects.module.css';

type ProjectRow = Output<'projects.list'>['projects'][number];

const rowKey = (row: ProjectRow) => row.id;
const isQuiet = (row: ProjectRow) => row.archived;

/** All projects, or one of them whole. */
export function ProjectsPage() {
  const { projectId } = useRoomParams('projects');
  return projectId ? <ProjectDetail key={projectId} id={projectId} /> : <ProjectList />;
}

function ProjectList() {
  const t = useText();
  const list = useQuery('projects.list', { archived: true });
  const projects = list.data?.projects ?? [];
  const columns = useColumns();
  return (
    <Page
      title={t('app.rooms.projects')}
      layout="fill"
      actions={
        <>
          <Button variant="default" onClick={() => navigate('start', { step: 'folder' })}>
            {t('projects.openFolder')}
          </Button>
          <NewProject />
        </>
      }
    >
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <VirtualTable
        label={t('app.rooms.projects')}
        columns={columns}
        total={projects.length}
        row={(index) => projects[index]}
        rowKey={rowKey}
        isQuiet={isQuiet}
        rowHeight={40}
        all={projects}
        onOpen={(row) => navigate('projects', { projectId: row.id })}
        empty={
          list.data && (
            <EmptyState
              sentence={t('projects.empty')}
              action={<Button onClick={() => navigate('start', { step: 'folder' })}>{t('projects.openFolder')}</Button>}
            />
          )
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<ProjectRow>[] {
  const t = useText();
  const format = useFormat();
  const rateText = useRateText();
  return useMemo(
    () => [
      {
        id: 'name',
        out: { type: 'text', value: (row) => row.name },
        header: t('projects.columns.name'),
        width: 'minmax(160px, 2fr)',
        cell: (row) => (
          <span className={classes.name} title={row.name}>
            {row.name}
          </span>
        ),
      },
      {
        id: 'client',
        out: { type: 'text', value: (row) => row.client },
        header: t('projects.columns.client'),
        width: 'minmax(100px, 1fr)',
      },
      {
        id: 'tasks',
        out: { type: 'text', value: ({ taskCounts }) => `${taskCounts.submitted} / ${taskCounts.total}` },
        header: t('projects.columns.tasks'),
        width: 148,
        align: 'end',
        cell: ({ taskCounts }) =>
          t('projects.submittedOf', {
            submitted: format.number(taskCounts.submitted),
            total: format.number(taskCounts.total),
          }),
      },
      {
        id: 'pay',
        out: {
          type: 'text',
          value: (row) => {
            const terms = termsFor(row.terms, null, today()) ?? row.terms.at(-1);
            return terms ? rateText(terms.rate) : null;
          },
        },
        header: t('projects.columns.pay'),
        width: 168,
        cell: (row) => {
          const terms = termsFor(row.terms, null, today()) ?? row.terms.at(-1);
          if (!terms) return <span className={classes.quiet}>{t('projects.noTerms')}</span>;
          const kinds = kindsOf(row.terms).length;
          return (
            <>
              {rateText(terms.rate)}
              {asksForKind(row.terms) && (
                <span className={classes.quiet}> {t('projects.kinds', { count: kinds })}</span>
              )}
            </>
          );
        },
      },
      {
        id: 'bar',
        out: {
          type: 'text',
          value: (row) => (row.bar ? t(`projects.bar.short.${row.bar.operator}`, { percent: row.bar.percent }) : null),
        },
        header: t('projects.columns.bar'),
        width: 120,
      },
      {
        id: 'state',
        out: { type: 'text', value: (row) => (row.archived ? t('projects.archived') : null) },
        header: t('projects.columns.state'),
        width: 88,
      },
    ],
    [t, format, rateText],
  );
}
