import type { Proposal, Shape } from '../domain/annotation.ts';
import type { AttributeSpec } from '../domain/label-set.ts';
import type { Json } from '../domain/json.ts';

/** Fields of a file that have no place in our own nouns, by their names there; written back on export. */
export type Extra = Record<string, Json>;

/** What is known of a recording where times are turned into frames. */
export interface ExchangeSound {
  /** Frames a second. Where no recording is at hand it is `timesOnly`, so that times come back as they were. */
  rate: number;
  /** Length; null where it is not known. */
  frames: number | null;
  channels: number | null;
}

/** The rate of spans that were read without their recording: microseconds. */
export const timesOnly = 1_000_000;

/** One photo or recording with its shapes, as formats exchange it. */
export interface ExchangeItem {
  /** Path with `/` below whatever folder the file's reader takes as the root. */
  name: string;
  /** Upright size in pixels; null when it is not known. */
  size: { width: number; height: number } | null;
  /** Of a recording; left out for a photo. */
  sound?: ExchangeSound;
  /** In drawing order; the tiers of a recording in order of their first segment. */
  shapes: readonly Shape[];
  /** What a machine proposed for it, where the file says so by a score or a place of its own. */
  proposals?: readonly Proposal[];
  extra: Extra;
}

/** A class as a format lists it. */
export interface ExchangeLabel {
  key: string;
  /** Where the format knows colours (`#rrggbb`) and attributes. */
  color?: string;
  attributes?: readonly AttributeSpec[];
  extra: Extra;
}

/** A row that could not be taken, where it stands in the file and why. Good rows beside it are taken all the same. */
export interface FailedRow {
  /** As `annotations[12]`; in a set of several files after its path, as `labels/a.txt: line 3`. */
  where: string;
  /** One of `failReasons`. */
  why: FailReason;
}

/** Something that was left behind, and how often. */
export interface Loss {
  what: LossKind;
  count: number;
}

/** Why a row of a file is not taken. */
export const failReasons = [
  'not-an-object',
  'id-missing',
  'id-repeated',
  'name-missing',
  'name-too-long',
  'name-not-unicode',
  'unknown-image',
  'unknown-category',
  'no-box',
  'box-not-four-numbers',
  'box-not-finite',
  'box-negative',
  'box-out-of-range',
  'photo-ambiguous',
  'too-many-labels',
  // The file, before its rows.
  'not-json',
  'not-xml',
  'entities-refused',
  'not-utf-8',
  'not-this-format',
  'too-large',
  'file-missing',
  // Of a photo.
  'size-missing',
  'size-differs',
  'photo-turned',
  // Of a shape.
  'label-missing',
  'class-out-of-range',
  'columns-wrong',
  'number-not-finite',
  'number-out-of-range',
  'points-wrong-count',
  'too-many-points',
  'shape-type-unknown',
  'mask-unreadable',
  'mask-too-large',
  'mask-empty',
  'field-wrong',
  'video-track',
  'not-an-image-region',
  // Of a segment of sound.
  'not-utf-16',
  'cut-off',
  'not-a-sound-region',
  'time-missing',
  'time-negative',
  'time-unit-unknown',
  'end-before-start',
  'times-disagree',
  'sound-missing',
  'beyond-the-end',
  'text-too-long',
  'reference-broken',
] as const;
export type FailReason = (typeof failReasons)[number];

/**
 * What reading or writing a format leaves behind, and how often. A shape that a format can't hold as it is counts once: under the name of
 * its geometry when something simpler took its place (a turned box its upright bounds), under `left-out-` and that name when nothing did.
 */
export const lossKinds = [
  // Written as something simpler.
  'box',
  'rotated-box',
  'polygon',
  'polyline',
  'point',
  'ellipse',
  'mask',
  'tag',
  'span',
  'passage',
  // Not written at all.
  'left-out-box',
  'left-out-rotated-box',
  'left-out-polygon',
  'left-out-polyline',
  'left-out-point',
  'left-out-ellipse',
  'left-out-mask',
  'left-out-tag',
  'left-out-span',
  'left-out-passage',
  // Of a shape that is written.
  'parts',
  'holes',
  'keypoints',
  'rotation',
  'attribute',
  'ambiguous',
  'score',
  'group',
  'rounded',
  'clamped',
  // Of a segment that is written.
  'text',
  'text-changed',
  'empty-text',
  'label',
  'tier',
  'channel',
  'overlap',
  'moment',
  'words',
  // Of a photo or the set.
  'proposal',
  'empty-photo',
  'name-clash',
  'cancelled',
  'other-annotation',
  'field',
  'labels-merged',
  'unlabelled-shape',
  'size-unknown',
  'size-differs',
  'failed-not-listed',
  // Of a recording.
  'sound-unknown',
  'sound-differs',
  'length-unknown',
  'tier-renamed',
  'time-filled',
  'parent',
  'other-row',
] as const;
export type LossKind = (typeof lossKinds)[number];

/** An item as read, with its place in the file. */
export interface ParsedItem extends ExchangeItem {
  where: string;
}

/** What a file holds. */
export interface ParsedSet {
  items: ParsedItem[];
  /** In the order of the file. */
  labels: ExchangeLabel[];
  /** What the file says of itself. */
  extra: Extra;
}

