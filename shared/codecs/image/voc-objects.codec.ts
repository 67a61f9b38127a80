import type { Geometry, Pixels, Shape, ShapeId } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { normalAngle } from '../../geometry/points.ts';
import type { Extra } from '../codec.ts';
import { extraFields, isPlainObject } from '../json-text.ts';
import { RowError } from './json-objects.codec.ts';
import { checkNumber, photoPath, readLabel, readNumber, type Reading } from './row-reading.codec.ts';
import { childOf, jsonOfElement, textOf, type XmlElement } from './xml-elements.codec.ts';

/** Where pixels begin to be counted: at 1 with the last one inside, as the format says, or at 0 with edges, as most tools write. */
export type VocOrigin = 'one-based' | 'zero-based';

/** An object whose numbers are those of the file until it is known where they begin. */
export interface VocObject {
  label: string;
  raw: { type: 'box'; xmin: Pixels; ymin: Pixels; xmax: Pixels; ymax: Pixels } | Exclude<Geometry, { type: 'box' }>;
  attributes: Record<string, Json>;
  extra: Extra;
}

const objectFields = new Set([
  'name',
  'bndbox',
  'robndbox',
  'polygon',
  'attributes',
  'type',
  ...['pose', 'truncated', 'difficult', 'occluded'],
]);

/** Reads one `<object>`. @throws RowError */
export function readObject(reading: Reading, element: XmlElement): VocObject {
  const label = readLabel(textOf(element, 'name'));
  const raw = readPolygon(element) ?? readTurnedBox(element) ?? readBox(element);
  const rest = { ...element, children: element.children.filter(({ name }) => !objectFields.has(name)), text: '' };
  const fields = jsonOfElement(rest);
  const { extra, dropped } = extraFields(isPlainObject(fields) ? fields : {}, new Set());
  if (dropped > 0) reading.loss.add('field', dropped);
  return { label, raw, attributes: readAttributes(reading, element), extra };
}

function readBox(element: XmlElement): VocObject['raw'] {
  const box = childOf(element, 'bndbox');
  if (box === undefined) throw new RowError('no-box');
  const [xmin, ymin, xmax, ymax] = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) => readNumber(textOf(box, name)));
  return { type: 'box', xmin: xmin!, ymin: ymin!, xmax: xmax!, ymax: ymax! };
}

/** `<polygon><x1>..</x1><y1>..</y1><x2>...`, as X-AnyLabeling writes outlines beside their box. */
function readPolygon(element: XmlElement): VocObject['raw'] | null {
  const polygon = childOf(element, 'polygon');
  if (polygon === undefined) return null;
  const texts = new Map(polygon.children.map(({ name, text }) => [name, text]));
  const ring: [Pixels, Pixels][] = [];
  for (let i = 1; texts.has(`x${i}`); i += 1)
    ring.push([readNumber(texts.get(`x${i}`)), readNumber(texts.get(`y${i}`))]);
  if (ring.length < 3 || texts.size !== ring.length * 2) throw new RowError('points-wrong-count');
  if (ring.length > 100_000) throw new RowError('too-many-points');
  return { type: 'polygon', parts: [{ outer: ring, holes: [] }] };
}

/** `<robndbox>` with centre, size and an angle in radians, as roLabelImg writes turned boxes. */
function readTurnedBox(element: XmlElement): VocObject['raw'] | null {
  const box = childOf(element, 'robndbox');
  if (box === undefined) return null;
  const [cx, cy, w, h, radians] = ['cx', 'cy', 'w', 'h', 'angle'].map((name) => readNumber(textOf(box, name)));
  if (w! < 0 || h! < 0) throw new RowError('box-negative');
  return { type: 'rotated-box', cx: cx!, cy: cy!, w: w!, h: h!, angle: normalAngle((radians! * 180) / Math.PI) };
}

