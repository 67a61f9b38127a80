import type { Geometry, Proposal, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import {
  CodecError,
  type ExchangeLabel,
  type Extra,
  type ParseContext,
  type ParsedItem,
  type ParseResult,
  type SourceFile,
} from '../codec.ts';
import { fieldOf, isPlainObject, parseJsonText } from '../json-text.ts';
import { boxBetween, rotatedBoxOf, uprightBoxOf } from './corner-points.codec.ts';
import { maskOfPng } from './png-mask.codec.ts';
import {
  createReading,
  isSide,
  keepExtra,
  named,
  placeOf,
  plainPath,
  type Place,
  putObject,
  readAttributes,
  readModel,
  readName,
  readPoints,
  readRow,
  readScore,
  reasonOf,
  type Reading,
  RowError,
  type Row,
} from './json-objects.codec.ts';

const fileFields = new Set(['flags', 'shapes', 'imagePath', 'imageHeight', 'imageWidth', 'imageData']);
const shapeFields = new Set(['label', 'points', 'shape_type', 'mask', 'flags', 'attributes', 'direction']);
const machineFields = new Set([...shapeFields, 'score', 'model']);
/** The flag under which an object's description is a note of why it can be read in two ways. */
export const ambiguousFlag = 'ambiguous';
/** How far (pixels) four corners may lie from those of a true rectangle: tools write them rounded. */
const cornerSlack = 1;

type Item = ParsedItem & { shapes: Shape[]; proposals: Proposal[] };

/**
 * Reads labelme's files, one a photo. A file that can't be read at all is told and the others go on.
 * @throws CodecError when not one of them is labelme's
 */
export async function readLabelme(files: readonly SourceFile[], context: ParseContext): Promise<ParseResult> {
  const reading = createReading(() => context.newId());
  const items: ParsedItem[] = [];
  const labels = new Map<string, ExchangeLabel>();
  let firstError: CodecError | null = null;
  const own = files.filter(({ path }) => /\.json$/i.test(path) || files.length === 1);
  for (const [i, file] of own.entries()) {
    await context.breathe(i, own.length);
    try {
      const item = await readFile(reading, file, { context, alone: own.length === 1 });
      items.push(item);
      for (const { label } of [...item.shapes, ...(item.proposals ?? [])]) {
        if (label !== null && !labels.has(label)) labels.set(label, { key: label, extra: {} });
      }
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      firstError ??= error;
      reading.failed.push({ where: placeOf(file, error), why: reasonOf(error) });
    }
  }
  if (items.length === 0) throw firstError ?? new CodecError('not-labelme');
  return {
    parsed: { items, labels: [...labels.values()], extra: {} },
    failed: reading.failed,
    loss: reading.loss.list(),
  };
}

async function readFile(
  reading: Reading,
  file: SourceFile,
  { context, alone }: { context: ParseContext; alone: boolean },
): Promise<ParsedItem> {
  const root = parseJsonText(await file.text());
  const shapes = isPlainObject(root) ? fieldOf(root, 'shapes') : undefined;
  const imagePath = isPlainObject(root) ? fieldOf(root, 'imagePath') : undefined;
  if (!isPlainObject(root) || !Array.isArray(shapes) || typeof imagePath !== 'string') {
    throw new CodecError('not-labelme');
  }
  const name = photoName(file.path, imagePath);
  const [width, height] = [fieldOf(root, 'imageWidth'), fieldOf(root, 'imageHeight')];
  const said = isSide(width) && isSide(height) ? { width, height } : null;
  const item: Item = {
    where: file.path,
    name,
    size: said ?? (await context.imageSize(name)),
    shapes: [],
    proposals: [],
    extra: {},
  };
  const extra = keepExtra(reading, root, fileFields);
  readFlags(reading, item, extra, fieldOf(root, 'flags'));
  item.extra = named('labelme', extra);
  shapes.forEach((row, i) => {
    const where = alone ? `shapes[${i}]` : `${file.path}: shapes[${i}]`;
    readRow(reading, where, row, (shape) => readShape(reading, shape, item));
  });
  const { proposals, ...rest } = item;
  return proposals.length > 0 ? item : rest;
}

/** The photo's path: relative to its file, as Windows or others write it. @throws CodecError */
function photoName(path: string, imagePath: string): string {
  const isAbsolute = /^([A-Za-z]:)?[\\/]/.test(imagePath);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  try {
    return readName(plainPath(isAbsolute ? imagePath : folder + imagePath), 4096);
  } catch (error) {
    if (error instanceof RowError) throw new CodecError(error.why, 'imagePath');
    throw error;
  }
}

/** What is flagged of the whole photo is a tag of it; what is flagged as not so is kept for the way back. */
function readFlags(reading: Reading, item: Item, extra: Extra, flags: Json | undefined): void {
  if (!isPlainObject(flags)) return;
  const kept = keepExtra(reading, flags, new Set());
  const off = Object.entries(kept).filter(([, value]) => value !== true);
  if (off.length > 0) extra['flags'] = Object.fromEntries(off);
  for (const [name, value] of Object.entries(kept)) {
    if (value !== true || name === '' || name.length > 200) continue;
    putObject(reading, item, {
      label: name,
      geometry: { type: 'tag' },
      attributes: {},
      score: null,
      model: null,
      extra: {},
    });
  }
}

function readShape(reading: Reading, row: Row, item: Item): void {
  const label = fieldOf(row, 'label') ?? '';
  const score = readScore(row);
  const geometry = readGeometry(row);
  const flags = readAttributes(reading, fieldOf(row, 'flags'));
  const attributes = readAttributes(reading, fieldOf(row, 'attributes'));
  const extra = keepExtra(reading, row, score === null ? shapeFields : machineFields);
  // A line is a path of two points; that it was called a line is kept.
  const type = fieldOf(row, 'shape_type');
  if (type === 'line') extra['shape_type'] = type;
  const note = score === null ? noteOf(flags, extra) : undefined;
  const names = Object.keys(flags);
  if (names.length > 0) extra['flags'] = names;
  putObject(reading, item, {
    label: label === '' ? null : readName(label, 200),
    geometry,
    attributes: { ...flags, ...attributes },
    score,
    model: score === null ? null : readModel(row),
    extra: named('labelme', extra),
    ...(note !== undefined && { ambiguous: note }),
  });
}

/** Takes the note out of what it came as. */
function noteOf(flags: Extra, extra: Extra): string | undefined {
  const { description } = extra;
  if (flags[ambiguousFlag] !== true || typeof description !== 'string') return undefined;
  if (description === '' || description.length > 2000) return undefined;
  delete flags[ambiguousFlag];
  delete extra['description'];
  return description;
}

function exactly(points: Place[], ...counts: number[]): Place[] {
  if (!counts.includes(points.length)) throw new RowError('points-wrong-count');
  return points;
}

function atLeast(points: Place[], count: number): Place[] {
  if (points.length < count) throw new RowError('points-wrong-count');
  return points;
}

const polygon = (outer: Place[]): Geometry => ({ type: 'polygon', parts: [{ outer, holes: [] }] });

function readGeometry(row: Row): Geometry {
  const points = readPoints(fieldOf(row, 'points'));
  switch (fieldOf(row, 'shape_type') ?? 'polygon') {
    case 'rectangle': {
      const [a, b] = exactly(points, 2, 4) as [Place, Place];
      return points.length === 2 ? boxBetween(a, b) : (uprightBoxOf(points) ?? polygon(points));
    }
    case 'oriented_rectangle':
    case 'rotation':
      return rotatedBoxOf(exactly(points, 4), cornerSlack) ?? polygon(points);
    case 'quadrilateral':
      return polygon(exactly(points, 4));
    case 'polygon':
      return polygon(atLeast(points, 3));
    case 'circle': {
      const [[cx, cy], [x, y]] = exactly(points, 2) as [Place, Place];
      const r = Math.hypot(x - cx, y - cy);
      return { type: 'ellipse', cx, cy, rx: r, ry: r, angle: 0 };
    }
    case 'line':
      return { type: 'polyline', points: exactly(points, 2) };
    case 'linestrip':
      return { type: 'polyline', points: atLeast(points, 2) };
    case 'point': {
      const [[x, y]] = exactly(points, 1) as [Place];
      return { type: 'point', x, y };
    }
    case 'mask': {
      const [[ax, ay], [bx, by]] = exactly(points, 2) as [Place, Place];
      const mask = fieldOf(row, 'mask');
      if (typeof mask !== 'string') throw new RowError('mask-unreadable');
      return maskOfPng(mask, Math.round(Math.min(ax, bx)), Math.round(Math.min(ay, by)));
    }
    default:
      throw new RowError('shape-type-unknown');
  }
}
