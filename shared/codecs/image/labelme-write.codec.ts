import type { Geometry, PolygonGeometry, Proposal, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { maskToPolygon } from '../../geometry/mask-runs.ts';
import { cornersOf, ellipseRing, type Point } from '../../geometry/points.ts';
import {
  createLossCounter,
  type ExchangeItem,
  type FilePiece,
  type LossCounter,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { isPlainObject } from '../json-text.ts';
import { pngOfMask } from './png-mask.codec.ts';
import { ambiguousFlag } from './labelme-read.codec.ts';
import { countForeign, keptOf, type Row } from './json-objects.codec.ts';

/** labelme refuses what X-AnyLabeling writes (rectangles of four points, `rotation`), and the other way round. */
export const labelmeChoices = [{ name: 'dialect', answers: ['labelme', 'x-anylabeling'] }] as const;

/** Versions whose reading was gone by. */
const versions = { labelme: '7.1.0', 'x-anylabeling': '3.0.0' } as const;
type Dialect = keyof typeof versions;

/** Writes one file a photo, of the photo's name; `a.jpg` and `a.png` of one folder get `a.json` and `a.png.json`. */
export async function* writeLabelme(
  source: WriteSource,
  choices: Readonly<Record<string, string>>,
): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const dialect: Dialect = choices['dialect'] === 'x-anylabeling' ? 'x-anylabeling' : 'labelme';
  const taken = new Set<string>();
  countForeign(loss, source.extra, 'labelme');
  for (const { extra } of source.labels) countForeign(loss, extra, 'labelme');
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const { row, written } = fileRow(item, dialect, loss);
    yield { path: freePath(item.name, taken), text: `${JSON.stringify(row, null, 2)}\n` };
    items += 1;
    objects += written;
  }
  return { items, objects, loss: loss.list() };
}

