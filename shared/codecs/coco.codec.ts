import type { Shape, ShapeId } from '../domain/annotation.ts';
import type { Json } from '../domain/json.ts';
import { boundsOf } from '../geometry/bounds.ts';
import {
  type Codec,
  CodecError,
  createLossCounter,
  type ExchangeItem,
  type ExchangeLabel,
  type Extra,
  type FailedRow,
  type FailReason,
  type LossCounter,
  type ParsedItem,
  type ParseResult,
  type WriteSource,
  type WriteSummary,
} from './codec.ts';
import { extraFields, fieldOf, isPlainObject, parseJsonText } from './json-text.ts';

/**
 * COCO JSON (object detection). `bbox` is [x, y, width, height] in pixels from the top left corner, 0-based continuous edges: as ours, so
 * numbers pass unchanged in both directions.
 *
 * Ids of categories, images and annotations are kept and written back where they are unique. Polygons, masks and keypoints are not
 * held yet and counted as loss; a polygon without a box gives its bounds. `area` is written as that of the box.
 */
export const cocoCodec: Codec = { format: 'coco', ending: 'json', parse, write };

/** Where a shape keeps what its COCO annotation said beyond box, class and attributes. */
const extraKey = 'coco';
/** Coordinates beyond this are a mistake: no photo is a thousandth of it wide. */
const maxCoordinate = 10_000_000;
const maxLabelLength = 200;

const setFields = new Set(['images', 'annotations', 'categories']);
const categoryFields = new Set(['name']);
const imageFields = new Set(['file_name', 'width', 'height']);
const annotationFields = new Set([
  'image_id',
  'category_id',
  'bbox',
  'area',
  'segmentation',
  'keypoints',
  'num_keypoints',
  'attributes',
]);

type Row = { [key: string]: Json };
type Id = string | number;

/** Thrown inside a row to give it up. */
class RowError extends Error {
  readonly why: FailReason;
  constructor(why: FailReason) {
    super(why);
    this.why = why;
  }
}

interface Reading {
  newId: () => string;
  failed: FailedRow[];
  loss: LossCounter;
}

function parse(text: string, newId: () => string): ParseResult {
  const root = parseJsonText(text);
  if (!isPlainObject(root)) throw new CodecError('not-coco');
  const images = fieldOf(root, 'images');
  const annotations = fieldOf(root, 'annotations') ?? [];
  const categories = fieldOf(root, 'categories') ?? [];
  if (!Array.isArray(images) || !Array.isArray(annotations) || !Array.isArray(categories)) {
    throw new CodecError('not-coco');
  }
  const reading: Reading = { newId, failed: [], loss: createLossCounter() };
  const { labels, keyById } = readCategories(reading, categories);
  const { items, itemById } = readImages(reading, images);
  eachRow(reading, 'annotations', annotations, (row) => {
    const item = itemById.get(idKey(row, 'image_id'));
    if (item === undefined) throw new RowError('unknown-image');
    item.shapes.push(readShape(reading, row, keyById));
  });
  const extra = keepExtra(reading, root, setFields);
  return { parsed: { items, labels, extra }, failed: reading.failed, loss: reading.loss.list() };
}

/** Reads rows one by one; one that can't be taken is told with its place and the others go on. */
function eachRow(
  reading: Reading,
  section: string,
  rows: readonly Json[],
  read: (row: Row, where: string) => void,
): void {
  rows.forEach((row, i) => {
    const where = `${section}[${i}]`;
    try {
      if (!isPlainObject(row)) throw new RowError('not-an-object');
      read(row, where);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      reading.failed.push({ where, why: error.why });
    }
  });
}

/** An id as a key that tells 1 from "1". */
function idKey(row: Row, field: string): string {
  const id = fieldOf(row, field);
  if (typeof id !== 'string' && !(typeof id === 'number' && Number.isSafeInteger(id))) throw new RowError('id-missing');
  return JSON.stringify(id);
}

function readName(row: Row, field: string, maxLength: number): string {
  const name = fieldOf(row, field);
  if (typeof name !== 'string' || name === '') throw new RowError('name-missing');
  if (name.length > maxLength) throw new RowError('name-too-long');
  if (!name.isWellFormed()) throw new RowError('name-not-unicode');
  return name;
}

function keepExtra(reading: Reading, row: Row, known: ReadonlySet<string>): Extra {
  const { extra, dropped } = extraFields(row, known);
  if (dropped > 0) reading.loss.add('field', dropped);
  return extra;
}

