import type { Extra } from '#shared/codecs/codec.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** What an imported file said about the whole set, a label or a photo that has no place elsewhere: kept to be written back. */
export type ExtraSubject = 'set' | `label:${string}` | `item:${string}`;

export function findExtra(db: ReadDb, projectId: string, format: string, about: ExtraSubject): Extra {
  const row = db.get<{ extra: string }>(
    'SELECT extra FROM exchange_extra WHERE project_id = ? AND format = ? AND about = ?',
    [projectId, format, about],
  );
  return row === undefined ? {} : (JSON.parse(row.extra) as Extra);
}

/** Keeps what the newest file says; what an older one said of other fields stays. */
export function mergeExtra(db: WriteDb, projectId: string, format: string, about: ExtraSubject, extra: Extra): void {
  if (Object.keys(extra).length === 0) return;
  const merged = { ...findExtra(db, projectId, format, about), ...extra };
  db.run(
    `INSERT INTO exchange_extra (project_id, format, about, extra) VALUES (?, ?, ?, ?)
     ON CONFLICT (project_id, format, about) DO UPDATE SET extra = excluded.extra`,
    [projectId, format, about, JSON.stringify(merged)],
  );
}
