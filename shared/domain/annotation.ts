import { z } from 'zod';
import { json } from './json.ts';
import { answerField, textAnswer } from './text.ts';

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

/** A place in the picture. */
const place = z.tuple([pixels, pixels]);
/** Corners in order, the last one joined to the first, which is not repeated. */
const ring = z.array(place).min(3).max(100_000);
/** Degrees clockwise on the screen about the shape's centre, above -180 and up to 180. */
const angle = z.number().gt(-180).max(180);

/** A box turned about its centre. */
export const rotatedBoxGeometry = z.strictObject({
  type: z.literal('rotated-box'),
  cx: pixels,
  cy: pixels,
  w: pixels.nonnegative(),
  h: pixels.nonnegative(),
  angle,
});

/** One object as one or several areas (parts of it that something hides from each other), each with the holes in it. */
export const polygonGeometry = z.strictObject({
  type: z.literal('polygon'),
  parts: z
    .array(z.strictObject({ outer: ring, holes: z.array(ring).max(1000) }))
    .min(1)
    .max(1000),
});

/** A line that is not closed. */
export const polylineGeometry = z.strictObject({
  type: z.literal('polyline'),
  points: z.array(place).min(2).max(100_000),
});

export const pointGeometry = z.strictObject({ type: z.literal('point'), x: pixels, y: pixels });

export const ellipseGeometry = z.strictObject({
  type: z.literal('ellipse'),
  cx: pixels,
  cy: pixels,
  rx: pixels.nonnegative(),
  ry: pixels.nonnegative(),
  angle,
});

/**
 * A painted area: whole pixels inside the rectangle `x, y, w, h`, row by row from its top left, as lengths of runs that begin with
 * background (a first run of 0 where the first pixel is painted). The runs add up to `w * h`; the rectangle is as tight as it can be.
 */
export const maskGeometry = z.strictObject({
  type: z.literal('mask'),
  x: z.int(),
  y: z.int(),
  w: z.int().positive().max(100_000),
  h: z.int().positive().max(100_000),
  runs: z.array(z.int().nonnegative()).max(2_000_000),
});

/** Says something of the whole picture and lies nowhere in it. */
export const tagGeometry = z.strictObject({ type: z.literal('tag') });

/** A place in a recording: frames of its own sampling rate, counted from 0. A frame is one sample of every channel. */
const sample = z.int().nonnegative();

/**
 * A stretch of a recording, half open: `start` belongs to it, `end` does not. Where they are the same it is a moment without length, as
 * point tiers and label tracks have them.
 */
export const spanGeometry = z
  .strictObject({
    type: z.literal('span'),
    start: sample,
    end: sample,
    /** The tier it lies on: usually who speaks. */
    tier: z.string().max(200),
    /** The channel it is about, counted from 0; null: all of them. */
    channel: z.int().min(0).max(63).nullable(),
  })
  .refine(({ start, end }) => end >= start, { error: 'span-backwards' });

/**
 * A passage of a text, half open, in UTF-16 units from the beginning of its field, never within a grapheme. `field` says which text:
 * `prompt.0` (a turn of the prompt), `candidate.a` (an answer of a machine, `candidate.a.0` a turn of one), `answer`, `turn.3`.
 */
export const passageGeometry = z
  .strictObject({
    type: z.literal('passage'),
    field: z.string().min(1).max(200),
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
  })
  .refine(({ start, end }) => end >= start, { error: 'passage-backwards' });

/** Every geometry a shape can have. */
export const geometry = z.discriminatedUnion('type', [
  boxGeometry,
  rotatedBoxGeometry,
  polygonGeometry,
  polylineGeometry,
  pointGeometry,
  ellipseGeometry,
  maskGeometry,
  tagGeometry,
  spanGeometry,
  passageGeometry,
]);

/** What was said in a span, written down exactly; kept as typed. Left out: nothing was written; empty: nothing is said in it. */
const transcript = z.string().max(100_000);

/** How a shape came to be: by this person's hand, from a file, or as a machine's proposal. */
export const shapeOrigin = z.enum(['hand', 'imported', 'machine']);

export const shapeId = z.uuidv7().brand<'ShapeId'>();

/** What a machine proposed, as it came: never changed by anything a person does. */
export const proposal = z.strictObject({
  id: shapeId,
  label: z.string().max(200).nullable(),
  geometry,
  text: transcript.optional(),
  attributes: z.record(z.string(), json),
  /** How sure the machine says it is, 0 to 1; null where it does not say. */
  score: z.number().min(0).max(1).nullable(),
  /** Which model, in the words of the file. */
  model: z.string().max(200).nullable(),
  extra: z.record(z.string(), json).optional(),
});

