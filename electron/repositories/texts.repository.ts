import type { TextItem } from '#shared/domain/text.ts';
import type { MediaInfo } from '#shared/domain/work.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { setLogLength, type TaskRow } from './tasks.repository.ts';

/** A task's item as it was taken in; undefined for a task of another sort. */
export function findTextItem(db: ReadDb, taskId: string): { item: TextItem; hash: string; bytes: number } | undefined {
  const row = db.get<{ item: string; hash: string }>('SELECT item, hash FROM text_item WHERE task_id = ?', [taskId]);
  // Checked when it was taken in.
  return row && { item: JSON.parse(row.item) as TextItem, hash: row.hash, bytes: Buffer.byteLength(row.item) };
}

/** Whether a task is one of text, without reading what it asks. */
export function isTextTask(db: ReadDb, taskId: string): boolean {
  return db.get('SELECT 1 FROM text_item WHERE task_id = ?', [taskId]) !== undefined;
}

/** What is known of an item where photos and recordings have the facts of their file. */
export function itemInfo(bytes: number): MediaInfo {
  return { format: 'text', width: null, height: null, orientation: 1, bytes, sound: null, problem: null };
}

/** Keeps an item; `json` is its canonical JSON and `hash` the SHA-256 of that. */
export function insertTextItem(db: WriteDb, taskId: string, { json, hash }: { json: string; hash: string }): void {
  db.run('INSERT INTO text_item (task_id, hash, item) VALUES (?, ?, ?)', [taskId, hash, json]);
}

/** Hashes of every item a project has. */
export function itemHashes(db: ReadDb, projectId: string): Set<string> {
  const rows = db.all<{ hash: string }>(
    'SELECT hash FROM text_item JOIN task ON task.id = text_item.task_id WHERE task.project_id = ?',
    [projectId],
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** The edit log of one text of a task. */
export interface TextLog {
  field: string;
  bytes: Buffer;
}

/** The edit logs of a task's texts, by field. */
export function textLogs(db: ReadDb, taskId: string): TextLog[] {
  const rows = db.all<{ field: string; bytes: Buffer }>(
    'SELECT field, bytes FROM text_log WHERE task_id = ? ORDER BY field, at',
    [taskId],
  );
  return [...Map.groupBy(rows, ({ field }) => field)].map(([field, pieces]) => ({
    field,
    bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)),
  }));
}

/** Bytes a field's edit log has: the last piece says it, however many there are. */
export function textLogLength(db: ReadDb, taskId: string, field: string): number {
  return (
    db.get<{ n: number }>(
      'SELECT at + length(bytes) AS n FROM text_log WHERE task_id = ? AND field = ? ORDER BY at DESC LIMIT 1',
      [taskId, field],
    )?.n ?? 0
  );
}

/** Appends to a field's edit log, whose length is `at`. */
export function appendTextLog(
  db: WriteDb,
  task: Pick<TaskRow, 'id' | 'log_length'>,
  field: string,
  at: number,
  bytes: Uint8Array,
): void {
  db.run('INSERT INTO text_log (task_id, field, at, bytes) VALUES (?, ?, ?, ?)', [task.id, field, at, bytes]);
  setLogLength(db, task.id, task.log_length + bytes.length);
}

/** Puts other logs in the place of all of a task's. */
export function replaceTextLogs(db: WriteDb, taskId: string, logs: readonly TextLog[]): void {
  const gone = db.run('DELETE FROM text_log WHERE task_id = ?', [taskId]).changes;
  if (gone === 0 && logs.length === 0) return;
  for (const { field, bytes } of logs) {
    if (bytes.length === 0) continue;
    db.run('INSERT INTO text_log (task_id, field, at, bytes) VALUES (?, ?, 0, ?)', [taskId, field, bytes]);
  }
  const length = logs.reduce((sum, { bytes }) => sum + bytes.length, 0);
  setLogLength(db, taskId, length);
}
