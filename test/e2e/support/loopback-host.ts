import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import type { HostStart, RunningHost } from './running-host.ts';

const readyTimeoutMs = 20_000;

/** Waits for the line with which the host says where it listens. */
function readyAddress(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ready line within ${readyTimeoutMs} ms`)), readyTimeoutMs);
    host.once('exit', (code, signal) => reject(new Error(`the host ended before it was ready: ${signal ?? code}`)));
    if (!host.stdout) throw new Error('the host has no stdout');
    createInterface({ input: host.stdout }).on('line', (line) => {
      const address = /^ready (http:\S+)/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

/** Starts the browser of this machine, without a window. */
export function launchBrowser(): Promise<Browser> {
  const found = findBrowser();
  if (!found) {
    throw new Error(
      'Browser specs need Chromium, Chrome or Edge, and none was found. Install one, name it in CHROMIUM_PATH, ' +
        'or set COUNTERLEDGER_NO_BROWSER=1 to skip these specs.',
    );
  }
  return chromium.launch({ executablePath: found.path, args: ['--disable-background-networking'] });
}

async function end(host: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const gone = once(host, 'exit');
  host.kill(signal);
  await gone;
}

/** Starts the built loopback host on a data folder and opens its address in a fresh browser context. */
export async function startLoopback(browser: Browser, start: HostStart): Promise<RunningHost> {
  const args = ['--data-dir', start.dataDir, '--lang', start.lang, '--port', '0', '--no-open', ...start.flags];
  const { clock } = start;
  const before = clock ? ['--import', join(appRoot, 'test', 'e2e', 'support', 'driven-clock.mjs')] : [];
  const host = spawn(process.execPath, [...before, join(appRoot, 'dist', 'node', 'loopback.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(clock ? { COUNTERLEDGER_TEST_CLOCK: clock.file } : {}) },
  });
  try {
    const address = await readyAddress(host);
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: start.lang });
    const page = await context.newPage();
    start.onPage(page);
    if (clock) await page.clock.setFixedTime(clock.at);
    await page.goto(address);
    return {
      page,
      kill: (signal) => end(host, signal),
      async close() {
        await context.close();
        await end(host, 'SIGTERM');
      },
    };
  } catch (error) {
    await end(host, 'SIGKILL');
    throw error;
  }
}
