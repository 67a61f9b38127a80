import type { AnnotationDoc, Change, JournalRecord, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Json } from '#shared/domain/json.ts';
import type { AnswerField, TextAnswer } from '#shared/domain/text.ts';

/**
 * The undo journal: one append-only list of records from which the document, what can be undone and what can be redone
 * follow. The renderer keeps the state of it live, a restart and a submission compute it again from the stored records;
 * all of them call these functions, so all of them see the same.
 *
 * Documents are immutable values with structural sharing: a change copies the array of references (about 5 microseconds at
 * 5,000 shapes) and no shape it does not touch, so that whoever holds a document notices a change by identity and may keep
 * old ones for nothing. An index by id is not needed here: a change carries the places of what it touches.
 */
export interface JournalState {
  readonly doc: AnnotationDoc;
  /** Changes that an undo takes back, the next one last. Unlimited. */
  readonly undoStack: readonly Change[];
  /** Changes that a redo does again, the next one last. Emptied by every new change. */
  readonly redoStack: readonly Change[];
}

type Edit = Change['edits'][number];

/** Up to this many edits are spliced one by one; beyond it the array is built anew in one pass. */
const spliceLimit = 16;

export const emptyDoc: AnnotationDoc = { version: 1, shapes: [] };

/**
 * The document after a change. Places are drawing-order indices: `indexBefore` in the document before, `indexAfter` in the
 * document after. All shapes that existed before are taken out, then all that exist after are put in, lowest place first.
 *
 * A record that does not fit the document (written by hand, say) loses nothing: a shape that is not at its place is looked
 * for by its id, one that is nowhere is not taken out, a place beyond the end means the end. The ids of shapes that a change
 * adds are taken to be new.
 */
export function applyChange(doc: AnnotationDoc, change: Change): AnnotationDoc {
  const shapes = [...doc.shapes];
  return docWith(applyInPlace(shapes, change), rejectedAfter(doc.rejected, change), answerAfter(doc.answer, change));
}

/** The change that takes `change` back: applied after it, it gives the document as it was before. */
export function invertChange(change: Change): Change {
  return {
    label: change.label,
    edits: change.edits.map((edit) => ({
      before: edit.after,
      after: edit.before,
      indexBefore: edit.indexAfter,
      indexAfter: edit.indexBefore,
    })),
    ...(change.rejected ? { rejected: { before: change.rejected.after, after: change.rejected.before } } : {}),
    ...(change.answer
      ? { answer: change.answer.map((each) => ({ ...each, before: each.after, after: each.before })) }
      : {}),
  };
}

/**
 * Makes a change from what shapes shall be: `after` null deletes. Shapes that exist keep their place; new ones go on top in
 * the order given, or right above the shape that `above` names. `rejected` is the list of proposals turned down as it shall
 * be; left out, it stays as it is. Edits that alter nothing (the same object) and deletions of unknown shapes are left out;
 * null when nothing remains.
 */
export function changeOf(
  doc: AnnotationDoc,
  label: Change['label'],
  wanted: readonly { readonly id: ShapeId; readonly after: Shape | null }[],
  { above = null, rejected }: { readonly above?: ShapeId | null; readonly rejected?: readonly ShapeId[] } = {},
): Change | null {
  const afterById = new Map(wanted.map(({ id, after }) => [id, after]));
  const known = new Set(doc.shapes.flatMap(({ id }) => (afterById.has(id) ? [id] : [])));
  const added = [...afterById].flatMap(([id, after]) => (after !== null && !known.has(id) ? [after] : []));
  const edits: Edit[] = [];
  let place = 0;
  let firstAdded: number | null = null;
  doc.shapes.forEach((before, index) => {
    const after = known.has(before.id) ? afterById.get(before.id)! : before;
    if (after !== before) {
      edits.push({ before, after, indexBefore: index, indexAfter: after === null ? null : place });
    }
    if (after !== null) place += 1;
    if (before.id !== above) return;
    firstAdded = place;
    place += added.length;
  });
  const from = firstAdded ?? place;
  added.forEach((after, step) => edits.push({ before: null, after, indexBefore: null, indexAfter: from + step }));
  const turnedDown = rejected && rejectedChange(doc.rejected ?? [], rejected);
  if (edits.length === 0 && !turnedDown) return null;
  return { label, edits, ...(turnedDown ? { rejected: turnedDown } : {}) };
}