function freePath(name: string, taken: Set<string>): string {
  const bare = name.replace(/\.[^./]*$/, '');
  // File systems that take capital and small letters for one would lose a file.
  for (let n = 0; ; n += 1) {
    const path = `${n === 0 ? bare : name}${n > 1 ? `.${n}` : ''}.json`;
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}

function fileRow(item: ExchangeItem, dialect: Dialect, loss: LossCounter) {
  const { version = versions[dialect], flags: off, ...extra } = keptOf(item, 'labelme');
  countForeign(loss, item.extra, 'labelme');
  if (item.size === null) loss.add('size-unknown');
  const flags: Row = isPlainObject(off) ? { ...off } : {};
  const shapes: Row[] = [];
  let [written, groups] = [0, highestGroup(item)];
  for (const object of [...item.shapes, ...(item.proposals ?? [])]) {
    const isProposal = !('origin' in object);
    if (isProposal && object.score === null) {
      loss.add('proposal');
      continue;
    }
    if (object.geometry.type === 'tag') {
      written += putTag(object, flags, loss);
      continue;
    }
    if (!isProposal && object.ambiguous !== undefined && !hasRoomForNote(object)) loss.add('ambiguous');
    const places = placesOf(object.geometry, dialect, loss);
    if (places.length > 1) {
      loss.add('parts');
      groups += 1;
    }
    countForeign(loss, object.extra, 'labelme');
    for (const place of places) shapes.push(shapeRow(object, place, places.length > 1 ? groups : null, dialect));
    written += 1;
  }
  const size = item.size === null ? {} : { imageHeight: item.size.height, imageWidth: item.size.width };
  const imagePath = item.name.slice(item.name.lastIndexOf('/') + 1);
  const row: Row = { ...extra, version, flags, shapes, imagePath, imageData: null, ...size };
  return { row, written };
}

/** A note is a description under a flag that says what it is; what describes the object otherwise is not written over. */
function hasRoomForNote({ attributes, ambiguous, ...shape }: Shape): boolean {
  const { description = '' } = keptOf(shape, 'labelme');
  return (description === '' || description === ambiguous) && !Object.hasOwn(attributes, ambiguousFlag);
}

const groupOf = (object: Shape | Proposal): number => {
  const group = keptOf(object, 'labelme')['group_id'];
  return typeof group === 'number' && Number.isSafeInteger(group) ? group : 0;
};

const highestGroup = ({ shapes, proposals = [] }: ExchangeItem): number =>
  [...shapes, ...proposals].reduce((highest, object) => Math.max(highest, groupOf(object)), 0);

/** A tag is a flag of the whole photo, which has a name and nothing else. */
function putTag(object: Shape | Proposal, flags: Row, loss: LossCounter): 0 | 1 {
  const { label } = object;
  if (label === null || label === '__proto__' || flags[label] === true || !('origin' in object)) {
    loss.add('left-out-tag');
    return 0;
  }
  const attributes = Object.keys(object.attributes).length;
  if (attributes > 0) loss.add('attribute', attributes);
  if (object.ambiguous !== undefined) loss.add('ambiguous');
  flags[label] = true;
  return 1;
}

interface PlaceRow {
  shape_type: string;
  points: readonly Point[];
  mask?: string;
  /** Of X-AnyLabeling's turned boxes: radians. */
  direction?: number;
}

function placesOf(geometry: Exclude<Geometry, { type: 'tag' }>, dialect: Dialect, loss: LossCounter): PlaceRow[] {
  switch (geometry.type) {
    case 'box': {
      const { x, y, w, h } = geometry;
      const two: Point[] = [
        [x, y],
        [x + w, y + h],
      ];
      const four: Point[] = [two[0]!, [x + w, y], two[1]!, [x, y + h]];
      return [{ shape_type: 'rectangle', points: dialect === 'labelme' ? two : four }];
    }
    case 'rotated-box': {
      const points = cornersOf(geometry);
      if (dialect === 'labelme') return [{ shape_type: 'oriented_rectangle', points }];
      const direction = (((geometry.angle + 360) % 360) * Math.PI) / 180;
      return [{ shape_type: 'rotation', points, direction }];
    }
    case 'polygon':
      return outlines(geometry, loss);
    case 'ellipse': {
      const { cx, cy, rx, ry } = geometry;
      if (rx === ry) {
        return [
          {
            shape_type: 'circle',
            points: [
              [cx, cy],
              [cx + rx, cy],
            ],
          },
        ];
      }
      loss.add('ellipse');
      return [{ shape_type: 'polygon', points: ellipseRing(geometry) }];
    }
    case 'polyline':
      return [{ shape_type: 'linestrip', points: geometry.points }];
    case 'point':
      return [{ shape_type: 'point', points: [[geometry.x, geometry.y]] }];
    case 'mask': {
      if (dialect === 'x-anylabeling') {
        loss.add('mask');
        return outlines(maskToPolygon(geometry), loss);
      }
      const { x, y, w, h } = geometry;
      // Both corners are pixels of the mask.
      const points: Point[] = [
        [x, y],
        [x + w - 1, y + h - 1],
      ];
      return [{ shape_type: 'mask', points, mask: pngOfMask(geometry) }];
    }
    case 'span':
    case 'passage':
      loss.add(`left-out-${geometry.type}`);
      return [];
  }
}

function outlines({ parts }: PolygonGeometry, loss: LossCounter): PlaceRow[] {
  const holes = parts.reduce((sum, part) => sum + part.holes.length, 0);
  if (holes > 0) loss.add('holes', holes);
  return parts.map(({ outer }) => ({ shape_type: 'polygon', points: outer }));
}

function shapeRow(object: Shape | Proposal, place: PlaceRow, group: number | null, dialect: Dialect): Row {
  const { flags: flagged, shape_type: called, ...kept } = keptOf(object, 'labelme');
  const { flags, attributes } = splitFlags(object.attributes, flagged);
  const isLine = called === 'line' && place.shape_type === 'linestrip' && place.points.length === 2;
  const machine: Row = 'origin' in object ? {} : { score: object.score };
  if (!('origin' in object) && object.model !== null) machine['model'] = object.model;
  const isTurned = place.direction !== undefined;
  const note = 'origin' in object && hasRoomForNote(object) ? object.ambiguous : undefined;
  return {
    label: object.label ?? '',
    points: place.points.map(([x, y]) => [x, y]),
    group_id: null,
    description: '',
    ...kept,
    ...(note !== undefined && { description: note }),
    ...(group !== null && { group_id: group }),
    shape_type: isLine ? 'line' : place.shape_type,
    flags: note === undefined ? flags : { ...flags, [ambiguousFlag]: true },
    mask: place.mask ?? null,
    ...((dialect === 'x-anylabeling' || Object.keys(attributes).length > 0) && { attributes }),
    ...(isTurned && { direction: place.direction! }),
    ...machine,
  };
}

/** Flags are what came as flags and still says yes or no; everything else is an attribute. */
function splitFlags(all: Shape['attributes'], flagged: Json | undefined): { flags: Row; attributes: Row } {
  const names = new Set(Array.isArray(flagged) ? flagged : []);
  const isFlag = ([name, value]: [string, Json]) => names.has(name) && typeof value === 'boolean';
  const entries = Object.entries(all);
  return {
    flags: Object.fromEntries(entries.filter(isFlag)),
    attributes: Object.fromEntries(entries.filter((entry) => !isFlag(entry))),
  };
}
