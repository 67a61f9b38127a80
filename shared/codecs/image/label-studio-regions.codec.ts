import type { Geometry, Pixels } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { cornersOf, normalAngle, rotatePoint } from '../../geometry/points.ts';
import type { LossCounter } from '../codec.ts';
import { fieldOf } from '../json-text.ts';
import { isSide, readCoordinate, readPoints, RowError, type Row } from './json-objects.codec.ts';
import { brushOfMask, maskOfBrush } from './label-studio-rle.codec.ts';

export interface Size {
  width: Pixels;
  height: Pixels;
}

/** Tools that draw a place in a picture; with `labels` behind the name they give it classes as well. */
export const regionKinds = ['rectangle', 'polygon', 'ellipse', 'keypoint', 'brush'] as const;
export type RegionKind = (typeof regionKinds)[number];

/** What draws a result's place; null for results that have none. */
export function kindOfType(type: string): RegionKind | null {
  return regionKinds.find((kind) => type === kind || type === `${kind}labels`) ?? null;
}

/** Fields of a value that say where it lies. */
export const placeFields: ReadonlySet<string> = new Set([
  ...['x', 'y', 'width', 'height', 'rotation', 'points', 'closed', 'radiusX', 'radiusY', 'format', 'rle'],
  ...regionKinds.map((kind) => `${kind}labels`),
  'labels',
]);

/** The size that a result names for its photo; null where it does not, as on tasks that nobody ever opened. */
export function sizeOfResult(result: Row): Size | null {
  const [width, height] = [fieldOf(result, 'original_width'), fieldOf(result, 'original_height')];
  return isSide(width) && isSide(height) ? { width, height } : null;
}

/** The place of a result in pixels; the file has hundredths of the photo's width and height. @throws RowError */
export function geometryOfResult(result: Row, kind: RegionKind, value: Row, size: Size): Geometry {
  const turned = fieldOf(result, 'image_rotation');
  if (typeof turned === 'number' && turned % 360 !== 0) throw new RowError('photo-turned');
  const across = (name: string): Pixels => readCoordinate((readCoordinate(fieldOf(value, name)) / 100) * size.width);
  const down = (name: string): Pixels => readCoordinate((readCoordinate(fieldOf(value, name)) / 100) * size.height);
  const angle = normalAngle(readCoordinate(fieldOf(value, 'rotation') ?? 0));
  switch (kind) {
    case 'rectangle':
      return boxOf(across('x'), down('y'), across('width'), down('height'), angle);
    case 'ellipse': {
      const [rx, ry] = [Math.abs(across('radiusX')), Math.abs(down('radiusY'))];
      return { type: 'ellipse', cx: across('x'), cy: down('y'), rx, ry, angle };
    }
    case 'keypoint':
      return { type: 'point', x: across('x'), y: down('y') };
    case 'polygon': {
      const points = readPoints(fieldOf(value, 'points')).map(([x, y]): [Pixels, Pixels] => [
        readCoordinate((x / 100) * size.width),
        readCoordinate((y / 100) * size.height),
      ]);
      const isOpen = fieldOf(value, 'closed') === false;
      if (points.length < (isOpen ? 2 : 3)) throw new RowError('points-wrong-count');
      return isOpen ? { type: 'polyline', points } : { type: 'polygon', parts: [{ outer: points, holes: [] }] };
    }
    case 'brush': {
      const rle = fieldOf(value, 'rle');
      if (!Array.isArray(rle)) throw new RowError('mask-unreadable');
      const mask = maskOfBrush(rle, size);
      if (typeof mask === 'string') throw new RowError(mask);
      return mask;
    }
  }
}

/**
 * A rectangle by its corner before it is turned about that very corner, in pixels: turning hundredths would shear it wherever a photo is
 * not square. A width or height below 0 was drawn to the other side.
 */
function boxOf(x: Pixels, y: Pixels, width: Pixels, height: Pixels, angle: number): Geometry {
  const [w, h] = [Math.abs(width), Math.abs(height)];
  if (angle === 0) return { type: 'box', x: Math.min(x, x + width), y: Math.min(y, y + height), w, h };
  const [cx, cy] = rotatePoint([x + width / 2, y + height / 2], [x, y], angle);
  return { type: 'rotated-box', cx, cy, w, h, angle };
}

/** A place as the file has it, with the tool that draws it. */
export interface WrittenRegion {
  kind: RegionKind;
  value: { [field: string]: Json };
}

/** The regions that a geometry takes: several where a polygon has parts, none where nothing can be written, which is counted. */
export function regionsOf(
  geometry: Exclude<Geometry, { type: 'tag' }>,
  size: Size,
  loss: LossCounter,
): WrittenRegion[] {
  const across = (x: Pixels): number => (x / size.width) * 100;
  const down = (y: Pixels): number => (y / size.height) * 100;
  const ring = (points: readonly (readonly [Pixels, Pixels])[]) => points.map(([x, y]): Json => [across(x), down(y)]);
  switch (geometry.type) {
    case 'box': {
      const { x, y, w, h } = geometry;
      const value = { x: across(x), y: down(y), width: across(w), height: down(h), rotation: 0 };
      return [{ kind: 'rectangle', value }];
    }
    case 'rotated-box': {
      const [[x, y]] = cornersOf(geometry);
      const { w, h, angle } = geometry;
      const value = { x: across(x), y: down(y), width: across(w), height: down(h), rotation: positive(angle) };
      return [{ kind: 'rectangle', value }];
    }
    case 'ellipse': {
      const { cx, cy, rx, ry, angle } = geometry;
      const radii = { radiusX: across(rx), radiusY: down(ry), rotation: positive(angle) };
      return [{ kind: 'ellipse', value: { x: across(cx), y: down(cy), ...radii } }];
    }
    case 'point':
      return [{ kind: 'keypoint', value: { x: across(geometry.x), y: down(geometry.y), width: 0.5 } }];
    case 'polyline':
      return [{ kind: 'polygon', value: { points: ring(geometry.points), closed: false } }];
    case 'polygon':
      if (geometry.parts.length > 1) loss.add('parts');
      if (geometry.parts.some(({ holes }) => holes.length > 0)) loss.add('holes');
      return geometry.parts.map(({ outer }) => ({ kind: 'polygon', value: { points: ring(outer), closed: true } }));
    case 'mask': {
      const brush = brushOfMask(geometry, size);
      if (brush === null) loss.add('left-out-mask');
      else if (brush.cut) loss.add('clamped');
      return brush === null ? [] : [{ kind: 'brush', value: { format: 'rle', rle: brush.bytes } }];
    }
    case 'span':
    case 'passage':
      loss.add(`left-out-${geometry.type}`);
      return [];
  }
}

const positive = (angle: number): number => (angle < 0 ? angle + 360 : angle);
