import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';

/** A page of this folder as one script, with its style. */
export async function bundlePage(file: `${string}-page.ts`): Promise<{ script: string; style: string }> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      write: false,
      target: 'chrome120',
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['iife'], name: 'pageBundle' },
    },
  })) as Rolldown.RolldownOutput[];
  const files = output[0]!.output;
  const style = files.find(({ fileName }) => fileName.endsWith('.css'));
  return { script: files[0].code, style: style?.type === 'asset' ? String(style.source) : '' };
}

/** The installed browser with a page of this folder open, 1366 x 768; frames come as fast as they can be made. */
export async function openFramePage(
  file: `${string}-page.ts`,
  content: (style: string) => string,
  scaleFactor: number,
): Promise<{ browser: Browser; page: Page }> {
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
  const { script, style } = await bundlePage(file);
  await page.setContent(content(style));
  await page.addScriptTag({ content: script });
  return { browser, page };
}
