import type { DayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { changeSlots, readSlots, slotMs, slotOf, slotsReach, slotTable } from './slot-days.repository.ts';
import { spansFollowKind } from './time-days.repository.ts';
import { countElsewhere, countPieces, kindOfPiece, type PiecesOfKind, type WorkWindow } from './works.repository.ts';

const pieceDays = slotTable('piece_day', 'pieces', 2);

/** The piece a task counts as: where and when it was first sealed, as what kind it counts now, and whether any of its rounds came back. */
interface CountedPiece {
  at: string;
  project_id: string;
  task_kind: string | null;
  returned: 0 | 1;
}

function pieceOfTask(db: ReadDb, taskId: string): CountedPiece | undefined {
  return db.get<CountedPiece>(
    `SELECT sealed_at AS at, project_id, ${kindOfPiece} AS task_kind,
            EXISTS (SELECT 1 FROM submission AS any_round JOIN returned ON returned.subject_id = any_round.id
                     WHERE any_round.task_id = sealed.task_id) AS returned
       FROM submission AS sealed WHERE task_id = ? ORDER BY seq LIMIT 1`,
    [taskId],
  );
}

const changeOf = ({ at, project_id: project, task_kind: kind, returned }: CountedPiece, by: 1 | -1) => ({
  slot: slotOf(Date.parse(at)),
  key: JSON.stringify([project, kind]),
  by: [by, by * returned],
});

/**
 * Changes the submissions of a task, or what came of them, keeping `piece_day` equal to what they say, and the task's time of the kind it counts
 * as.
 */
export function countingPieceOf(db: WriteDb, taskId: string, change: () => void): void {
  const before = pieceOfTask(db, taskId);
  change();
  const after = pieceOfTask(db, taskId);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if ((before?.task_kind ?? null) !== (after?.task_kind ?? null)) spansFollowKind(db, taskId, after?.task_kind ?? null);
  const changes = [before && changeOf(before, -1), after && changeOf(after, 1)];
  changeSlots(
    db,
    pieceDays,
    changes.filter((each) => each !== undefined),
  );
}

/** Changes the returns of some work, keeping `piece_day` equal to what they say. Work done elsewhere is not in it. */
export function countingReturnOf(db: WriteDb, workId: string | undefined, change: () => void): void {
  const of = workId && db.get<{ task: string }>('SELECT task_id AS task FROM submission WHERE id = ?', [workId]);
  if (of) countingPieceOf(db, of.task, change);
  else change();
}

/** Tasks of a project and kind. */
export interface SealedPieces {
  project_id: string;
  task_kind: string | null;
  pieces: number;
  /** Those of them that came back at least once since. */
  returned: number;
}

/** Tasks first sealed in each of some adjoining windows of whole slots, by project and kind. */
export function sealedPiecesIn(db: ReadDb, windows: readonly DayWindow[]): SealedPieces[][] {
  const found = windows.map(() => new Map<string, SealedPieces>());
  readSlots(db, pieceDays, windows, (place, key, pieces, returned) => {
    const known = found[place]!.get(key);
    if (known !== undefined) {
      known.pieces += pieces;
      known.returned += returned;
    } else {
      const [project, kind] = JSON.parse(key) as [string, string | null];
      found[place]!.set(key, { project_id: project, task_kind: kind, pieces, returned });
    }
  });
  return found.map((each) => [...each.values()]);
}

/** Tasks first sealed at any time, of a project or of all. */
export function countSealedPieces(db: ReadDb, projectId: string | undefined): number {
  const reach = slotsReach(db, pieceDays);
  if (reach === null) return 0;
  const mine = sealedPiecesIn(db, [reach])[0]!.filter(
    ({ project_id: project }) => projectId === undefined || project === projectId,
  );
  return mine.reduce((sum, { pieces }) => sum + pieces, 0);
}

/** Pieces of a project done in a window, by kind, as `countPieces` says: whole slots from the roll-up, the edges one by one. */
export function sumPieces(db: ReadDb, projectId: string, { from, to }: WorkWindow): PiecesOfKind[] {
  const start = Math.ceil(Date.parse(from) / slotMs) * slotMs;
  const end = slotOf(Date.parse(to)) * slotMs;
  if (end <= start) return countPieces(db, projectId, null, { from, to });
  const within = { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
  const sealed = sealedPiecesIn(db, [{ start, end }])[0]!.filter(({ project_id: project }) => project === projectId);
  return [
    ...countPieces(db, projectId, null, { from, to: within.from }),
    ...sealed.map(({ task_kind: taskKind, pieces }) => ({ taskKind, pieces })),
    ...countElsewhere(db, projectId, within),
    ...countPieces(db, projectId, null, { from: within.to, to }),
  ];
}
