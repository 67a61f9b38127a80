import type { Extra } from '#shared/codecs/codec.ts';
import type { Json } from '#shared/domain/json.ts';
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
  const merged: Extra = { ...findExtra(db, projectId, format, about) };
  // Fields lie below the name of their format.
  for (const [name, value] of Object.entries(extra)) {
    const before = merged[name];
    merged[name] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
  db.run(
    `INSERT INTO exchange_extra (project_id, format, about, extra) VALUES (?, ?, ?, ?)
     ON CONFLICT (project_id, format, about) DO UPDATE SET extra = excluded.extra`,
    [projectId, format, about, JSON.stringify(merged)],
  );
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Forgets what files said of one photo. */
export function forgetItemExtra(db: WriteDb, projectId: string, taskId: string): void {
  db.run('DELETE FROM exchange_extra WHERE project_id = ? AND about = ?', [projectId, `item:${taskId}`]);
}

/** Forgets what files said of a project's labels, and of the set: its title, its authors, where it came from. */
export function forgetSetExtra(db: WriteDb, projectId: string): void {
  db.run(`DELETE FROM exchange_extra WHERE project_id = ? AND about NOT LIKE 'item:%'`, [projectId]);
}
