import type { Json } from '../../domain/json.ts';
import {
  createLossCounter,
  type ExchangeLabel,
  type Extra,
  type FailedRow,
  type FailReason,
  type LossCounter,
  type ParseContext,
  type ParseResult,
} from '../codec.ts';
import { plainPath, RowError } from './json-objects.codec.ts';

/** Coordinates beyond this are a mistake: no photo is a thousandth of it wide. */
const maxCoordinate = 10_000_000;
const maxLabelLength = 200;
const maxNameLength = 4096;
/** Failures that are listed one by one; a file of nothing but bad rows must not fill the memory with them. */
const maxListed = 10_000;

/** What a reader gathers on its way beside shapes. */
export interface Reading {
  context: ParseContext;
  loss: LossCounter;
  labels: LabelList;
  fail(where: string, why: FailReason): void;
  /** Reads one row; undefined when it was given up, which is told with its place. */
  attempt<T>(where: string, read: () => T): T | undefined;
  result(items: ParseResult['parsed']['items'], extra: Extra): ParseResult;
}

/** Classes in the order in which a file names them. */
export interface LabelList {
  /** Takes a class that a file declares; false when there is one of that key already. */
  declare(label: ExchangeLabel): boolean;
  /** Takes a class that a shape has, declared or not. */
  meet(key: string): void;
  find(key: string): ExchangeLabel | undefined;
}

export function createReading(context: ParseContext): Reading {
  const failed: FailedRow[] = [];
  const loss = createLossCounter();
  const byKey = new Map<string, ExchangeLabel>();
  const fail = (where: string, why: FailReason) => {
    if (failed.length < maxListed) failed.push({ where, why });
    else loss.add('failed-not-listed');
  };
  return {
    context,
    loss,
    labels: {
      declare(label) {
        if (byKey.has(label.key)) return false;
        byKey.set(label.key, label);
        return true;
      },
      meet: (key) => void (byKey.has(key) || byKey.set(key, { key, extra: {} })),
      find: (key) => byKey.get(key),
    },
    fail,
    attempt(where, read) {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof RowError)) throw error;
        fail(where, error.why);
        return undefined;
      }
    },
    result: (items, extra) => ({
      parsed: { items, labels: [...byKey.values()], extra },
      failed,
      loss: loss.list(),
    }),
  };
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number as text formats write it: neither hexadecimal nor empty. @throws RowError */
export function readNumber(text: string | undefined): number {
  const bare = text?.trim() ?? '';
  if (bare === '') throw new RowError('field-wrong');
  if (/^[+-]?(?:nan|inf|infinity)$/i.test(bare)) throw new RowError('number-not-finite');
  if (bare.length > 400 || !decimal.test(bare)) throw new RowError('field-wrong');
  return checkNumber(Number(bare));
}

/** @throws RowError for what is no coordinate */
export function checkNumber(value: Json | undefined): number {
  if (typeof value !== 'number') throw new RowError(value === null ? 'number-not-finite' : 'field-wrong');
  if (!Number.isFinite(value)) throw new RowError('number-not-finite');
  if (Math.abs(value) > maxCoordinate) throw new RowError('number-out-of-range');
  return value;
}

/** The name of a class. @throws RowError */
export function readLabel(text: string | undefined): string {
  if (text === undefined || text === '') throw new RowError('label-missing');
  if (text.length > maxLabelLength) throw new RowError('name-too-long');
  if (!text.isWellFormed()) throw new RowError('name-not-unicode');
  return text;
}

/** A photo's path with `/`, without what leads out of a folder. @throws RowError */
export function photoPath(raw: string): string {
  const path = plainPath(raw);
  if (path === '') throw new RowError('name-missing');
  if (path.length > maxNameLength) throw new RowError('name-too-long');
  if (!path.isWellFormed()) throw new RowError('name-not-unicode');
  return path;
}

/** A path without the ending of its file name. */
export function withoutEnding(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/** Endings to look for where a file says a photo's name without one, the most usual first. */
const photoEndings = [
  'jpg',
  'png',
  'jpeg',
  'JPG',
  'PNG',
  'JPEG',
  'webp',
  'bmp',
  'tif',
  'tiff',
  'TIF',
  'BMP',
  'gif',
  'avif',
];

/** Finds photos by names without an ending; what was right once is tried first. */
export function createPhotoFinder(context: ParseContext) {
  let endings = photoEndings;
  return async (stem: string): Promise<{ name: string; size: { width: number; height: number } } | null> => {
    for (const ending of endings) {
      const name = `${stem}.${ending}`;
      const size = await context.imageSize(name);
      if (size === null) continue;
      if (endings[0] !== ending) endings = [ending, ...photoEndings.filter((other) => other !== ending)];
      return { name, size };
    }
    return null;
  };
}

/** How many fields other formats left, for which this one has no room. */
export function foreignFields(extra: Extra | undefined, format: string): number {
  if (extra === undefined) return 0;
  return Object.keys(extra).length - Number(Object.hasOwn(extra, format));
}
