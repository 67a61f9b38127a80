import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A return that names objects of a sealed submission, with that submission's annotation as the ledger has it. */
interface ReturnNaming {
  id: string;
  entry_id: string;
  subject_id: string;
  /** JSON array of shape ids. */
  objects: string;
  /** JSON: the annotation, or the blob it lies in; null once erased. */
  annotation: string | null;
}

const naming = `SELECT returned.id, returned.entry_id, returned.subject_id, returned.objects, field.value AS annotation
    FROM returned JOIN submission ON submission.id = returned.subject_id
    LEFT JOIN field ON field.seq = submission.seq AND field.name = 'annotation'
   WHERE returned.objects <> '[]'`;

/** Writes the classes of the objects that a return names, when its submission is there. */
export function insertClassesOfReturn(db: WriteDb, returnId: string): void {
  insertClasses(db, db.all<ReturnNaming>(`${naming} AND returned.id = ?`, [returnId]));
}

/** Writes the classes of the objects that returns of a submission name, for those returns that are there. */
export function insertClassesOfSubmission(db: WriteDb, submissionId: string): void {
  insertClasses(db, db.all<ReturnNaming>(`${naming} AND returned.subject_id = ?`, [submissionId]));
}

export function clearClassesOfReturn(db: WriteDb, returnId: string): void {
  db.run('DELETE FROM returned_class WHERE return_id = ?', [returnId]);
}

export function clearClassesOfSubmission(db: WriteDb, submissionId: string): void {
  db.run('DELETE FROM returned_class WHERE subject_id = ?', [submissionId]);
}

function insertClasses(db: WriteDb, returns: readonly ReturnNaming[]): void {
  for (const { id, entry_id: entryId, subject_id: subject, objects, annotation } of returns) {
    // Of an erased annotation nothing is known.
    if (annotation === null) continue;
    const kept = JSON.parse(annotation) as AnnotationDoc | BlobRef;
    const counts = 'shapes' in kept ? countsByLabel(classesNamed(kept, objects)) : [[null, null] as const];
    for (const [label, count] of counts) {
      db.run('INSERT INTO returned_class (return_id, entry_id, subject_id, label, objects) VALUES (?, ?, ?, ?, ?)', [
        id,
        entryId,
        subject,
        label,
        count,
      ]);
    }
  }
}

function countsByLabel(labels: readonly (string | null)[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/**
 * The classes of named objects, one for each that is in the annotation.
 *
 * @param objects JSON array of shape ids
 */
export function classesNamed(doc: AnnotationDoc, objects: string): (string | null)[] {
  const labels = new Map<string, string | null>(doc.shapes.map(({ id, label }) => [id, label]));
  return (JSON.parse(objects) as string[]).filter((id) => labels.has(id)).map((id) => labels.get(id) ?? null);
}

/** Objects of one class that a return names. */
export interface ReturnedClass {
  entry_id: string;
  subject_id: string;
  label: string | null;
  /** null: the annotation lies beside the ledger. */
  count: number | null;
  /** JSON array of the ids of all shapes that the return names. */
  objects: string;
}

/** The classes that returns name, those of one return beside each other, the oldest return first. */
export function returnedClasses(db: ReadDb, projectId: string | undefined): ReturnedClass[] {
  return db.all<ReturnedClass>(
    `SELECT returned.entry_id, returned.subject_id, label, returned_class.objects AS count, returned.objects
       FROM returned JOIN returned_class ON returned_class.return_id = returned.id
      ${projectId === undefined ? '' : 'WHERE returned.project_id = ?'}
      ORDER BY returned.received_at, returned.seq`,
    projectId === undefined ? [] : [projectId],
  );
}
