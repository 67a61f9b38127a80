import type { EntityId, EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import type { Day, Source } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';
import { notDeductedSince } from './pay-work.repository.ts';

/** A row of `pay_record`: what was announced, received or deducted. What was erased is null. */
export interface PayRecordRow {
  id: string;
  entry_id: string;
  seq: number;
  kind: 'announced' | 'received' | 'deducted';
  project_id: string | null;
  day: string;
  happened_at: string;
  period_from: string | null;
  period_to: string | null;
  minor: number | null;
  currency: string | null;
  promised_on: string | null;
  returned_id: string | null;
  work_id: string | null;
  channel: string | null;
  note: string | null;
  source: Source;
  erased: string;
}

/** Both days included; a project, work without one (null), or all (undefined). */
export interface PayFilter {
  from: Day;
  to: Day;
  projectId?: string | null | undefined;
}

/** An amount of two columns; null when either is. */
export function moneyOf(minor: number | null, currency: string | null): Money | null {
  return minor === null || currency === null ? null : { minor, currency };
}

export function payRecordFromRow(row: ListedPayRow) {
  return {
    id: row.id as EntityId,
    entryId: row.entry_id as EntryId,
    kind: row.kind,
    projectId: row.project_id as ProjectId | null,
    projectName: row.project_name,
    amount: moneyOf(row.minor, row.currency),
    day: row.day,
    happenedAt: row.happened_at,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    promisedOn: row.promised_on,
    channel: row.channel,
    note: row.note,
    source: row.source,
    fromReturn: row.from_return === 1,
  };
}

export function insertPayRecord(db: WriteDb, row: PayRecordRow): void {
  db.run(
    `INSERT INTO pay_record (id, entry_id, seq, kind, project_id, day, happened_at, period_from, period_to, minor, currency,
       promised_on, returned_id, work_id, channel, note, source, erased)
     VALUES (:id, :entry_id, :seq, :kind, :project_id, :day, :happened_at, :period_from, :period_to, :minor, :currency,
       :promised_on, :returned_id, :work_id, :channel, :note, :source, :erased)`,
    { ...row },
  );
}

export function clearPayRecord(db: WriteDb, id: string): void {
  db.run('DELETE FROM pay_record WHERE id = ?', [id]);
}

function where({ from, to, projectId }: PayFilter): { sql: string; params: SqlValue[] } {
  const days = 'pay_record.day >= ? AND pay_record.day <= ?';
  if (projectId === undefined) return { sql: days, params: [from, to] };
  return { sql: `pay_record.project_id IS ? AND ${days}`, params: [projectId, from, to] };
}

/** A row of the list: a record, or a deduction that was announced with a return. */
export interface ListedPayRow extends Omit<PayRecordRow, 'returned_id' | 'work_id' | 'erased'> {
  project_name: string | null;
  from_return: number;
}

/** The days of the records, and the window in which returns came; without one, all returns. */
export interface ListFilter extends PayFilter {
  window?: Interval;
}

/** The records of a period, and the deductions announced with the returns of its window. */
function listed({ projectId, window, ...days }: ListFilter): { sql: string; params: SqlValue[] } {
  const records = where({ ...days, projectId });
  const ofProject = projectId === undefined ? '' : 'returned.project_id IS ? AND';
  const ofWindow = window === undefined ? '' : 'received_at >= ? AND received_at < ? AND';
  return {
    sql: `SELECT id, entry_id, seq, kind, project_id, day, happened_at, period_from, period_to, minor, currency,
                 promised_on, channel, note, source, 0 AS from_return
            FROM pay_record WHERE ${records.sql}
           UNION ALL
          SELECT id, entry_id, seq, 'deducted', project_id, substr(received_at, 1, 10), received_at, NULL, NULL,
                 deduction ->> 'minor', deduction ->> 'currency', NULL, NULL, reason, 'stated', 1
            FROM returned WHERE ${ofProject} ${ofWindow} deduction IS NOT NULL
             AND ${notDeductedSince}`,
    params: [
      ...records.params,
      ...(projectId === undefined ? [] : [projectId]),
      ...(window === undefined ? [] : [window.start, window.end].map((at) => new Date(at).toISOString())),
    ],
  };
}

export function countPayRecords(db: ReadDb, filter: ListFilter): number {
  const { sql, params } = listed(filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM (${sql})`, params)!.n;
}

/** A page of what was announced, received and deducted, newest first. */
export function listPayRecords(db: ReadDb, filter: ListFilter, offset: number, limit: number) {
  const { sql, params } = listed(filter);
  return db.all<ListedPayRow>(
    `SELECT record.*, project.name AS project_name FROM (${sql}) AS record
       LEFT JOIN project ON project.id = record.project_id
      ORDER BY record.day DESC, record.seq DESC LIMIT ? OFFSET ?`,
    [...params, limit, offset],
  );
}

/** What a figure needs of every record of a period. */
export type PayAmountRow = Pick<
  PayRecordRow,
  'entry_id' | 'kind' | 'project_id' | 'minor' | 'currency' | 'seq' | 'happened_at'
>;

export function payAmountsIn(db: ReadDb, filter: PayFilter): PayAmountRow[] {
  const { sql, params } = where(filter);
  return db.all<PayAmountRow>(
    `SELECT entry_id, kind, project_id, minor, currency, seq, happened_at FROM pay_record WHERE ${sql} ORDER BY seq`,
    params,
  );
}
