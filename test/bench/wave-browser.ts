import type { Browser, Page } from '@playwright/test';
import { openFramePage } from './bench-page.ts';

/** The installed browser with the wave page open. */
export function openWavePage(height = 400, scaleFactor = 1): Promise<{ browser: Browser; page: Page }> {
  const host = `#host{width:100vw;height:${height}px;outline:none}`;
  const content = (style: string) =>
    `<style>${style} body{margin:0;background:var(--cl-bg)}${host}</style><div id="host"></div>`;
  return openFramePage('wave-page.ts', content, scaleFactor);
}
