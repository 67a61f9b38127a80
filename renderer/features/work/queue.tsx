import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/work.ts';
import type { QueueOrder } from '#shared/rules/queue-order.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { useRowScroll } from '#renderer/ui/use-row-scroll.ts';
import { areaHeight } from '#renderer/ui/virtual-rows.ts';
import { ProjectMenu } from './project-menu.tsx';
import { QueueOrderMenu } from './queue-order-menu.tsx';
import { queueRowHeight, QueueRow } from './queue-row.tsx';
import { StateFilter } from './state-filter.tsx';
import type { Thumbs } from './thumbs.ts';
import type { ProjectRow } from './work-page.tsx';
import { useQueueOrder } from './use-queue-order.ts';
import { workStore } from './work.store.ts';
import classes from './queue.module.css';

interface Props {
  project: ProjectRow;
  projects: readonly ProjectRow[];
  taskId: TaskId | null;
  onOpen: (taskId: TaskId) => void;
  thumbs: Thumbs;
}

const tasksOf = (output: Output<'tasks.list'>): readonly Task[] => output.tasks;

/** The queue: every photo of the project, however many; only rows on screen exist and only theirs are decoded. */
export function Queue({ project, projects, taskId, onOpen, thumbs }: Props) {
  const t = useText();
  const format = useFormat();
  const id = useId();
  const { filterText, filterState } = workStore();
  const [text] = useDebouncedValue(filterText.trim(), 200);
  const [order] = useQueueOrder(project.id);
  const input = useMemo(
    () => ({
      projectId: project.id,
      order,
      ...(filterState ? { states: [filterState] } : {}),
      ...(text ? { text } : {}),
    }),
    [project.id, order, filterState, text],
  );
  const pages = usePagedQuery('tasks.list', input, tasksOf);
  const total = pages.total ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, drawn, reveal } = useRowScroll(scroller, total, queueRowHeight, 0);
  const [cursor, setCursor] = useState<number | null>(null);
  const { first, last } = drawn;
  const { show } = pages;
  useEffect(() => {
    if (last > first) show(first, last - 1);
  }, [first, last, show]);

  const place = usePlace(project, taskId, order, filterState, text);
  useEffect(() => {
    if (place === null) return;
    setCursor(place);
    reveal(place);
  }, [place, reveal, total]);

  const at = Math.min(cursor ?? 0, Math.max(0, total - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(rows.viewport / queueRowHeight) - 1);
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: total - 1,
    }[event.key];
    const there = pages.row(at);
    if (next !== undefined) {
      const bounded = Math.min(Math.max(next, 0), total - 1);
      setCursor(bounded);
      reveal(bounded);
    } else if ((event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && !event.metaKey && there) {
      // On the task that is open already, Enter is the room's.
      if (event.key === 'Enter' && there.id === taskId) return;
      onOpen(there.id);
    } else return;
    event.preventDefault();
  };
  const filterWords = project.modality === 'text' ? t('work.texts.filter') : t('work.queue.filter');
  const openRow = useCallback((task: Task) => onOpen(task.id), [onOpen]);

  return (
    <aside className={classes.queue} aria-label={t('work.queue.title')}>
      <ProjectMenu project={project} projects={projects} />
      <div className={classes.filters}>
        <div className={classes.search}>
          <TextInput
            className={classes.text}
            size="xs"
            aria-label={filterWords}
            placeholder={filterWords}
            leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
            value={filterText}
            maxLength={200}
            onChange={(event) => workStore.setState({ filterText: event.currentTarget.value })}
          />
          <QueueOrderMenu projectId={project.id} />
        </div>
        <StateFilter />
      </div>
      <ErrorNotice error={pages.error} onAgain={pages.refetch} />
      {pages.total === 0 && (
        <p className={classes.none}>{filterState || text ? t('work.queue.noMatch') : t('work.queue.empty')}</p>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={t('work.queue.title')}
        aria-activedescendant={total > 0 && at >= first && at < last ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: areaHeight(rows) }} className={classes.area} role="presentation">
          <div className={classes.window} style={{ height: rows.viewport }} role="presentation">
            {Array.from({ length: last - first }, (_, step) => {
              const index = first + step;
              const task = pages.row(index);
              return (
                <QueueRow
                  key={task?.id ?? `at-${index}`}
                  id={`${id}-${index}`}
                  task={task}
                  top={drawn.offset + step * queueRowHeight}
                  mark={project.modality === 'audio' ? 'sound' : project.modality === 'text' ? 'text' : 'photo'}
                  open={task !== undefined && task.id === taskId}
                  active={index === at}
                  thumbs={thumbs}
                  onOpen={openRow}
                />
              );
            })}
          </div>
        </div>
      </div>
      <p className={classes.foot}>
        {place === null
          ? t('work.queue.count', { count: total, formatted: format.number(total, 0) })
          : t('work.queue.place', { place: format.number(place + 1, 0), total: format.number(total, 0) })}
      </p>
    </aside>
  );
}

/** Where the open task stands in the list as filtered; null when that is not known or it is not in it. */
function usePlace(
  project: ProjectRow,
  taskId: TaskId | null,
  order: QueueOrder,
  filterState: Task['state'] | null,
  text: string,
): number | null {
  const client = useClient();
  const [place, setPlace] = useState<number | null>(null);
  useEffect(() => {
    let present = true;
    const look = async () => {
      if (taskId === null || text !== '' || filterState !== null) return null;
      const projectId = project.id;
      const before = await client.call('tasks.neighbour', { projectId, from: taskId, direction: 'previous', order });
      return before.index === null ? 0 : before.index + 1;
    };
    look().then(
      (found) => present && setPlace(found),
      () => present && setPlace(null),
    );
    return () => {
      present = false;
    };
  }, [client, project.id, taskId, order, filterState, text]);
  return place;
}
