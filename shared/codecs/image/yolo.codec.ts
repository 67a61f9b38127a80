import { stringify as yamlText } from 'yaml';
import type { Proposal, Shape, ShapeId } from '../../domain/annotation.ts';
import {
  CodecError,
  createLossCounter,
  type ExchangeItem,
  type FailReason,
  type FilePiece,
  type AnnotationCodec,
  type LossCounter,
  type ParseContext,
  type ParsedItem,
  type Question,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { claimPath, createPathClaims } from './file-paths.codec.ts';
import { keptOf } from './json-objects.codec.ts';
import { createPhotoFinder, createReading, foreignFields, photoPath, type Reading } from './row-reading.codec.ts';
import {
  classesFor,
  classIds,
  declareClasses,
  labelPath,
  photoStem,
  sortFiles,
  tailOf,
  type YoloFiles,
} from './yolo-layout.codec.ts';
import {
  type FourCorners,
  geometryOfRow,
  isRectangle,
  readRow,
  rowsOf,
  type YoloKind,
  type YoloRow,
} from './yolo-rows.codec.ts';

/**
 * YOLO: a text file a photo, a row an object, all numbers as shares of the photo's width and height, so photos must be at hand. The three
 * formats are read alike, by the count of columns; four corners are a turned box or an outline, which only the owner of the files knows.
 *
 * Classes are numbers whose names stand in `data.yaml`, `classes.txt` or `*.names`; their order is kept and written back. Rows with a
 * score are a machine's proposals.
 */
export const yoloCodec: AnnotationCodec = yolo('yolo', 'detect', ['box']);
export const yoloSegmentCodec: AnnotationCodec = yolo('yolo-segment', 'segment', ['polygon']);
export const yoloObbCodec: AnnotationCodec = yolo('yolo-obb', 'obb', ['box', 'rotated-box']);

function yolo(format: string, kind: YoloKind, shapes: AnnotationCodec['holds']['shapes']): AnnotationCodec {
  return {
    format,
    modality: 'image',
    layout: 'folder',
    ending: 'txt',
    holds: { shapes, attributes: false, proposals: false, emptyItems: true, sizes: false },
    choices: [],
    likeness: (path, head) => likeness(kind, path, head),
    parse: (files, context) => parse(kind, files, context),
    write: (source) => write(kind, source),
  };
}

function likeness(kind: YoloKind, path: string, head: string): number {
  if (/\.ya?ml$/i.test(path)) return /^\s*names\s*:/m.test(head) ? 0.6 : 0;
  if (!path.toLowerCase().endsWith('.txt')) return 0;
  // The last line may be cut off.
  const lines = head.split(/\r\n|\r|\n/).slice(0, head.length < 65_536 ? 50 : -1);
  const counts = lines.flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    return columns[0] === ''
      ? []
      : columns.every((column) => /^-?[\d.]+(?:e[+-]?\d+)?$/i.test(column))
        ? columns.length
        : 0;
  });
  if (counts.length === 0) return /(?:^|\/)labels\//.test(path) ? 0.3 : 0.1;
  const share = counts.filter((count) => fits(kind, count)).length / counts.length;
  return 0.9 * share + (kind === 'detect' ? 0.05 * (counts.filter((count) => count >= 5).length / counts.length) : 0);
}

function fits(kind: YoloKind, columns: number): boolean {
  if (kind === 'detect') return columns === 5 || columns === 6;
  if (kind === 'obb') return columns === 9 || columns === 10;
  return columns >= 7 && columns !== 9 && columns !== 10;
}

/** A photo with its rows, before it is known what four corners are. */
interface Filling {
  item: Omit<ParsedItem, 'shapes'>;
  rows: { where: string; label: string; row: YoloRow }[];
}

