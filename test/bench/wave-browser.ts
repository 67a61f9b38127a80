import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';

/** The page of wave-page.ts as one script, with its style. */
async function bundle(): Promise<{ script: string; style: string }> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      write: false,
      target: 'chrome120',
      lib: {
        entry: fileURLToPath(new URL('./wave-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'wavePageBundle',
      },
    },
  })) as Rolldown.RolldownOutput[];
  const files = output[0]!.output;
  const style = files.find(({ fileName }) => fileName.endsWith('.css'));
  return { script: files[0].code, style: style?.type === 'asset' ? String(style.source) : '' };
}

/** The installed browser with the wave page open, 1366 x 768; frames come as fast as they can be made. */
export async function openWavePage(height = 400, scaleFactor = 1): Promise<{ browser: Browser; page: Page }> {
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
  const { script, style } = await bundle();
  await page.setContent(
    `<style>${style} body{margin:0;background:var(--cl-bg)}#host{width:100vw;height:${height}px;outline:none}</style><div id="host"></div>`,
  );
  await page.addScriptTag({ content: script });
  return { browser, page };
}
