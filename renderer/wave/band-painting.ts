import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { fittingText, textWidth } from './band-text.ts';
import type { TierRow } from './layout.ts';
import type { PictureFrame } from './picture-frame.ts';
import type { Placed } from './span-index.ts';
import { toFrame, toX } from './time-axis.ts';
import { faded } from './wave-style.ts';

/** CSS pixels. */
const measures = { inset: 3, padding: 5, text: 12, number: 10, sign: 2.5, moment: 3, least: 4 } as const;

/** The part of a row that a band takes. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Paints the rows of all tiers with what lies on them. */
export function paintTiers(frame: PictureFrame): void {
  const { context, layout, colors, from, to } = frame;
  const { top, bottom } = layout.tierArea;
  if (bottom <= top) return;
  context.save();
  context.beginPath();
  context.rect(from, top, to - from, bottom - top);
  context.clip();
  for (const row of layout.tiers) {
    if (row.bottom <= top || row.top >= bottom) continue;
    context.fillStyle = colors.ground;
    context.fillRect(from, row.top, to - from, row.bottom - row.top);
    paintRow(frame, row);
    context.fillStyle = colors.line;
    context.fillRect(from, row.top, to - from, 1);
  }
  context.restore();
}

function paintRow(frame: PictureFrame, row: TierRow): void {
  const { scene, axis, from, to } = frame;
  const [start, end] = [toFrame(axis, from - 2), toFrame(axis, to + 2)];
  scene.proposals.tiers.get(row.key)?.visit(start, end, (item) => paintProposal(frame, row, item));
  const selected: Placed<Segment>[] = [];
  let painted = -Infinity;
  scene.visit(row.key, start, end, (item) => {
    if (scene.selection.has(item.shape.id)) return void selected.push(item);
    const right = toX(axis, item.end);
    // Of many that share a pixel, one is seen.
    if (right <= painted && right - toX(axis, item.start) < 1) return;
    painted = Math.max(painted, Math.ceil(right));
    paintBand(frame, row, item, false);
  });
  painted = -Infinity;
  for (const item of selected) {
    const right = toX(axis, item.end);
    if (right <= painted) continue;
    if (right - toX(axis, item.start) < 1) painted = Math.ceil(right);
    paintBand(frame, row, item, true);
  }
  for (const shape of scene.preview.values()) {
    const { start: first, end: last, tier } = shape.geometry;
    if (tier !== row.key || last < start || first > end) continue;
    const number = scene.segments.byId.get(shape.id)?.number ?? 0;
    paintBand(frame, row, { shape, start: first, end: last, number, lane: 0, lanes: 1 }, true);
  }
}

function boxOf({ axis, layout, width }: PictureFrame, row: TierRow, item: Placed): Box {
  const inset = Math.round(measures.inset * layout.ratio);
  const height = row.bottom - row.top - 2 * inset;
  const top = row.top + inset + Math.round((height * item.lane) / item.lanes);
  const bottom = row.top + inset + Math.round((height * (item.lane + 1)) / item.lanes);
  // Far outside the view nothing is seen, and very long rectangles are drawn slowly.
  const left = Math.max(Math.round(toX(axis, item.start)), -64);
  const right = Math.min(Math.round(toX(axis, item.end)), width + 64);
  return { left, right: Math.max(right, left + 1), top, bottom };
}

function paintBand(frame: PictureFrame, row: TierRow, item: Placed<Segment>, isSelected: boolean): void {
  const { context, scene, colors, layout } = frame;
  const { shape } = item;
  const label = scene.label(shape.label);
  const color = label?.color ?? colors.unlabelled;
  const box = boxOf(frame, row, item);
  const { left, right, top, bottom } = box;
  const px = Math.max(Math.round(layout.ratio), 1);
  if (item.start === item.end) return paintMoment(frame, box, isSelected ? colors.accent : color);
  if (right - left < measures.least * layout.ratio) {
    context.fillStyle = isSelected ? colors.accent : faded(color, 0.6);
    context.fillRect(left, top, right - left, bottom - top);
    return;
  }
  context.fillStyle = faded(
    color,
    isSelected ? colors.band * 1.35 : label?.noTranscript ? colors.band / 2 : colors.band,
  );
  context.fillRect(left, top, right - left, bottom - top);
  if (label?.noTranscript) paintStripes(frame, box, color);
  context.fillStyle = isSelected ? colors.accent : color;
  context.fillRect(left, top, Math.min(2 * px, right - left), bottom - top);
  if (isSelected) {
    context.strokeStyle = colors.accent;
    context.lineWidth = 2 * px;
    context.strokeRect(left + px, top + px, right - left - 2 * px, bottom - top - 2 * px);
  }
  const signs = paintSigns(frame, box, shape);
  paintWords(frame, { ...box, right: box.right - signs }, item, isSelected);
}