function readCategories(reading: Reading, rows: readonly Json[]) {
  const labels: ExchangeLabel[] = [];
  const keyById = new Map<string, string>();
  const names = new Set<string>();
  eachRow(reading, 'categories', rows, (row) => {
    const id = idKey(row, 'id');
    const key = readName(row, 'name', maxLabelLength);
    if (keyById.has(id)) throw new RowError('id-repeated');
    keyById.set(id, key);
    if (names.has(key)) return reading.loss.add('labels-merged');
    names.add(key);
    labels.push({ key, extra: keepExtra(reading, row, categoryFields) });
  });
  return { labels, keyById };
}

function readImages(reading: Reading, rows: readonly Json[]) {
  type Filling = ParsedItem & { shapes: Shape[] };
  const items: Filling[] = [];
  const itemById = new Map<string, Filling>();
  eachRow(reading, 'images', rows, (row, where) => {
    const id = idKey(row, 'id');
    if (itemById.has(id)) throw new RowError('id-repeated');
    const name = readName(row, 'file_name', 4096)
      .replaceAll('\\', '/')
      .replace(/^(\.{0,2}\/)+/, '');
    const item = { where, name, size: readSize(row), shapes: [], extra: keepExtra(reading, row, imageFields) };
    itemById.set(id, item);
    items.push(item);
  });
  return { items, itemById };
}

function readSize(row: Row): ExchangeItem['size'] {
  const [width, height] = [fieldOf(row, 'width'), fieldOf(row, 'height')];
  const isSide = (side: Json | undefined): side is number =>
    typeof side === 'number' && Number.isInteger(side) && side > 0 && side <= maxCoordinate;
  return isSide(width) && isSide(height) ? { width, height } : null;
}

function readShape(reading: Reading, row: Row, keyById: ReadonlyMap<string, string>): Shape {
  const category = fieldOf(row, 'category_id') ?? null;
  const label = category === null ? null : keyById.get(idKey(row, 'category_id'));
  if (label === undefined) throw new RowError('unknown-category');
  const [x, y, w, h] = readBox(row);
  countUnheld(reading, row);
  const extra = keepExtra(reading, row, annotationFields);
  return {
    id: reading.newId() as ShapeId,
    label,
    geometry: { type: 'box', x, y, w, h },
    attributes: readAttributes(reading, row),
    // A score is what a detector gives its own proposal.
    origin: typeof fieldOf(row, 'score') === 'number' ? 'machine' : 'imported',
    ...(Object.keys(extra).length > 0 && { extra: { [extraKey]: extra } }),
  };
}

type Box = readonly [x: number, y: number, w: number, h: number];

function readBox(row: Row): Box {
  const bbox = fieldOf(row, 'bbox') ?? [];
  if (!Array.isArray(bbox)) throw new RowError('box-not-four-numbers');
  const box = bbox.length === 0 ? boundsOfPolygons(fieldOf(row, 'segmentation')) : bbox;
  // JSON has no infinity, but `1e999` reads as one, and null stands where NaN was.
  if (box.some((n) => n === null || n === Infinity || n === -Infinity)) throw new RowError('box-not-finite');
  if (box.length !== 4 || !box.every((n) => typeof n === 'number')) throw new RowError('box-not-four-numbers');
  const [x, y, w, h] = box as unknown as Box;
  if (w < 0 || h < 0) throw new RowError('box-negative');
  if (box.some((n) => Math.abs(n) > maxCoordinate)) throw new RowError('box-out-of-range');
  return [x, y, w, h];
}

/** The bounds of polygons `[[x1, y1, x2, y2 ...] ...]`. */
function boundsOfPolygons(segmentation: Json | undefined): number[] {
  if (!Array.isArray(segmentation)) throw new RowError('no-box');
  const numbers = segmentation.flatMap((ring) => (Array.isArray(ring) ? ring : []));
  if (numbers.length < 2 || !numbers.every((n) => typeof n === 'number')) throw new RowError('no-box');
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  numbers.forEach((n, i) => {
    if (i % 2 === 0) [left, right] = [Math.min(left, n), Math.max(right, n)];
    else [top, bottom] = [Math.min(top, n), Math.max(bottom, n)];
  });
  return [left, top, right - left, bottom - top];
}

/** Counts what an annotation says that a box can't. */
function countUnheld({ loss }: Reading, row: Row): void {
  const segmentation = fieldOf(row, 'segmentation');
  if (Array.isArray(segmentation) && segmentation.length > 0) loss.add('polygon');
  else if (isPlainObject(segmentation)) loss.add('mask');
  const keypoints = fieldOf(row, 'keypoints');
  if (Array.isArray(keypoints) && keypoints.some((n) => n !== 0)) loss.add('keypoints');
}

function readAttributes(reading: Reading, row: Row): Extra {
  const attributes = fieldOf(row, 'attributes');
  if (!isPlainObject(attributes)) return {};
  // Boxes turned by another tool stay as they are, unturned, and it is said so.
  const rotation = fieldOf(attributes, 'rotation');
  if (typeof rotation === 'number' && rotation % 360 !== 0) reading.loss.add('rotation');
  return keepExtra(reading, attributes, new Set());
}

