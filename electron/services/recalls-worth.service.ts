import type { Money } from '#shared/domain/money.ts';
import type { PayRate } from '#shared/domain/project.ts';
import type { Day } from '#shared/domain/time.ts';
import { termsFor } from '#shared/rules/projects.rules.ts';
import { type PiecesAtRate, recalledAtRates, worthOfPieces } from '#shared/rules/recalls.rules.ts';
import { workingDayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { listPayTerms } from '#electron/repositories/projects.repository.ts';
import { sumPieces } from '#electron/repositories/piece-days.repository.ts';
import { countPieces } from '#electron/repositories/works.repository.ts';

/** How working days lie in time for the owner. */
export interface DayShape {
  zone: string;
  startHour: number;
}

/** The rates of a project over time, by kind of task. */
export interface ProjectRates {
  /** ISO instants from which other terms hold, in order, the first before all. */
  since: readonly string[];
  /** The rate in force at an instant for tasks of a kind; null before the first terms. */
  at(instant: string, kind: string | null): PayRate | null;
}

/** What is recalled, as far as its worth goes. */
export interface RecalledPieces {
  projectId: string;
  level: 'task' | 'worker' | 'segment';
  segmentId: string | null;
  works: readonly { doneAt: string | null; taskKind: string | null; pieces: number }[];
  pieces: number;
  receivedAt: string;
}

/** Before every instant, as ISO texts compare. */
const ever = '0000-01-01T00:00:00.000Z';

/** The rates of a project by when they were in force, from one beginning of a working day to another. */
export function projectRates(db: ReadDb, projectId: string, days: DayShape): ProjectRates {
  const terms = listPayTerms(db, projectId);
  const begins = (day: Day) => new Date(workingDayWindow(day, days.zone, days.startHour).start).toISOString();
  const starts = [...new Set(terms.map(({ effectiveFrom }) => effectiveFrom))]
    .sort()
    .map((day) => ({ day, from: begins(day) }));
  return {
    since: [ever, ...starts.map(({ from }) => from)],
    at(instant, kind) {
      const day = starts.findLast(({ from }) => from <= instant)?.day;
      return day === undefined ? null : (termsFor(terms, kind, day)?.rate ?? null);
    },
  };
}

/** Pieces of a project or segment up to an instant and at it, by the rate in force when they were done. */
export function piecesByRate(
  db: ReadDb,
  rates: ProjectRates,
  projectId: string,
  segmentId: string | null,
  until: string,
): PiecesAtRate[] {
  const end = new Date(Date.parse(until) + 1).toISOString();
  return rates.since
    .filter((from) => from < end)
    .flatMap((from, i) => {
      const next = rates.since[i + 1];
      const to = next !== undefined && next < end ? next : end;
      const window = { from, to };
      const counted =
        segmentId === null ? sumPieces(db, projectId, window) : countPieces(db, projectId, segmentId, window);
      return counted.map(({ taskKind, pieces }) => ({
        pieces,
        rate: rates.at(from, taskKind),
      }));
    })
    .filter(({ pieces }) => pieces > 0);
}

/** What recalled pieces lose by the terms in force when each was done. */
export function lossOf(
  db: ReadDb,
  rates: ProjectRates,
  recalled: RecalledPieces,
): { amounts: Money[]; piecesWithoutRate: number } {
  const { projectId, segmentId, works, pieces, receivedAt } = recalled;
  const known =
    recalled.level === 'task' || works.length > 0
      ? works.flatMap((work) =>
          work.doneAt === null ? [] : [{ pieces: work.pieces, rate: rates.at(work.doneAt, work.taskKind) }],
        )
      : piecesByRate(db, rates, projectId, recalled.level === 'segment' ? segmentId : null, receivedAt);
  return worthOfPieces(recalledAtRates(known, pieces, rates.at(receivedAt, null)));
}