async function parse(kind: YoloKind, files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const sorted = await sortFiles(reading, files);
  const keysOf = createKeys(reading, sorted);
  const findPhoto = createPhotoFinder(context);
  const found: Filling[] = [];
  for (const [i, file] of sorted.labels.entries()) {
    const filling = await readFile(reading, sorted, file, keysOf, findPhoto);
    if (filling !== null) found.push(filling);
    await context.breathe(i + 1, sorted.labels.length);
  }
  if (sorted.labels.length === 0 && sorted.classes.size === 0) throw new CodecError('not-this-format');
  keysOf.finish();
  for (const [, photo] of sorted.listed) {
    // A photo that is listed and has no labels is one without objects.
    const name = reading.attempt(photo, () => photoPath(photo));
    if (name !== undefined)
      found.push({ item: { where: photo, name, size: await context.imageSize(name), extra: {} }, rows: [] });
  }
  const question = cornersQuestion(kind, found, context.answers['four-corners']);
  const items = found.map((filling) => finishItem(reading, filling, question?.taken as FourCorners));
  const extra = Object.keys(sorted.extra).length === 0 ? {} : { yolo: sorted.extra };
  return { ...reading.result(items, extra), questions: question === null ? [] : [question] };
}

/** Names of classes by the file that uses them. */
function createKeys(reading: Reading, sorted: YoloFiles) {
  const taken = new Map<Map<number, string>, Map<number, string>>();
  for (const [folder, classes] of sorted.classes) taken.set(classes, declareClasses(reading, folder, classes));
  const unnamed = new Set<number>();
  return {
    /** The class of a number; undefined when the file's classes have none. */
    find(path: string, id: number): string | undefined {
      const classes = classesFor(sorted.classes, path);
      if (classes !== null) return taken.get(classes)!.get(id);
      unnamed.add(id);
      return String(id);
    },
    /** Declares classes that have only numbers, in their order. */
    finish: () => void declareClasses(reading, '', new Map([...unnamed].map((id) => [id, String(id)]))),
  };
}

async function readFile(
  reading: Reading,
  sorted: YoloFiles,
  file: SourceFile,
  keys: ReturnType<typeof createKeys>,
  findPhoto: ReturnType<typeof createPhotoFinder>,
): Promise<Filling | null> {
  let text: string;
  try {
    text = await file.text();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    reading.fail(file.path, error.problem as FailReason);
    return null;
  }
  const photo = await photoOf(reading, sorted, file.path, findPhoto);
  if (photo === null) return null;
  const rows: Filling['rows'] = [];
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const where = `${file.path}:${i + 1}`;
    const row = reading.attempt(where, () => readRow(line));
    if (row === undefined) continue;
    const label = keys.find(file.path, row.id);
    if (label === undefined) reading.fail(where, 'class-out-of-range');
    else rows.push({ where, label, row });
  }
  return { item: { where: file.path, ...photo, extra: {} }, rows };
}

/** The photo that a file of labels belongs to; null when it can't be found and so has no size, which is told. */
async function photoOf(
  reading: Reading,
  sorted: YoloFiles,
  path: string,
  findPhoto: ReturnType<typeof createPhotoFinder>,
): Promise<Pick<ExchangeItem, 'name' | 'size'> | null> {
  const stem = photoStem(path);
  const tail = tailOf(path.slice(0, -'.txt'.length));
  const listed = sorted.listed.get(tail);
  if (listed !== undefined) {
    sorted.listed.delete(tail);
    const name = reading.attempt(path, () => photoPath(listed));
    const size = name === undefined ? null : await reading.context.imageSize(name);
    if (size !== null) return { name: name!, size };
  }
  let photo = await findPhoto(stem);
  const base = stem.slice(stem.lastIndexOf('/') + 1);
  if (photo === null && base !== stem) {
    photo = await findPhoto(base);
    if (photo !== null) photo = { ...photo, name: stem + photo.name.slice(base.length) };
  }
  if (photo === null) reading.fail(path, 'size-missing');
  return photo;
}

