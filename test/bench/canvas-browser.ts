import type { Browser, Page } from '@playwright/test';
import { openFramePage } from './bench-page.ts';

const content =
  '<style>body{margin:0;background:#2b2a28}#host{width:100vw;height:100vh;outline:none}</style><div id="host"></div>';

/** The installed browser with the canvas page open. */
export function openCanvasPage(scaleFactor = 1): Promise<{ browser: Browser; page: Page }> {
  return openFramePage('canvas-page.ts', () => content, scaleFactor);
}
