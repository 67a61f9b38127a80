import type { AnnotationCodec, ExchangeItem, ExchangeSound, Loss, ParsedItem } from '#shared/codecs/codec.ts';
import { annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import { soundFormats } from '#shared/codecs/annotation-formats.ts';
import type { Proposal, Shape, SpanGeometry } from '#shared/domain/annotation.ts';
import type { Json } from '#shared/domain/json.ts';
import { lossTable, type LossRow } from './loss-table.ts';
import { nextShapeId, parseFiles, writeFiles } from './codec-files.ts';

export const recording = {
  name: 'dir/a.wav',
  size: null,
  sound: { rate: 16_000, frames: 480_001, channels: 2 },
} as const;

export const span = (start: number, end: number, more: Partial<SpanGeometry> = {}): SpanGeometry => ({
  type: 'span',
  start,
  end,
  tier: 'A',
  channel: null,
  ...more,
});

export function segment(geometry: SpanGeometry, more: Partial<Shape> = {}): Shape & { geometry: SpanGeometry } {
  return {
    id: nextShapeId() as Shape['id'],
    label: null,
    attributes: {},
    origin: 'hand',
    text: 'word',
    ...more,
    geometry,
  };
}

export function proposedSpan(geometry: SpanGeometry, more: Partial<Proposal> = {}): Proposal {
  const id = nextShapeId() as Proposal['id'];
  return { id, label: null, geometry, text: 'word', attributes: {}, score: 0.75, model: null, ...more };
}

/** A recording that is at hand under its name and no other. */
export const soundAtHand = (name: string): Promise<ExchangeSound | null> =>
  Promise.resolve(name === recording.name ? { ...recording.sound } : null);

/** Writes one recording and reads it again. */
export async function soundRoundTrip(
  codec: AnnotationCodec,
  { shapes = [], proposals = [] }: { shapes?: Shape[]; proposals?: Proposal[] },
  {
    atHand = true,
    choices = {},
    answers = {},
  }: { atHand?: boolean; choices?: Record<string, string>; answers?: Record<string, string> } = {},
): Promise<{ items: ParsedItem[]; loss: Loss[]; objects: number; files: Record<string, string> }> {
  const item: ExchangeItem = { ...recording, shapes, extra: {}, ...(proposals.length > 0 && { proposals }) };
  const { files, summary } = await writeFiles(codec, { items: [item], labels: [] }, choices);
  const soundOf = atHand ? soundAtHand : () => Promise.resolve(null);
  const { parsed } = await parseFiles(codec, files, { soundOf, answers });
  return { items: parsed.items, loss: summary.loss, objects: summary.objects, files };
}

/** The first segment that comes back. */
async function backOf(codec: AnnotationCodec, shape: Shape): Promise<Shape | undefined> {
  return (await soundRoundTrip(codec, { shapes: [shape] })).items[0]?.shapes[0];
}

const kept = 'yes';
const gone = '-';
const odd = span(16_001, 40_007);

async function attributeCell(codec: AnnotationCodec, value: Json): Promise<string> {
  const back = (await backOf(codec, segment(odd, { attributes: { gender: value } })))?.attributes['gender'];
  return back === undefined ? gone : back === value ? kept : `as ${typeof back}`;
}

const placesOf = (shapes: readonly Shape[]): string => JSON.stringify(shapes.map(({ geometry }) => geometry));

/** The rows: what is looked at, and how. */
const rows: readonly LossRow<AnnotationCodec>[] = [
  {
    name: 'times',
    async cell(codec) {
      const back = (await backOf(codec, segment(odd)))?.geometry;
      if (back?.type !== 'span') return gone;
      return back.start === odd.start && back.end === odd.end ? 'to the frame' : 'to the millisecond';
    },
  },
  {
    name: 'words, exactly',
    async cell(codec) {
      const text = ' „quoted" \\as 水😀 <b> &amp; ';
      const back = (await backOf(codec, segment(odd, { text })))?.text;
      return back === text ? kept : back === undefined ? gone : 'without spaces at the ends';
    },
  },
  {
    name: 'class',
    cell: async (codec) => ((await backOf(codec, segment(odd, { label: 'valid' })))?.label === 'valid' ? kept : gone),
  },
  {
    name: 'tier or speaker',
    async cell(codec) {
      const back = (await backOf(codec, segment(span(0, 16_000, { tier: 'Speaker 1' }))))?.geometry;
      return back?.type === 'span' && back.tier === 'Speaker 1' ? kept : gone;
    },
  },
  {
    name: 'channel',
    async cell(codec) {
      const back = (await backOf(codec, segment(span(0, 16_000, { channel: 1 }))))?.geometry;
      return back?.type === 'span' && back.channel === 1 ? kept : gone;
    },
  },
  {
    name: 'overlaps in a tier',
    async cell(codec) {
      const shapes = [segment(span(0, 32_000), { text: 'a' }), segment(span(16_000, 48_000), { text: 'b' })];
      const { items, loss } = await soundRoundTrip(codec, { shapes });
      const isBack = placesOf(items.flatMap((item) => item.shapes)) === placesOf(shapes);
      return isBack ? (loss.some(({ what }) => what === 'overlap') ? 'in further tiers' : kept) : 'cut';
    },
  },
  {
    name: 'points without length',
    async cell(codec) {
      const { items, loss } = await soundRoundTrip(codec, { shapes: [segment(span(16_000, 16_000))] });
      if (items[0]?.shapes.length !== 1) return gone;
      return loss.some(({ what }) => what === 'moment') ? 'as a millisecond' : kept;
    },
  },
  {
    name: 'segment without words',
    async cell(codec) {
      const { text: _, ...bare } = segment(odd);
      const back = await backOf(codec, bare);
      return back === undefined ? gone : kept;
    },
  },
  { name: 'attribute: text', cell: (codec) => attributeCell(codec, 'female') },
  { name: 'attribute: number', cell: (codec) => attributeCell(codec, 3) },
  { name: 'attribute: yes or no', cell: (codec) => attributeCell(codec, true) },
  {
    name: 'note of ambiguity',
    cell: async (codec) =>
      (await backOf(codec, segment(odd, { ambiguous: 'two readings' })))?.ambiguous === 'two readings' ? kept : gone,
  },
  {
    name: "machine's proposal with score",
    async cell(codec) {
      const { items } = await soundRoundTrip(codec, { proposals: [proposedSpan(odd)] });
      return items[0]?.proposals?.[0]?.score === 0.75 ? kept : gone;
    },
  },
  {
    name: 'recording without segments',
    cell: async (codec) => ((await soundRoundTrip(codec, {})).items.length === 1 ? kept : gone),
  },
  {
    name: 'rate and length',
    async cell(codec) {
      const { items } = await soundRoundTrip(codec, { shapes: [segment(odd)] }, { atHand: false });
      return items[0]?.sound?.rate === 16_000 && items[0].sound.frames === 480_001 ? kept : gone;
    },
  },
];

/** The loss matrix of sound as a Markdown table, computed by writing one of each and reading it again. */
export function soundLossMatrix(): Promise<string> {
  return lossTable(
    soundFormats.map((format) => annotationCodecs[format]),
    rows,
  );
}
