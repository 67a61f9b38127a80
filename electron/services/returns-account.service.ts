import type { Output } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, GuidelineId, ProjectId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { timeByRound } from '#shared/metrics/returns.metric.ts';
import { annotationChange } from '#shared/rules/returns.rules.ts';
import { erasedMark, ruleYoungerThanWork } from '#shared/rules/projects.rules.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import type { SealedDoc } from '#electron/repositories/drafts.repository.ts';
import {
  activityOnTask,
  countCiting,
  countPiecesReturned,
  countSubmittedPieces,
  deductionsOfReturns,
  returnsByRule,
  returnsByStage,
  type SealingRow,
  sealingsOfTask,
  worksByTimes,
} from '#electron/repositories/returns-account.repository.ts';
import { guidelineElsewhere } from '#electron/repositories/guidelines.repository.ts';
import { countReturned, findReturned, type ReturnedWithWork } from '#electron/repositories/returns.repository.ts';
import { findWork } from '#electron/repositories/works.repository.ts';

export interface ReturnsAccountDeps {
  db: Database;
  sealedDoc: SealedDoc;
}

/** Rules shown by themselves; the rest of a long tail says little. */
const mostRules = 20;

/** What the program adds to returns by itself, and what they come to in figures. */
export function createReturnsAccountService({
  db,
  sealedDoc,
}: ReturnsAccountDeps): Handlers<'returns.account' | 'returns.summary'> {
  return {
    'returns.account': ({ returnId }) => {
      const row = findReturned(db.read, returnId);
      if (row === undefined) throw new AppError('returns/not-found');
      return accountOf(db.read, row, sealedDoc);
    },

    'returns.summary': ({ projectId }) => {
      const pieces = countSubmittedPieces(db.read, projectId);
      const byTimes = worksByTimes(db.read, projectId);
      const stages = returnsByStage(db.read, projectId);
      return {
        total: countReturned(db.read, { projectId }),
        pieces,
        neverReturned: Math.max(0, pieces - countPiecesReturned(db.read, projectId)),
        byStage: stages.flatMap(({ stage, returns }) =>
          stage === null ? [] : [{ stage: stage as Returned['stage'], returns }],
        ),
        byTimes,
        byRule: returnsByRule(db.read, projectId, mostRules),
        younger: {
          younger: countReturned(db.read, { projectId, youngerRule: true }),
          told: countCiting(db.read, projectId),
        },
        deductions: deductionsOfReturns(db.read, projectId),
      };
    },
  };
}

function accountOf(db: ReadDb, row: ReturnedWithWork, sealedDoc: SealedDoc): Output<'returns.account'> {
  const type = row.work_type ?? 'submission';
  const work = findWork(db, { type, id: row.subject_id });
  const known = {
    entryId: row.entry_id as EntryId,
    workName: row.work_name,
    taskId: (work?.taskId ?? null) as TaskId | null,
    projectId: row.project_id as ProjectId | null,
    ruleYoungerThanWork: youngerRule(row),
  };
  if (work === undefined || work.taskId === null) {
    const version = work === undefined ? undefined : guidelineElsewhere(db, row.subject_id);
    const guideline = version ? versionOf(version.id, version.version) : null;
    return { ...known, guideline, rounds: [], workMs: work?.statedMs ?? null, revisingMs: null, change: null };
  }
  const sealings = sealingsOfTask(db, work.taskId);
  const at = sealings.findIndex(({ id }) => id === row.subject_id);
  const rounds = roundsOf(db, work.taskId, sealings);
  const guideline = sealings[at];
  const time = (from: number, to: number) => rounds.slice(from, to).reduce((sum, { timeMs }) => sum + timeMs, 0);
  return {
    ...known,
    guideline: guideline?.guideline_id ? versionOf(guideline.guideline_id, guideline.guideline_version) : null,
    rounds,
    workMs: time(0, at + 1),
    revisingMs: time(at + 1, at + 2),
    change: changeOf(db, sealings[at], sealings[at + 1], sealedDoc),
  };
}

const versionOf = (id: string, version: string | null) => ({ id: id as GuidelineId, version: version ?? erasedMark });

/** Whether the guideline a return cites is younger than its work. */
export function youngerRule(row: ReturnedWithWork): boolean | null {
  return ruleYoungerThanWork(
    { effectiveFrom: row.rule_effective_from, receivedAt: row.rule_received_at },
    { sealedAt: row.work_done_at, day: row.work_day },
  );
}

function roundsOf(db: ReadDb, taskId: string, sealings: readonly SealingRow[]): Output<'returns.account'>['rounds'] {
  const spans = activityOnTask(db, taskId);
  const times = timeByRound(
    sealings.map(({ sealed_at, entry_id }) => ({ at: Date.parse(sealed_at), entryId: entry_id })),
    spans,
  );
  return times.map(({ ms, entries }, i) => {
    const sealing = sealings[i];
    return {
      round: sealing?.round ?? (sealings.at(-1)?.round ?? 0) + 1,
      submissionId: (sealing?.id ?? null) as SubmissionId | null,
      sealedAt: sealing?.sealed_at ?? null,
      timeMs: ms,
      returns: sealing?.returns ?? 0,
      entries: entries as EntryId[],
    };
  });
}

function changeOf(
  db: ReadDb,
  returned: SealingRow | undefined,
  next: SealingRow | undefined,
  sealedDoc: SealedDoc,
): Output<'returns.account'>['change'] {
  if (returned === undefined || next === undefined) return null;
  const before = sealedDoc(db, returned.id);
  const after = sealedDoc(db, next.id);
  if (before === null || after === null) return null;
  return { submissionId: next.id as SubmissionId, ...annotationChange(before, after) };
}
