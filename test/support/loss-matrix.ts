import type { ExchangeItem, ExchangeLabel, AnnotationCodec, Loss, ParsedItem } from '#shared/codecs/codec.ts';
import { imageFormats } from '#shared/codecs/annotation-formats.ts';
import { annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import type { Geometry, Proposal, Shape } from '#shared/domain/annotation.ts';
import type { Json } from '#shared/domain/json.ts';
import { lossTable, type LossRow } from './loss-table.ts';
import { nextShapeId, parseFiles, writeFiles } from './codec-files.ts';

export const photo = { name: 'dir/a.jpg', size: { width: 640, height: 480 } } as const;

const triangle = (at: number, size: number): [number, number][] => [
  [at, at],
  [at + size, at],
  [at + size, at + size],
];

/** One geometry of each kind, in whole pixels where a format may round, and nothing that another kind could be taken for. */
export const sampleGeometries: { readonly [T in Geometry['type']]: Extract<Geometry, { type: T }> } = {
  box: { type: 'box', x: 100, y: 50, w: 64, h: 32 },
  'rotated-box': { type: 'rotated-box', cx: 200, cy: 200, w: 80, h: 40, angle: 30 },
  polygon: {
    type: 'polygon',
    parts: [
      {
        outer: [
          [300, 100],
          [340, 90],
          [360, 130],
          [330, 160],
          [290, 140],
        ],
        holes: [],
      },
    ],
  },
  polyline: { type: 'polyline', points: triangle(20, 30) },
  point: { type: 'point', x: 320, y: 240 },
  ellipse: { type: 'ellipse', cx: 160, cy: 320, rx: 32, ry: 16, angle: 45 },
  mask: { type: 'mask', x: 400, y: 300, w: 3, h: 2, runs: [1, 1, 1, 3] },
  tag: { type: 'tag' },
  span: { type: 'span', start: 16_000, end: 40_000, tier: 'A', channel: null },
  passage: { type: 'passage', field: 'answer', start: 2, end: 9 },
};

const withHole: Geometry = { type: 'polygon', parts: [{ outer: triangle(100, 60), holes: [triangle(130, 20)] }] };
const ofParts: Geometry = {
  type: 'polygon',
  parts: [
    { outer: triangle(100, 60), holes: [] },
    { outer: triangle(300, 60), holes: [] },
  ],
};

export const sampleLabels: ExchangeLabel[] = [
  {
    key: 'car',
    color: '#ff0000',
    attributes: [
      { name: 'colour', input: 'text', values: [], initial: '', required: false, mutable: true },
      { name: 'doors', input: 'number', values: [], initial: 4, required: false, mutable: false },
      { name: 'parked', input: 'checkbox', values: [], initial: false, required: false, mutable: true },
    ],
    extra: {},
  },
];

export function sampleShape(geometry: Geometry, more: Partial<Shape> = {}): Shape {
  return { id: nextShapeId() as Shape['id'], label: 'car', geometry, attributes: {}, origin: 'hand', ...more };
}

export function sampleProposal(geometry: Geometry): Proposal {
  const id = nextShapeId() as Proposal['id'];
  return { id, label: 'car', geometry, attributes: {}, score: 0.75, model: null };
}

/** Writes one photo and reads it again. */
export async function roundTrip(
  codec: AnnotationCodec,
  { shapes = [], proposals = [] }: { shapes?: Shape[]; proposals?: Proposal[] },
  sizesAtHand = true,
): Promise<{ items: ParsedItem[]; loss: Loss[]; objects: number }> {
  const item: ExchangeItem = { ...photo, shapes, extra: {}, ...(proposals.length > 0 && { proposals }) };
  const { files, summary } = await writeFiles(codec, { items: [item], labels: sampleLabels });
  const imageSize = () => Promise.resolve(sizesAtHand ? { ...photo.size } : null);
  const { parsed } = await parseFiles(codec, files, { imageSize });
  return { items: parsed.items, loss: summary.loss, objects: summary.objects };
}

/** Whether two values say the same, numbers to a thousandth of a pixel or degree. */
export function alike(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < 1e-3;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  return (
    keysA.length === keysB.length &&
    keysA.every((key) => alike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

const kept = 'yes';
const gone = '-';

/** What becomes of one geometry: `yes` as it is, what it comes back as, or `-`. */
async function geometryCell(codec: AnnotationCodec, geometry: Geometry): Promise<string> {
  const { items, loss } = await roundTrip(codec, { shapes: [sampleShape(geometry)] });
  const back = items.flatMap(({ shapes }) => shapes.map((shape) => shape.geometry));
  if (back.length === 0) return gone;
  if (back.length === 1 && alike(back[0], geometry)) return kept;
  const types = [...new Set(back.map(({ type }) => type))].join(', ');
  const without = loss.some(({ what }) => what === 'holes') ? ' without holes' : '';
  return back.length > 1 ? `as ${back.length} ${types}s${without}` : `as ${types}${without}`;
}

async function attributeCell(codec: AnnotationCodec, name: string, value: Json): Promise<string> {
  const { items } = await roundTrip(codec, {
    shapes: [sampleShape(sampleGeometries.box, { attributes: { [name]: value } })],
  });
  const back = items[0]?.shapes[0]?.attributes[name];
  if (back === undefined) return gone;
  return alike(back, value) ? kept : `as ${typeof back}`;
}

/** The rows: what is looked at, and how. */
const rows: readonly LossRow<AnnotationCodec>[] = [
  { name: 'box', cell: (codec) => geometryCell(codec, sampleGeometries.box) },
  { name: 'turned box', cell: (codec) => geometryCell(codec, sampleGeometries['rotated-box']) },
  { name: 'polygon', cell: (codec) => geometryCell(codec, sampleGeometries.polygon) },
  { name: 'polygon with a hole', cell: (codec) => geometryCell(codec, withHole) },
  { name: 'polygon of two parts', cell: (codec) => geometryCell(codec, ofParts) },
  { name: 'line', cell: (codec) => geometryCell(codec, sampleGeometries.polyline) },
  { name: 'point', cell: (codec) => geometryCell(codec, sampleGeometries.point) },
  { name: 'ellipse', cell: (codec) => geometryCell(codec, sampleGeometries.ellipse) },
  { name: 'mask', cell: (codec) => geometryCell(codec, sampleGeometries.mask) },
  { name: 'tag of the photo', cell: (codec) => geometryCell(codec, sampleGeometries.tag) },
  { name: 'attribute: text', cell: (codec) => attributeCell(codec, 'colour', 'red') },
  { name: 'attribute: number', cell: (codec) => attributeCell(codec, 'doors', 3) },
  { name: 'attribute: yes or no', cell: (codec) => attributeCell(codec, 'parked', true) },
  {
    name: 'note of ambiguity',
    async cell(codec) {
      const { items } = await roundTrip(codec, {
        shapes: [sampleShape(sampleGeometries.box, { ambiguous: 'two readings' })],
      });
      return items[0]?.shapes[0]?.ambiguous === 'two readings' ? kept : gone;
    },
  },
  {
    name: "machine's proposal with score",
    async cell(codec) {
      const geometry = codec.holds.shapes.includes('box') ? sampleGeometries.box : sampleGeometries.polygon;
      const { items } = await roundTrip(codec, { proposals: [sampleProposal(geometry)] });
      return items[0]?.proposals?.[0]?.score === 0.75 ? kept : gone;
    },
  },
  {
    name: 'photo without objects',
    async cell(codec) {
      return (await roundTrip(codec, {})).items.length === 1 ? kept : gone;
    },
  },
  {
    name: 'size of the photo',
    async cell(codec) {
      const { items } = await roundTrip(codec, { shapes: [sampleShape(sampleGeometries.box)] }, false).catch(() => ({
        items: [],
      }));
      return alike(items[0]?.size, photo.size) ? kept : gone;
    },
  },
];

/** The loss matrix as a Markdown table, computed by writing one of each and reading it again. */
export function lossMatrix(): Promise<string> {
  return lossTable(
    imageFormats.map((format) => annotationCodecs[format]),
    rows,
  );
}
