import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntityId, EntryId, ProjectId, SegmentId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import { amountsLeft, differsFromStated, worthOfPieces } from '#shared/rules/recalls.rules.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import { keptAttachments } from '#electron/core/kept-attachments.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import {
  attachmentsOf,
  type CameBackRow,
  countCameBack,
  countRecalls,
  findRecall,
  listCameBack,
  listRecalls,
  type RecallWithNames,
  projectsWithRecalls,
  recallsOfProject,
  statedLossOf,
  worksOfRecall,
} from '#electron/repositories/recalls.repository.ts';
import { findSegment } from '#electron/repositories/segments.repository.ts';
import { findWork, subjectFromColumns } from '#electron/repositories/works.repository.ts';
import { type DayShape, lossOf, piecesByRate, type ProjectRates, projectRates } from './recalls-worth.service.ts';

export interface RecallsDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
  clock: Clock;
  dayStartHour(db: ReadDb): number;
}

type Level = ParsedInput<'recalls.receive'>['level'];
type Loss = Output<'recalls.account'>['lost'];

/** An entry names at most so many entities in its header; the body names all. */
const mostSubjects = 900;

/** Work rejected without pay, at any of the three levels, and media that came back as a new task. */
export function createRecallsService(
  deps: RecallsDeps,
): Handlers<
  'recalls.receive' | 'recalls.list' | 'recalls.get' | 'recalls.estimate' | 'recalls.account' | 'recalls.cameBack'
> {
  const { db } = deps;
  const days = (): DayShape => ({ zone: deps.clock.zone(), startHour: deps.dayStartHour(db.read) });

  return {
    'recalls.receive': (input) => receive(deps, input),

    'recalls.list': ({ projectId, level, offset, limit }) => {
      const filter = { projectId, level };
      const ratesOf = rememberedRates(db.read, days());
      const rows = listRecalls(db.read, filter, offset ?? 0, limit ?? 100);
      return {
        total: countRecalls(db.read, filter),
        recalls: rows.map((row) => rowOf(db.read, row, ratesOf)),
      };
    },

    'recalls.get': ({ recallId }) => {
      const row = findRecall(db.read, recallId);
      if (row === undefined) throw new AppError('recalls/not-found');
      return {
        ...rowOf(db.read, row, rememberedRates(db.read, days())),
        works: worksOfRecall(db.read, row.id).map((work) => ({
          subject: subjectFromColumns(work.work_type, work.work_id) as Returned['subject'],
          name: work.name,
        })),
      };
    },

    'recalls.estimate': (input) => estimate(db.read, input, days(), new Date(deps.clock.now()).toISOString()),

    'recalls.account': ({ projectId }) => {
      const now = new Date(deps.clock.now()).toISOString();
      if (projectId !== undefined) refuseUnknownProject(db.read, projectId);
      const projects = projectId === undefined ? projectsWithRecalls(db.read) : [projectId];
      return together(projects.map((each) => account(db.read, each, days(), now)));
    },

    'recalls.cameBack': ({ offset, limit }) => {
      const ratesOf = rememberedRates(db.read, days());
      return {
        total: countCameBack(db.read),
        media: listCameBack(db.read, offset ?? 0, limit ?? 100).map((row) => cameBack(row, ratesOf)),
      };
    },
  };
}

function refuseUnknownProject(db: ReadDb, projectId: string): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}