/** Asked where a row has four corners; outlines with other counts in the same set settle it. */
function cornersQuestion(kind: YoloKind, found: readonly Filling[], answer: string | undefined): Question | null {
  let [others, four, rectangles] = [0, 0, 0];
  for (const { item, rows } of found) {
    for (const { row } of rows) {
      if (row.numbers.length === 8) {
        four += 1;
        rectangles += Number(isRectangle(row, item.size!));
      } else if (row.numbers.length > 4) others += 1;
    }
  }
  if (four === 0) return null;
  const answers: FourCorners[] = ['turned-box', 'outline'];
  const looksTurned = others === 0 && (kind === 'obb' || (kind === 'detect' && rectangles === four));
  return {
    name: 'four-corners',
    answers,
    taken: answers.find((one) => one === answer) ?? (looksTurned ? 'turned-box' : 'outline'),
    certain: others > 0,
  };
}

function finishItem(reading: Reading, { item, rows }: Filling, four: FourCorners): ParsedItem {
  const shapes: Shape[] = [];
  const proposals: Proposal[] = [];
  for (const { where, label, row } of rows) {
    const geometry = reading.attempt(where, () => geometryOfRow(row, item.size!, four, reading.loss));
    if (geometry === undefined) continue;
    const said = { id: reading.context.newId() as ShapeId, label, geometry, attributes: {} };
    if (row.score === null) shapes.push({ ...said, origin: 'imported' });
    else proposals.push({ ...said, score: row.score, model: null });
  }
  return { ...item, shapes, ...(proposals.length > 0 && { proposals }) };
}

async function* write(kind: YoloKind, source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  const ids = classIds(source.labels);
  yield { path: 'data.yaml', text: dataFile(source, ids) };
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const path = claimPath(claims, labelPath(item.name));
    if (path === null) loss.add('name-clash');
    if (item.size === null) loss.add('size-unknown');
    if (path === null || item.size === null) {
      for (const { geometry } of item.shapes) loss.add(`left-out-${geometry.type}`);
      continue;
    }
    const lines = item.shapes.flatMap((shape) => shapeLines(kind, shape, item.size!, ids, loss));
    countUnheld(item, loss);
    items += 1;
    objects += lines.length;
    yield { path, text: lines.map((line) => `${line}\n`).join('') };
  }
  return { items, objects, loss: loss.list() };
}

function dataFile(source: WriteSource, ids: ReadonlyMap<string, number>): string {
  const { path = '.', train = 'images', val = 'images', ...rest } = keptOf(source, 'yolo');
  const names = [...ids].sort(([, a], [, b]) => a - b).map(([key, id]) => `  ${id}: ${quoted(key)}\n`);
  // By the rules of YAML 1.1, which Python reads: there `yes` and `on` need quotes.
  const head = yamlText({ path, train, val, ...rest }, { lineWidth: 0, version: '1.1' });
  return `${head}names:${names.length === 0 ? ' {}\n' : `\n${names.join('')}`}`;
}

/** Text as YAML and JSON both quote it, without characters that either takes for a line break. */
function quoted(text: string): string {
  const unsafe = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
  return JSON.stringify(text).replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function shapeLines(
  kind: YoloKind,
  shape: Shape,
  size: NonNullable<ExchangeItem['size']>,
  ids: ReadonlyMap<string, number>,
  loss: LossCounter,
) {
  const id = shape.label === null ? undefined : ids.get(shape.label);
  if (id === undefined) {
    loss.add('unlabelled-shape');
    return [];
  }
  const rows = rowsOf(kind, shape.geometry, size, loss);
  if (rows.length === 0) return [];
  const attributes = Object.keys(shape.attributes).length;
  if (attributes > 0) loss.add('attribute', attributes);
  if (shape.ambiguous !== undefined) loss.add('ambiguous');
  const foreign = foreignFields(shape.extra, 'yolo');
  if (foreign > 0) loss.add('field', foreign);
  return rows.map((row) => `${id} ${row}`);
}

function countUnheld(item: ExchangeItem, loss: LossCounter): void {
  const fields = foreignFields(item.extra, 'yolo');
  if (fields > 0) loss.add('field', fields);
  if (item.proposals !== undefined && item.proposals.length > 0) loss.add('proposal', item.proposals.length);
}
