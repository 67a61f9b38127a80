import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { AccuracyBar, Modality, PayRate, PayTerms, Project } from '#shared/domain/project.ts';
import type { Day } from '#shared/domain/time.ts';
import { effectiveSeries, erasedMark, inForceOn, rateOfTime, termsFor } from '#shared/rules/projects.rules.ts';

/** A row of `project`: what was erased is null. Terms and bars are rows of their own. */
export interface ProjectRow {
  id: string;
  entry_id: string;
  name: string | null;
  name_key: string | null;
  client: string | null;
  intermediary: string | null;
  modality: string | null;
  labels: string | null;
  archived: number;
  created_at: string;
  erased: string;
}

export interface PayTermsRow {
  entry_id: string;
  seq: number;
  project_id: string;
  effective_from: string | null;
  task_kind: string | null;
  rate: string | null;
  bonuses: string | null;
  return_penalty: string | null;
  promised_payment: string | null;
  note: string | null;
  erased: string;
}

export interface AccuracyBarRow {
  entry_id: string;
  seq: number;
  project_id: string;
  effective_from: string | null;
  bar: string | null;
  erased: string;
}

/** A bar with the day from which it holds. */
export interface DatedBar {
  effectiveFrom: Day;
  bar: AccuracyBar;
}

/** Terms with the entry that set them. */
export interface RecordedTerms extends PayTerms {
  entryId: string;
}

export function insertProject(db: WriteDb, row: ProjectRow): void {
  db.run(
    `INSERT INTO project (id, entry_id, name, name_key, client, intermediary, modality, labels, archived, created_at, erased)
     VALUES (:id, :entry_id, :name, :name_key, :client, :intermediary, :modality, :labels, :archived, :created_at, :erased)`,
    { ...row },
  );
}

export function insertPayTerms(db: WriteDb, row: PayTermsRow): void {
  db.run(
    `INSERT INTO pay_terms (entry_id, seq, project_id, effective_from, task_kind, rate, bonuses, return_penalty,
       promised_payment, note, erased)
     VALUES (:entry_id, :seq, :project_id, :effective_from, :task_kind, :rate, :bonuses, :return_penalty,
       :promised_payment, :note, :erased)`,
    { ...row },
  );
}

export function insertAccuracyBar(db: WriteDb, row: AccuracyBarRow): void {
  db.run(
    `INSERT INTO accuracy_bar (entry_id, seq, project_id, effective_from, bar, erased)
     VALUES (:entry_id, :seq, :project_id, :effective_from, :bar, :erased)`,
    { ...row },
  );
}

/** Takes out every row of a project entity. */
export function clearProject(db: WriteDb, id: string): void {
  db.run('DELETE FROM project WHERE id = ?', [id]);
  db.run('DELETE FROM pay_terms WHERE project_id = ?', [id]);
  db.run('DELETE FROM accuracy_bar WHERE project_id = ?', [id]);
}

export function findProject(db: ReadDb, id: string): ProjectRow | undefined {
  return db.get<ProjectRow>('SELECT * FROM project WHERE id = ?', [id]);
}

export function projectExists(db: ReadDb, id: string): boolean {
  return db.get('SELECT 1 FROM project WHERE id = ?', [id]) !== undefined;
}

/** What a project's tasks are; `elsewhere` where it is not known any more. */
export function modalityOf(db: ReadDb, id: string): Modality {
  const row = db.get<{ modality: Modality | null }>('SELECT modality FROM project WHERE id = ?', [id]);
  return row?.modality ?? 'elsewhere';
}

/** Projects, newest first; with `archived` those put away too, after the others. */
export function listProjects(db: ReadDb, archived: boolean): ProjectRow[] {
  return db.all<ProjectRow>('SELECT * FROM project WHERE archived <= ? ORDER BY archived, created_at DESC, id DESC', [
    archived ? 1 : 0,
  ]);
}

/** Another project, not archived, whose name compares equal. */
export function findProjectNamed(db: ReadDb, nameKey: string, except: string | null): ProjectRow | undefined {
  return db.get<ProjectRow>('SELECT * FROM project WHERE name_key = ? AND archived = 0 AND id IS NOT ?', [
    nameKey,
    except,
  ]);
}

/** Every pay terms set, in the order of writing; what was erased of its day or rate is left out. */
export function listPayTerms(db: ReadDb, projectId: string): RecordedTerms[] {
  const rows = db.all<PayTermsRow>(
    'SELECT * FROM pay_terms WHERE project_id = ? AND effective_from IS NOT NULL AND rate IS NOT NULL ORDER BY seq',
    [projectId],
  );
  return rows.map((row) => ({
    effectiveFrom: row.effective_from as Day,
    taskKind: row.task_kind,
    rate: JSON.parse(row.rate!) as PayRate,
    bonuses: JSON.parse(row.bonuses ?? '[]') as PayTerms['bonuses'],
    returnPenalty: JSON.parse(row.return_penalty ?? 'null') as PayTerms['returnPenalty'],
    promisedPayment: JSON.parse(row.promised_payment ?? 'null') as PayTerms['promisedPayment'],
    note: row.note,
    entryId: row.entry_id,
  }));
}

/** The days from which any terms of any project hold. */
export function termsDays(db: ReadDb): Day[] {
  return db
    .all<{ day: Day }>('SELECT DISTINCT effective_from AS day FROM pay_terms WHERE effective_from IS NOT NULL')
    .map(({ day }) => day);
}

/** The pay terms of a project in force on a working day for tasks of a kind; null before the first. */
export function payTermsOn(db: ReadDb, projectId: string, day: Day, kind: string | null): RecordedTerms | null {
  return termsFor(listPayTerms(db, projectId), kind, day);
}

/** The rate by which time spent for a project on tasks of a kind is paid on a working day; null while nobody said. */
export function rateOfTimeOn(db: ReadDb, projectId: string, day: Day, kind: string | null): PayRate | null {
  return rateOfTime(listPayTerms(db, projectId), kind, day);
}

/** Every bar set, in the order of writing; what was erased is left out. */
export function listAccuracyBars(db: ReadDb, projectId: string): DatedBar[] {
  const rows = db.all<AccuracyBarRow>(
    'SELECT * FROM accuracy_bar WHERE project_id = ? AND effective_from IS NOT NULL AND bar IS NOT NULL ORDER BY seq',
    [projectId],
  );
  return rows.map((row) => ({ effectiveFrom: row.effective_from as Day, bar: JSON.parse(row.bar!) as AccuracyBar }));
}

/** A project as the contract has it, its bar the one in force on `day`. */
export function projectFromRow(db: ReadDb, row: ProjectRow, day: Day): Project {
  const bars = effectiveSeries(listAccuracyBars(db, row.id), () => '');
  const terms = effectiveSeries(listPayTerms(db, row.id), ({ taskKind }) => taskKind ?? '');
  return {
    id: row.id as ProjectId,
    name: row.name ?? erasedMark,
    client: row.client,
    intermediary: row.intermediary,
    modality: (row.modality ?? 'elsewhere') as Modality,
    labels: row.labels === null ? [] : (JSON.parse(row.labels) as LabelSet),
    terms: terms.map(({ entryId: _entryId, ...said }) => said),
    bar: inForceOn(bars, day)?.bar ?? null,
    bars,
    createdAt: row.created_at,
    archived: row.archived === 1,
  };
}