/** Ids from here on are kept, but new ones are not counted on from them: above 2^53 numbers are no longer told apart. */
const roomAbove = 2 ** 52;

/** Gives out ids that were kept where they are free, and new ones above all of them. */
function createIdGiver() {
  const given = new Set<string>();
  let highest = 0;
  return {
    /** Must be told every kept id before the first is given. */
    reserve(kept: Json | undefined): void {
      if (typeof kept === 'number' && Number.isSafeInteger(kept) && kept < roomAbove) highest = Math.max(highest, kept);
    },
    give(kept: Json | undefined): Id {
      const usable = (typeof kept === 'number' && Number.isSafeInteger(kept)) || typeof kept === 'string';
      const id: Id = usable && !given.has(JSON.stringify(kept)) ? kept : ++highest;
      given.add(JSON.stringify(id));
      return id;
    },
  };
}

const cocoExtra = (shape: Shape): Extra => {
  const extra = shape.extra?.[extraKey];
  return isPlainObject(extra) ? extra : {};
};

/** An object with its id first and what was kept of it last; what is known wins. */
function withExtra(id: Id, known: Row, extra: Extra): string {
  return JSON.stringify(
    Object.fromEntries([
      ['id', id],
      ...Object.entries({ ...known, ...extra, ...known }).filter(([name]) => name !== 'id'),
    ]),
  );
}

function* list(lines: Iterable<string>): Generator<string> {
  let separator = '\n';
  for (const line of lines) {
    yield separator + line;
    separator = ',\n';
  }
}

async function* write(source: WriteSource): AsyncGenerator<string, WriteSummary> {
  const loss = createLossCounter();
  const { info = {}, licenses = [], ...extra } = source.extra;
  yield `{"info":${JSON.stringify(info)},"licenses":${JSON.stringify(licenses)}`;
  for (const [name, value] of Object.entries(extra)) yield `,${JSON.stringify(name)}:${JSON.stringify(value)}`;

  const categories = createIdGiver();
  source.labels.forEach((label) => categories.reserve(label.extra['id']));
  const categoryIds = new Map(source.labels.map(({ key, extra: kept }) => [key, categories.give(kept['id'])]));
  yield ',"categories":[';
  yield* list(source.labels.map(({ key, extra: kept }) => withExtra(categoryIds.get(key)!, { name: key }, kept)));

  // Photos are listed before annotations and their new ids lie above all kept ones, so everything is seen once before.
  const images = createIdGiver();
  const annotations = createIdGiver();
  const seen: Omit<ExchangeItem, 'shapes'>[] = [];
  for await (const { name, size, extra: kept, shapes } of source.items()) {
    seen.push({ name, size, extra: kept });
    images.reserve(kept['id']);
    for (const shape of shapes) annotations.reserve(cocoExtra(shape)['id']);
  }
  const imageIds = seen.map((item) => images.give(item.extra['id']));
  yield '\n],"images":[';
  yield* list(seen.map((item, i) => imageRow(imageIds[i]!, item, loss)));

  yield '\n],"annotations":[';
  let at = 0;
  let objects = 0;
  for await (const item of source.items()) {
    const imageId = imageIds[at++];
    if (imageId === undefined) break;
    for (const shape of item.shapes) {
      const categoryId = shape.label === null ? undefined : categoryIds.get(shape.label);
      if (categoryId === undefined) {
        loss.add('unlabelled-shape');
        continue;
      }
      const row = annotationRow(annotations.give(cocoExtra(shape)['id']), imageId, categoryId, shape);
      yield `${objects === 0 ? '\n' : ',\n'}${row}`;
      objects += 1;
    }
  }
  yield '\n]}\n';
  return { items: seen.length, objects, loss: loss.list() };
}

function imageRow(id: Id, item: Omit<ExchangeItem, 'shapes'>, loss: LossCounter): string {
  if (item.size === null) loss.add('size-unknown');
  return withExtra(id, { file_name: item.name, ...item.size }, item.extra);
}

function annotationRow(id: Id, imageId: Id, categoryId: Id, shape: Shape): string {
  const { x, y, w, h } = boundsOf(shape.geometry) ?? { x: 0, y: 0, w: 0, h: 0 };
  const known: Row = { image_id: imageId, category_id: categoryId, bbox: [x, y, w, h], area: w * h, segmentation: [] };
  if (Object.keys(shape.attributes).length > 0) known['attributes'] = shape.attributes;
  return withExtra(id, known, { iscrowd: 0, ...cocoExtra(shape) });
}