/** A moment without length: a line with a head. */
function paintMoment({ context, layout }: PictureFrame, { left, top, bottom }: Box, color: string): void {
  const size = measures.moment * layout.ratio;
  context.fillStyle = color;
  context.fillRect(left, top, Math.max(Math.round(layout.ratio), 1), bottom - top);
  context.beginPath();
  context.moveTo(left - size, top);
  context.lineTo(left + size + 1, top);
  context.lineTo(left + 0.5, top + size * 1.6);
  context.fill();
}

/** Slanted hairlines: nothing is to be written here. */
function paintStripes({ context, axis, layout, from, to }: PictureFrame, box: Box, color: string): void {
  const step = Math.round(6 * layout.ratio);
  const height = box.bottom - box.top;
  const [left, right] = [Math.max(box.left, from - 1), Math.min(box.right, to + 1)];
  if (right <= left) return;
  context.save();
  context.beginPath();
  context.rect(left, box.top, right - left, height);
  context.clip();
  context.beginPath();
  const phase = ((-axis.origin % step) + step) % step;
  for (let x = Math.floor((left - height - phase) / step) * step + phase; x < right; x += step) {
    context.moveTo(x, box.bottom);
    context.lineTo(x + height, box.top);
  }
  context.lineWidth = Math.max(layout.ratio * 0.75, 0.75);
  context.strokeStyle = faded(color, 0.55);
  context.stroke();
  context.restore();
}

/** Signs at the right end: a dot where a rule found something, a question mark where it can be read in two ways. Their width. */
function paintSigns({ context, scene, colors, layout }: PictureFrame, box: Box, shape: Segment): number {
  const { ratio } = layout;
  const tone = scene.signs.get(shape.id);
  if ((!tone && shape.ambiguous === undefined) || box.right - box.left < 16 * ratio) return 0;
  let used = 0;
  const middle = (box.top + box.bottom) / 2;
  if (tone) {
    const radius = measures.sign * ratio;
    context.fillStyle = tone === 'breach' ? colors.red : colors.amber;
    context.beginPath();
    context.arc(box.right - radius - 4 * ratio, middle, radius, 0, 2 * Math.PI);
    context.fill();
    used += 2 * radius + 5 * ratio;
  }
  if (shape.ambiguous !== undefined) {
    context.font = `600 ${measures.text * ratio}px ${colors.font}`;
    context.fillStyle = colors.amber;
    context.textBaseline = 'middle';
    context.fillText('?', box.right - used - 10 * ratio, middle + ratio);
    used += 11 * ratio;
  }
  return used;
}

/** Number and beginning of the transcript; they stay in view as long as some of the segment does. */
function paintWords(frame: PictureFrame, box: Box, item: Placed, isSelected: boolean): void {
  const { context, colors, layout, width } = frame;
  const { ratio } = layout;
  const padding = measures.padding * ratio;
  const left = Math.max(box.left + 2 * ratio, 0) + padding;
  const right = Math.min(box.right, width) - padding;
  const height = box.bottom - box.top;
  if (right - left < 8 * ratio || height < 11 * ratio) return;
  const middle = Math.round((box.top + box.bottom) / 2) + ratio;
  context.textBaseline = 'middle';
  let at = left;
  if (item.number > 0) {
    context.font = `${isSelected ? '600 ' : ''}${measures.number * ratio}px ${colors.font}`;
    const number = String(item.number);
    const wide = textWidth(context, number);
    if (wide > right - left) return;
    context.fillStyle = isSelected ? colors.accentText : colors.faintText;
    context.fillText(number, at, middle);
    at += wide + 5 * ratio;
  }
  const { text } = item.shape;
  if (!text) return;
  context.font = `${measures.text * ratio}px ${colors.font}`;
  const shown = fittingText(context, text, right - at);
  if (shown === '') return;
  context.fillStyle = colors.text;
  context.fillText(shown, at, middle);
}

function paintProposal(frame: PictureFrame, row: TierRow, item: Placed): void {
  const { context, scene, colors, layout } = frame;
  const { ratio } = layout;
  const color = scene.label(item.shape.label)?.color ?? colors.unlabelled;
  const box = boxOf(frame, row, item);
  const wide = box.right - box.left;
  context.fillStyle = faded(color, colors.band / 4);
  context.fillRect(box.left, box.top, wide, box.bottom - box.top);
  context.fillStyle = color;
  if (wide < 6 * ratio) {
    context.fillRect(box.left, box.top, 1, box.bottom - box.top);
    return;
  }
  const px = Math.max(Math.round(ratio), 1);
  context.save();
  context.strokeStyle = color;
  context.lineWidth = px;
  context.setLineDash([4 * ratio, 3 * ratio]);
  context.lineDashOffset = -box.left;
  context.strokeRect(box.left + px / 2, box.top + px / 2, wide - px, box.bottom - box.top - px);
  context.restore();
  context.save();
  context.globalAlpha = 0.75;
  paintWords(frame, box, { ...item, number: 0 }, false);
  context.restore();
}
