import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, JudgementId, ProjectId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { TextItem } from '#shared/domain/text.ts';
import { comparedJudgements, judgementOf } from '#shared/rules/judgement-form.rules.ts';
import { machineAgreement, machineCorrections, type JudgedTask } from '#shared/metrics/machine.metric.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import type { SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { judgementFromRow, listJudgements } from '#electron/repositories/judgements.repository.ts';
import {
  countsFromRow,
  judgedTextEntries,
  judgedTexts,
  judgementsByTask,
  lastMachineEntries,
  lastMachineSubmissionsJudged,
  machineSums,
} from '#electron/repositories/machine.repository.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';

export interface JudgementsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  sealedDoc: SealedDoc;
}

/** Judgements: what the worker held to be right, sealed before or after the machine's answer was shown. */
export function createJudgementsService(
  deps: JudgementsDeps,
): Handlers<'judgements.seal' | 'judgements.list' | 'machine.summary' | 'machine.entries'> {
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

    'machine.summary': ({ projectId }) => {
      const judged = lastMachineSubmissionsJudged(db.read, projectId);
      const finals = new Map(judged.map((row) => [row.task_id, countsFromRow(row)]));
      const { tasks, counts } = machineSums(db.read, projectId);
      const sums = machineCorrections([counts]);
      const { proposed, accepted, corrected, rejected, undecided, byHand, labelsChanged, right, transcripts } = sums;
      const { meanIouMillionths, meanMovedMilliPx, meanShiftedMicros } = sums;
      const fates = { proposed, accepted, corrected, rejected, undecided, byHand, labelsChanged };
      const distances = { meanIouMillionths, meanMovedMilliPx, meanShiftedMicros };
      return {
        agreement: machineAgreement(judgedTasks(deps, projectId, finals)),
        corrections: { tasks, ...fates, right, ...distances, transcripts },
      };
    },

    'machine.entries': ({ of, projectId }) => {
      const found =
        of === 'judgements'
          ? judgementsByTask(db.read, projectId).map(({ entry_id: id }) => id)
          : [...lastMachineEntries(db.read, projectId), ...judgedTextEntries(db.read, projectId)];
      const entries = (found as EntryId[]).sort();
      return { total: entries.length, entries: entries.slice(-mostFigureEntries) };
    },
  };
}

/** Tasks with judgements; what was erased of one is as if it had not been said. */
function* judgedTasks(
  { db: { read: db }, sealedDoc }: JudgementsDeps,
  projectId: string | undefined,
  finals: ReadonlyMap<string, NonNullable<JudgedTask['final']>>,
): Iterable<JudgedTask> {
  const answer = (text: string | null) => (text === null ? null : (JSON.parse(text) as Json));
  const texts = new Map(judgedTexts(db, projectId).map((text) => [text.task_id, text]));
  for (const [task, rows] of Map.groupBy(judgementsByTask(db, projectId), ({ task_id: id }) => id)) {
    const judgements = rows.map((row) => ({
      beforeMachine: row.before_machine === 1,
      judgement: answer(row.judgement),
      machineAnswer: answer(row.machine_answer),
    }));
    const judged = { judgements, final: finals.get(task) ?? null };
    const text = texts.get(task);
    if (text === undefined) yield judged;
    else {
      const sealed = text.submission_id === null ? null : sealedDoc(db, text.submission_id);
      yield inOneForm(judged, JSON.parse(text.item) as TextItem, sealed && judgementOf(sealed));
    }
  }
}

/** Judgements of a task of text and what was submitted of it, each as an answer to what the machine answered. */
function inOneForm(task: JudgedTask, item: TextItem, submitted: Json): JudgedTask {
  const machine = task.judgements.findLast(({ machineAnswer }) => machineAnswer !== null)?.machineAnswer ?? null;
  const compared = (own: Json) => comparedJudgements(item, own, machine);
  const judgements = task.judgements.map((each) => ({
    beforeMachine: each.beforeMachine,
    judgement: compared(each.judgement)?.own ?? null,
    machineAnswer: each.machineAnswer === null ? null : (compared(null)?.machine ?? null),
  }));
  return { judgements, final: task.final, finalAnswer: compared(submitted)?.own ?? null };
}

/** @throws AppError `tasks/not-found` */
function projectOfTask(db: ReadDb, taskId: string): ProjectId {
  const task = findTask(db, taskId);
  if (task === undefined) throw new AppError('tasks/not-found');
  return task.project_id as ProjectId;
}