function receive({ db, ledger, ids }: RecallsDeps, input: ParsedInput<'recalls.receive'>) {
  const recallId = ids.uuid() as EntityId;
  return db.transaction((tx) => {
    refuseUnknownProject(tx, input.projectId);
    if (input.segmentId !== null && findSegment(tx, input.segmentId, input.projectId) === undefined) {
      throw new AppError('segments/not-found');
    }
    let named = 0;
    for (const subject of input.works) {
      const work = findWork(tx, subject);
      if (work === undefined) throw new AppError('returns/subject-not-found');
      named += work.pieces;
    }
    // Of a batch done elsewhere a part may be recalled; but not fewer pieces than pieces of work are named.
    if (input.pieces < Math.min(named, input.works.length)) throw new AppError('recalls/pieces-too-few', { named });
    const also = [input.segmentId, ...input.works.map(({ id }) => id)].filter((id) => id !== null);
    const [entry] = ledger.append(tx, [
      {
        kind: 'recall.received',
        body: {
          project: input.projectId,
          level: input.level,
          segment: input.segmentId,
          works: input.works,
          pieces: input.pieces,
          stage: input.stage,
          reason: input.reason,
          rule_cited: input.ruleCited,
          stated_loss: input.statedLoss,
          attachments: keptAttachments(tx, input.attachments),
        },
        occurredStart: input.receivedAt,
        occurredEnd: null,
        source: 'stated',
        subjects: [recallId, input.projectId, ...also.slice(0, mostSubjects)],
      },
    ]);
    return { recallId, entryId: entry!.id };
  });
}

/** Rates of projects, read once each. */
function rememberedRates(db: ReadDb, days: DayShape): (projectId: string) => ProjectRates {
  const known = new Map<string, ProjectRates>();
  return (projectId) => {
    const rates = known.get(projectId) ?? projectRates(db, projectId, days);
    known.set(projectId, rates);
    return rates;
  };
}

function lossOfRow(db: ReadDb, row: RecallWithNames, rates: ProjectRates): Loss {
  return lossOf(db, rates, {
    projectId: row.project_id ?? '',
    level: (row.level ?? 'task') as Level,
    segmentId: row.segment_id,
    works:
      row.works_named === 0
        ? []
        : worksOfRecall(db, row.id).map((work) => ({ ...work, doneAt: work.done_at, taskKind: work.task_kind })),
    pieces: row.pieces ?? 0,
    receivedAt: row.received_at,
  });
}

function rowOf(db: ReadDb, row: RecallWithNames, ratesOf: (projectId: string) => ProjectRates) {
  const loss = lossOfRow(db, row, ratesOf(row.project_id ?? ''));
  const stated = statedLossOf(row);
  return {
    id: row.id as EntityId,
    entryId: row.entry_id as EntryId,
    projectId: row.project_id as ProjectId,
    projectName: row.project_name,
    level: (row.level ?? 'task') as Level,
    segmentId: row.segment_id as SegmentId | null,
    segmentName: row.segment_name,
    pieces: row.pieces ?? 0,
    worksNamed: row.works_named,
    stage: row.stage as Returned['stage'] | null,
    reason: row.reason ?? '',
    ruleCited: row.rule_cited,
    statedLoss: stated,
    attachments: attachmentsOf(row),
    receivedAt: row.received_at,
    loss,
    differs: stated === null ? null : differsFromStated(stated, loss),
  };
}

function estimate(db: ReadDb, input: ParsedInput<'recalls.estimate'>, days: DayShape, now: string) {
  refuseUnknownProject(db, input.projectId);
  const works = input.works.flatMap((subject) => findWork(db, subject) ?? []);
  const rates = projectRates(db, input.projectId, days);
  const { projectId, level, segmentId } = input;
  const pieces = input.pieces ?? countedIn(db, { projectId, level, segmentId, works }, rates, now);
  return { pieces, loss: lossOf(db, rates, { projectId, level, segmentId, works, pieces, receivedAt: now }) };
}

/** Pieces that a recall takes by the ledger's own count: those named, or all so far less what earlier recalls took. */
function countedIn(
  db: ReadDb,
  recall: { projectId: string; level: Level; segmentId: string | null; works: readonly { pieces: number }[] },
  rates: ProjectRates,
  now: string,
): number {
  const { projectId, level, works } = recall;
  if (level === 'task') return works.reduce((sum, work) => sum + work.pieces, 0);
  const segmentId = level === 'segment' ? recall.segmentId : null;
  const done = piecesByRate(db, rates, projectId, segmentId, now).reduce((sum, group) => sum + group.pieces, 0);
  const taken = recallsOfProject(db, projectId)
    .filter((row) => segmentId === null || row.segment_id === segmentId)
    .reduce((sum, row) => sum + (row.pieces ?? 0), 0);
  return Math.max(0, done - taken);
}

