import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test as base, type TestInfo } from '@playwright/test';
import type { Input, OperationName, Output } from '#shared/contract/contract.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import { callOperation } from './call-operation.ts';
import { startElectron } from './electron-host.ts';
import { launchBrowser, startLoopback } from './loopback-host.ts';
import type { HostStart, RunningHost } from './running-host.ts';

/** What a project, or a spec with `test.use`, chooses. */
export interface HostOptions {
  hostKind: 'loopback' | 'electron';
  lang: 'en' | 'zh-CN';
  /** Further flags for the host. */
  hostFlags: string[];
  /** The moment (milliseconds since 1970) a clock stands at that the spec drives with `app.goTo`; null for the machine's own. */
  beginAt: number | null;
}

/** The running program: a real host process on a data folder of its own, and its window. */
export interface App {
  /** The page of the host that runs now; another one after `host.restart()`. */
  readonly page: Page;
  readonly dataDir: string;
  host: {
    /** Ends the host's process and waits until it is gone. */
    kill(signal: NodeJS.Signals): Promise<void>;
    /** Starts a host on the same data folder again, ending the one before if it still runs, and opens its page. */
    restart(): Promise<Page>;
  };
  /** Calls an operation from inside the page, as the screens do; throws with the error code of a refusal. */
  call<N extends OperationName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Lets time pass until a moment, for host and page alike, sat through or slept through; only with `beginAt`. */
  goTo(moment: number, how?: 'asleep'): Promise<void>;
}

/**
 * Collects what a page complains of: thrown errors and refusals by the content security policy. Failed requests are left
 * out, since specs end hosts on purpose.
 */
function watchComplaints(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) {
      complaints.push(message.text());
    }
  });
}

/** Keeps what the host wrote to its log, which goes with the data folder otherwise. */
async function attachLogs(info: TestInfo, folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    await info.attach(name, { body: await readFile(join(folder, name)), contentType: 'text/plain' });
  }
}

export const test = base.extend<HostOptions & { app: App }, { lazyBrowser: () => Promise<Browser> }>({
  hostKind: ['loopback', { option: true }],
  lang: ['en', { option: true }],
  hostFlags: [[], { option: true }],
  beginAt: [null, { option: true }],

  lazyBrowser: [
    // Playwright reads the names of the fixtures from the pattern, so there must be one even when it is empty.
    async ({}, use) => {
      let browser: Promise<Browser> | undefined;
      await use(() => (browser ??= launchBrowser()));
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  app: async ({ hostKind, lang, hostFlags, beginAt, lazyBrowser }, use, info) => {
    info.skip(beginAt !== null && hostKind === 'electron', 'the clock of Electron cannot be driven');
    if (hostKind === 'loopback' && process.env['COUNTERLEDGER_NO_BROWSER'] === '1' && !findBrowser()) {
      info.skip(true, 'no browser is installed, and COUNTERLEDGER_NO_BROWSER=1');
    }
    const dataDir = await mkdtemp(join(tmpdir(), 'counterledger-e2e-'));
    const clockFile = `${dataDir}.clock`;
    if (beginAt !== null) await writeFile(clockFile, String(beginAt));
    const complaints: string[] = [];
    const start: HostStart = {
      dataDir,
      lang,
      flags: hostFlags,
      ...(beginAt === null ? {} : { clock: { file: clockFile, at: beginAt } }),
      onPage: (page) => watchComplaints(page, complaints),
    };
    const open = async (): Promise<RunningHost> =>
      hostKind === 'electron' ? startElectron(start) : startLoopback(await lazyBrowser(), start);
    let running = await open();
    try {
      // Keys are heard from when there is something to be seen.
      await running.page.locator('#main').waitFor();
      await use({
        get page() {
          return running.page;
        },
        dataDir,
        host: {
          kill: (signal) => running.kill(signal),
          async restart() {
            await running.close();
            running = await open();
            return running.page;
          },
        },
        call: (name, input) => callOperation(running.page, name, input),
        async goTo(moment, how) {
          await writeFile(clockFile, how === undefined ? String(moment) : `${moment} ${how}`);
          await running.page.clock.setFixedTime(moment);
          const said = async () => Date.parse((await callOperation(running.page, 'time.state', {})).now);
          await expect.poll(said, { timeout: 30_000 }).toBe(moment);
        },
      });
      expect(complaints, 'errors in the page').toEqual([]);
    } finally {
      await running.close();
      if (info.status !== info.expectedStatus) await attachLogs(info, join(dataDir, 'log'));
      await rm(dataDir, { recursive: true, force: true });
      await rm(clockFile, { force: true });
    }
  },
});

export { expect };
