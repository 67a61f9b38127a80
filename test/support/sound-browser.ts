import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { peakPartBytes } from '#shared/contract/sounds.contract.ts';
import { fileAnswer, type FaceAnswer } from '#electron/core/file-answer.ts';
import { foreignHeaders, pageHeaders } from '#electron/core/security-headers.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import { createPeakStore, type PeakStore } from '#electron/media/peak-store.ts';
import type { SoundPage } from './sound-page.ts';
import { tempDir } from './temp-dir.ts';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Bundles sound-page.ts and its worker as the program's own are. */
async function bundlePage(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    base: './',
    publicDir: false,
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome120',
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('./sound-page.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
}

declare global {
  interface Window {
    soundPage: SoundPage;
  }
}

interface PeakCall {
  taskId: string;
  part: number;
  parts: number;
  bytes: string;
}

/** A browser on a page that opens recordings, served under the program's own headers and by its own range requests. */
export interface SoundBrowser {
  readonly page: Page;
  /** An address for a file; the same file has the same one. */
  address(path: string): string;
  /** Whether peaks of that file were kept. */
  hasKept(path: string): boolean;
  close(): Promise<void>;
}

export interface SoundBrowserOptions {
  /** Lets the page do what the program's own pages may not, for what it is compared with. */
  readonly bypassCSP?: boolean;
  /** Where peaks are kept; left out, in a folder that goes with the browser. */
  readonly peaks?: PeakStore;
}

/** Starts one. */
export async function openSoundBrowser(options: SoundBrowserOptions = {}): Promise<SoundBrowser> {
  const found = findBrowser();
  if (!found) throw new Error('Chromium, Chrome or Edge is needed; name it in CHROMIUM_PATH');
  const built = tempDir();
  await bundlePage(built.path);
  const files: string[] = [];
  const peaks = options.peaks ?? createPeakStore(join(built.path, 'peaks'), peakPartBytes);
  const keptFiles = new Set<string>();
  const hashOf = (address: string) =>
    createHash('sha256')
      .update(files[Number(address.split('/').at(-1))]!)
      .digest('hex');
  const calls: Readonly<Record<string, (input: PeakCall) => Promise<unknown>>> = {
    async 'sounds.getPeaks'({ taskId, part }) {
      const kept = await peaks.read(hashOf(taskId), part);
      return { parts: kept?.parts ?? 0, bytes: kept?.bytes.toString('base64') ?? '' };
    },
    async 'sounds.keepPeaks'({ taskId, part, parts, bytes }) {
      await peaks.write(hashOf(taskId), part, parts, Buffer.from(bytes, 'base64'));
      if (part === parts - 1) keptFiles.add(files[Number(taskId.split('/').at(-1))]!);
      return {};
    },
  };
  const answerTo = async (path: string, header: (name: string) => string | undefined): Promise<FaceAnswer> => {
    const request = { method: 'GET', path, header };
    if (path === '/') {
      const body = '<!doctype html><title>sound</title><script type="module" src="/page.js"></script>';
      return { status: 200, headers: { ...pageHeaders, 'content-type': 'text/html' }, body };
    }
    const file = /^\/media\/(\d+)$/.exec(path)?.[1];
    if (file !== undefined) {
      return fileAnswer(request, files[Number(file)]!, { ...foreignHeaders, 'content-type': 'audio/mpeg' });
    }
    const type = types[extname(path)] ?? 'text/plain';
    const folder = path.startsWith('/assets/') ? join(built.path, 'assets') : built.path;
    return fileAnswer(request, join(folder, basename(path)), { ...pageHeaders, 'content-type': type });
  };
  const server = createServer((request, response) => {
    const header = (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    const name = /^\/call\/(.+)$/.exec(request.url ?? '')?.[1];
    if (name !== undefined) {
      void json(request)
        .then((input) => calls[name]!(input as PeakCall))
        .then((value) => response.end(JSON.stringify(value)));
      return;
    }
    void answerTo(new URL(request.url ?? '/', 'http://localhost').pathname, header).then(
      ({ status, headers, body }) => {
        response.writeHead(status, headers);
        if (body === null || typeof body === 'string') return void response.end(body ?? '');
        response.on('close', () => body.destroy());
        body.pipe(response);
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage({ bypassCSP: options.bypassCSP ?? false });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => 'soundPage' in window);
  return {
    page,
    address(path) {
      if (!files.includes(path)) files.push(path);
      return `/media/${files.indexOf(path)}`;
    },
    hasKept: (path) => keptFiles.has(path),
    async close() {
      await browser.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      built.remove();
    },
  };
}
