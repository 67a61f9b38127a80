import type { Proposal, Shape, ShapeId } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import {
  type CodecError,
  createLossCounter,
  type Extra,
  type FailedRow,
  type FailReason,
  failReasons,
  type LossCounter,
  type SourceFile,
} from '../codec.ts';
import { extraFields, fieldOf, isPlainObject } from '../json-text.ts';

/** An object of a file, whose fields are asked for by `fieldOf` alone. */
export type Row = { [key: string]: Json };

/** Coordinates beyond this are a mistake: no photo is a thousandth of it wide. */
const maxCoordinate = 10_000_000;
const maxPoints = 100_000;
/** Failures told one by one: a file of nothing else must not fill the memory with them. */
const maxFailed = 10_000;

/** Thrown inside a row to give it up. */
export class RowError extends Error {
  readonly why: FailReason;
  constructor(why: FailReason) {
    super(why);
    this.why = why;
  }
}

/** What gathers while a file is read. */
export interface Reading {
  newId: () => string;
  failed: FailedRow[];
  loss: LossCounter;
}

export const createReading = (newId: () => string): Reading => ({ newId, failed: [], loss: createLossCounter() });

/** Reads a row; one that can't be taken is told with its place. */
export function readRow(reading: Reading, where: string, row: Json, read: (row: Row) => void): void {
  try {
    if (!isPlainObject(row)) throw new RowError('not-an-object');
    read(row);
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    if (reading.failed.length < maxFailed) reading.failed.push({ where, why: error.why });
    else reading.loss.add('failed-not-listed');
  }
}

/** A name that can be kept: not empty, of whole characters. @throws RowError */
export function readName(name: Json | undefined, maxLength: number): string {
  if (typeof name !== 'string' || name === '') throw new RowError('name-missing');
  if (name.length > maxLength) throw new RowError('name-too-long');
  if (!name.isWellFormed()) throw new RowError('name-not-unicode');
  return name;
}

/** What is kept under a format's name, so that it goes back into this format and no other; nothing where there is nothing. */
export const named = (format: string, extra: Extra): Extra =>
  Object.keys(extra).length > 0 ? { [format]: extra } : {};

/** Counts what other formats kept here: there is no room for it. */
export function countForeign(loss: LossCounter, kept: Extra | undefined, format: string): void {
  const foreign = Object.keys(kept ?? {}).filter((name) => name !== format).length;
  if (foreign > 0) loss.add('field', foreign);
}

/** The fields of a row beside the known ones; what can't be kept is counted. */
export function keepExtra(reading: Reading, row: Row, known: ReadonlySet<string>): Extra {
  const { extra, dropped } = extraFields(row, known);
  if (dropped > 0) reading.loss.add('field', dropped);
  return extra;
}

/** Whole pixels of a photo's side. */
export function isSide(side: Json | undefined): side is number {
  return typeof side === 'number' && Number.isInteger(side) && side > 0 && side <= maxCoordinate;
}

/** A coordinate. @throws RowError */
export function readCoordinate(n: Json | undefined): number {
  // JSON has no infinity, but `1e999` reads as one, and null stands where NaN was.
  if (n === null || n === Infinity || n === -Infinity) throw new RowError('number-not-finite');
  if (typeof n !== 'number') throw new RowError('field-wrong');
  if (Math.abs(n) > maxCoordinate) throw new RowError('number-out-of-range');
  return n;
}

export type Place = [x: number, y: number];

/** Points as `[x1, y1, x2, y2 ...]`. @throws RowError */
export function readFlatPoints(numbers: Json): Place[] {
  if (!Array.isArray(numbers)) throw new RowError('field-wrong');
  if (numbers.length % 2 !== 0) throw new RowError('points-wrong-count');
  if (numbers.length > 2 * maxPoints) throw new RowError('too-many-points');
  const points: Place[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    points.push([readCoordinate(numbers[i]), readCoordinate(numbers[i + 1])]);
  }
  return points;
}

/** Points as `[[x1, y1] ...]`. @throws RowError */
export function readPoints(points: Json | undefined): Place[] {
  if (!Array.isArray(points)) throw new RowError('field-wrong');
  if (points.length > maxPoints) throw new RowError('too-many-points');
  return points.map((point) => {
    if (!Array.isArray(point) || point.length !== 2) throw new RowError('points-wrong-count');
    return [readCoordinate(point[0]), readCoordinate(point[1])];
  });
}

/** How sure a machine was, where the row says so by a number. @throws RowError */
export function readScore(row: Row): number | null {
  const score = fieldOf(row, 'score');
  if (typeof score !== 'number') return null;
  if (!(score >= 0 && score <= 1)) throw new RowError('number-out-of-range');
  return score;
}

/** Which model made it, in the words of the file. */
export function readModel(row: Row): string | null {
  const model = fieldOf(row, 'model');
  return typeof model === 'string' && model.isWellFormed() ? model.slice(0, 200) : null;
}

/** What a row says of one object, before it is known whether a person or a machine said it. */
export interface ReadObject extends Pick<Shape, 'label' | 'geometry' | 'attributes'> {
  score: number | null;
  model: string | null;
  /** What is kept of it, below the format's name. */
  extra: Extra;
  /** Why it can be read in two ways; a proposal has no such note. */
  ambiguous?: string;
}

/** Puts an object among the shapes or, where a machine gave it a score, among the proposals. */
export function putObject(
  reading: Reading,
  item: { shapes: Shape[]; proposals: Proposal[] },
  { score, model, extra, ambiguous, ...said }: ReadObject,
): Shape | Proposal {
  const id = reading.newId() as ShapeId;
  const kept = Object.keys(extra).length > 0 && { extra };
  if (score !== null) {
    const proposal: Proposal = { id, ...said, score, model, ...kept };
    item.proposals.push(proposal);
    return proposal;
  }
  const note = ambiguous !== undefined && { ambiguous };
  const shape: Shape = { id, ...said, origin: 'imported', ...note, ...kept };
  item.shapes.push(shape);
  return shape;
}

/** Attributes as names and values; what can't be kept is counted. */
export function readAttributes(reading: Reading, value: Json | undefined, but: ReadonlySet<string> = new Set()): Extra {
  return isPlainObject(value) ? keepExtra(reading, value, but) : {};
}

/** What was kept for the way back into a format. */
export function keptOf(of: { extra?: Extra | undefined }, format: string): Extra {
  const kept = of.extra !== undefined && Object.hasOwn(of.extra, format) ? of.extra[format] : undefined;
  return isPlainObject(kept) ? kept : {};
}

/** A path as a file names it: `/` between its parts, without drive, `./` or a leading `/`, `..` resolved where it can be. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:\//, '')
    .split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Where a file failed as a whole. */
export const placeOf = (file: SourceFile, { place }: CodecError) =>
  place === '' ? file.path : `${file.path}: ${place}`;

/** Why a file failed as a whole, as the reason of one row among others. */
export function reasonOf({ problem }: CodecError): FailReason {
  return failReasons.find((why) => why === problem) ?? 'not-this-format';
}
