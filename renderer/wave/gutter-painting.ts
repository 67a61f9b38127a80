import { fittingText } from './band-text.ts';
import type { PictureFrame } from './picture-frame.ts';
import { paintFrequencies } from './ruler-painting.ts';

/** What the names at the left say. */
export interface GutterWords {
  channel(channel: number): string;
  /** What a tier without a name is called. */
  readonly noTier: string;
  /** That waveforms are raised; null: they are not. */
  readonly raised: string | null;
  /** The highest frequency of the spectrograms. */
  readonly topHz: number;
}

/** Paints the names of channels and tiers, into a context that begins at the left edge of the canvas. */
export function paintGutter({ layout, colors, scene, context }: PictureFrame, words: GutterWords): void {
  const { left, ratio, ruler, height, lanes, tiers, tierArea } = layout;
  const px = Math.max(Math.round(ratio), 1);
  const padding = Math.round(10 * ratio);
  const room = left - 2 * padding;
  context.fillStyle = colors.ground;
  context.fillRect(0, ruler.top, left, height - ruler.top);
  context.textBaseline = 'middle';
  for (const lane of lanes) {
    context.fillStyle = colors.line;
    context.fillRect(0, lane.top, left, px);
    if (lane.kind === 'spectrogram') {
      paintFrequencies(context, lane, words.topHz, { right: left, ratio, colors });
    } else if (lane.bottom - lane.top >= 12 * ratio) {
      context.font = `${11 * ratio}px ${colors.font}`;
      context.fillStyle = colors.faintText;
      const name = fittingText(context, words.channel(lane.channel), room);
      const middle = Math.round((lane.top + lane.bottom) / 2) + ratio;
      // Only where there are two lines' room.
      const raised = lane.bottom - lane.top >= 30 * ratio ? words.raised : null;
      context.fillText(name, padding, raised === null ? middle : middle - 7 * ratio);
      if (raised !== null) context.fillText(fittingText(context, raised, room), padding, middle + 8 * ratio);
    }
  }
  context.save();
  context.beginPath();
  context.rect(0, tierArea.top, left, tierArea.bottom - tierArea.top);
  context.clip();
  for (const row of tiers) {
    const active = row.key === scene.activeTier;
    if (active) {
      context.fillStyle = colors.accentSoft;
      context.fillRect(0, row.top, left, row.bottom - row.top);
      context.fillStyle = colors.accent;
      context.fillRect(0, row.top, 2 * px, row.bottom - row.top);
    }
    context.fillStyle = colors.line;
    context.fillRect(0, row.top, left, px);
    const name = row.title === '' ? words.noTier : row.title;
    context.font = `${active ? '600 ' : ''}${12 * ratio}px ${colors.font}`;
    context.fillStyle = active ? colors.accentText : colors.text;
    context.fillText(fittingText(context, name, room), padding, Math.round((row.top + row.bottom) / 2) + ratio);
  }
  context.restore();
  context.fillStyle = colors.line;
  context.fillRect(left - px, ruler.top, px, height - ruler.top);
}
