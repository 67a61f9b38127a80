/**
 * How a photo is looked at: for the eye only, never in the data. Applied to decoded pixels by tables, once for each change,
 * so that moving about costs the same as without.
 */
export interface Look {
  /** -1 to 1, added; 0: as it is. */
  readonly brightness: number;
  /** -1 (all grey) to 1 (black and white), around the middle; 0: as it is. */
  readonly contrast: number;
  /** 0.2 to 5; above 1 the dark parts come up. */
  readonly gamma: number;
  /** 0 (grey) to 3; 1: as it is. */
  readonly saturation: number;
  /** 0 to 4: what each channel is multiplied by. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Spreads the brightnesses that occur over the whole range. */
  readonly stretch: boolean;
}

export const plainLook: Look = {
  brightness: 0,
  contrast: 0,
  gamma: 1,
  saturation: 1,
  red: 1,
  green: 1,
  blue: 1,
  stretch: false,
};

/** For photos taken at night: what is in the dark comes up, and colours keep apart. */
export const nightLook: Look = { ...plainLook, gamma: 1.8, contrast: 0.1, saturation: 1.2, stretch: true };

/** The range of each figure of a look. */
export const lookRanges = {
  brightness: { min: -1, max: 1, step: 0.02 },
  contrast: { min: -1, max: 1, step: 0.02 },
  gamma: { min: 0.2, max: 5, step: 0.05 },
  saturation: { min: 0, max: 3, step: 0.05 },
  red: { min: 0, max: 4, step: 0.05 },
  green: { min: 0, max: 4, step: 0.05 },
  blue: { min: 0, max: 4, step: 0.05 },
} as const;

export type LookFigure = keyof typeof lookRanges;

export const lookFigures = Object.keys(lookRanges) as readonly LookFigure[];

export function isPlain(look: Look): boolean {
  return !look.stretch && lookFigures.every((figure) => look[figure] === plainLook[figure]);
}

/** A look as text, and back; anything that is no look reads as the plain one. */
export function lookText(look: Look): string {
  return isPlain(look) ? '' : JSON.stringify(look);
}

export function readLook(text: string): Look {
  if (text === '') return plainLook;
  try {
    const found = JSON.parse(text) as Partial<Record<keyof Look, unknown>>;
    const read = (figure: LookFigure): number => {
      const value = found[figure];
      const { min, max } = lookRanges[figure];
      return typeof value === 'number' && Number.isFinite(value)
        ? Math.min(Math.max(value, min), max)
        : plainLook[figure];
    };
    const figures = Object.fromEntries(lookFigures.map((figure) => [figure, read(figure)]));
    return { ...plainLook, ...figures, stretch: found.stretch === true };
  } catch {
    return plainLook;
  }
}

/** How often each value 0..255 occurs: brightness (Rec. 601) and each channel. */
export interface Histogram {
  readonly luma: Uint32Array;
  readonly red: Uint32Array;
  readonly green: Uint32Array;
  readonly blue: Uint32Array;
}

/** The histogram of RGBA pixels. */
export function histogramOf(rgba: ArrayLike<number>): Histogram {
  const luma = new Uint32Array(256);
  const red = new Uint32Array(256);
  const green = new Uint32Array(256);
  const blue = new Uint32Array(256);
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const [r, g, b] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!];
    red[r]! += 1;
    green[g]! += 1;
    blue[b]! += 1;
    luma[(r * 77 + g * 150 + b * 29) >> 8]! += 1;
  }
  return { luma, red, green, blue };
}

/** Share of the pixels left aside at each end of a stretch: a few hot or dead pixels must not hold the range open. */
const clipped = 0.004;

/** The values between which nearly all pixels lie. Works for any number of bins; a histogram of one value is left as wide as it is. */
export function stretchRange(counts: ArrayLike<number>): { low: number; high: number } {
  let total = 0;
  for (let at = 0; at < counts.length; at += 1) total += counts[at]!;
  const aside = total * clipped;
  let low = 0;
  for (let seen = counts[0] ?? 0; seen <= aside && low < counts.length - 1; seen += counts[low]!) low += 1;
  let high = counts.length - 1;
  for (let seen = counts[high] ?? 0; seen <= aside && high > 0; seen += counts[high]!) high -= 1;
  return high > low ? { low, high } : { low: 0, high: counts.length - 1 };
}

/** What a look does to each value of each channel, and then to how far colours lie from grey. */
export interface LookTables {
  readonly red: Uint8Array;
  readonly green: Uint8Array;
  readonly blue: Uint8Array;
  readonly saturation: number;
}

/** The tables of a look; `histogram` is needed for a stretch. */
export function lookTables(look: Look, histogram: Histogram | null): LookTables {
  const range = look.stretch && histogram ? stretchRange(histogram.luma) : { low: 0, high: 255 };
  // Up to 1 the slope falls to nought or grows without end, as in most programs.
  const slope = look.contrast < 0 ? 1 + look.contrast : 1 / Math.max(1 - look.contrast, 1e-3);
  const table = (gain: number): Uint8Array =>
    Uint8Array.from({ length: 256 }, (_, value) => {
      const spread = Math.min(Math.max(((value - range.low) / (range.high - range.low)) * gain, 0), 1);
      const bent = spread ** (1 / look.gamma);
      const steep = (bent - 0.5) * slope + 0.5 + look.brightness;
      return Math.round(Math.min(Math.max(steep, 0), 1) * 255);
    });
  return { red: table(look.red), green: table(look.green), blue: table(look.blue), saturation: look.saturation };
}

/** Changes RGBA pixels by tables, in place. */
export function applyLook(rgba: Uint8ClampedArray, { red, green, blue, saturation }: LookTables): void {
  if (saturation === 1) {
    for (let at = 0; at < rgba.length; at += 4) {
      rgba[at] = red[rgba[at]!]!;
      rgba[at + 1] = green[rgba[at + 1]!]!;
      rgba[at + 2] = blue[rgba[at + 2]!]!;
    }
    return;
  }
  // In 1/256: a multiplication of whole numbers is quicker than one of fractions.
  const by = Math.round(saturation * 256);
  for (let at = 0; at < rgba.length; at += 4) {
    const r = red[rgba[at]!]!;
    const g = green[rgba[at + 1]!]!;
    const b = blue[rgba[at + 2]!]!;
    const grey = (r * 77 + g * 150 + b * 29) >> 8;
    rgba[at] = grey + (((r - grey) * by) >> 8);
    rgba[at + 1] = grey + (((g - grey) * by) >> 8);
    rgba[at + 2] = grey + (((b - grey) * by) >> 8);
  }
}
