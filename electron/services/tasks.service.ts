import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Day } from '#shared/domain/time.ts';
import type { MediaInfo, TaskState } from '#shared/domain/work.ts';
import { workingDayOf } from '#shared/rules/working-day.rules.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { createFileHashes } from '#electron/media/file-hash.ts';
import { probedFor } from '#electron/media/media-probe.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { modalityOf, payTermsOn, projectExists } from '#electron/repositories/projects.repository.ts';
import { sameMediaElsewhere, type SameMediaRow } from '#electron/repositories/submissions.repository.ts';
import {
  countTasks,
  findTask,
  neighbourTask,
  rankOf,
  setReleased,
  setTaskKind,
  taskPage,
  taskFromRow,
  type TaskWithRoot,
} from '#electron/repositories/tasks.repository.ts';
import { findTextItem, itemInfo } from '#electron/repositories/texts.repository.ts';

export interface TasksDeps {
  db: Database;
  media: MediaResolver;
  clock: Pick<Clock, 'zone'>;
  /** The working day under way, and the hour working days begin. */
  today(): Day;
  dayStartHour(db: ReadDb): number;
}

/** The queue: listing it, stepping through it, one task with its photo, giving a task back. */
export function createTasksService(
  deps: TasksDeps,
): Handlers<'tasks.list' | 'tasks.neighbour' | 'tasks.get' | 'tasks.setKind' | 'tasks.seenBefore' | 'tasks.release'> {
  const { db, media } = deps;
  const hashOf = createFileHashes();
  const requireProject = (projectId: string): void => {
    if (!projectExists(db.read, projectId)) throw new AppError('projects/not-found', { projectId });
  };

  const mediaOf = async (row: TaskWithRoot): Promise<MediaInfo> => {
    const item = findTextItem(db.read, row.id);
    if (item !== undefined) return itemInfo(item.bytes);
    return probedFor(modalityOf(db.read, row.project_id), await media.resolve(row.root_path, row.name)).info;
  };
  const hashOfTask = async (row: TaskWithRoot): Promise<string | null> => {
    const item = findTextItem(db.read, row.id);
    if (item !== undefined) return item.hash;
    const { path } = await media.resolve(row.root_path, row.name);
    // A photo that cannot be read is told where it would stand; here it is only not recognised.
    return path === null ? null : hashOf(path).catch(() => null);
  };

  return {
    'tasks.list': (input) => {
      requireProject(input.projectId);
      const filter = { states: input.states, text: input.text };
      const page = { offset: input.offset ?? 0, limit: input.limit ?? 100 };
      const { total, rows } = taskPage(db.read, input.projectId, filter, input.order ?? 'file', page);
      return { total, tasks: rows.map(taskFromRow) };
    },

    'tasks.neighbour': (input) => {
      requireProject(input.projectId);
      const filter = { states: input.states };
      const order = input.order ?? 'file';
      const from = input.from === null ? null : requireTask(db.read, input.from);
      const found = neighbourTask(db.read, input.projectId, from, input.direction, filter, order);
      return {
        taskId: found === undefined ? null : taskFromRow(found).id,
        index: found === undefined ? null : rankOf(db.read, input.projectId, found, filter, order),
        total: countTasks(db.read, input.projectId, filter),
      };
    },

    'tasks.get': async ({ taskId }) => {
      const row = requireTask(db.read, taskId);
      const info = await mediaOf(row);
      return { task: taskFromRow(row), media: info, mediaUrl: `/media/${row.id}`, folder: row.root_path };
    },

    'tasks.setKind': ({ taskId, kind, othersToo }) =>
      db.transaction((tx) => ({ changed: setTaskKind(tx, requireTask(tx, taskId), kind, othersToo) })),

    'tasks.seenBefore': async ({ taskId }) => {
      const row = requireTask(db.read, taskId);
      const rate = payTermsOn(db.read, row.project_id, deps.today(), row.kind)?.rate ?? null;
      const hash = await hashOfTask(row);
      const before = hash === null ? undefined : sameMediaElsewhere(db.read, hash, taskId);
      return { rate, before: before === undefined ? null : seenBefore(deps, before) };
    },

    'tasks.release': ({ taskId }) => {
      db.transaction((tx) => {
        const row = requireTask(tx, taskId);
        const sealed: readonly TaskState[] = ['submitted', 'returned'];
        if (sealed.includes(row.state)) throw new AppError('tasks/already-submitted');
        setReleased(tx, taskId, true);
      });
      return {};
    },
  };
}

function seenBefore(deps: TasksDeps, row: SameMediaRow) {
  const read = deps.db.read;
  const day = workingDayOf(Date.parse(row.sealed_at), deps.clock.zone(), deps.dayStartHour(read));
  return {
    submissionId: row.id as SubmissionId,
    taskId: row.task_id as TaskId,
    entryId: row.entry_id as EntryId,
    projectName: row.project_name,
    sealedAt: row.sealed_at,
    rate: payTermsOn(read, row.project_id, day, row.task_kind)?.rate ?? null,
    recalled: row.recalled === 1,
  };
}

function requireTask(db: ReadDb, taskId: string): TaskWithRoot {
  const row = findTask(db, taskId);
  if (row === undefined) throw new AppError('tasks/not-found');
  return row;
}
