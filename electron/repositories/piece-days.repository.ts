import type { DayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { changeSlots, readSlots, slotOf, slotTable } from './slot-days.repository.ts';
import { kindOfPiece } from './works.repository.ts';

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

/** Changes the submissions of a task, or what came of them, keeping `piece_day` equal to what they say. */
export function countingPieceOf(db: WriteDb, taskId: string, change: () => void): void {
  const before = pieceOfTask(db, taskId);
  change();
  const after = pieceOfTask(db, taskId);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
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
