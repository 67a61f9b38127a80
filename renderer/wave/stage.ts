import type { Scope } from '#renderer/lib/scope.ts';
import type { WaveColors } from './wave-style.ts';

/** The elements inside the host: the picture, and above it the lines that move on their own. */
export interface WaveStage {
  /** Takes all pointers. */
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** Puts a line at a place (CSS pixels from the left of the host); null hides it. */
  place(line: LineName, x: number | null): void;
  /** The time beside the pointer, and its place; null hides it. */
  showTime(text: string | null, x: number): void;
  /** The time of cursor or playhead, in the corner above the names. */
  showClock(text: string): void;
  setCursor(cursor: string): void;
  setColors(colors: WaveColors): void;
  /** CSS pixels: where lanes begin, where the time line begins, and how high it is. */
  setMeasures(left: number, ruler: number, rulerHeight: number): void;
}

export type LineName = 'pointer' | 'cursor' | 'playhead';

const tabular = '11px var(--cl-font)';

/** Fills `host` and follows its size; `onResize` gets every size in device pixels, the first one too. */
export function createWaveStage(
  scope: Scope,
  host: HTMLElement,
  label: string,
  onResize: (width: number, height: number, ratio: number) => void,
): WaveStage {
  const root = element('div', {
    position: 'relative',
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    touchAction: 'none',
    userSelect: 'none',
  });
  const canvas = element('canvas', { position: 'absolute', left: '0', top: '0', width: '100%', height: '100%' });
  const over = element('div', {
    position: 'absolute',
    right: '0',
    bottom: '0',
    overflow: 'hidden',
    pointerEvents: 'none',
  });
  const lines: Record<LineName, HTMLElement> = { pointer: line(), cursor: line(), playhead: line() };
  const time = element('div', {
    position: 'absolute',
    left: '0',
    top: '3px',
    padding: '0 4px',
    borderRadius: '3px',
    font: tabular,
    lineHeight: '16px',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    display: 'none',
  });
  const clock = element('div', {
    position: 'absolute',
    left: '0',
    boxSizing: 'border-box',
    paddingLeft: '10px',
    font: tabular,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    pointerEvents: 'none',
  });
  over.append(lines.pointer, lines.cursor, lines.playhead, time);
  root.append(canvas, over, clock);
  host.setAttribute('role', 'application');
  host.setAttribute('aria-label', label);
  if (!host.hasAttribute('tabindex')) host.tabIndex = 0;
  host.replaceChildren(root);
  scope.add(() => root.remove());

  let ratio = 1;
  const resize = (exact?: ResizeObserverSize): void => {
    ratio = window.devicePixelRatio;
    const width = wholePixels(root.clientWidth * ratio, exact?.inlineSize);
    const height = wholePixels(root.clientHeight * ratio, exact?.blockSize);
    if (width > 0 && height > 0) onResize(width, height, ratio);
  };
  const observer = new ResizeObserver(([entry]) => resize(entry?.devicePixelContentBoxSize?.[0]));
  observer.observe(root, { box: 'device-pixel-content-box' });
  scope.add(() => observer.disconnect());
  // After whoever makes the stage has it.
  queueMicrotask(() => scope.disposed || resize());

  let cursor = '';
  let left = 0;
  let shownClock = '';
  return {
    root,
    canvas,
    get ratio() {
      return ratio;
    },
    place(name, x) {
      const { style } = lines[name];
      style.display = x === null ? 'none' : 'block';
      if (x !== null) style.transform = `translateX(${Math.round((x - left) * ratio) / ratio}px)`;
    },
    showTime(text, x) {
      time.style.display = text === null ? 'none' : 'block';
      if (text === null) return;
      time.textContent = text;
      // Left of the pointer where there is no room right of it.
      const room = over.clientWidth - (x - left);
      time.style.transform = room < 96 ? `translateX(calc(${x - left - 4}px - 100%))` : `translateX(${x - left + 4}px)`;
    },
    showClock(text) {
      if (text !== shownClock) clock.textContent = shownClock = text;
    },
    setCursor(next) {
      if (next !== cursor) root.style.cursor = cursor = next;
    },
    setColors(colors) {
      lines.pointer.style.background = colors.strong;
      lines.cursor.style.background = colors.text;
      lines.playhead.style.background = colors.accent;
      time.style.background = colors.text;
      time.style.color = colors.ground;
      clock.style.color = colors.text;
    },
    setMeasures(lanes, ruler, rulerHeight) {
      left = lanes;
      over.style.left = `${lanes}px`;
      over.style.top = `${ruler}px`;
      clock.style.top = `${ruler}px`;
      clock.style.width = `${lanes}px`;
      clock.style.lineHeight = `${rulerHeight}px`;
    },
  };
}

function line(): HTMLElement {
  return element('div', {
    position: 'absolute',
    left: '0',
    top: '0',
    width: '1px',
    height: '100%',
    display: 'none',
    willChange: 'transform',
  });
}

function element<Name extends 'div' | 'canvas'>(
  name: Name,
  style: Partial<CSSStyleDeclaration>,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  Object.assign(made.style, style);
  return made;
}

/**
 * Device pixels of a side: what the browser says it lays out, as long as it agrees with the ratio it claims (an emulated screen reports
 * the pixels of the real one).
 */
function wholePixels(computed: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - computed) < 2 ? exact : Math.round(computed);
}
