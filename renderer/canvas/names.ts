import type { Label, LabelSet } from '#shared/domain/label-set.ts';
import { windowFont } from '#renderer/lib/window-font.ts';
import { style } from './style.ts';

/** What a shape's class looks like: its colour and the small sign with its name. */
export interface Names {
  setLabels(labels: LabelSet): void;
  /** The name on shapes that have no class; empty: none. */
  setUnlabelledName(name: string): void;
  colorOf(label: string | null): string;
  /** The colour of the edge under a line of that colour. */
  edgeOf(label: string | null): string;
  /**
   * The sign for a class, drawn once and kept, in device pixels; null when there is nothing to say. A class that is not
   * in the label set shows its key.
   */
  signOf(label: string | null, ratio: number): HTMLCanvasElement | null;
}

/** Names for an empty label set. */
export function createNames(): Names {
  let labels = new Map<string, Label>();
  let unlabelledName = '';
  let signsRatio = 0;
  const signs = new Map<string | null, HTMLCanvasElement | null>();

  /** By line colour. */
  const edges = new Map<string, string>();

  const colorOf = (label: string | null): string =>
    (label === null ? undefined : labels.get(label)?.color) ?? style.unlabelledColor;

  return {
    setLabels(next) {
      labels = new Map(next.map((label) => [label.key, label]));
      signs.clear();
    },
    setUnlabelledName(name) {
      unlabelledName = name;
      signs.clear();
    },
    colorOf,
    edgeOf(label) {
      const color = colorOf(label);
      let edge = edges.get(color);
      if (edge === undefined) {
        edge = readableOn(color) === '#000000' ? style.darkEdge : style.lightEdge;
        edges.set(color, edge);
      }
      return edge;
    },
    signOf(label, ratio) {
      if (ratio !== signsRatio) signs.clear();
      signsRatio = ratio;
      let sign = signs.get(label);
      if (sign === undefined) {
        const text = label === null ? unlabelledName : labels.get(label)?.name || label;
        sign = text === '' ? null : drawSign(text, colorOf(label), ratio);
        signs.set(label, sign);
      }
      return sign;
    },
  };
}

function drawSign(text: string, color: string, ratio: number): HTMLCanvasElement {
  const element = document.createElement('canvas');
  const context = element.getContext('2d')!;
  const font = `${style.nameLetters}px ${windowFont()}`;
  context.font = font;
  const textWidth = Math.min(context.measureText(text).width, style.nameMaxWidth);
  element.width = Math.ceil((textWidth + 2 * style.namePadding) * ratio);
  element.height = Math.ceil(style.nameHeight * ratio);
  // A new size resets the context.
  context.scale(ratio, ratio);
  context.font = font;
  context.textBaseline = 'middle';
  context.fillStyle = color;
  context.fillRect(0, 0, element.width, element.height);
  context.fillStyle = readableOn(color);
  context.fillText(text, style.namePadding, style.nameHeight / 2 + 0.5, style.nameMaxWidth);
  return element;
}

/**
 * Black or white, whichever has the higher contrast on `color` (`#rrggbb`), by the relative luminance of WCAG 2.2.
 */
export function readableOn(color: string): '#000000' | '#ffffff' {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  // Both contrasts are equal where (L + 0.05)^2 = 1.05 * 0.05.
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
