import type { SpanGeometry } from '#shared/domain/annotation.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { textWidth } from './band-text.ts';
import type { PictureFrame } from './picture-frame.ts';
import { toFrame, toX } from './time-axis.ts';
import { faded } from './wave-style.ts';
import type { WaveMark } from './wave-view.ts';

/** Shades the lanes where segments are, and draws the boundaries of those that are selected. */
export function paintShades(frame: PictureFrame): void {
  const { scene, axis, from, to, colors } = frame;
  const [start, end] = [toFrame(axis, from - 2), toFrame(axis, to + 2)];
  for (const { key } of scene.tiers) {
    let painted = -Infinity;
    scene.visit(key, start, end, (item) => {
      const right = toX(axis, item.end);
      const narrow = right - toX(axis, item.start) < 1;
      if (narrow && right <= painted) return;
      if (narrow) painted = Math.ceil(right);
      shade(frame, item.shape, scene.selection.has(item.shape.id));
    });
  }
  for (const shape of scene.preview.values()) shade(frame, shape, true);
  scene.placedMarks.visit(start, end, ({ start: first, end: last, mark }) => {
    if (mark.shape === null || !scene.preview.has(mark.shape)) paintMark(frame, mark, first, last, colors.red);
  });
}

/** The lanes a segment is about: top and bottom of each. */
function lanesOf(
  { layout }: PictureFrame,
  channel: SpanGeometry['channel'],
): readonly { top: number; bottom: number }[] {
  if (channel === null) return [layout.laneArea];
  return layout.lanes.filter((lane) => lane.channel === channel);
}

function shade(frame: PictureFrame, { label, geometry }: Segment, isSelected: boolean): void {
  const { context, scene, axis, colors, layout, from, to } = frame;
  const color = scene.label(label)?.color ?? colors.unlabelled;
  const left = Math.max(Math.round(toX(axis, geometry.start)), from - 4);
  const right = Math.min(Math.round(toX(axis, geometry.end)), to + 4);
  if (right < left) return;
  const wide = Math.max(right - left, 1);
  const px = Math.max(Math.round(layout.ratio), 1);
  for (const { top, bottom } of lanesOf(frame, geometry.channel)) {
    context.fillStyle = faded(color, isSelected ? colors.shade * 1.8 : colors.shade);
    context.fillRect(left, top, wide, bottom - top);
    if (wide < 3 && !isSelected) continue;
    context.fillStyle = isSelected ? colors.accent : faded(color, 0.7);
    const line = isSelected ? 2 * px : px;
    context.fillRect(left, top, line, bottom - top);
    context.fillRect(left + wide - line, top, line, bottom - top);
  }
}

/** What a rule found, at its place over the lanes, with its words. */
function paintMark(frame: PictureFrame, mark: WaveMark, start: number, end: number, red: string): void {
  const { context, scene, axis, colors, layout, from, to } = frame;
  const { ratio } = layout;
  const color = mark.tone === 'breach' ? red : colors.amber;
  const [left, right] = [
    Math.max(Math.round(toX(axis, start)), from - 4),
    Math.min(Math.round(toX(axis, end)), to + 4),
  ];
  const wide = Math.max(right - left, 1);
  const about = mark.shape === null ? null : (scene.segments.byId.get(mark.shape)?.shape ?? null);
  for (const { top, bottom } of lanesOf(frame, about?.geometry.channel ?? null)) {
    // The segment's own colour would turn red into grey.
    context.fillStyle = faded(colors.lane, 0.7);
    context.fillRect(left, top, wide, bottom - top);
    context.fillStyle = faded(color, colors.dark ? 0.42 : 0.24);
    context.fillRect(left, top, wide, bottom - top);
    context.fillStyle = color;
    context.fillRect(left, top, wide, Math.max(Math.round(2 * ratio), 1));
  }
  paintLength(frame, mark.text, toX(axis, start), toX(axis, end), color);
}

/** The words of a mark at the top of the lanes, in the middle of its place; where there is no room for them nothing. */
function paintLength(
  { context, layout, colors }: PictureFrame,
  text: string,
  left: number,
  right: number,
  color: string,
): void {
  const { ratio, laneArea } = layout;
  if (text === '' || right - left < 14 * ratio) return;
  context.font = `600 ${10.5 * ratio}px ${colors.font}`;
  const wide = textWidth(context, text);
  if (wide > right - left + 24 * ratio) return;
  const x = Math.round((left + right - wide) / 2);
  const top = laneArea.top + Math.round(5 * ratio);
  context.fillStyle = faded(colors.lane, 0.86);
  context.fillRect(x - 4 * ratio, top, wide + 8 * ratio, Math.round(15 * ratio));
  context.fillStyle = color;
  context.textBaseline = 'middle';
  context.fillText(text, x, top + 8 * ratio);
}

/** How far (device pixels) what is painted for a mark can go beyond it. */
export const markOverhang = 18;

/** What rules found inside segments, along the feet of their bands. */
export function paintBandMarks({ context, scene, axis, colors, layout, from, to }: PictureFrame): void {
  const { ratio, tierArea } = layout;
  const height = Math.round(4 * ratio);
  scene.placedMarks.visit(toFrame(axis, from - 2), toFrame(axis, to + 2), ({ start, end, mark }) => {
    if (mark.shape === null || scene.preview.has(mark.shape)) return;
    const about = scene.segments.byId.get(mark.shape)?.shape.geometry;
    const row = about && layout.tiers.find(({ key }) => key === about.tier);
    if (!row || row.bottom - height < tierArea.top) return;
    const left = Math.max(Math.round(toX(axis, start)), from - 4);
    const right = Math.min(Math.round(toX(axis, end)), to + 4);
    context.fillStyle = mark.tone === 'breach' ? colors.red : colors.amber;
    context.fillRect(left, row.bottom - height - Math.round(3 * ratio), Math.max(right - left, 1), height);
  });
}
