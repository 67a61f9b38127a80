import type { Instant, Source } from '#shared/domain/time.ts';
import type { ReadDb, SqlValue } from '#electron/db/database.ts';

/** What entries are listed by; a filter that is absent lets everything through. */
export interface EntryFilter {
  kinds?: readonly string[] | undefined;
  source?: Source | undefined;
  projectId?: string | undefined;
  /** Any of the entry's subjects. */
  subject?: string | undefined;
  /** When it happened (began): half open. */
  occurred?: { from: Instant; to: Instant } | undefined;
  /** These alone, by id. */
  entries?: readonly string[] | undefined;
}

interface Condition {
  sql: string;
  params: SqlValue[];
}

function conditions(filter: EntryFilter): Condition[] {
  const { kinds, source, projectId, subject, occurred, entries } = filter;
  const marks = (kinds ?? []).map(() => '?').join(', ');
  return [
    kinds && { sql: `kind IN (${marks})`, params: [...kinds] },
    source && { sql: 'source = ?', params: [source] },
    projectId && { sql: 'project_id = ?', params: [projectId] },
    subject && { sql: 'seq IN (SELECT seq FROM subject WHERE entity_id = ?)', params: [subject] },
    entries && { sql: 'id IN (SELECT value FROM json_each(?))', params: [JSON.stringify(entries)] },
    occurred && { sql: 'occurred_start >= ? AND occurred_start < ?', params: [occurred.from, occurred.to] },
  ].filter((condition) => condition !== undefined && condition !== '') as Condition[];
}

/** Whether a filter lets every entry through. */
export const isUnfiltered = (filter: EntryFilter): boolean => conditions(filter).length === 0;

/**
 * Places (seq) of the entries that match, from a place on, in no order. From 0 it is answered from an index alone; from later on,
 * which is asked after a few more entries were written, from those entries.
 */
export function matchingSeqs(db: ReadDb, filter: EntryFilter, from: number): IterableIterator<{ seq: number }> {
  const all = conditions(filter);
  if (from > 0) all.push({ sql: 'seq >= ?', params: [from] });
  const where = all.map(({ sql }) => sql).join(' AND ');
  return db.iterate(
    `SELECT seq FROM entry${where && ` WHERE ${where}`}`,
    all.flatMap(({ params }) => params),
  );
}
