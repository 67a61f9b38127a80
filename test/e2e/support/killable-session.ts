import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserServer, type Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';

/** A loopback host and a browser, two processes that can be killed apart. */
export class KillableSession {
  readonly #dataDir: string;
  #host: ChildProcess | null = null;
  #browser: { server: BrowserServer; client: Browser } | null = null;
  page: Page | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Starts whichever of the two is not running and opens the window anew. */
  async open(): Promise<Page> {
    const address = this.#host ? await this.#addressOfOwner() : await this.#startHost();
    this.#browser ??= await startBrowser();
    await this.page?.context().close();
    const context = await this.#browser.client.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en' });
    this.page = await context.newPage();
    await this.page.goto(address);
    return this.page;
  }

  /** `kill -9` on the host's process; the window stays, with nobody behind it. */
  async killHost(): Promise<void> {
    const host = this.#host;
    this.#host = null;
    if (host) await killed(host);
  }

  /** `kill -9` on the browser's process; the host stays up. */
  async killBrowser(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    this.page = null;
    if (browser) await killed(browser.server.process());
  }

  async close(): Promise<void> {
    await this.#browser?.client.close();
    await this.#browser?.server.close();
    const host = this.#host;
    if (!host) return;
    const gone = once(host, 'exit');
    host.kill('SIGTERM');
    await gone;
  }

  async #startHost(): Promise<string> {
    this.#host = this.#spawnHost();
    return readyAddress(this.#host);
  }

  /** A second start on a data folder in use asks its owner for an address and ends. */
  async #addressOfOwner(): Promise<string> {
    const visitor = this.#spawnHost();
    const gone = once(visitor, 'exit');
    const address = await readyAddress(visitor);
    await gone;
    return address;
  }

  #spawnHost(): ChildProcess {
    const args = ['--data-dir', this.#dataDir, '--lang', 'en', '--port', '0', '--no-open'];
    return spawn(process.execPath, [join(appRoot, 'dist', 'node', 'loopback.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }
}

async function startBrowser(): Promise<{ server: BrowserServer; client: Browser }> {
  const found = findBrowser();
  if (!found) throw new Error('no browser is installed');
  const server = await chromium.launchServer({
    executablePath: found.path,
    args: ['--disable-background-networking'],
  });
  return { server, client: await chromium.connect(server.wsEndpoint()) };
}

async function killed(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, 'exit');
  process.kill('SIGKILL');
  await gone;
}

function readyAddress(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    host.once('exit', (code, signal) => reject(new Error(`the host ended before it was ready: ${signal ?? code}`)));
    if (!host.stdout) throw new Error('the host has no stdout');
    createInterface({ input: host.stdout }).on('line', (line) => {
      const address = /^ready (http:\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