/** Flags of the format that are set, and `<attributes>` as other tools add them. */
function readAttributes(reading: Reading, element: XmlElement): Record<string, Json> {
  const attributes: [string, Json][] = [];
  for (const flag of ['truncated', 'difficult', 'occluded']) {
    const text = textOf(element, flag)?.toLowerCase();
    if (text === '1' || text === 'true') attributes.push([flag, true]);
  }
  const pose = textOf(element, 'pose');
  if (pose !== undefined && pose !== '' && pose !== 'Unspecified') attributes.push(['pose', pose]);
  for (const one of childOf(element, 'attributes')?.children ?? []) {
    const name = textOf(one, 'name');
    if (one.name === 'attribute' && name) attributes.push([name, valueOfText(childOf(one, 'value')?.text ?? '')]);
  }
  const { extra, dropped } = extraFields(
    Object.fromEntries(attributes.filter(([name]) => name !== '__proto__')),
    new Set(),
  );
  if (dropped > 0) reading.loss.add('field', dropped);
  return extra;
}

/** Text as the value that it would be written for: `true`, `12.5`, or itself. */
export function valueOfText(text: string): Json {
  if (text === 'true' || text === 'True') return true;
  if (text === 'false' || text === 'False') return false;
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && String(number) === text ? number : text;
}

/** A value as text; lists and objects as JSON. */
export function textOfValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Where a file's pixels begin, as far as it shows: a side at 0 does not occur where counting begins at 1. Outlines are written by a tool
 * that counts from 0.
 */
export function originShown(objects: readonly VocObject[]): 'certain' | 'likely' | null {
  let shown: 'likely' | null = null;
  for (const { raw } of objects) {
    if (raw.type === 'box' ? raw.xmin < 1 || raw.ymin < 1 : false) return 'certain';
    if (raw.type !== 'box') shown = 'likely';
  }
  return shown;
}

/** An object as a shape, now that it is known where its numbers begin. @throws RowError for a box that ends before it begins */
export function shapeOf({ label, raw, attributes, extra }: VocObject, origin: VocOrigin, newId: () => string): Shape {
  const kept = shiftParts(extra, origin === 'zero-based' ? 1 : 0);
  return {
    id: newId() as ShapeId,
    label,
    geometry: geometryOf(raw, origin),
    attributes,
    origin: 'imported',
    ...(Object.keys(kept).length > 0 && { extra: { voc: kept } }),
  };
}

function geometryOf(raw: VocObject['raw'], origin: VocOrigin): Geometry {
  const shift = origin === 'one-based' ? 1 : 0;
  if (raw.type === 'box') {
    const [x, y, w, h] = [raw.xmin - shift, raw.ymin - shift, raw.xmax - raw.xmin + shift, raw.ymax - raw.ymin + shift];
    if (w < 0 || h < 0) throw new RowError('box-negative');
    return { type: 'box', x, y, w, h };
  }
  // Only outlines and turned boxes come here, and the tools that write turned boxes count from 0 whatever their boxes do.
  if (raw.type !== 'polygon' || shift === 0) return raw;
  const parts = raw.parts.map(({ outer }) => ({
    outer: outer.map(([x, y]): [Pixels, Pixels] => [checkNumber(x - shift), checkNumber(y - shift)]),
    holes: [],
  }));
  return { type: 'polygon', parts };
}

/** Boxes of parts (a head, a hand) are kept as the format itself counts, from 1, so that they can be written with either origin. */
export function shiftParts(extra: Extra, by: number): Extra {
  if (by === 0 || !Object.hasOwn(extra, 'part')) return extra;
  const { part } = extra;
  const shifted = Array.isArray(part) ? part.map((one) => shiftPart(one, by)) : shiftPart(part!, by);
  return { ...extra, part: shifted };
}

function shiftPart(part: Json, by: number): Json {
  if (!isPlainObject(part) || !isPlainObject(part['bndbox'])) return part;
  const bndbox = { ...part['bndbox'] };
  for (const side of ['xmin', 'ymin']) {
    const text = bndbox[side];
    if (typeof text === 'string' && text !== '' && Number.isFinite(Number(text)))
      bndbox[side] = String(Number(text) + by);
  }
  return { ...part, bndbox };
}

/** The path that a photo's file says of itself: its folder, where it names one, and its name. Undefined where it has none. */
export function photoOfFile(root: XmlElement): string | undefined {
  const name = textOf(root, 'filename');
  if (name === undefined || name === '') return undefined;
  const folder = textOf(root, 'folder');
  return photoPath(folder === undefined || folder === '' ? name : `${folder}/${name}`);
}
