import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { ElsewhereTask } from '#shared/domain/work.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { elsewhereStore } from './elsewhere.store.ts';
import classes from './elsewhere.module.css';

const tasksOf = (output: Output<'elsewhere.list'>): readonly ElsewhereTask[] => output.tasks;
const openForm = () => elsewhereStore.setState({ open: true });
/** Stands for all projects; the select can't hold undefined. */
const all = 'all';

/** Work done in other tools, newest first; each can have come back. */
export function ElsewherePage() {
  const t = useText();
  const { projectId } = useRoomParams('elsewhere');
  const projects = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects;
  const names = useMemo(() => new Map((projects ?? []).map(({ id, name }) => [id as string, name])), [projects]);
  const input = useMemo(() => (projectId ? { projectId: projectId as ProjectId } : {}), [projectId]);
  const pages = usePagedQuery('elsewhere.list', input, tasksOf);
  const columns = useColumns(names);

  // Whoever comes here with nothing logged came to log something.
  const asked = useRef(false);
  useEffect(() => {
    if (pages.total !== 0 || projectId || asked.current) return;
    asked.current = true;
    openForm();
  }, [pages.total, projectId]);

  const button = (
    <Button
      leftSection={<IconPlus size={16} stroke={1.8} />}
      rightSection={<KeyHint of="elsewhere.log" keys="E" />}
      onClick={openForm}
    >
      {t('elsewhere.actions.log')}
    </Button>
  );
  return (
    <Page
      title={t('app.rooms.elsewhere')}
      layout="fill"
      actions={button}
      filters={
        names.size > 0 && (
          <Select
            size="xs"
            w={220}
            aria-label={t('elsewhere.project')}
            data={[
              { value: all, label: t('elsewhere.allProjects') },
              ...[...names].map(([value, label]) => ({ value, label })),
            ]}
            value={projectId ?? all}
            onChange={(value) =>
              navigate('elsewhere', value === all || value === null ? {} : { projectId: value }, { replace: true })
            }
          />
        )
      }
    >
      <ErrorNotice error={pages.error} onAgain={pages.refetch} />
      <VirtualTable
        label={t('app.rooms.elsewhere')}
        columns={columns}
        total={pages.total ?? 0}
        row={pages.row}
        rowKey={({ id }) => id}
        onShow={pages.show}
        all={pages.all}
        onOpen={({ id }) => navigate('ledger', { subject: id })}
        rowHeight={36}
        empty={
          pages.total === 0 && (
            <EmptyState title={t('elsewhere.empty.title')} sentence={t('elsewhere.empty.sentence')} action={button} />
          )
        }
      />
    </Page>
  );
}

function useColumns(projectNames: ReadonlyMap<string, string>): readonly Column<ElsewhereTask>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'done',
        out: { type: 'moment', value: (row) => row.doneAt },
        header: t('elsewhere.doneAt'),
        width: 176,
        cell: ({ doneAt }) => format.dateTime(doneAt),
      },
      {
        id: 'name',
        out: { type: 'text', value: (row) => row.name },
        header: t('elsewhere.name'),
        width: 'minmax(180px, 2fr)',
        cell: (task) => <Names task={task} />,
      },
      {
        id: 'count',
        out: { type: 'count', value: (row) => row.count },
        header: t('elsewhere.count'),
        width: 96,
        align: 'end',
        cell: ({ count }) => format.number(count),
      },
      {
        id: 'time',
        out: { type: 'duration', value: (row) => row.timeMs },
        header: t('elsewhere.time'),
        width: 96,
        align: 'end',
        cell: ({ timeMs }) => (timeMs === null ? '—' : format.duration(timeMs)),
      },
      {
        id: 'project',
        out: { type: 'text', value: (row) => projectNames.get(row.projectId ?? '') },
        header: t('elsewhere.project'),
        width: 'minmax(100px, 1fr)',
        cell: ({ projectId }) => (projectId === null ? '—' : (projectNames.get(projectId) ?? '—')),
      },
      {
        id: 'returned',
        header: t('elsewhere.returned'),
        width: 132,
        align: 'end',
        cell: ({ id }) => (
          <Button
            size="xs"
            variant="subtle"
            onClick={(event) => {
              event.stopPropagation();
              navigate('returns', { new: true, elsewhereId: id });
            }}
          >
            {t('elsewhere.cameBack')}
          </Button>
        ),
      },
    ],
    [format, projectNames, t],
  );
}

function Names({ task: { name, taskKind, note, attachments } }: { task: ElsewhereTask }) {
  const t = useText();
  const picture = attachments.find(({ mediaType }) => mediaType.startsWith('image/'));
  return (
    <span className={classes.names}>
      {picture && <img className={classes.thumb} src={`/blob/${picture.blob}`} alt={t('ui.attachments.screenshot')} />}
      <span className={classes.name} title={note ?? name}>
        {name} {taskKind && <span className={classes.kind}>{taskKind}</span>}{' '}
        {note && <span className={classes.note}>{note}</span>}
      </span>
    </span>
  );
}
