import type { Scope } from '#renderer/lib/scope.ts';
import { windowFont } from '#renderer/lib/window-font.ts';

/** Colours and letters of the picture, taken from the look of the program around it. */
export interface WaveColors {
  /** The families of letters, first those of the language of the window. */
  readonly font: string;
  readonly dark: boolean;
  readonly ground: string;
  readonly lane: string;
  readonly line: string;
  readonly strong: string;
  readonly text: string;
  readonly faintText: string;
  readonly accent: string;
  readonly accentText: string;
  readonly accentSoft: string;
  readonly red: string;
  readonly amber: string;
  readonly peak: string;
  readonly loudness: string;
  /** A segment without a class. */
  readonly unlabelled: string;
  /** How opaque a segment is on its tier and over the waveform. */
  readonly band: number;
  readonly shade: number;
}

/** Reads the tokens that hold at `host`, by day or by night. */
export function readColors(host: HTMLElement): WaveColors {
  const computed = getComputedStyle(host);
  const token = (name: string, fallback: string): string =>
    computed.getPropertyValue(`--cl-${name}`).trim() || fallback;
  const text = token('text', '#24211d');
  const dark = lightness(text) > 0.5;
  return {
    font: windowFont(host),
    dark,
    ground: token('bg', '#f7f5f2'),
    lane: token('panel', '#fdfcfa'),
    line: token('line', '#e1ddd6'),
    strong: token('line-strong', '#c9c3ba'),
    text,
    faintText: token('text-3', '#665f57'),
    accent: dark ? token('accent-text', '#6fc7c3') : token('accent', '#0f6163'),
    accentText: token('accent-text', '#0d5c5e'),
    accentSoft: token('accent-soft', '#e0eeed'),
    red: token('red', '#b3261e'),
    amber: token('amber', '#b36b00'),
    peak: dark ? '#5f5a53' : '#bdb6ac',
    loudness: dark ? '#a39b90' : '#7d766c',
    unlabelled: dark ? '#8f877c' : '#a29a8f',
    band: dark ? 0.34 : 0.26,
    shade: dark ? 0.16 : 0.13,
  };
}

/** Tells the look at `host` whenever day becomes night or the other way round, and when the window speaks another language. */
export function watchColors(scope: Scope, host: HTMLElement, changed: (colors: WaveColors) => void): void {
  const observer = new MutationObserver(() => changed(readColors(host)));
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-mantine-color-scheme', 'lang'],
  });
  scope.add(() => observer.disconnect());
}

const mixed = new Map<string, string>();

/** `#rrggbb` with so much opacity, 0 to 1. */
export function faded(color: string, opacity: number): string {
  const key = color + opacity;
  let found = mixed.get(key);
  if (found === undefined) {
    if (mixed.size > 2000) mixed.clear();
    const [r, g, b] = channelsOf(color);
    found = `rgba(${r}, ${g}, ${b}, ${opacity})`;
    mixed.set(key, found);
  }
  return found;
}

function channelsOf(color: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
}

/** 0 black to 1 white, roughly as bright as it looks. */
function lightness(color: string): number {
  const [r, g, b] = channelsOf(color);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}
