import type { BlobRef } from '#shared/domain/blob.ts';
import type { EntryId, ProjectId, TrainingId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import type { Day, Source } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';
import { reachingSpans } from './time.repository.ts';

/** A row of `training`. What was erased, and what was not said, is null. */
export interface TrainingRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  topic: string | null;
  start_at: string;
  end_at: string | null;
  day: string;
  time_ms: number | null;
  called_at: string | null;
  mandatory: number | null;
  paid: number | null;
  retraining: number;
  fee: string | null;
  travel_cost: string | null;
  travel_ms: number | null;
  certificate_name: string | null;
  certificate_file: string | null;
  certificate_expires: string | null;
  needed: number | null;
  note: string | null;
  source: Source;
  erased: string;
}

type NamedRow = TrainingRow & { project_name: string | null };

const saidOf = (flag: number | null) => (flag === null ? null : flag === 1);
const moneyOf = (text: string | null) => (text === null ? null : (JSON.parse(text) as Money));

/** A training as the contract has it; `timeEntries` are those of the time it took. */
export function trainingFromRow(row: NamedRow, timeEntries: readonly EntryId[]) {
  return {
    id: row.id as TrainingId,
    entryId: row.entry_id as EntryId,
    entries: [row.entry_id as EntryId, ...timeEntries],
    projectId: row.project_id as ProjectId | null,
    projectName: row.project_name,
    topic: row.topic ?? erasedMark,
    start: row.start_at,
    end: row.end_at,
    timeMs: row.time_ms ?? 0,
    calledAt: row.called_at,
    noticeMs: row.called_at === null ? null : Date.parse(row.start_at) - Date.parse(row.called_at),
    mandatory: saidOf(row.mandatory),
    paid: saidOf(row.paid),
    retraining: row.retraining === 1,
    fee: moneyOf(row.fee),
    travelCost: moneyOf(row.travel_cost),
    travelMs: row.travel_ms,
    certificate:
      row.certificate_name === null
        ? null
        : {
            name: row.certificate_name,
            file: row.certificate_file === null ? null : (JSON.parse(row.certificate_file) as BlobRef),
            expires: row.certificate_expires,
          },
    needed: saidOf(row.needed),
    note: row.note,
    source: row.source,
  };
}

export function insertTraining(db: WriteDb, row: TrainingRow): void {
  db.run(
    `INSERT INTO training (id, entry_id, seq, project_id, topic, start_at, end_at, day, time_ms, called_at, mandatory, paid,
       retraining, fee, travel_cost, travel_ms, certificate_name, certificate_file, certificate_expires, needed, note, source,
       erased)
     VALUES (:id, :entry_id, :seq, :project_id, :topic, :start_at, :end_at, :day, :time_ms, :called_at, :mandatory, :paid,
       :retraining, :fee, :travel_cost, :travel_ms, :certificate_name, :certificate_file, :certificate_expires, :needed, :note,
       :source, :erased)`,
    { ...row },
  );
}

export function clearTraining(db: WriteDb, id: string): void {
  db.run('DELETE FROM training WHERE id = ?', [id]);
}

const named = `SELECT training.*, project.name AS project_name
                 FROM training LEFT JOIN project ON project.id = training.project_id`;

export function countTrainings(db: ReadDb, projectId: string | undefined): number {
  const sql = 'SELECT count(*) AS n FROM training';
  return projectId === undefined
    ? db.get<{ n: number }>(sql)!.n
    : db.get<{ n: number }>(`${sql} WHERE project_id = ?`, [projectId])!.n;
}

/** A page of trainings, newest first, of one project or of all. */
export function listTrainings(db: ReadDb, projectId: string | undefined, offset: number, limit: number): NamedRow[] {
  const order = 'ORDER BY training.start_at DESC, training.seq DESC LIMIT ? OFFSET ?';
  return projectId === undefined
    ? db.all<NamedRow>(`${named} ${order}`, [limit, offset])
    : db.all<NamedRow>(`${named} WHERE training.project_id = ? ${order}`, [projectId, limit, offset]);
}

export interface TrainingFilter {
  from: Day | null;
  to: Day | null;
  projectId?: string | undefined;
}

/** Trainings that began on days of a period, oldest first. */
export function trainingsIn(db: ReadDb, { from, to, projectId }: TrainingFilter): NamedRow[] {
  const parts = ['training.day >= ?', 'training.day <= ?'];
  const params: SqlValue[] = [from ?? '', to ?? '9999-12-31'];
  if (projectId !== undefined) {
    parts.push('training.project_id = ?');
    params.push(projectId);
  }
  return db.all<NamedRow>(`${named} WHERE ${parts.join(' AND ')} ORDER BY training.start_at, training.seq`, params);
}

/** Trainings whose certificates expire between two days, soonest first. */
export function certificatesExpiring(db: ReadDb, from: Day, to: Day): TrainingRow[] {
  return db.all<TrainingRow>(
    `SELECT * FROM training WHERE certificate_expires >= ? AND certificate_expires <= ?
      ORDER BY certificate_expires, seq`,
    [from, to],
  );
}

/** Entries of time that name a training among what they concern, by the ledger's own list of it. */
export function timeEntriesOfTraining(db: ReadDb, trainingId: string): EntryId[] {
  return db
    .all<{ id: EntryId }>(
      `SELECT entry_id AS id FROM subject JOIN time_span USING (seq) WHERE entity_id = ? ORDER BY seq`,
      [trainingId],
    )
    .map(({ id }) => id);
}

/** Reads the owner's own activity that reaches into a stretch. */
export const activityIn = reachingSpans<Interval>(
  'start_ms AS start, end_ms AS end',
  "lane = 'activity' AND source <> 'imported'",
);
