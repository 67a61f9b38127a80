import { AppError } from '#shared/contract/errors.ts';
import type { JudgementId, ProjectId } from '#shared/domain/ids.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { judgementFromRow, listJudgements } from '#electron/repositories/judgements.repository.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';

export interface JudgementsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
}

/** Judgements: what the worker held to be right, sealed before or after the machine's answer was shown. */
export function createJudgementsService(deps: JudgementsDeps): Handlers<'judgements.seal' | 'judgements.list'> {
  const { db } = deps;

  return {
    'judgements.seal': ({ taskId, judgement, beforeMachine, machineAnswer }) => {
      const judgementId = deps.ids.uuid() as JudgementId;
      return db.transaction((tx) => {
        const project = projectOfTask(tx, taskId);
        // "Before the machine" can be said once, and not any more when a judgement after it stands.
        if (beforeMachine && listJudgements(tx, taskId).length > 0) throw new AppError('judgements/already-sealed');
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'judgement.sealed',
            body: {
              task: taskId,
              project,
              judgement,
              before_machine: beforeMachine,
              machine_answer: machineAnswer,
            },
            occurredStart: new Date(deps.clock.now()).toISOString(),
            occurredEnd: null,
            source: 'measured',
            subjects: [judgementId, taskId, project],
          },
        ]);
        return { judgementId, entryId: entry!.id };
      });
    },

    'judgements.list': ({ taskId }) => {
      projectOfTask(db.read, taskId);
      return { judgements: listJudgements(db.read, taskId).map(judgementFromRow) };
    },
  };
}

/** @throws AppError `tasks/not-found` */
function projectOfTask(db: ReadDb, taskId: string): ProjectId {
  const task = findTask(db, taskId);
  if (task === undefined) throw new AppError('tasks/not-found');
  return task.project_id as ProjectId;
}
