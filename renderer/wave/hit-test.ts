import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import type { Layout, TierRow } from './layout.ts';
import { toFrame, toX, type TimeAxis } from './time-axis.ts';
import type { WaveScene } from './wave-scene.ts';

/** A part of the picture that the pointer means something else in. */
export type Area = 'minimap' | 'ruler' | 'lanes' | 'tiers' | 'gutter';

/** What lies under a point. */
export interface Hit {
  readonly area: Area;
  /** Not rounded, within the recording. */
  readonly frame: number;
  /** The tier of the row; the active one elsewhere. */
  readonly tier: string;
  readonly channel: number | null;
  readonly segment: Segment | null;
  /** The boundary of `segment` that would be taken hold of. */
  readonly edge: 'start' | 'end' | null;
}

export interface HitInput {
  /** Device pixels of the canvas. */
  readonly x: number;
  readonly y: number;
  readonly layout: Layout;
  readonly axis: TimeAxis;
  readonly scene: WaveScene;
  /** Length of the recording. */
  readonly frames: number;
}

/** CSS pixels: how near a boundary the pointer has to be, and how near a segment too narrow to be hit. */
const edgeReach = 5;
const narrowReach = 3;

/** What lies under a point of the canvas. */
export function hitAt({ x, y, layout, axis, scene, frames }: HitInput): Hit {
  const area = areaAt(x, y, layout);
  const at = x - layout.left;
  const row = area === 'tiers' || (area === 'gutter' && y >= layout.tierArea.top) ? rowAt(y, layout) : null;
  const tier = row?.key ?? scene.activeTier;
  const frame = Math.min(Math.max(toFrame(axis, at), 0), frames);
  const lane = layout.lanes.find(({ top, bottom }) => y >= top && y < bottom);
  const channel = area === 'lanes' ? (lane?.channel ?? null) : null;
  const base = { area, frame, tier, channel };
  if (area !== 'lanes' && area !== 'tiers') return { ...base, segment: null, edge: null };
  const edge = edgeAt(at, { layout, axis, scene, tier, frame, anyTier: area === 'lanes' });
  if (edge) return { ...base, ...edge };
  const share = row ? (y - row.top) / (row.bottom - row.top) : null;
  const segment = segmentAt(at, { layout, axis, scene, tier, frame, share });
  return { ...base, segment, edge: null };
}

function areaAt(x: number, y: number, { minimap, ruler, left, tierArea }: Layout): Area {
  if (y < minimap.bottom) return 'minimap';
  if (x < left) return 'gutter';
  if (y < ruler.bottom) return 'ruler';
  return y >= tierArea.top && tierArea.bottom > tierArea.top ? 'tiers' : 'lanes';
}

function rowAt(y: number, { tiers }: Layout): TierRow | null {
  return tiers.find(({ top, bottom }) => y >= top && y < bottom) ?? null;
}

interface Search {
  readonly layout: Layout;
  readonly axis: TimeAxis;
  readonly scene: WaveScene;
  readonly tier: string;
  readonly frame: number;
}

/**
 * The nearest boundary within reach, that of a selected segment before others. Of two segments that touch it is the one whose side the
 * pointer is on. Inside a segment the reach is a third of it at the most, so that a narrow one can still be taken as a whole.
 */
function edgeAt(
  x: number,
  { layout, axis, scene, tier, frame, anyTier }: Search & { readonly anyTier: boolean },
): { readonly segment: Segment; readonly edge: 'start' | 'end' } | null {
  const reach = edgeReach * layout.ratio;
  const frames = reach / axis.k;
  let best: { readonly segment: Segment; readonly edge: 'start' | 'end'; readonly cost: number } | null = null;
  const consider = (segment: Segment): void => {
    const { start, end } = segment.geometry;
    const [left, right] = [toX(axis, start), toX(axis, end)];
    for (const [edge, place] of [
      ['start', left],
      ['end', right],
    ] as const) {
      const inwards = edge === 'start' ? x - place : place - x;
      const distance = Math.abs(inwards);
      if (distance > (inwards > 0 ? Math.min(reach, (right - left) / 3) : reach)) continue;
      // Half a pixel decides between two that share a boundary, in favour of the one the pointer is in.
      const cost = distance - (scene.selection.has(segment.id) ? reach : 0) + (inwards < 0 ? 0.5 : 0);
      if (!best || cost < best.cost) best = { segment, edge, cost };
    }
  };
  scene.segments.tiers.get(tier)?.visit(frame - frames, frame + frames, ({ shape }) => consider(shape));
  if (anyTier && scene.selection.size <= 50) {
    for (const segment of scene.selected()) if (segment.geometry.tier !== tier) consider(segment);
  }
  return best && { segment: (best as { segment: Segment }).segment, edge: (best as { edge: 'start' | 'end' }).edge };
}

/**
 * The segment under a place: the selected one, else the last to begin; on a row only those whose share of the height is meant. One that
 * is too narrow to be hit is found beside it.
 */
function segmentAt(
  x: number,
  { layout, axis, scene, tier, frame, share }: Search & { readonly share: number | null },
): Segment | null {
  const reach = narrowReach * layout.ratio;
  let best: { readonly segment: Segment; readonly distance: number } | null = null;
  scene.segments.tiers
    .get(tier)
    ?.visit(frame - reach / axis.k, frame + reach / axis.k, ({ shape, start, end, lane, lanes }) => {
      if (share !== null && lanes > 1 && Math.min(Math.floor(share * lanes), lanes - 1) !== lane) return;
      const [left, right] = [toX(axis, start), toX(axis, end)];
      const distance = x < left ? left - x : x >= right ? x - right + 0.01 : 0;
      if (distance > 0 && right - left > 2 * reach) return;
      const selected = scene.selection.has(shape.id);
      if (
        !best ||
        distance < best.distance ||
        (distance === best.distance && (selected || !scene.selection.has(best.segment.id)))
      ) {
        best = { segment: shape, distance };
      }
    });
  return best === null ? null : (best as { segment: Segment }).segment;
}
