import type { Geometry, Pixels, Shape, ShapeId } from '../../domain/annotation.ts';
import type { AttributeSpec } from '../../domain/label-set.ts';
import type { Json } from '../../domain/json.ts';
import { normalAngle } from '../../geometry/points.ts';
import type { LossCounter } from '../codec.ts';
import { extraFields } from '../json-text.ts';
import { type Fields, valueOfSpec } from './cvat-labels.codec.ts';
import { keptOf, RowError } from './json-objects.codec.ts';
import { foreignFields, readLabel, readNumber, type Reading } from './row-reading.codec.ts';
import { maskOfRowRuns } from './row-runs.codec.ts';
import { textOfValue } from './voc-objects.codec.ts';
import { attributeOf, type XmlElement, xmlAttributes, xmlText } from './xml-elements.codec.ts';

const maxPoints = 100_000;
/** Attributes of an element that have a place of their own; others are kept. */
const geometryFields: ReadonlySet<string> = new Set([
  ...[
    'xtl',
    'ytl',
    'xbr',
    'ybr',
    'rotation',
    'points',
    'cx',
    'cy',
    'rx',
    'ry',
    'rle',
    'left',
    'top',
    'width',
    'height',
  ],
  ...['label', 'occluded', 'z_order'],
]);

/** Elements that are shapes; others are told. */
const shapeNames: ReadonlySet<string> = new Set(['box', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'tag']);

/** The shapes of one element, several only for `<points>`, and the depth it lies at. @throws RowError */
export function readShapes(reading: Reading, element: XmlElement, set: number): { shapes: Shape[]; depth: number } {
  const label = readLabel(attributeOf(element, 'label')?.trim());
  const geometries = geometriesOf(element);
  reading.labels.meet(label);
  const attributes = readAttributes(reading, element, reading.labels.find(label)?.attributes ?? []);
  const source = attributeOf(element, 'source');
  const depth = Number(attributeOf(element, 'z_order') ?? 0);
  const hasOwnOccluded = Object.hasOwn(attributes, 'occluded');
  const isOccluded = attributeOf(element, 'occluded') === '1';
  if (isOccluded && !hasOwnOccluded) attributes['occluded'] = true;
  const fields: [string, Json][] = Object.entries(element.attributes).filter(
    ([name, value]) => !geometryFields.has(name) && !(name === 'source' && value === 'manual'),
  );
  if (depth !== 0) fields.push(['depth', depth]);
  if (isOccluded && hasOwnOccluded) fields.push(['flag', true]);
  // Points of one element stay one on the way back.
  if (geometries.length > 1) fields.push(['set', set]);
  const extra = fields.length === 0 ? {} : keepFields(reading, fields);
  const shapes = geometries.map((geometry): Shape => ({
    id: reading.context.newId() as ShapeId,
    label,
    geometry,
    attributes: { ...attributes },
    origin: source === 'auto' ? 'machine' : 'imported',
    ...(Object.keys(extra).length > 0 && { extra: { cvat: extra } }),
  }));
  return { shapes, depth: Number.isFinite(depth) ? depth : 0 };
}

function geometriesOf(element: XmlElement): Geometry[] {
  const number = (name: string) => readNumber(attributeOf(element, name));
  const angle = () => normalAngle(readNumber(attributeOf(element, 'rotation') ?? '0'));
  switch (element.name) {
    case 'box':
      return [boxOf(['xtl', 'ytl', 'xbr', 'ybr'].map(number) as [Pixels, Pixels, Pixels, Pixels], angle())];
    case 'ellipse': {
      const [rx, ry] = [number('rx'), number('ry')];
      if (rx < 0 || ry < 0) throw new RowError('box-negative');
      return [{ type: 'ellipse', cx: number('cx'), cy: number('cy'), rx, ry, angle: angle() }];
    }
    case 'polygon':
      return [{ type: 'polygon', parts: [{ outer: readPoints(element, 3), holes: [] }] }];
    case 'polyline':
      return [{ type: 'polyline', points: readPoints(element, 2) }];
    case 'points':
      return readPoints(element, 1).map(([x, y]) => ({ type: 'point', x, y }));
    case 'mask':
      return [readMask(element)];
    default:
      return [{ type: 'tag' }];
  }
}

