import type { Geometry, PolygonGeometry, Proposal, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { areaOf } from '../../geometry/area.ts';
import { boundsOf } from '../../geometry/bounds.ts';
import { ringsToMask } from '../../geometry/mask-runs.ts';
import { cornersOf, ellipseRing, type Point } from '../../geometry/points.ts';
import {
  createLossCounter,
  type ExchangeItem,
  type Extra,
  type FilePiece,
  type LossCounter,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { rleOfMask, textOfCounts } from './coco-rle.codec.ts';
import { countForeign, keptOf, type Row } from './json-objects.codec.ts';

/** What may be chosen when writing; the first answer is the usual one. */
export const cocoChoices = [
  // As a list any reader takes it, as a string it is a fifth as long.
  { name: 'rle', answers: ['list', 'compressed'] },
  // The outline of a turned box for readers that know nothing of turning; or as CVAT writes it, its box unturned and the angle beside it.
  { name: 'rotation', answers: ['corners', 'attribute'] },
  // COCO's outlines have no holes: painted as a mask they stay, but whole pixels are left of the outline.
  { name: 'holes', answers: ['mask', 'filled'] },
] as const;

type Choices = Readonly<Record<string, string>>;
type Id = string | number;

/** Ids from here on are kept, but new ones are not counted on from them: above 2^53 numbers are no longer told apart. */
const roomAbove = 2 ** 52;

/** Gives out ids that were kept where they are free, and new ones above all of them. */
function createIdGiver() {
  const given = new Set<Id>();
  let highest = 0;
  return {
    /** Must be told every kept id before the first is given. */
    reserve(kept: Json | undefined): void {
      if (typeof kept === 'number' && Number.isSafeInteger(kept) && kept < roomAbove) highest = Math.max(highest, kept);
    },
    give(kept: Json | undefined): Id {
      const usable = (typeof kept === 'number' && Number.isSafeInteger(kept)) || typeof kept === 'string';
      const id: Id = usable && !given.has(kept) ? kept : ++highest;
      given.add(id);
      return id;
    },
  };
}

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

const piece = (text: string): FilePiece => ({ path: '', text });

/** Writes one file. Photos are listed before annotations, so everything is gone through twice. */
export async function* writeCoco(source: WriteSource, choices: Choices): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const { info = {}, licenses = [], ...extra } = keptOf(source, 'coco');
  countForeign(loss, source.extra, 'coco');
  yield piece(`{"info":${JSON.stringify(info)},"licenses":${JSON.stringify(licenses)}`);
  for (const [name, value] of Object.entries(extra)) yield piece(`,${JSON.stringify(name)}:${JSON.stringify(value)}`);

  const categories = createIdGiver();
  const classes = source.labels.map((label) => ({ key: label.key, kept: keptOf(label, 'coco') }));
  for (const label of source.labels) countForeign(loss, label.extra, 'coco');
  classes.forEach(({ kept }) => categories.reserve(kept['id']));
  const categoryIds = new Map(classes.map(({ key, kept }) => [key, categories.give(kept['id'])]));
  yield piece(',"categories":[');
  for (const text of list(classes.map(({ key, kept }) => withExtra(categoryIds.get(key)!, { name: key }, kept))))
    yield piece(text);

  const images = createIdGiver();
  const annotations = createIdGiver();
  const seen: Omit<ExchangeItem, 'shapes'>[] = [];
  for await (const { name, size, extra: all, shapes, proposals = [] } of source.items()) {
    const kept = keptOf({ extra: all }, 'coco');
    countForeign(loss, all, 'coco');
    seen.push({ name, size, extra: kept });
    images.reserve(kept['id']);
    for (const object of [...shapes, ...proposals]) annotations.reserve(keptOf(object, 'coco')['id']);
  }
  const imageIds = seen.map((item) => images.give(item.extra['id']));
  yield piece('\n],"images":[');
  for (const text of list(seen.map((item, i) => imageRow(imageIds[i]!, item, loss)))) yield piece(text);

  yield piece('\n],"annotations":[');
  let at = 0;
  let objects = 0;
  for await (const item of source.items()) {
    const imageId = imageIds[at++];
    if (imageId === undefined) break;
    for (const object of [...item.shapes, ...(item.proposals ?? [])]) {
      const known = annotationRow(object, { item, loss, choices, categoryIds });
      if (known === null) continue;
      const kept = keptOf(object, 'coco');
      countForeign(loss, object.extra, 'coco');
      const row = withExtra(annotations.give(kept['id']), { image_id: imageId, ...known }, { iscrowd: 0, ...kept });
      yield piece(`${objects === 0 ? '\n' : ',\n'}${row}`);
      objects += 1;
    }
  }
  yield piece('\n]}\n');
  return { items: seen.length, objects, loss: loss.list() };
}

function imageRow(id: Id, item: Omit<ExchangeItem, 'shapes'>, loss: LossCounter): string {
  if (item.size === null) loss.add('size-unknown');
  return withExtra(id, { file_name: item.name, ...item.size }, item.extra);
}

interface Around {
  item: ExchangeItem;
  loss: LossCounter;
  choices: Choices;
  categoryIds: ReadonlyMap<string, Id>;
}

/** What an annotation says of an object; null where there is no way to say it, which is counted. */
function annotationRow(object: Shape | Proposal, around: Around): Row | null {
  const { loss, categoryIds } = around;
  const categoryId = object.label === null ? undefined : categoryIds.get(object.label);
  if (categoryId === undefined) return skip(loss, 'unlabelled-shape');
  const isProposal = !('origin' in object);
  // Without a score nothing tells a proposal from a person's own work.
  if (isProposal && object.score === null) return skip(loss, 'proposal');
  const place = placeRow(object.geometry, around);
  if (place === null) return null;
  if (!isProposal && object.ambiguous !== undefined) loss.add('ambiguous');
  const attributes: Row = { ...object.attributes, ...(place.angle !== undefined && { rotation: place.angle }) };
  return {
    category_id: categoryId,
    bbox: place.bbox,
    area: place.area,
    segmentation: place.segmentation,
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(isProposal && { score: object.score, ...(object.model !== null && { model: object.model }) }),
  };
}

function skip(loss: LossCounter, what: Parameters<LossCounter['add']>[0]): null {
  loss.add(what);
  return null;
}

interface PlaceRow {
  bbox: number[];
  area: number;
  segmentation: Json;
  angle?: number;
}

function placeRow(geometry: Geometry, around: Around): PlaceRow | null {
  const { loss, choices } = around;
  const area = areaOf(geometry);
  switch (geometry.type) {
    case 'box':
      return { bbox: bboxOf(geometry), area, segmentation: [] };
    case 'rotated-box': {
      const { cx, cy, w, h } = geometry;
      // Degrees as CVAT counts them, from 0 up to 360.
      const angle = (geometry.angle + 360) % 360;
      if (choices['rotation'] === 'attribute') {
        return { bbox: [cx - w / 2, cy - h / 2, w, h], area, segmentation: [], angle };
      }
      return { bbox: bboxOf(geometry), area, segmentation: [flat(cornersOf(geometry))], angle };
    }
    case 'polygon':
      return polygonRow(geometry, around);
    case 'ellipse':
      loss.add('ellipse');
      return { bbox: bboxOf(geometry), area, segmentation: [flat(ellipseRing(geometry))] };
    case 'mask': {
      const rle = around.item.size === null ? null : rleOfMask(geometry, around.item.size);
      if (rle === null) return skip(loss, 'left-out-mask');
      if (rle.cut) loss.add('clamped');
      return { bbox: bboxOf(geometry), area, segmentation: rleRow(rle, choices) };
    }
    case 'polyline':
    case 'point':
    case 'tag':
    case 'span':
    case 'passage':
      return skip(loss, `left-out-${geometry.type}`);
  }
}

function polygonRow(geometry: PolygonGeometry, { item, loss, choices }: Around): PlaceRow {
  const bbox = bboxOf(geometry);
  const outers = geometry.parts.map(({ outer }) => flat(outer));
  const holes = geometry.parts.reduce((sum, part) => sum + part.holes.length, 0);
  if (holes === 0) return { bbox, area: areaOf(geometry), segmentation: outers };
  const mask = choices['holes'] === 'filled' || item.size === null ? null : ringsToMask(geometry, item.size);
  const rle = mask === null || item.size === null ? null : rleOfMask(mask, item.size);
  if (mask !== null && rle !== null) {
    loss.add('polygon');
    return { bbox, area: areaOf(mask), segmentation: rleRow(rle, choices) };
  }
  loss.add('holes', holes);
  const filled = { ...geometry, parts: geometry.parts.map(({ outer }) => ({ outer, holes: [] })) };
  return { bbox, area: areaOf(filled), segmentation: outers };
}

function rleRow({ size, counts }: NonNullable<ReturnType<typeof rleOfMask>>, choices: Choices): Json {
  return { size: [...size], counts: choices['rle'] === 'compressed' ? textOfCounts(counts) : [...counts] };
}

function bboxOf(geometry: Geometry): number[] {
  const { x, y, w, h } = boundsOf(geometry) ?? { x: 0, y: 0, w: 0, h: 0 };
  return [x, y, w, h];
}

const flat = (ring: readonly Point[]): number[] => ring.flatMap(([x, y]) => [x, y]);
