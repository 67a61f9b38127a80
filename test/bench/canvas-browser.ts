import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';

/** The page of canvas-page.ts as one script. */
async function bundle(): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      write: false,
      target: 'chrome120',
      lib: {
        entry: fileURLToPath(new URL('./canvas-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'canvasPageBundle',
      },
    },
  })) as Rolldown.RolldownOutput[];
  return output[0]!.output[0].code;
}

/** The installed browser with the canvas page open, 1366 x 768; frames come as fast as they can be made. */
export async function openCanvasPage(scaleFactor = 1): Promise<{ browser: Browser; page: Page }> {
  const found = findBrowser();
  if (!found) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [
      '--disable-frame-rate-limit',
      '--disable-gpu-vsync',
      '--disable-background-networking',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: scaleFactor });
  await page.setContent(
    '<style>body{margin:0;background:#2b2a28}#host{width:100vw;height:100vh;outline:none}</style><div id="host"></div>',
  );
  await page.addScriptTag({ content: await bundle() });
  return { browser, page };
}
