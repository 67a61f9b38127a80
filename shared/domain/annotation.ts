import { z } from 'zod';
import { json } from './json.ts';

/**
 * Image coordinates: float64 pixels of the upright image (EXIF orientation applied), origin top left,
 * 0-based continuous edges (half open). The box that covers exactly the first pixel is x=0 y=0 w=1 h=1.
 */
const pixels = z.number();

/** An axis-parallel box. `w` and `h` are never negative. */
export const boxGeometry = z.strictObject({
  type: z.literal('box'),
  x: pixels,
  y: pixels,
  w: pixels.nonnegative(),
  h: pixels.nonnegative(),
});

/** Every geometry a shape can have. The image issue adds members here and nothing else changes. */
export const geometry = z.discriminatedUnion('type', [boxGeometry]);

/** How a shape came to be: by this person's hand, from a file, or as a machine's proposal. */
export const shapeOrigin = z.enum(['hand', 'imported', 'machine']);

export const shapeId = z.uuidv7().brand<'ShapeId'>();

export const shape = z.strictObject({
  id: shapeId,
  /** Key of a label of the project's label set; null while no class is given. */
  label: z.string().max(200).nullable(),
  geometry,
  attributes: z.record(z.string(), json),
  origin: shapeOrigin,
  /** Fields of an imported file that have no place here; written back on export. */
  extra: z.record(z.string(), json).optional(),
});

/** The state of one task's annotation: shapes in drawing order, the last one on top. */
export const annotationDoc = z.strictObject({
  version: z.literal(1),
  shapes: z.array(shape),
});

/**
 * One undoable step: what each touched shape was before and is after (null: did not / does not exist), and its place
 * in the drawing order: an index into `shapes` of the document before, and of the document after the whole change.
 */
export const change = z.strictObject({
  /** Locale key under `canvas.change.*`, shown beside undo. */
  label: z.enum(['draw', 'move', 'resize', 'classify', 'delete', 'paste', 'import', 'attribute']),
  edits: z
    .array(
      z.strictObject({
        before: shape.nullable(),
        after: shape.nullable(),
        /** Drawing-order index of the shape before (null when it did not exist). */
        indexBefore: z.int().nonnegative().nullable(),
        /** Drawing-order index of the shape after (null when it no longer exists). */
        indexAfter: z.int().nonnegative().nullable(),
      }),
    )
    .min(1),
});

/** A record of the undo journal. The journal is append-only: undo and redo are records too. */
export const journalRecord = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('do'), at: z.number(), change }),
  z.strictObject({ type: z.literal('undo'), at: z.number() }),
  z.strictObject({ type: z.literal('redo'), at: z.number() }),
]);

export type Pixels = number;
export type BoxGeometry = z.infer<typeof boxGeometry>;
export type Geometry = z.infer<typeof geometry>;
export type ShapeOrigin = z.infer<typeof shapeOrigin>;
export type ShapeId = z.infer<typeof shapeId>;
export type Shape = z.infer<typeof shape>;
export type AnnotationDoc = z.infer<typeof annotationDoc>;
export type Change = z.infer<typeof change>;
export type JournalRecord = z.infer<typeof journalRecord>;
