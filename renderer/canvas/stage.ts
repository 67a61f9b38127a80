import type { Scope } from '#renderer/lib/scope.ts';
import type { Point, Size } from './geometry.ts';

/** The elements inside the host: layers on top of each other, the crosshair lines, and the text for screen readers. */
export interface Stage {
  /** Takes all pointers; everything in it lets them through. */
  readonly root: HTMLElement;
  /** CSS pixels. */
  readonly size: Size;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** Shows lines through a point (CSS pixels); null hides them. */
  showCrosshair(at: Point | null): void;
  setCursor(cursor: string): void;
  /** What a screen reader calls the canvas. */
  setLabel(ariaLabel: string): void;
  /** Says something through a screen reader. */
  say(text: string): void;
}

/** Fills `host` and follows its size; `onResize` gets every size (the first one too) in device pixels. */
export function createStage(
  scope: Scope,
  host: HTMLElement,
  ariaLabel: string,
  layers: readonly HTMLCanvasElement[],
  onResize: (width: number, height: number) => void,
): Stage {
  const root = document.createElement('div');
  Object.assign(root.style, {
    position: 'relative',
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    touchAction: 'none',
    userSelect: 'none',
  });
  for (const layer of layers) {
    Object.assign(layer.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      width: '100%',
      height: '100%',
      pointerEvents: 'none',
    });
    root.append(layer);
  }
  const lines = [crosshairLine('100%', '1px'), crosshairLine('1px', '100%')] as const;
  const speech = spokenText();
  root.append(...lines, speech);

  host.setAttribute('role', 'application');
  host.setAttribute('aria-label', ariaLabel);
  if (!host.hasAttribute('tabindex')) host.tabIndex = 0;
  host.replaceChildren(root);
  scope.add(() => root.remove());

  let size: Size = { width: 0, height: 0 };
  let ratio = 1;
  const resize = (exact?: ResizeObserverSize): void => {
    size = { width: root.clientWidth, height: root.clientHeight };
    ratio = window.devicePixelRatio;
    const width = wholePixels(size.width * ratio, exact?.inlineSize);
    const height = wholePixels(size.height * ratio, exact?.blockSize);
    if (width > 0 && height > 0) onResize(width, height);
  };
  const observer = new ResizeObserver(([entry]) => resize(entry?.devicePixelContentBoxSize?.[0]));
  // Observed in device pixels, so that another screen or page zoom is noticed too.
  observer.observe(root, { box: 'device-pixel-content-box' });
  scope.add(() => observer.disconnect());
  resize();

  let cursor = '';
  return {
    root,
    get size() {
      return size;
    },
    get ratio() {
      return ratio;
    },
    showCrosshair(at) {
      for (const line of lines) line.style.display = at ? 'block' : 'none';
      if (!at) return;
      lines[0].style.transform = `translateY(${Math.round(at.y * ratio) / ratio}px)`;
      lines[1].style.transform = `translateX(${Math.round(at.x * ratio) / ratio}px)`;
    },
    setCursor(next) {
      if (next !== cursor) root.style.cursor = cursor = next;
    },
    setLabel(label) {
      host.setAttribute('aria-label', label);
    },
    say(text) {
      if (speech.textContent !== text) speech.textContent = text;
    },
  };
}

/**
 * Device pixels of a side: what the browser says it lays out, as long as it agrees with the ratio it claims (an emulated
 * screen reports the pixels of the real one).
 */
function wholePixels(computed: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - computed) < 2 ? exact : Math.round(computed);
}

/** A white line with dark edges: seen on a night street and on a white wall alike. */
function crosshairLine(width: string, height: string): HTMLElement {
  const line = document.createElement('div');
  Object.assign(line.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    width,
    height,
    display: 'none',
    pointerEvents: 'none',
    background: 'rgba(255, 255, 255, 0.85)',
    outline: '1px solid rgba(0, 0, 0, 0.4)',
  });
  return line;
}

function spokenText(): HTMLElement {
  const text = document.createElement('div');
  text.setAttribute('aria-live', 'polite');
  Object.assign(text.style, {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
    pointerEvents: 'none',
  });
  return text;
}