/** The state before any record; `doc` is what the annotation started from. */
export function startJournal(doc: AnnotationDoc = emptyDoc): JournalState {
  return { doc, undoStack: [], redoStack: [] };
}

/**
 * What a record does to the document: its change, the undone one inverted, or the redone one. Null where an undo or redo
 * finds nothing; such a record is kept and ignored.
 */
export function effectOf(state: JournalState, record: JournalRecord): Change | null {
  switch (record.type) {
    case 'do':
      return record.change;
    case 'undo': {
      const last = state.undoStack.at(-1);
      return last === undefined ? null : invertChange(last);
    }
    case 'redo':
      return state.redoStack.at(-1) ?? null;
  }
}

/** The state after one more record. The state given is left as it is. */
export function appendRecord(state: JournalState, record: JournalRecord): JournalState {
  const effect = effectOf(state, record);
  if (effect === null) return state;
  const doc = applyChange(state.doc, effect);
  switch (record.type) {
    case 'do':
      return { doc, undoStack: [...state.undoStack, record.change], redoStack: [] };
    case 'undo': {
      const undone = state.undoStack.at(-1)!;
      return { doc, undoStack: state.undoStack.slice(0, -1), redoStack: [...state.redoStack, undone] };
    }
    case 'redo':
      return { doc, undoStack: [...state.undoStack, effect], redoStack: state.redoStack.slice(0, -1) };
  }
}

/**
 * The state that a list of records leads to, beginning with `doc`. The same as appending them one by one, but in one pass
 * over a single working copy: its cost is that of the edits, not of the documents in between.
 */
export function foldJournal(records: Iterable<JournalRecord>, doc: AnnotationDoc = emptyDoc): JournalState {
  let shapes = [...doc.shapes];
  let { rejected, answer } = doc;
  const undoStack: Change[] = [];
  const redoStack: Change[] = [];
  const take = (change: Change): void => {
    shapes = applyInPlace(shapes, change);
    rejected = rejectedAfter(rejected, change);
    answer = answerAfter(answer, change);
  };
  for (const record of records) {
    switch (record.type) {
      case 'do':
        take(record.change);
        undoStack.push(record.change);
        redoStack.length = 0;
        break;
      case 'undo': {
        const undone = undoStack.pop();
        if (undone === undefined) break;
        take(invertChange(undone));
        redoStack.push(undone);
        break;
      }
      case 'redo': {
        const redone = redoStack.pop();
        if (redone === undefined) break;
        take(redone);
        undoStack.push(redone);
        break;
      }
    }
  }
  return { doc: docWith(shapes, rejected, answer), undoStack, redoStack };
}

/** A list of proposals turned down that is empty is left out of a document, and so is an answer that says nothing. */
function docWith(shapes: Shape[], rejected: ShapeId[] | undefined, answer: TextAnswer | undefined): AnnotationDoc {
  return {
    version: 1,
    shapes,
    ...(rejected !== undefined && rejected.length > 0 && { rejected }),
    ...(answer !== undefined && Object.keys(answer).length > 0 && { answer }),
  };
}

/** The answer after a change: each field it names as it says, the others as they are. */
function answerAfter(present: TextAnswer | undefined, { answer }: Change): TextAnswer | undefined {
  if (!answer) return present;
  const after: Record<string, Json> = { ...present } as Record<string, Json>;
  for (const { field, after: said } of answer) {
    if (said === null) delete after[field];
    else after[field] = said;
  }
  // What a field may hold was checked when the record was taken.
  return after as TextAnswer;
}