function boxOf([xtl, ytl, xbr, ybr]: [Pixels, Pixels, Pixels, Pixels], angle: number): Geometry {
  const [w, h] = [xbr - xtl, ybr - ytl];
  if (w < 0 || h < 0) throw new RowError('box-negative');
  if (angle === 0) return { type: 'box', x: xtl, y: ytl, w, h };
  return { type: 'rotated-box', cx: (xtl + xbr) / 2, cy: (ytl + ybr) / 2, w, h, angle };
}

function readPoints(element: XmlElement, least: number): [Pixels, Pixels][] {
  const texts = (attributeOf(element, 'points') ?? '').split(';');
  if (texts.length > maxPoints) throw new RowError('too-many-points');
  const points = texts.map((text): [Pixels, Pixels] => {
    const [x, y, more] = text.split(',');
    if (y === undefined || more !== undefined) throw new RowError('field-wrong');
    return [readNumber(x), readNumber(y)];
  });
  if (points.length < least) throw new RowError('points-wrong-count');
  return points;
}

function readMask(element: XmlElement): Geometry {
  const [x, y, w, h] = ['left', 'top', 'width', 'height'].map((name) => readNumber(attributeOf(element, name)));
  const texts = (attributeOf(element, 'rle') ?? '').split(',');
  if (texts.length > 2_000_000) throw new RowError('mask-too-large');
  const runs = texts.map((text) => (/^\s*\d{1,12}\s*$/.test(text) ? Number(text) : Number.NaN));
  const mask = maskOfRowRuns({ x: x!, y: y!, w: w!, h: h!, runs });
  if (typeof mask === 'string') throw new RowError(mask);
  return mask;
}

function readAttributes(reading: Reading, element: XmlElement, specs: readonly AttributeSpec[]): Record<string, Json> {
  const pairs = element.children.flatMap((child): [string, Json][] => {
    const name = child.name === 'attribute' ? attributeOf(child, 'name') : undefined;
    if (name === undefined) {
      reading.loss.add('field');
      return [];
    }
    return [
      [
        name,
        valueOfSpec(
          child.text,
          specs.find((spec) => spec.name === name),
        ),
      ],
    ];
  });
  return pairs.length === 0 ? {} : keepFields(reading, pairs);
}

/** Names and values that can be kept; what could reach into the language itself is left out and counted. */
function keepFields(reading: Reading, pairs: readonly [string, Json][]): Record<string, Json> {
  const { extra, dropped } = extraFields(Object.fromEntries(pairs), new Set());
  if (dropped > 0) reading.loss.add('field', dropped);
  return extra;
}

/** What an element that is no shape is told as; null for one that is. */
export function oddityOf(element: XmlElement): 'video-track' | 'shape-type-unknown' | null {
  if (shapeNames.has(element.name)) return null;
  return element.name === 'track' ? 'video-track' : 'shape-type-unknown';
}

/** Depths to be written: those that were read while they still tell the order of drawing, else the order itself. */
function depthsOf(shapes: readonly Shape[]): number[] {
  const depths: number[] = [];
  for (const shape of shapes) {
    const kept = keptOf(shape, 'cvat')['depth'];
    depths.push(typeof kept === 'number' && Number.isInteger(kept) ? kept : 0);
  }
  return depths.every((depth, i) => i === 0 || depth >= depths[i - 1]!) ? depths : depths.map((_, i) => i);
}

/** The elements of one photo's shapes in lines, and how many objects they hold. */
export function elementsOf(
  shapes: readonly Shape[],
  specsOf: (label: string) => readonly AttributeSpec[],
  loss: LossCounter,
): { text: string; objects: number } {
  const depths = depthsOf(shapes);
  let text = '';
  let objects = 0;
  for (let i = 0; i < shapes.length; i += 1) {
    const shape = shapes[i]!;
    if (shape.label === null) {
      loss.add('unlabelled-shape');
      continue;
    }
    const together = [shape];
    while (belongsTo(shape, shapes[i + 1])) together.push(shapes[(i += 1)]!);
    for (const one of together) countUnheld(one, loss);
    objects += together.length;
    text += elementText(shape.label, together, depths[i]!, specsOf(shape.label), loss);
  }
  return { text, objects };
}

/** Whether a point came from the same element as another. */
function belongsTo(shape: Shape, next: Shape | undefined): boolean {
  if (next === undefined || shape.geometry.type !== 'point' || next.geometry.type !== 'point') return false;
  const [set, other] = [keptOf(shape, 'cvat')['set'], keptOf(next, 'cvat')['set']];
  return set !== undefined && set === other && shape.label === next.label && sameAttributes(shape, next);
}

