import type { Money } from '#shared/domain/money.ts';
import type { PayRate } from '#shared/domain/project.ts';
import type { Day } from '#shared/domain/time.ts';
import { effectiveSeries } from '#shared/rules/projects.rules.ts';
import { type PiecesAtRate, recalledAtRates, worthOfPieces } from '#shared/rules/recalls.rules.ts';
import { workingDayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { listPayTerms } from '#electron/repositories/projects.repository.ts';
import { countPieces } from '#electron/repositories/works.repository.ts';

/** How working days lie in time for the owner. */
export interface DayShape {
  zone: string;
  startHour: number;
}

/** A time in which one rate was in force: ISO instants, half open; no rate before the first terms. */
interface RatePeriod {
  from: string;
  to: string;
  rate: PayRate | null;
}

/** The rates of a project over time, for tasks of no named kind. */
export interface ProjectRates {
  periods: readonly RatePeriod[];
  /** The rate in force at an instant. */
  at(instant: string): PayRate | null;
}

/** What is recalled, as far as its worth goes. */
export interface RecalledPieces {
  projectId: string;
  level: 'task' | 'worker' | 'segment';
  segmentId: string | null;
  works: readonly { doneAt: string | null; pieces: number }[];
  pieces: number;
  receivedAt: string;
}

const ever = '0000';
const never = '9999';

/** The rates of a project by when they were in force, from one beginning of a working day to another. */
export function projectRates(db: ReadDb, projectId: string, days: DayShape): ProjectRates {
  const terms = effectiveSeries(
    listPayTerms(db, projectId).filter(({ taskKind }) => taskKind === null),
    () => '',
  );
  const begins = (day: Day) => new Date(workingDayWindow(day, days.zone, days.startHour).start).toISOString();
  const starts = terms.map(({ effectiveFrom, rate }) => ({ from: begins(effectiveFrom), rate }));
  const all: { from: string; rate: PayRate | null }[] = [{ from: ever, rate: null }, ...starts];
  const periods = all.map(({ from, rate }, i) => ({ from, to: all[i + 1]?.from ?? never, rate }));
  return { periods, at: (instant) => periods.findLast(({ from }) => from <= instant)?.rate ?? null };
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
  return rates.periods
    .filter(({ from }) => from < end)
    .map(({ from, to, rate }) => ({
      pieces: countPieces(db, projectId, segmentId, { from, to: to < end ? to : end }),
      rate,
    }))
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
      ? works.flatMap((work) => (work.doneAt === null ? [] : [{ pieces: work.pieces, rate: rates.at(work.doneAt) }]))
      : piecesByRate(db, rates, projectId, recalled.level === 'segment' ? segmentId : null, receivedAt);
  return worthOfPieces(recalledAtRates(known, pieces, rates.at(receivedAt)));
}