export const shape = z.strictObject({
  id: shapeId,
  /** Key of a label of the project's label set; null while no class is given. */
  label: z.string().max(200).nullable(),
  geometry,
  text: transcript.optional(),
  attributes: z.record(z.string(), json),
  origin: shapeOrigin,
  /** Why it can be read in two ways, in the worker's words. */
  ambiguous: z.string().min(1).max(2000).optional(),
  /** The proposal it was taken from; what the person changed is the difference. */
  proposal: proposal.omit({ extra: true }).optional(),
  /** That it is the same object as one on another photo of a sequence. */
  sequence: z
    .strictObject({
      /** The shape that the first copy was taken from: the object over all photos. */
      of: shapeId,
      /** Where the program put it, by carrying it on or filling it in between; left out where a person did. */
      placed: geometry.optional(),
    })
    .optional(),
  /** Fields of an imported file that have no place here; written back on export. */
  extra: z.record(z.string(), json).optional(),
});

/** The state of one task's annotation: shapes in drawing order, the last one on top. */
export const annotationDoc = z.strictObject({
  version: z.literal(1),
  shapes: z.array(shape),
  /** Proposals of a machine that the person turned down; left out where there are none. */
  rejected: z.array(shapeId).min(1).optional(),
  /** Of a task of text: what was answered; left out where nothing was. */
  answer: textAnswer.optional(),
});

/**
 * One undoable step: what each touched shape was before and is after (null: did not / does not exist), and its place
 * in the drawing order: an index into `shapes` of the document before, and of the document after the whole change.
 */
export const change = z
  .strictObject({
    /** Locale key under `canvas.change.*`, shown beside undo. */
    label: z.enum([
      'draw',
      'move',
      'resize',
      'rotate',
      'reshape',
      'paint',
      'slice',
      'join',
      'snap',
      'classify',
      'attribute',
      'ambiguous',
      'order',
      'tag',
      'paste',
      'duplicate',
      'propagate',
      'interpolate',
      'import',
      'accept',
      'reject',
      'delete',
      'split',
      'merge',
      'extend',
      'shift',
      'tier',
      'write',
      'replace',
      'answer',
    ]),
    edits: z.array(
      z.strictObject({
        before: shape.nullable(),
        after: shape.nullable(),
        /** Drawing-order index of the shape before (null when it did not exist). */
        indexBefore: z.int().nonnegative().nullable(),
        /** Drawing-order index of the shape after (null when it no longer exists). */
        indexAfter: z.int().nonnegative().nullable(),
      }),
    ),
    /** The proposals turned down before and after, where this step turns some down or takes that back. */
    rejected: z.strictObject({ before: z.array(shapeId), after: z.array(shapeId) }).optional(),
    /** Fields of the answer that this step says, changes or takes back; null: nothing said. */
    answer: z
      .array(z.strictObject({ field: answerField, before: json, after: json }))
      .min(1)
      .optional(),
  })
  .refine(({ edits, rejected, answer }) => edits.length > 0 || rejected !== undefined || answer !== undefined, {
    error: 'empty-change',
  });

/** A record of the undo journal. The journal is append-only: undo and redo are records too. */
export const journalRecord = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('do'), at: z.number(), change }),
  z.strictObject({ type: z.literal('undo'), at: z.number() }),
  z.strictObject({ type: z.literal('redo'), at: z.number() }),
]);

export type Pixels = number;
export type BoxGeometry = z.infer<typeof boxGeometry>;
export type RotatedBoxGeometry = z.infer<typeof rotatedBoxGeometry>;
export type PolygonGeometry = z.infer<typeof polygonGeometry>;
export type PolylineGeometry = z.infer<typeof polylineGeometry>;
export type PointGeometry = z.infer<typeof pointGeometry>;
export type EllipseGeometry = z.infer<typeof ellipseGeometry>;
export type MaskGeometry = z.infer<typeof maskGeometry>;
export type TagGeometry = z.infer<typeof tagGeometry>;
export type SpanGeometry = z.infer<typeof spanGeometry>;
export type PassageGeometry = z.infer<typeof passageGeometry>;
export type Geometry = z.infer<typeof geometry>;
export type ShapeOrigin = z.infer<typeof shapeOrigin>;
export type ShapeId = z.infer<typeof shapeId>;
export type Proposal = z.infer<typeof proposal>;
export type Shape = z.infer<typeof shape>;
export type AnnotationDoc = z.infer<typeof annotationDoc>;
export type Change = z.infer<typeof change>;
export type JournalRecord = z.infer<typeof journalRecord>;