const added = (losses: readonly Loss[]): Loss => ({
  amounts: amountsLeft(
    [],
    losses.flatMap(({ amounts }) => amounts.map(({ minor, currency }) => ({ minor: -minor, currency }))),
  ),
  piecesWithoutRate: losses.reduce((sum, each) => sum + each.piecesWithoutRate, 0),
});

function account(db: ReadDb, projectId: string, days: DayShape, now: string): Output<'recalls.account'> {
  const rates = projectRates(db, projectId, days);
  const groups = piecesByRate(db, rates, projectId, null, now);
  const pieces = groups.reduce((sum, group) => sum + group.pieces, 0);
  const recalls = recallsOfProject(db, projectId).map((row) => ({ row, loss: lossOfRow(db, row, rates) }));
  const promised = worthOfPieces(groups);
  const lost = added(recalls.map(({ loss }) => loss));
  const levels = (['task', 'worker', 'segment'] as const).map((level) => {
    const of = recalls.filter(({ row }) => row.level === level);
    return {
      level,
      recalls: of.length,
      pieces: of.reduce((sum, { row }) => sum + (row.pieces ?? 0), 0),
      lost: added(of.map(({ loss }) => loss)),
    };
  });
  const named = recalls.flatMap(({ row }) => worksOfRecall(db, row.id).flatMap(({ entry_id }) => entry_id ?? []));
  return {
    pieces,
    recalled: recalls.reduce((sum, { row }) => sum + (row.pieces ?? 0), 0),
    promised,
    lost,
    left: amountsLeft(promised.amounts, lost.amounts),
    byLevel: levels.filter(({ recalls: count }) => count > 0),
    entries: [...new Set([...recalls.map(({ row }) => row.entry_id), ...named])].slice(
      0,
      mostFigureEntries,
    ) as EntryId[],
  };
}

/** The accounts of several projects as one. */
function together(accounts: readonly Output<'recalls.account'>[]): Output<'recalls.account'> {
  const [one] = accounts;
  if (one !== undefined && accounts.length === 1) return one;
  const sum = (of: (each: Output<'recalls.account'>) => number) =>
    accounts.reduce((total, each) => total + of(each), 0);
  const [promised, lost] = [added(accounts.map((each) => each.promised)), added(accounts.map((each) => each.lost))];
  const levels = Map.groupBy(
    accounts.flatMap(({ byLevel }) => byLevel),
    ({ level }) => level,
  );
  return {
    pieces: sum(({ pieces }) => pieces),
    recalled: sum(({ recalled }) => recalled),
    promised,
    lost,
    left: amountsLeft(promised.amounts, lost.amounts),
    byLevel: (['task', 'worker', 'segment'] as const).flatMap((level) => {
      const of = levels.get(level);
      if (of === undefined) return [];
      return {
        level,
        recalls: of.reduce((total, { recalls }) => total + recalls, 0),
        pieces: of.reduce((total, { pieces }) => total + pieces, 0),
        lost: added(of.map((each) => each.lost)),
      };
    }),
    entries: accounts.flatMap(({ entries }) => entries).slice(0, mostFigureEntries),
  };
}

function cameBack(row: CameBackRow, ratesOf: (projectId: string) => ProjectRates) {
  return {
    mediaName: row.media_name ?? '',
    mediaHash: row.media_hash,
    earlier: {
      submissionId: row.earlier_id as SubmissionId,
      taskId: row.earlier_task as TaskId,
      entryId: row.earlier_entry as EntryId,
      projectName: row.earlier_project_name,
      sealedAt: row.earlier_at,
      rate: ratesOf(row.earlier_project).at(row.earlier_at, row.earlier_kind),
      recalled: row.earlier_recalled === 1,
    },
    later: {
      submissionId: row.later_id as SubmissionId,
      taskId: row.later_task as TaskId,
      entryId: row.later_entry as EntryId,
      projectName: row.later_project_name,
      sealedAt: row.later_at,
      rate: ratesOf(row.later_project).at(row.later_at, row.later_kind),
    },
  };
}
