import type { Geometry, PolygonGeometry, Proposal, RotatedBoxGeometry, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { normalAngle } from '../../geometry/points.ts';
import {
  CodecError,
  type ExchangeLabel,
  type Extra,
  type ParseContext,
  type ParsedItem,
  type ParseResult,
  type Question,
  type SourceFile,
} from '../codec.ts';
import { piecesOf, topLevelValues } from '../json-rows.codec.ts';
import { fieldOf, isPlainObject } from '../json-text.ts';
import { countsOfText, maskOfRle } from './coco-rle.codec.ts';
import { rotatedBoxOf, uprightBoxOf } from './corner-points.codec.ts';
import {
  createReading,
  isSide,
  keepExtra,
  named,
  placeOf,
  plainPath,
  putObject,
  readAttributes,
  readFlatPoints,
  type Reading,
  readModel,
  readName,
  readRow,
  readScore,
  reasonOf,
  RowError,
  type Row,
} from './json-objects.codec.ts';

const lists = new Set(['images', 'annotations', 'categories']);
const categoryFields = new Set(['name']);
const imageFields = new Set(['file_name', 'width', 'height']);
const annotationFields = new Set(['image_id', 'category_id', 'bbox', 'area', 'segmentation', 'attributes']);
const machineFields = new Set([...annotationFields, 'score', 'model']);
const noRotation = new Set(['rotation']);
const maxLabelLength = 200;
/** How far (pixels) corners may lie from those of a true rectangle: what two decimals leave. */
const cornerSlack = 0.02;

type Item = ParsedItem & { shapes: Shape[]; proposals: Proposal[] };

/** What of a set is read before its annotations. */
interface Head {
  labels: ExchangeLabel[];
  keyById: Map<string, string>;
  items: Item[];
  itemById: Map<string, Item>;
  extra: Extra;
}

/**
 * Reads a set of COCO files, each twice: first photos and classes, wherever in the file they stand, then the annotations one by one.
 * @throws CodecError `not-json`, `not-coco`
 */
export async function readCoco(
  files: readonly SourceFile[],
  context: ParseContext,
): Promise<ParseResult & { questions: Question[] }> {
  const reading = createReading(() => context.newId());
  const head: Head = { labels: [], keyById: new Map(), items: [], itemById: new Map(), extra: {} };
  const outlines: Outlines = { all: 0, rectangles: [] };
  const sets = files.filter(({ path }) => /\.json$/i.test(path) || files.length === 1);
  let firstError: CodecError | null = null;
  for (const file of sets) {
    // Ids are those of one file.
    const own: Head = { ...head, keyById: new Map(), itemById: new Map() };
    const place = { alone: sets.length === 1, outlines, context };
    try {
      await readHead(reading, file, own, place);
      await readAnnotations(reading, file, own, place);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      firstError ??= error;
      reading.failed.push({ where: placeOf(file, error), why: reasonOf(error) });
    }
  }
  if (firstError !== null && head.items.length === 0) throw firstError;
  if (sets.length === 0) throw new CodecError('not-coco');
  const items: ParsedItem[] = head.items.map(({ proposals, ...item }) =>
    proposals.length > 0 ? { ...item, proposals } : item,
  );
  const { labels } = head;
  const extra = named('coco', head.extra);
  const questions = askAboutRectangles(outlines, context.answers);
  return { parsed: { items, labels, extra }, failed: reading.failed, loss: reading.loss.list(), questions };
}

async function* coco(file: SourceFile, wanted: (key: string) => boolean) {
  try {
    yield* topLevelValues(piecesOf(file), wanted);
  } catch (error) {
    if (error instanceof CodecError && error.problem === 'not-an-object') throw new CodecError('not-coco');
    throw error;
  }
}

/** How one file of a set is read. */
interface Place {
  alone: boolean;
  outlines: Outlines;
  context: ParseContext;
}

const prefixOf = (file: SourceFile, { alone }: Place): string => (alone ? '' : `${file.path}: `);

async function readHead(reading: Reading, file: SourceFile, head: Head, place: Place): Promise<void> {
  const prefix = prefixOf(file, place);
  // Where there are several, each lies beside its photos, or what they are called is all there is to go by.
  const folder = place.alone ? '' : file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const others = new Map<string, Json>();
  let hasImages = false;
  for await (const batch of coco(file, (key) => key !== 'annotations')) {
    for (const { key, index, value } of batch) {
      if (key === 'images') hasImages = true;
      if (index === null) {
        if (lists.has(key)) {
          if (!Array.isArray(value) && value !== null) throw new CodecError('not-coco');
        } else others.set(key, value);
      } else if (key === 'categories')
        readRow(reading, `${prefix}categories[${index}]`, value, (row) => readCategory(reading, row, head));
      else if (key === 'images') {
        const where = `${prefix}images[${index}]`;
        readRow(reading, where, value, (row) => readImage(reading, row, head, { where, folder }));
      } else addTo(others, key, value);
    }
  }
  if (!hasImages) throw new CodecError('not-coco');
  Object.assign(head.extra, keepExtra(reading, Object.fromEntries(others), lists));
}

function addTo(others: Map<string, Json>, key: string, value: Json): void {
  const list = others.get(key);
  if (Array.isArray(list)) list.push(value);
  else others.set(key, [value]);
}

/** An id as a key that tells 1 from "1". */
function idKey(row: Row, field: string): string {
  const id = fieldOf(row, field);
  if (typeof id !== 'string' && !(typeof id === 'number' && Number.isSafeInteger(id))) throw new RowError('id-missing');
  return JSON.stringify(id);
}

function readCategory(reading: Reading, row: Row, { labels, keyById }: Head): void {
  const id = idKey(row, 'id');
  const key = readName(fieldOf(row, 'name'), maxLabelLength);
  if (keyById.has(id)) throw new RowError('id-repeated');
  keyById.set(id, key);
  if (labels.some((label) => label.key === key)) reading.loss.add('labels-merged');
  else labels.push({ key, extra: named('coco', keepExtra(reading, row, categoryFields)) });
}

function readImage(
  reading: Reading,
  row: Row,
  { items, itemById }: Head,
  { where, folder }: { where: string; folder: string },
): void {
  const id = idKey(row, 'id');
  if (itemById.has(id)) throw new RowError('id-repeated');
  const name = readName(folder + plainPath(readName(fieldOf(row, 'file_name'), 4096)), 4096);
  const [width, height] = [fieldOf(row, 'width'), fieldOf(row, 'height')];
  const size = isSide(width) && isSide(height) ? { width, height } : null;
  const extra = named('coco', keepExtra(reading, row, imageFields));
  const item: Item = { where, name, size, shapes: [], proposals: [], extra };
  itemById.set(id, item);
  items.push(item);
}

interface Outlines {
  all: number;
  /** Those that are nothing but an upright rectangle. */
  rectangles: (Shape | Proposal)[];
}

async function readAnnotations(reading: Reading, file: SourceFile, head: Head, place: Place): Promise<void> {
  const { outlines, context } = place;
  const prefix = prefixOf(file, place);
  let done = 0;
  for await (const batch of coco(file, (key) => key === 'annotations')) {
    for (const { key, index, value } of batch) {
      if (key !== 'annotations' || index === null) continue;
      readRow(reading, `${prefix}annotations[${index}]`, value, (row) => {
        const item = head.itemById.get(idKey(row, 'image_id'));
        if (item === undefined) throw new RowError('unknown-image');
        noteOutline(outlines, readObject(reading, row, item, head.keyById));
      });
      done += 1;
    }
    await context.breathe(done, 0);
  }
}

function readObject(reading: Reading, row: Row, item: Item, keyById: ReadonlyMap<string, string>): Shape | Proposal {
  const category = fieldOf(row, 'category_id') ?? null;
  const label = category === null ? null : keyById.get(idKey(row, 'category_id'));
  if (label === undefined) throw new RowError('unknown-category');
  const score = readScore(row);
  const said = fieldOf(row, 'attributes');
  const geometry = readGeometry(reading, row, isPlainObject(said) ? fieldOf(said, 'rotation') : undefined);
  const keypoints = fieldOf(row, 'keypoints');
  if (Array.isArray(keypoints) && keypoints.some((n) => n !== 0)) reading.loss.add('keypoints');
  const extra = keepExtra(reading, row, score === null ? annotationFields : machineFields);
  return putObject(reading, item, {
    label,
    geometry,
    attributes: readAttributes(reading, said, noRotation),
    score,
    model: score === null ? null : readModel(row),
    extra: named('coco', extra),
  });
}

function readGeometry({ loss }: Reading, row: Row, rotation: Json | undefined): Geometry {
  const segmentation = fieldOf(row, 'segmentation') ?? [];
  const angle = typeof rotation === 'number' && Number.isFinite(rotation) ? normalAngle(rotation) : null;
  if (isPlainObject(segmentation)) return readRle(segmentation);
  if (!Array.isArray(segmentation)) throw new RowError('field-wrong');
  if (segmentation.length > 0) {
    const rings = segmentation.map((ring) => openRing(readFlatPoints(ring)));
    const turned = angle !== null && rings.length === 1 ? rotatedBoxOf(rings[0]!, cornerSlack, angle) : null;
    if (turned !== null) return turned;
    // Tools leave slivers of two points behind, of what was cut at an edge.
    const areas = rings.filter(({ length }) => length >= 3);
    if (areas.length < rings.length) loss.add(areas.length === 0 ? 'polygon' : 'parts');
    if (areas.length > 0) return { type: 'polygon', parts: areas.map((outer) => ({ outer, holes: [] })) };
  }
  const box = readBox(row);
  return angle === null || angle === 0 ? { type: 'box', ...box } : turnedBox(box, angle);
}

/** CVAT gives the box as it is before turning, and the angle beside it. */
function turnedBox({ x, y, w, h }: Box, angle: number): RotatedBoxGeometry {
  return { type: 'rotated-box', cx: x + w / 2, cy: y + h / 2, w, h, angle };
}

function readRle(segmentation: Row): Geometry {
  const [counts, size] = [fieldOf(segmentation, 'counts'), fieldOf(segmentation, 'size')];
  if (!Array.isArray(size) || size.length !== 2) throw new RowError('mask-unreadable');
  const runs = typeof counts === 'string' ? countsOfText(counts) : counts;
  if (!Array.isArray(runs) || !runs.every((n) => typeof n === 'number')) throw new RowError('mask-unreadable');
  const mask = maskOfRle({ size: size as unknown as [number, number], counts: runs });
  if (typeof mask === 'string') throw new RowError(mask);
  return mask;
}

/** A ring without the first point again at its end. */
function openRing(ring: [number, number][]): [number, number][] {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 3 && first![0] === last![0] && first![1] === last![1] ? ring.slice(0, -1) : ring;
}

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

function readBox(row: Row): Box {
  const bbox = fieldOf(row, 'bbox') ?? [];
  if (!Array.isArray(bbox)) throw new RowError('box-not-four-numbers');
  if (bbox.length === 0) throw new RowError('no-box');
  // JSON has no infinity, but `1e999` reads as one, and null stands where NaN was.
  if (bbox.some((n) => n === null || n === Infinity || n === -Infinity)) throw new RowError('box-not-finite');
  if (bbox.length !== 4 || !bbox.every((n) => typeof n === 'number')) throw new RowError('box-not-four-numbers');
  const [x, y, w, h] = bbox as [number, number, number, number];
  if (w < 0 || h < 0) throw new RowError('box-negative');
  if (bbox.some((n) => Math.abs(n as number) > 10_000_000)) throw new RowError('box-out-of-range');
  return { x, y, w, h };
}

function noteOutline(outlines: Outlines, object: Shape | Proposal): void {
  const { geometry } = object;
  if (geometry.type !== 'polygon') return;
  outlines.all += 1;
  if (rectangleOf(geometry) === null) outlines.rectangles = [];
  // Once one is none, there is nothing to ask and nothing to remember.
  else if (outlines.rectangles.length === outlines.all - 1) outlines.rectangles.push(object);
}

const rectangleOf = ({ parts }: PolygonGeometry) => (parts.length === 1 ? uprightBoxOf(parts[0]!.outer) : null);

/** Where every outline is an upright rectangle the file may well mean boxes; only its owner knows. */
function askAboutRectangles({ all, rectangles }: Outlines, answers: ParseContext['answers']): Question[] {
  if (all === 0 || rectangles.length < all) return [];
  const taken = answers['rectangles'] === 'box' ? 'box' : 'polygon';
  if (taken === 'box') {
    for (const object of rectangles) {
      if (object.geometry.type === 'polygon') object.geometry = rectangleOf(object.geometry) ?? object.geometry;
    }
  }
  return [{ name: 'rectangles', answers: ['polygon', 'box'], taken, certain: false }];
}
