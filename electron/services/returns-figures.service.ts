import type { ParsedInput } from '#shared/contract/contract.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { unionLength } from '#shared/metrics/intervals.metric.ts';
import { costOfRounds, type ReturnOfClasses, returnsByClass, timeByRound } from '#shared/metrics/returns.metric.ts';
import { mostFigureEntries } from '#electron/core/figure-entries.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import type { SealedDoc } from '#electron/repositories/drafts.repository.ts';
import {
  activityOnRevised,
  returnsOfTimes,
  revisingWithoutTask,
  sealingsOfRevised,
  worksNeverReturned,
} from '#electron/repositories/returns-account.repository.ts';
import {
  classesNamed,
  type ReturnedClass,
  returnedClasses,
} from '#electron/repositories/returned-classes.repository.ts';
import { countReturned } from '#electron/repositories/returns.repository.ts';

export interface ReturnsFiguresDeps {
  db: Database;
  sealedDoc: SealedDoc;
}

/** Figures about returns that need more than counting: by class, and what each further round cost. */
export function createReturnsFiguresService(
  deps: ReturnsFiguresDeps,
): Handlers<'returns.classes' | 'returns.rounds' | 'returns.figureEntries'> {
  const { read } = deps.db;

  return {
    'returns.classes': ({ projectId }) => {
      const naming = namedClasses(deps, projectId);
      return {
        naming: naming.length,
        total: countReturned(read, { projectId }),
        classes: returnsByClass(naming).map(({ label, returns, objects }) => ({ label, returns, objects })),
      };
    },

    'returns.rounds': ({ projectId }) => {
      const works = roundsOfRevised(read, projectId).filter((rounds) => rounds.length > 1);
      const rounds = costOfRounds(works);
      return {
        works: works.length,
        totalMs: rounds.reduce((sum, { ms }) => sum + ms, 0),
        rounds,
        withoutTaskMs: unionLength(revisingWithoutTask(read, projectId)),
      };
    },

    'returns.figureEntries': (asked) => {
      const entries = [...new Set(entriesOf(deps, asked))] as EntryId[];
      return { total: entries.length, entries: entries.slice(-mostFigureEntries) };
    },
  };
}

function entriesOf(deps: ReturnsFiguresDeps, asked: ParsedInput<'returns.figureEntries'>): readonly string[] {
  const { read } = deps.db;
  if (asked.of === 'times') return returnsOfTimes(read, asked.projectId, asked.times);
  if (asked.of === 'never') return worksNeverReturned(read, asked.projectId, mostFigureEntries);
  if (asked.of === 'round') return roundEntries(read, asked.projectId, asked.round);
  return returnsByClass(namedClasses(deps, asked.projectId)).find(({ label }) => label === asked.label)?.entries ?? [];
}

/** Returns that name objects, with the classes those had when they were sealed; of an erased annotation nothing is known. */
function namedClasses({ db, sealedDoc }: ReturnsFiguresDeps, projectId: string | undefined): ReturnOfClasses[] {
  const labelsOf = ({ label, count, subject_id: subject, objects }: ReturnedClass): (string | null)[] => {
    if (count !== null) return Array.from({ length: count }, () => label);
    const doc = sealedDoc(db.read, subject);
    return doc === null ? [] : classesNamed(doc, objects);
  };
  const byReturn = Map.groupBy(returnedClasses(db.read, projectId), ({ entry_id: id }) => id);
  return [...byReturn]
    .map(([entryId, classes]) => ({ entryId, labels: classes.flatMap(labelsOf) }))
    .filter(({ labels }) => labels.length > 0);
}

/** The rounds of each work that came back: the time each took, and the entries that say so. */
function roundsOfRevised(read: ReadDb, projectId: string | undefined) {
  const spans = Map.groupBy(activityOnRevised(read, projectId), ({ taskId }) => taskId);
  const tasks = Map.groupBy(sealingsOfRevised(read, projectId), ({ task_id: id }) => id);
  return [...tasks].map(([taskId, sealings]) =>
    timeByRound(
      sealings.map(({ sealed_at, entry_id }) => ({ at: Date.parse(sealed_at), entryId: entry_id })),
      spans.get(taskId) ?? [],
    ),
  );
}

function roundEntries(read: ReadDb, projectId: string | undefined, round: number | null): string[] {
  const works = roundsOfRevised(read, projectId);
  const chosen = works.flatMap((rounds) => (round === null ? rounds.slice(1) : rounds.slice(round - 1, round)));
  const without = round === null ? revisingWithoutTask(read, projectId).map(({ entryId }) => entryId) : [];
  return [...chosen.flatMap(({ entries }) => entries), ...without].sort();
}