const sameAttributes = (a: Shape, b: Shape): boolean => JSON.stringify(a.attributes) === JSON.stringify(b.attributes);

function countUnheld(shape: Shape, loss: LossCounter): void {
  if (shape.ambiguous !== undefined) loss.add('ambiguous');
  const foreign = foreignFields(shape.extra, 'cvat');
  if (foreign > 0) loss.add('field', foreign);
}

type Written = readonly [name: string, fields: Fields];

function elementText(
  label: string,
  shapes: readonly Shape[],
  depth: number,
  specs: readonly AttributeSpec[],
  loss: LossCounter,
): string {
  const shape = shapes[0]!;
  const { depth: _, flag, set: __, source, ...kept } = keptOf(shape, 'cvat');
  const { occluded, ...others } = shape.attributes;
  const asked = specs.some(({ name }) => name === 'occluded');
  const isFlag = !asked && (occluded === true || occluded === false || occluded === undefined);
  const inner = isFlag ? others : shape.attributes;
  const shared = {
    label,
    source: typeof source === 'string' ? source : shape.origin === 'machine' ? 'auto' : 'manual',
    occluded: Number(isFlag ? occluded === true : flag === true),
  };
  const written = shapes.length > 1 ? [pointsFields(shapes)] : fieldsOf(shape.geometry, loss);
  return written
    .map(([name, fields]) => {
      const { occluded: hidden, ...tag } = shared;
      const head =
        name === 'tag' ? { ...tag, ...kept } : { ...tag, occluded: hidden, ...fields, z_order: depth, ...kept };
      return tagText(name, head, inner);
    })
    .join('');
}

function tagText(name: string, fields: Fields, attributes: Record<string, Json>): string {
  const head = xmlAttributes(fields);
  const inner = Object.entries(attributes)
    .map(([key, value]) => `      <attribute name="${xmlText(key)}">${xmlText(textOfValue(value))}</attribute>\n`)
    .join('');
  return inner === '' ? `    <${name}${head}/>\n` : `    <${name}${head}>\n${inner}    </${name}>\n`;
}

const pointsText = (points: readonly (readonly [Pixels, Pixels])[]): string =>
  points.map(([x, y]) => `${x},${y}`).join(';');

function pointsFields(shapes: readonly Shape[]): Written {
  const points = shapes.flatMap(({ geometry: g }): [Pixels, Pixels][] => (g.type === 'point' ? [[g.x, g.y]] : []));
  return ['points', { points: pointsText(points) }];
}

/** A geometry as elements: one, but for polygons of several parts. Numbers are written to their last digit. */
function fieldsOf(geometry: Geometry, loss: LossCounter): Written[] {
  switch (geometry.type) {
    case 'box': {
      const { x, y, w, h } = geometry;
      return [['box', { xtl: x, ytl: y, xbr: x + w, ybr: y + h }]];
    }
    case 'rotated-box': {
      const { cx, cy, w, h, angle } = geometry;
      const sides = { xtl: cx - w / 2, ytl: cy - h / 2, xbr: cx + w / 2, ybr: cy + h / 2 };
      return [['box', { ...sides, rotation: positive(angle) }]];
    }
    case 'ellipse': {
      const { cx, cy, rx, ry, angle } = geometry;
      return [['ellipse', { cx, cy, rx, ry, ...(angle !== 0 && { rotation: positive(angle) }) }]];
    }
    case 'polygon':
      if (geometry.parts.length > 1) loss.add('parts');
      if (geometry.parts.some(({ holes }) => holes.length > 0)) loss.add('holes');
      return geometry.parts.map(({ outer }): Written => ['polygon', { points: pointsText(outer) }]);
    case 'polyline':
      return [['polyline', { points: pointsText(geometry.points) }]];
    case 'point':
      return [['points', { points: pointsText([[geometry.x, geometry.y]]) }]];
    case 'mask': {
      const { x, y, w, h, runs } = geometry;
      return [['mask', { rle: runs.join(', '), left: x, top: y, width: w, height: h }]];
    }
    case 'tag':
      return [['tag', {}]];
    case 'span':
    case 'passage':
      loss.add(`left-out-${geometry.type}`);
      return [];
  }
}

const positive = (angle: number): number => (angle < 0 ? angle + 360 : angle);
