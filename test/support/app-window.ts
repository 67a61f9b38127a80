import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';

/** A display of the test's own. */
export interface TestDisplay {
  name: string;
  process: ChildProcess;
}

/** Where a display can be made for windows nobody sees; null where not. */
export function displayServer(): string | null {
  return ['/usr/bin/Xvfb', '/usr/X11R6/bin/Xvfb'].find((path) => existsSync(path)) ?? null;
}

/** Starts a display, in the network namespace of this process. */
export async function startDisplay(server: string): Promise<TestDisplay> {
  const child = spawn(server, ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '1366x768x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer];
  return { name: `:${number.toString().trim()}`, process: child };
}

/**
 * Writes a program that is the browser of this machine with a door for a test to drive its windows through, for `CHROMIUM_PATH`.
 * Without a display it shows no window.
 */
export function browserWithDoor(folder: string, hasDisplay: boolean): string {
  const found = findBrowser();
  if (!found) throw new Error('no browser');
  const path = join(folder, 'browser');
  const more = hasDisplay ? '' : '--headless=new';
  writeFileSync(path, `#!/bin/sh\nexec '${found.path}' "$@" --remote-debugging-port=0 ${more}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`${what}: waited 30 s in vain`);
}

/**
 * Connects to a browser. One that is asked while its first page and that page's workers are starting may never answer; asked again, it
 * does.
 */
async function knock(address: string): Promise<Browser> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await chromium.connectOverCDP(address, { timeout: 5000 });
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
}

/** Goes through the door of the browser the loopback host opened on a data folder, to its window. */
export async function enterWindow(dataDir: string): Promise<{ browser: Browser; page: Page }> {
  const file = join(dataDir, 'cache', 'browser', 'DevToolsActivePort');
  const port = await until('the browser', () => {
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] || undefined : undefined;
  });
  const browser = await knock(`http://127.0.0.1:${port}`);
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  const page = await until('the window', () => pages().find((each) => each.url().startsWith('http')));
  await page.getByRole('button').first().waitFor();
  return { browser, page };
}
