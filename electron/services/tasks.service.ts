import { AppError } from '#shared/contract/errors.ts';
import type { TaskState } from '#shared/domain/work.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import {
  countTasks,
  findTask,
  listTasks,
  neighbourTask,
  rankOf,
  setReleased,
  setTaskKind,
  taskFromRow,
  type TaskWithRoot,
} from '#electron/repositories/tasks.repository.ts';

export interface TasksDeps {
  db: Database;
  media: MediaResolver;
}

/** The queue: listing it, stepping through it, one task with its photo, giving a task back. */
export function createTasksService(
  deps: TasksDeps,
): Handlers<'tasks.list' | 'tasks.neighbour' | 'tasks.get' | 'tasks.setKind' | 'tasks.release'> {
  const { db, media } = deps;
  const requireProject = (projectId: string): void => {
    if (!projectExists(db.read, projectId)) throw new AppError('projects/not-found', { projectId });
  };

  return {
    'tasks.list': (input) => {
      requireProject(input.projectId);
      const filter = { states: input.states, text: input.text };
      return {
        total: countTasks(db.read, input.projectId, filter),
        tasks: listTasks(db.read, input.projectId, filter, input.offset ?? 0, input.limit ?? 100).map(taskFromRow),
      };
    },

    'tasks.neighbour': (input) => {
      requireProject(input.projectId);
      const filter = { states: input.states };
      const from = input.from === null ? null : requireTask(db.read, input.from).position;
      const found = neighbourTask(db.read, input.projectId, from, input.direction, filter);
      return {
        taskId: found === undefined ? null : taskFromRow(found).id,
        index: found === undefined ? null : rankOf(db.read, input.projectId, found.position, filter),
        total: countTasks(db.read, input.projectId, filter),
      };
    },

    'tasks.get': async ({ taskId }) => {
      const row = requireTask(db.read, taskId);
      const { info } = await media.resolve(row.root_path, row.name);
      return { task: taskFromRow(row), media: info, mediaUrl: `/media/${row.id}`, folder: row.root_path };
    },

    'tasks.setKind': ({ taskId, kind, othersToo }) =>
      db.transaction((tx) => ({ changed: setTaskKind(tx, requireTask(tx, taskId), kind, othersToo) })),

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

function requireTask(db: ReadDb, taskId: string): TaskWithRoot {
  const row = findTask(db, taskId);
  if (row === undefined) throw new AppError('tasks/not-found');
  return row;
}
