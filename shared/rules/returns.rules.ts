import type { AnnotationDoc, Geometry, Shape } from '../domain/annotation.ts';
import { answerField, type TextAnswer } from '../domain/text.ts';
import { sideDeviations } from '../geometry/overlap.ts';
import { matchShapes } from './shape-matching.rules.ts';

/** How far each side of a box moved: pixels of the upright image, positive to the right and downwards. */
export interface SideMoves {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How one object came out of a revision. An object that stayed as it was is not listed. */
export interface ChangedObject {
  what: 'changed' | 'added' | 'removed';
  /** Of the annotation before; of the one after when it was added. */
  shapeId: Shape['id'];
  /** Its class after the revision; the one it had when it was removed. */
  label: string | null;
  /** Its class before; null when it was added. */
  labelBefore: string | null;
  classChanged: boolean;
  /** Null when no side moved, and for what is no box. */
  sides: SideMoves | null;
  /** The outline is another one. */
  reshaped: boolean;
  attributesChanged: boolean;
  /** Of segments of sound: what is written down for it, before and after; null when it stayed. */
  text: TextChange | null;
}

/** A text before and after; empty where there was none. */
export interface TextChange {
  before: string;
  after: string;
}

/** A field of the answer to a task of text that is another one. */
export interface ChangedField {
  field: Exclude<keyof TextAnswer, 'shown'>;
  /** Of what was written, before and after; null of what was chosen. */
  text: TextChange | null;
}

export interface AnnotationChange {
  objects: ChangedObject[];
  answer: ChangedField[];
  /** Objects that are in both as they were. */
  unchanged: number;
}

/** What a revision changed between two annotations. Objects are paired as `matchShapes` says, from an overlap of a half on. */
export function annotationChange(before: AnnotationDoc, after: AnnotationDoc): AnnotationChange {
  const pairs = matchShapes(before.shapes, after.shapes);
  const matchedBefore = new Set(pairs.map(([shape]) => shape));
  const matchedAfter = new Set(pairs.map(([, shape]) => shape));
  const compared = pairs.map(([was, is]) => compareShapes(was, is));
  const changed = compared.filter((object) => object !== null);
  return {
    objects: [
      ...changed,
      ...after.shapes.filter((shape) => !matchedAfter.has(shape)).map((shape) => lone(shape, 'added')),
      ...before.shapes.filter((shape) => !matchedBefore.has(shape)).map((shape) => lone(shape, 'removed')),
    ],
    answer: changedFields(before.answer ?? {}, after.answer ?? {}),
    unchanged: compared.length - changed.length,
  };
}

/** What of an answer is another one; the order in which candidates were shown is no part of it. */
function changedFields(before: TextAnswer, after: TextAnswer): ChangedField[] {
  return answerField.exclude(['shown']).options.flatMap((field) => {
    if (equal(before[field], after[field])) return [];
    return [
      { field, text: isWritten(field) ? { before: written(before, field), after: written(after, field) } : null },
    ];
  });
}

const isWritten = (field: keyof TextAnswer): field is 'text' | 'reason' | 'turns' =>
  field === 'text' || field === 'reason' || field === 'turns';

/** A field as text; turns of a conversation one below the other. */
function written(answer: TextAnswer, field: 'text' | 'reason' | 'turns'): string {
  if (field !== 'turns') return answer[field] ?? '';
  return (answer.turns ?? []).map(({ content }) => content).join('\n\n');
}

function compareShapes(before: Shape, after: Shape): ChangedObject | null {
  const classChanged = before.label !== after.label;
  const sides = sideMoves(before.geometry, after.geometry);
  const reshaped = sides !== null || !equal(before.geometry, after.geometry);
  const attributesChanged = !equal(before.attributes, after.attributes);
  const text = before.text === after.text ? null : { before: before.text ?? '', after: after.text ?? '' };
  if (!classChanged && !reshaped && !attributesChanged && text === null) return null;
  return {
    what: 'changed',
    shapeId: before.id,
    label: after.label,
    labelBefore: before.label,
    classChanged,
    sides,
    reshaped,
    attributesChanged,
    text,
  };
}

function sideMoves(before: Geometry, after: Geometry): SideMoves | null {
  const sides = before.type === 'box' && after.type === 'box' ? sideDeviations(before, after) : null;
  if (sides === null) return null;
  return Object.values(sides).some((moved) => moved !== 0) ? sides : null;
}

function lone(shape: Shape, what: 'added' | 'removed'): ChangedObject {
  return {
    what,
    shapeId: shape.id,
    label: shape.label,
    labelBefore: what === 'removed' ? shape.label : null,
    classChanged: false,
    sides: null,
    reshaped: false,
    attributesChanged: false,
    text: null,
  };
}

/** Whether two JSON values say the same; the order of names does not matter. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(b, name) && equal((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}
