import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import type { PlayerPage } from './player-page.ts';

declare global {
  interface Window {
    playerPage: PlayerPage;
  }
}

/** A browser on a page that plays recordings; the caller closes it. */
export async function openPlayerBrowser(): Promise<{ page: Page; close(): Promise<void> }> {
  const found = findBrowser();
  if (!found) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  const made = (await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      write: false,
      minify: false,
      target: 'chrome120',
      lib: {
        entry: fileURLToPath(new URL('./player-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'playerPageModule',
      },
    },
  })) as Rolldown.RolldownOutput[];
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [
      '--autoplay-policy=no-user-gesture-required',
      '--js-flags=--expose-gc',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.addScriptTag({ content: made[0]!.output[0].code });
  await page.waitForFunction(() => 'playerPage' in window);
  return { page, close: () => browser.close() };
}
