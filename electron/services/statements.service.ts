import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { statementMarkdown } from '#shared/codecs/statements.codec.ts';
import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import type { StatementPart } from '#shared/domain/statement.ts';
import { announcedAccuracy } from '#shared/metrics/accuracy.metric.ts';
import { totalsOfProject } from '#shared/metrics/time-mix.metric.ts';
import { isUnpaid, trainingTime } from '#shared/metrics/training.metric.ts';
import { meetsBar } from '#shared/rules/accuracy.rules.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { effectiveSeries, erasedMark, inForceOn } from '#shared/rules/projects.rules.ts';
import { draftExport } from '#electron/core/export-file.ts';
import { exportTarget } from '#electron/core/export-target.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { accuracyReports } from '#electron/repositories/accuracy.repository.ts';
import {
  countUnderGuidelines,
  guidelineFromRow,
  listGuidelines,
} from '#electron/repositories/guidelines.repository.ts';
import { contradictionsOfProject } from '#electron/repositories/notes.repository.ts';
import { findProject, listAccuracyBars, projectExists } from '#electron/repositories/projects.repository.ts';
import {
  countCiting,
  countPiecesReturned,
  countSubmittedPieces,
  returnsByStage,
} from '#electron/repositories/returns-account.repository.ts';
import { countReturned } from '#electron/repositories/returns.repository.ts';
import { listRulings } from '#electron/repositories/rulings.repository.ts';
import {
  entriesOfPart,
  recallsByLevel,
  returnsByCheck,
  returnsCheckedSo,
  standingByWhat,
  standingEntries,
  timeEntries,
  writtenParts,
} from '#electron/repositories/statements.repository.ts';
import { mixesOfAllTime } from '#electron/repositories/time-days.repository.ts';
import { trainingFromRow, trainingsIn } from '#electron/repositories/training.repository.ts';

export interface StatementsDeps {
  /** Never written into. */
  dataDir: string;
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
}

type Statement = Output<'statements.get'>;

/** Project accuracy statements: what a project's accuracy is, how it is measured and enforced, and what labour it cost. */
export function createStatementsService(
  deps: StatementsDeps,
): Handlers<'statements.get' | 'statements.entries' | 'statements.write' | 'statements.export'> {
  const { db, ledger } = deps;

  return {
    'statements.get': ({ projectId }) => statementOf(db.read, projectId),

    'statements.entries': (asked) => {
      refuseUnknownProject(db.read, asked.projectId);
      const found = entriesBehind(db.read, asked);
      return { total: found.length, entries: found.slice(-mostFigureEntries) as EntryId[] };
    },

    'statements.write': ({ projectId, part, text }) =>
      db.transaction((tx) => {
        refuseUnknownProject(tx, projectId);
        return write(deps, tx, { projectId, part, text });
      }),

    'statements.export': async ({ projectId, document, path: asked, overwrite }) => {
      refuseUnknownProject(db.read, projectId);
      const path = await exportTarget(deps.dataDir, asked, overwrite);
      const bytes = Buffer.from(statementMarkdown(document));
      const draft = draftExport(path, bytes, overwrite);
      try {
        // The file gets its name last: what left without an entry could not be listed when something is erased.
        db.transaction((tx) => {
          ledger.recordExport(tx, {
            what: 'accuracy statement',
            format: 'markdown',
            file_name: basename(path),
            file_hash: createHash('sha256').update(bytes).digest('hex'),
            counts: { sections: document.sections.length },
            subjects: [projectId],
          });
          draft.publish();
        });
      } catch (error) {
        draft.discard();
        throw error;
      }
      return { path, bytes: bytes.length };
    },
  };
}

/** The entries that a figure of the statement counts, oldest first: the same rows by the same rule. */
function entriesBehind(db: ReadDb, asked: ParsedInput<'statements.entries'>): string[] {
  const { projectId, of, kind, paid, stage, below, check, itemised } = asked;
  if (of === 'time') return timeEntries(db, projectId, { kind, paid });
  if (of === 'returns') return returnsCheckedSo(db, projectId, { check, itemised });
  if (of === 'standing' && kind !== undefined) return standingEntries(db, projectId, kind);
  if (of === 'reports') {
    const isBelow = belowBar(db, projectId);
    return accuracyReports(db, projectId, ...allDays)
      .filter((report) => (stage === undefined || report.stage === stage) && (below === undefined || isBelow(report)))
      .map(({ entry_id: id }) => id);
  }
  if (of === 'training' && asked.training !== undefined) {
    const counts = asked.training === 'unpaid' ? isUnpaid : costsMoney;
    return trainingsIn(db, { from: null, to: null, projectId })
      .map((row) => trainingFromRow(row, []))
      .filter(counts)
      .map(({ entryId }) => entryId);
  }
  return entriesOfPart(db, projectId, of);
}

const costsMoney = ({ fee, travelCost }: ReturnType<typeof trainingFromRow>) => fee !== null || travelCost !== null;

/** Days that hold every other. */
const allDays = ['0000-01-01', '9999-12-31'] as const;

/** Tells whether a figure the client released is below the bar in force on its day. */
function belowBar(db: ReadDb, projectId: string) {
  const bars = listAccuracyBars(db, projectId);
  return (report: ReturnType<typeof accuracyReports>[number]): boolean => {
    const bar = inForceOn(bars, report.for_day)?.bar;
    const accuracy = announcedAccuracy(report);
    return bar !== undefined && accuracy !== null && !meetsBar(accuracy, bar);
  };
}