/** What reading a file gives: what was taken, what was not and why, what the program can't hold. */
export interface ParseResult {
  parsed: ParsedSet;
  failed: FailedRow[];
  loss: Loss[];
}

/** What is to be written. */
export interface WriteSource {
  labels: readonly ExchangeLabel[];
  extra: Extra;
  /**
   * The items, in the same order whenever it is called; a format that lists photos before shapes goes through them twice. Shapes may
   * change between two passes, items may not.
   */
  items(): AsyncIterable<ExchangeItem>;
}

/** What was written. */
export interface WriteSummary {
  items: number;
  objects: number;
  loss: Loss[];
}

/** One file of what is read. */
export interface SourceFile {
  /** Path with `/` below the folder that was chosen; the bare name where a file was chosen. */
  path: string;
  /** Bytes. */
  size: number;
  /** Its text; without a byte order mark. @throws CodecError `not-utf-8` */
  text(): Promise<string>;
  /** The same in pieces, for what is too long to be held whole; may be asked for again. Left out where the text is at hand. */
  pieces?(): AsyncIterable<string>;
}

/** What a reader may ask of the program around it. */
export interface ParseContext {
  /** Makes the ids of shapes (UUIDv7). */
  newId(): string;
  /** Upright size of a photo in pixels, by its path as the file names it or its bare name; null where it is not at hand. */
  imageSize(name: string): Promise<{ width: number; height: number } | null>;
  /** What is known of a recording, by its path as the file names it or its bare name; null where it is not at hand. */
  soundOf(name: string): Promise<ExchangeSound | null>;
  /** Answers to `questions`, by name; a reader takes its own guess for one that was not asked. */
  answers: Readonly<Record<string, string>>;
  /** Called now and then; throws when the work was called off. */
  breathe(done: number, of: number): Promise<void>;
}

/** Something a file leaves open and only its owner knows, such as whether coordinates begin at 0 or at 1. */
export interface Question {
  /** `origin`, `nine-columns` ... */
  name: string;
  answers: readonly string[];
  /** What the reader took, and whether the file itself settles it. */
  taken: string;
  certain: boolean;
}

/** A piece of a written file; pieces of one path follow each other and are joined. */
export interface FilePiece {
  /** Path with `/` below the folder that was chosen. For a format of one file it is `''`: the file that was chosen. */
  path: string;
  text: string;
}

/** What a format can say of a segment of sound. */
export interface SpanAbilities {
  text: boolean;
  label: boolean;
  tier: boolean;
  channel: boolean;
  /** Segments of one tier that lie over each other. */
  overlaps: boolean;
  /** Segments without length. */
  moments: boolean;
  /** Notes of why one can be read in two ways. */
  ambiguous: boolean;
  /** Whether times come back to the frame, once the recording is at hand; otherwise to the millisecond. */
  exact: boolean;
}

/** A format in which photos or recordings and their shapes are exchanged. */
export interface AnnotationCodec {
  /** Name of the format in the contract and on the command line: `coco`, `voc`, `yolo` ... */
  format: string;
  /** What it is about. */
  modality: 'image' | 'audio';
  /** `file`: one for everything; `folder`: a file a photo or a recording, perhaps with more beside them. */
  layout: 'file' | 'folder';
  /** Ending of its files, without a dot. */
  ending: string;
  /** Kinds of geometry it can hold as they are, and what else; said by `cli formats` and held to by tests. */
  holds: {
    shapes: readonly Shape['geometry']['type'][];
    attributes: boolean;
    proposals: boolean;
    /** Photos without any shape. */
    emptyItems: boolean;
    /** Sizes of photos; rate and length of recordings. Without them photos and recordings must be at hand. */
    sizes: boolean;
    /** Of segments of sound; left out by formats of pictures. */
    spans?: SpanAbilities;
  };
  /** What may be chosen when writing (`origin`: `one-based`, `zero-based`); the first answer is the usual one. */
  choices: readonly { name: string; answers: readonly string[] }[];
  /** How much a file looks like this format, 0 to 1, from its path and the beginning of its text (at most 64 KiB). */
  likeness(path: string, head: string): number;
  /**
   * Reads a set of files, in order of path. Good rows are taken and bad ones told with file, place and reason.
   * @throws CodecError when nothing of it can be read
   */
  parse(
    files: readonly SourceFile[],
    context: ParseContext,
  ): Promise<ParseResult & { questions?: readonly Question[] }>;
  /** Writes the set; the generator returns the summary. */
  write(source: WriteSource, choices: Readonly<Record<string, string>>): AsyncGenerator<FilePiece, WriteSummary>;
}

/** A file that is not of its format at all. */
export class CodecError extends Error {
  /** Where in the file, as `line 3, column 7`; empty when it is all of it. */
  readonly place: string;
  /** `not-json`, `not-coco` ... */
  readonly problem: string;

  constructor(problem: string, place = '') {
    super(problem);
    this.name = 'CodecError';
    this.place = place;
    this.problem = problem;
  }
}

/** Counts losses by kind. */
export interface LossCounter {
  add(what: LossKind, count?: number): void;
  list(): Loss[];
}

export function createLossCounter(): LossCounter {
  const counts = new Map<LossKind, number>();
  return {
    add: (what, count = 1) => void counts.set(what, (counts.get(what) ?? 0) + count),
    list: () => [...counts].map(([what, count]) => ({ what, count })),
  };
}