/** The change that gives fields of the answer other values (null takes one back); null where nothing would be different. */
export function answerChange(
  doc: AnnotationDoc,
  wanted: { readonly [F in AnswerField]?: TextAnswer[F] | null },
): Change | null {
  const answer = Object.entries(wanted).flatMap(([field, after]) => {
    const before = (doc.answer?.[field as AnswerField] ?? null) as Json;
    const said = (after ?? null) as Json;
    return JSON.stringify(before) === JSON.stringify(said)
      ? []
      : [{ field: field as AnswerField, before, after: said }];
  });
  return answer.length === 0 ? null : { label: 'answer', edits: [], answer };
}

/**
 * The proposals turned down after a change. What a record that does not fit the document did not know of stays turned down,
 * at the end of the list.
 */
function rejectedAfter(present: ShapeId[] | undefined, { rejected }: Change): ShapeId[] | undefined {
  if (!rejected) return present;
  const told = new Set([...rejected.before, ...rejected.after]);
  return [...rejected.after, ...(present ?? []).filter((id) => !told.has(id))];
}

/** Null when both lists are the same. */
function rejectedChange(before: readonly ShapeId[], after: readonly ShapeId[]): Change['rejected'] | null {
  if (before.length === after.length && before.every((id, at) => id === after[at])) return null;
  return { before: [...before], after: [...after] };
}

/** Applies a change to an array that nobody else holds; returns that array or a new one. */
function applyInPlace(shapes: Shape[], change: Change): Shape[] {
  const { edits } = change;
  if (edits.every((edit) => staysInPlace(shapes, edit))) {
    for (const edit of edits) shapes[edit.indexBefore!] = edit.after!;
    return shapes;
  }
  const removals = edits
    .map((edit) => placeOf(shapes, edit))
    .filter((place) => place >= 0)
    .sort((a, b) => b - a);
  const insertions = edits
    .filter((edit) => edit.after !== null)
    .sort((a, b) => (a.indexAfter ?? Infinity) - (b.indexAfter ?? Infinity));
  if (edits.length > spliceLimit) return rebuilt(shapes, new Set(removals), insertions);
  for (const place of removals) shapes.splice(place, 1);
  for (const edit of insertions) shapes.splice(edit.indexAfter ?? shapes.length, 0, edit.after!);
  return shapes;
}

/** True for an edit that only replaces the shape at its place. */
function staysInPlace(shapes: readonly Shape[], edit: Edit): boolean {
  return (
    edit.before !== null &&
    edit.after !== null &&
    edit.indexBefore !== null &&
    edit.indexBefore === edit.indexAfter &&
    shapes[edit.indexBefore]?.id === edit.before.id
  );
}

/** Where the shape that an edit touches really is; -1 when it did not exist. */
function placeOf(shapes: readonly Shape[], edit: Edit): number {
  const { before, indexBefore } = edit;
  if (before === null) return -1;
  if (indexBefore !== null && shapes[indexBefore]?.id === before.id) return indexBefore;
  return shapes.findIndex((shape) => shape.id === before.id);
}

/** One pass over the array: the kept shapes in order, each insertion at its place in the result. */
function rebuilt(shapes: readonly Shape[], removals: ReadonlySet<number>, insertions: readonly Edit[]): Shape[] {
  const result: Shape[] = [];
  let next = 0;
  const insertDue = (): void => {
    for (let edit = insertions[next]; edit !== undefined; edit = insertions[next]) {
      if ((edit.indexAfter ?? Infinity) > result.length) return;
      result.push(edit.after!);
      next += 1;
    }
  };
  shapes.forEach((shape, index) => {
    if (removals.has(index)) return;
    insertDue();
    result.push(shape);
  });
  // What is left belongs at or beyond the end.
  for (; next < insertions.length; next += 1) result.push(insertions[next]!.after!);
  return result;
}