function refuseUnknownProject(db: ReadDb, projectId: string): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}

/** A new wording is another entry about the same note, so that the one before stays in the ledger and the last one stands. */
function write(
  { ledger, clock, ids }: StatementsDeps,
  tx: WriteDb,
  { projectId, part, text }: { projectId: string; part: StatementPart; text: string },
) {
  const before = writtenParts(tx, projectId).findLast((each) => each.part === part);
  const noteId = (before?.id ?? ids.uuid()) as EntityId;
  const [entry] = ledger.append(tx, [
    {
      kind: 'note.written',
      body: { text, sort: part, about: [projectId as EntityId], attachments: [] },
      occurredStart: new Date(clock.now()).toISOString(),
      occurredEnd: null,
      source: 'stated',
      subjects: [noteId, projectId],
    },
  ]);
  return { noteId, entryId: entry!.id };
}

/** @throws AppError `projects/not-found` */
function statementOf(db: ReadDb, projectId: string): Statement {
  const project = findProject(db, projectId);
  if (project === undefined) throw new AppError('projects/not-found');
  const written = new Map(writtenParts(db, projectId).map((row) => [row.part, row]));
  return {
    project: {
      name: project.name ?? erasedMark,
      client: project.client,
      intermediary: project.intermediary,
      modality: (project.modality ?? 'elsewhere') as Statement['project']['modality'],
      createdAt: project.created_at,
    },
    written: [...written.values()]
      .filter(({ text }) => text !== '')
      .map((row) => ({
        part: row.part,
        text: row.text ?? erasedMark,
        entryId: row.entry_id as EntryId,
        writtenAt: row.written_at,
      })),
    bars: effectiveSeries(listAccuracyBars(db, projectId), () => ''),
    measurement: measurementOf(db, projectId),
    process: processOf(db, projectId),
    guidelines: guidelinesOf(db, projectId),
    rulings: listRulings(db, projectId).length,
    contradictions: new Set(contradictionsOfProject(db, projectId).map(({ id }) => id)).size,
    younger: {
      younger: countReturned(db, { projectId, youngerRule: true }),
      told: countCiting(db, projectId),
    },
    labour: labourOf(db, projectId),
  };
}

function measurementOf(db: ReadDb, projectId: string): Statement['measurement'] {
  const below = belowBar(db, projectId);
  const reports = accuracyReports(db, projectId, ...allDays);
  const groups = returnsByCheck(db, projectId);
  const count = (is: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(is).reduce((sum, { n }) => sum + n, 0);
  const pieces = countSubmittedPieces(db, projectId);
  return {
    reports: [...Map.groupBy(reports, ({ stage }) => stage)].map(([stage, of]) => ({
      stage: stage as Statement['measurement']['reports'][number]['stage'],
      reports: of.length,
      below: of.filter(below).length,
    })),
    checks: {
      sample: count(({ check_kind: kind }) => kind === 'sample'),
      full: count(({ check_kind: kind }) => kind === 'full'),
      unknown: count(({ check_kind: kind }) => kind === null),
    },
    itemised: {
      yes: count(({ itemised }) => itemised === 1),
      no: count(({ itemised }) => itemised === 0),
      unknown: count(({ itemised }) => itemised === null),
    },
    pieces,
    neverReturned: Math.max(0, pieces - countPiecesReturned(db, projectId)),
  };
}

function processOf(db: ReadDb, projectId: string): Statement['process'] {
  type Process = Statement['process'];
  return {
    byStage: returnsByStage(db, projectId).flatMap(({ stage, returns }) =>
      stage === null ? [] : [{ stage: stage as Process['byStage'][number]['stage'], returns }],
    ),
    recalls: recallsByLevel(db, projectId) as Process['recalls'],
    standing: standingByWhat(db, projectId).map(({ what, n }) => ({
      what: what as Process['standing'][number]['what'],
      count: n,
    })),
  };
}

/** Versions of the guideline, the first first, with what was sealed under each and what came of it. */
function guidelinesOf(db: ReadDb, projectId: string): Statement['guidelines'] {
  const counts = new Map(countUnderGuidelines(db, projectId).map((each) => [each.guidelineId, each]));
  return listGuidelines(db, projectId)
    .toReversed()
    .map(guidelineFromRow)
    .map(({ id, version, effectiveFrom, receivedAt, channel }) => {
      const { submissions = 0, returns = 0, cited = 0 } = counts.get(id) ?? {};
      return { id, version, effectiveFrom, receivedAt, channel, submissions, returns, cited };
    });
}

function labourOf(db: ReadDb, projectId: string): Statement['labour'] {
  const totals = totalsOfProject(mixesOfAllTime(db), projectId);
  const trainings = trainingsIn(db, { from: null, to: null, projectId }).map((row) => trainingFromRow(row, []));
  const { timeMs, unpaidMs } = trainingTime(trainings);
  return {
    worked: totals.worked,
    paid: totals.paid,
    unstated: totals.unstated,
    unpaid: totals.unpaid,
    unpaidByKind: totals.unpaidByKind,
    waiting: totals.byWaiting,
    revising: totals.revising,
    rounds: countReturned(db, { projectId }),
    trainingMs: timeMs,
    trainingUnpaidMs: unpaidMs,
    trainingCosts: sumMoney(
      trainings.flatMap(({ fee, travelCost }) => [fee, travelCost]).filter((cost): cost is Money => cost !== null),
    ),
  };
}
