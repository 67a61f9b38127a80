import { AppError } from '#shared/contract/errors.ts';
import type { JudgementId, ProjectId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { TextItem, TextRules } from '#shared/domain/text.ts';
import type { Day } from '#shared/domain/time.ts';
import { withoutHistory } from '#electron/core/text-sealing.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { guidelineFromRow, guidelineOn } from '#electron/repositories/guidelines.repository.ts';
import { listJudgements } from '#electron/repositories/judgements.repository.ts';
import { findTask, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';
import {
  appendTextLog,
  findTextItem,
  isTextTask,
  replaceTextLogs,
  textLogLength,
  textLogs,
} from '#electron/repositories/texts.repository.ts';

export interface TextsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  /** The working day under way. */
  today(): Day;
}

/** Tasks of text: what they ask, the judgement that comes before a machine's, and the edit logs of what is written. */
export function createTextsService(
  deps: TextsDeps,
): Handlers<'texts.get' | 'texts.judge' | 'texts.readLogs' | 'texts.appendLog' | 'texts.eraseHistory'> {
  const { db } = deps;

  return {
    'texts.get': ({ taskId }) => {
      const { task, item } = requireItem(db.read, taskId);
      const rules = rulesOf(db.read, task, deps.today());
      const machineThere = item.machine !== null;
      const hidden = machineThere && rules.judgeFirst === true && listJudgements(db.read, taskId).length === 0;
      return {
        item: hidden ? withoutMachine(item) : item,
        machineHidden: hidden,
        machineThere,
        history: rules.history ?? 'full',
      };
    },

    'texts.judge': ({ taskId, judgement }) =>
      db.transaction((tx) => {
        const { task, item } = requireItem(tx, taskId);
        if (listJudgements(tx, taskId).length > 0) throw new AppError('judgements/already-sealed');
        const judgementId = deps.ids.uuid() as JudgementId;
        const project = task.project_id as ProjectId;
        deps.ledger.append(tx, [
          {
            kind: 'judgement.sealed',
            body: { task: taskId, project, judgement, before_machine: true, machine_answer: item.machine },
            occurredStart: new Date(deps.clock.now()).toISOString(),
            occurredEnd: null,
            source: 'measured',
            subjects: [judgementId, taskId, project],
          },
        ]);
        return { judgementId, machine: item.machine };
      }),

    'texts.readLogs': ({ taskId }) => {
      requireItem(db.read, taskId);
      return {
        logs: textLogs(db.read, taskId).map(({ field, bytes }) => ({ field, data: bytes.toString('base64') })),
      };
    },

    'texts.appendLog': ({ taskId, field, after, data }, context) =>
      db.transaction((tx) => {
        const task = findTask(tx, taskId);
        if (task === undefined || !isTextTask(tx, taskId)) throw new AppError('tasks/not-found');
        const length = textLogLength(tx, taskId, field);
        if (length !== after) throw new AppError('drafts/stale', { expected: length, got: after });
        const bytes = Buffer.from(data, 'base64');
        appendTextLog(tx, task, field, after, bytes);
        // Told once, not with every word that is typed: all that anybody else sees of it is that the task was begun.
        if (findTask(tx, taskId)?.state !== task.state) context.changed('tasks');
        return { length: length + bytes.length };
      }),

    'texts.eraseHistory': ({ taskId }) => {
      db.transaction((tx) => {
        const { item } = requireItem(tx, taskId);
        replaceTextLogs(
          tx,
          taskId,
          textLogs(tx, taskId).map((log) => withoutHistory(log, item)),
        );
      });
      return {};
    },
  };
}

/** Models are part of a machine's judgement: who knows them knows whose answer is whose. The row as it came has all of it. */
function withoutMachine(item: TextItem): TextItem {
  const candidates = item.candidates.map((each) => ({ ...each, model: null }));
  return { ...item, machine: null as Json, candidates, extra: {} };
}

/** The rules for texts of the guideline in force. */
function rulesOf(db: ReadDb, task: TaskWithRoot, today: Day): TextRules {
  const row = guidelineOn(db, task.project_id, today);
  return (row && guidelineFromRow(row).rules.text) ?? {};
}

/** A task of text with its item. @throws AppError `tasks/not-found` */
function requireItem(db: ReadDb, taskId: string): { task: TaskWithRoot; item: TextItem } {
  const task = findTask(db, taskId);
  const found = task && findTextItem(db, taskId);
  if (task === undefined || found === undefined) throw new AppError('tasks/not-found');
  return { task, item: found.item };
}
