import type { Shape } from '../domain/annotation.ts';
import type { Json } from '../domain/json.ts';

/** Fields of a file that have no place in our own nouns, by their names there; written back on export. */
export type Extra = Record<string, Json>;

/** One photo with its shapes, as formats exchange it. */
export interface ExchangeItem {
  /** Path with `/` below whatever folder the file's reader takes as the root. */
  name: string;
  /** Upright size in pixels; null when it is not known. */
  size: { width: number; height: number } | null;
  /** In drawing order. */
  shapes: readonly Shape[];
  extra: Extra;
}

/** A class as a format lists it. */
export interface ExchangeLabel {
  key: string;
  extra: Extra;
}

/** A row that could not be taken, where it stands in the file and why. Good rows beside it are taken all the same. */
export interface FailedRow {
  /** As `annotations[12]`. */
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
] as const;
export type FailReason = (typeof failReasons)[number];

/** What reading or writing a format leaves behind. */
export const lossKinds = [
  'polygon',
  'mask',
  'keypoints',
  'rotation',
  'field',
  'labels-merged',
  'unlabelled-shape',
  'size-unknown',
  'size-differs',
  'failed-not-listed',
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

/** A file format of annotations. */
export interface Codec {
  /** Name of the format in the contract. */
  format: string;
  /** Ending of its files, without a dot. */
  ending: string;
  /**
   * Reads a whole file.
   * @param newId makes the ids of shapes (UUIDv7)
   * @throws CodecError when nothing of it can be read
   */
  parse(text: string, newId: () => string): ParseResult;
  /** The file's text in pieces; the generator returns the summary. */
  write(source: WriteSource): AsyncGenerator<string, WriteSummary>;
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
