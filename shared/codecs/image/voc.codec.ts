import type { Pixels, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { boundsOf } from '../../geometry/bounds.ts';
import {
  CodecError,
  createLossCounter,
  type ExchangeItem,
  type Extra,
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
import { extraFields, isPlainObject } from '../json-text.ts';
import { keptOf } from './json-objects.codec.ts';
import {
  createPhotoFinder,
  createReading,
  foreignFields,
  photoPath,
  type Reading,
  withoutEnding,
} from './row-reading.codec.ts';
import { claimPath, createPathClaims } from './file-paths.codec.ts';
import {
  originShown,
  photoOfFile,
  readObject,
  shapeOf,
  shiftParts,
  textOfValue,
  type VocObject,
  type VocOrigin,
} from './voc-objects.codec.ts';
import { childOf, jsonOfElement, parseXml, textOf, type XmlElement, xmlOfJson } from './xml-elements.codec.ts';

/**
 * Pascal VOC: an XML file a photo, boxes by their first and last pixel. The format counts pixels from 1 and means the last one inside;
 * most tools write 0-based edges instead, so a reader has to ask. A side at 0 settles it.
 *
 * Sides are whole pixels, rounded half up and kept inside the photo. Outlines that X-AnyLabeling adds and turned boxes that roLabelImg adds
 * are read; written is what the format has: boxes.
 */
export const vocCodec: AnnotationCodec = {
  format: 'voc',
  modality: 'image',
  layout: 'folder',
  ending: 'xml',
  holds: { shapes: ['box'], attributes: true, proposals: false, emptyItems: true, sizes: true },
  choices: [{ name: 'origin', answers: ['one-based', 'zero-based'] }],
  likeness,
  parse,
  write,
};

/** Files larger than this are no annotation of one photo. */
const maxFileSize = 64 * 1024 * 1024;
const itemFields = new Set(['filename', 'folder', 'object', 'size']);

function likeness(path: string, head: string): number {
  if (!path.toLowerCase().endsWith('.xml')) return 0;
  if (!/<annotation[\s>]/.test(head)) return 0;
  return /<(?:bndbox|robndbox)>|<size>/.test(head) ? 0.95 : 0.5;
}

interface Filling {
  item: Omit<ParsedItem, 'shapes'>;
  objects: { where: string; object: VocObject }[];
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findPhoto = createPhotoFinder(context);
  const found: Filling[] = [];
  for (const [i, file] of files.entries()) {
    if (!file.path.toLowerCase().endsWith('.xml')) continue;
    const root = await rootOf(reading, file);
    if (root !== null) {
      const item = await readItem(reading, root, file.path, findPhoto);
      if (item !== null) found.push({ item, objects: readObjects(reading, root, file.path) });
    }
    await context.breathe(i + 1, files.length);
  }
  const question = originQuestion(found, context.answers['origin']);
  const items = found.map(({ item, objects }): ParsedItem => {
    const shapes = objects.flatMap(({ where, object }) => {
      const shape = reading.attempt(where, () => shapeOf(object, question.taken as VocOrigin, () => context.newId()));
      return shape === undefined ? [] : [shape];
    });
    return { ...item, shapes };
  });
  for (const { shapes } of items) for (const { label } of shapes) reading.labels.meet(label!);
  return { ...reading.result(items, {}), questions: [question] };
}

/** The root of a file; null when the file is none of this format, which is told. */
async function rootOf(reading: Reading, file: SourceFile): Promise<XmlElement | null> {
  try {
    if (file.size > maxFileSize) throw new CodecError('too-large');
    const root = parseXml(await file.text());
    if (root.name !== 'annotation') throw new CodecError('not-this-format');
    return root;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const line = /\d+/.exec(error.place)?.[0];
    reading.fail(line === undefined ? file.path : `${file.path}:${line}`, error.problem as FailReason);
    return null;
  }
}

function originQuestion(found: readonly Filling[], answer: string | undefined): Question {
  const shown = originShown(found.flatMap(({ objects }) => objects.map(({ object }) => object)));
  const answers: VocOrigin[] = ['one-based', 'zero-based'];
  const guess: VocOrigin = shown === null ? 'one-based' : 'zero-based';
  return {
    name: 'origin',
    answers,
    taken: answers.find((one) => one === answer) ?? guess,
    certain: shown === 'certain',
  };
}

async function readItem(
  reading: Reading,
  root: XmlElement,
  path: string,
  findPhoto: ReturnType<typeof createPhotoFinder>,
): Promise<Filling['item'] | null> {
  const named = reading.attempt(path, () => photoOfFile(root) ?? null);
  if (named === undefined) return null;
  let size = readSize(root);
  let name = named;
  if (name === null) {
    // Without a name it is that of the file beside it.
    const stem = reading.attempt(path, () => photoPath(withoutEnding(path)));
    if (stem === undefined) return null;
    const photo = await findPhoto(stem);
    name = photo?.name ?? stem;
    size ??= photo?.size ?? null;
  } else size ??= await reading.context.imageSize(name);
  if (size === null) reading.loss.add('size-unknown');
  const fields = jsonOfElement({
    ...root,
    children: root.children.filter((child) => !itemFields.has(child.name)),
    text: '',
  });
  const { extra, dropped } = extraFields(isPlainObject(fields) ? fields : {}, new Set());
  if (dropped > 0) reading.loss.add('field', dropped);
  const depth = textOf(childOf(root, 'size'), 'depth');
  const kept = { ...extra, ...(depth !== undefined && { depth }) };
  return { where: path, name, size, extra: Object.keys(kept).length === 0 ? {} : { voc: kept } };
}

function readSize(root: XmlElement): ExchangeItem['size'] {
  const size = childOf(root, 'size');
  const [width, height] = [Number(textOf(size, 'width') || Number.NaN), Number(textOf(size, 'height') || Number.NaN)];
  const isSide = (side: number) => Number.isInteger(side) && side > 0 && side <= 10_000_000;
  return isSide(width) && isSide(height) ? { width, height } : null;
}

function readObjects(reading: Reading, root: XmlElement, path: string): Filling['objects'] {
  return root.children.flatMap((element) => {
    if (element.name !== 'object') return [];
    const where = `${path}:${element.line}`;
    const object = reading.attempt(where, () => readObject(reading, element));
    return object === undefined ? [] : [{ where, object }];
  });
}

async function* write(
  source: WriteSource,
  choices: Readonly<Record<string, string>>,
): AsyncGenerator<FilePiece, WriteSummary> {
  const origin: VocOrigin = choices['origin'] === 'zero-based' ? 'zero-based' : 'one-based';
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const path = claimPath(claims, `${withoutEnding(item.name)}.xml`);
    if (path === null) {
      loss.add('name-clash');
      for (const { geometry } of item.shapes) loss.add(`left-out-${geometry.type}`);
      continue;
    }
    const written = item.shapes.flatMap((shape) => objectText(shape, item.size, origin, loss) ?? []);
    items += 1;
    objects += written.length;
    yield { path, text: `${headText(item, loss)}${written.join('')}</annotation>\n` };
  }
  return { items, objects, loss: loss.list() };
}

function headText(item: ExchangeItem, loss: LossCounter): string {
  const { depth, segmented, ...kept } = keptOf(item, 'voc');
  const foreign = foreignFields(item.extra, 'voc');
  if (foreign > 0) loss.add('field', foreign);
  if (item.size === null) loss.add('size-unknown');
  if (item.proposals !== undefined && item.proposals.length > 0) loss.add('proposal', item.proposals.length);
  const slash = item.name.lastIndexOf('/');
  const size: Record<string, Json> | null = item.size && { ...item.size, depth: depth ?? 3 };
  const fields: Extra = {
    folder: slash < 0 ? '' : item.name.slice(0, slash),
    filename: item.name.slice(slash + 1),
    ...kept,
    ...(size && { size }),
    segmented: segmented ?? 0,
  };
  return `<annotation>\n${Object.entries(fields)
    .map(([name, value]) => xmlOfJson(name, value, '  '))
    .join('')}`;
}

/** An object as the format has it; null for what can't be a box, which is counted. */
function objectText(shape: Shape, size: ExchangeItem['size'], origin: VocOrigin, loss: LossCounter): string | null {
  const { type } = shape.geometry;
  const bounds = boundsOf(shape.geometry);
  if (bounds === null || type === 'point' || type === 'polyline') return leaveOut(loss, type);
  if (shape.label === null) {
    loss.add('unlabelled-shape');
    return null;
  }
  const horizontal = wholePixels(bounds.x, bounds.w, size?.width ?? Infinity, origin);
  const vertical = wholePixels(bounds.y, bounds.h, size?.height ?? Infinity, origin);
  if (horizontal === null || vertical === null) return leaveOut(loss, type);
  if (type !== 'box') loss.add(type);
  if (horizontal.clamped || vertical.clamped) loss.add('clamped');
  else if (horizontal.rounded || vertical.rounded) loss.add('rounded');
  if (shape.ambiguous !== undefined) loss.add('ambiguous');
  const foreign = foreignFields(shape.extra, 'voc');
  if (foreign > 0) loss.add('field', foreign);
  const box = { xmin: horizontal.first, ymin: vertical.first, xmax: horizontal.last, ymax: vertical.last };
  const kept = shiftParts(keptOf(shape, 'voc'), origin === 'zero-based' ? -1 : 0);
  return xmlOfJson('object', { ...fieldsOf(shape), bndbox: box, ...kept }, '  ');
}

function leaveOut(loss: LossCounter, type: Shape['geometry']['type']): null {
  loss.add(`left-out-${type}`);
  return null;
}

const flags = ['truncated', 'difficult', 'occluded'] as const;
const isSet = (value: Json | undefined): boolean => value === true || value === 1 || value === 'true' || value === '1';

function fieldsOf(shape: Shape): Record<string, Json> {
  const own = (name: string): Json | undefined =>
    Object.hasOwn(shape.attributes, name) ? shape.attributes[name] : undefined;
  const pose = own('pose');
  const fields: Record<string, Json> = {
    name: shape.label,
    pose: typeof pose === 'string' && pose !== '' ? pose : 'Unspecified',
    truncated: Number(isSet(own('truncated'))),
    difficult: Number(isSet(own('difficult'))),
    occluded: Number(isSet(own('occluded'))),
  };
  // Flags that only say yes or no have their own elements; "half hidden" has not, and goes with the others.
  const held = (name: string, value: Json) =>
    (name === 'pose' && typeof value === 'string') ||
    (flags.includes(name as 'truncated') && (isSet(value) || value === false || value === 0));
  const others = Object.entries(shape.attributes).filter(([name, value]) => !held(name, value));
  if (others.length === 0) return fields;
  return { ...fields, attributes: { attribute: others.map(([name, value]) => ({ name, value: textOfValue(value) })) } };
}

/** Moves (pixels) that are no more than what the decimals of another format leave are not spoken of. */
const unseen = 0.01;

interface Stretch {
  first: Pixels;
  last: Pixels;
  clamped: boolean;
  rounded: boolean;
}

/** Where a stretch begins and ends in whole pixels inside the photo; null when nothing of it lies there. */
function wholePixels(start: Pixels, length: Pixels, side: Pixels, origin: VocOrigin): Stretch | null {
  const end = start + length;
  // What only touches an edge still has a pixel beside it, where the stretch itself has no length.
  if (end < 0 || start > side || (length > 0 && (end <= 0 || start >= side))) return null;
  const [from, to] = [Math.floor(start + 0.5), Math.floor(end + 0.5)];
  const least = origin === 'one-based' || length > 0 ? 1 : 0;
  const first = Math.min(Math.max(from, 0), side - least);
  const last = Math.max(Math.min(to, side), first + least);
  return {
    first: origin === 'one-based' ? first + 1 : first,
    last,
    clamped: start < -unseen || end > side + unseen,
    rounded: Math.abs(first - start) > unseen || Math.abs(last - end) > unseen,
  };
}
