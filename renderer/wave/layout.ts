import type { WaveSettings, WaveTier } from './wave-view.ts';

/** A row over the whole width, device pixels. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
}

/** What a channel is drawn as. */
export interface Lane extends Row {
  readonly kind: 'waveform' | 'spectrogram';
  readonly channel: number;
}

export interface TierRow extends Row {
  readonly key: string;
  readonly title: string;
  readonly channel: number | null;
}

/** Where everything is, in device pixels of the whole canvas, top left is 0. */
export interface Layout {
  readonly ratio: number;
  readonly width: number;
  readonly height: number;
  /** Where the lanes begin; names stand left of it. */
  readonly left: number;
  readonly minimap: Row;
  readonly ruler: Row;
  /** All lanes of all channels. */
  readonly lanes: readonly Lane[];
  readonly laneArea: Row;
  /** The rows of tiers, moved by `scrolled`; those outside `tierArea` are not to be seen. */
  readonly tiers: readonly TierRow[];
  readonly tierArea: Row;
  /** How far the tiers can be scrolled, device pixels. */
  readonly hidden: number;
}

export interface LayoutInput {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly channels: number;
  readonly settings: Pick<WaveSettings, 'waveform' | 'spectrogram' | 'channels'>;
  readonly tiers: readonly WaveTier[];
  /** Device pixels. */
  readonly scrolled: number;
}

/** CSS pixels. */
const measures = {
  gutter: 84,
  minimap: 30,
  ruler: 22,
  tier: 30,
  leastTier: 20,
  /** The share of what lanes and tiers have together that the tiers get at the most. */
  tierShare: 0.5,
  /** A channel this high has room for both waveform and spectrogram. */
  both: 76,
} as const;

/** Divides the canvas. Every row begins where the one above ends. */
export function layOut({ width, height, ratio, channels, settings, tiers, scrolled }: LayoutInput): Layout {
  const px = (css: number): number => Math.round(css * ratio);
  const left = Math.min(px(measures.gutter), Math.round(width / 3));
  const minimap = { top: 0, bottom: px(measures.minimap) };
  const ruler = { top: minimap.bottom, bottom: minimap.bottom + px(measures.ruler) };
  const rest = Math.max(height - ruler.bottom, 0);
  const room = Math.round(rest * measures.tierShare);
  const fitting = tiers.length === 0 ? 0 : Math.floor(room / tiers.length);
  const rowHeight = Math.min(Math.max(fitting, px(measures.leastTier)), px(measures.tier));
  const all = rowHeight * tiers.length;
  const tierArea = { top: height - Math.min(all, room), bottom: height };
  const hidden = Math.max(all - room, 0);
  const offset = Math.min(Math.max(scrolled, 0), hidden);
  const laneArea = { top: ruler.bottom, bottom: Math.max(tierArea.top, ruler.bottom) };
  const shown = (settings.channels ?? Array.from({ length: channels }, (_, channel) => channel)).filter(
    (channel) => channel < channels,
  );
  return {
    ratio,
    width,
    height,
    left,
    minimap,
    ruler,
    lanes: layLanes(laneArea, shown, settings, px(measures.both)),
    laneArea,
    tiers: tiers.map(({ key, title, channel }, at) => ({
      key,
      title: title ?? key,
      channel: channel ?? null,
      top: tierArea.top + at * rowHeight - offset,
      bottom: tierArea.top + (at + 1) * rowHeight - offset,
    })),
    tierArea,
    hidden,
  };
}

/**
 * The lanes from the top: each channel's waveform with its spectrogram below it, or, where channels are too low for that, all waveforms
 * and the spectrogram of the first channel.
 */
function layLanes(area: Row, channels: readonly number[], settings: LayoutInput['settings'], both: number): Lane[] {
  if (channels.length === 0) return [];
  const { waveform, spectrogram } = settings;
  const each = (area.bottom - area.top) / channels.length;
  const wanted: { readonly kind: Lane['kind']; readonly channel: number; readonly weight: number }[] = [];
  if (waveform && spectrogram && each < both && channels.length > 1) {
    for (const channel of channels) wanted.push({ kind: 'waveform', channel, weight: 1 });
    wanted.push({ kind: 'spectrogram', channel: channels[0]!, weight: channels.length * 0.8 });
  } else {
    for (const channel of channels) {
      if (waveform || !spectrogram) wanted.push({ kind: 'waveform', channel, weight: 1 });
      if (spectrogram) wanted.push({ kind: 'spectrogram', channel, weight: 1.2 });
    }
  }
  const whole = wanted.reduce((sum, { weight }) => sum + weight, 0);
  let [before, top] = [0, area.top];
  return wanted.map(({ kind, channel, weight }) => {
    before += weight;
    const bottom = area.top + Math.round(((area.bottom - area.top) * before) / whole);
    const lane = { kind, channel, top, bottom };
    top = bottom;
    return lane;
  });
}
