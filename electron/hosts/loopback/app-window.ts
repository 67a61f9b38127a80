import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { windowFlags, type WindowFlags } from './browser-flags.ts';
import type { InstalledBrowser } from './find-browser.ts';

export interface AppWindowsOptions extends Omit<WindowFlags, 'address'> {
  /** Every window was closed; `opened` is false when none ever reached the host (the browser could not start). */
  onClosed(opened: boolean): void;
}

/** The browser windows of this host and whether any is left. */
export interface AppWindows {
  open(browser: InstalledBrowser, address: string): void;
  /** The number of windows that hold a connection, whenever it changes. */
  connected(count: number): void;
  close(): Promise<void>;
}

/**
 * A browser that hands its window to one already running ends at once, and on macOS a browser outlives its windows; then only the
 * connections tell, and a reload breaks them for a moment.
 */
const graceMs = 5_000;
/** Connections end a little after the process does. */
const settleMs = 200;
const killMs = 3_000;

/** On Linux the browser takes the language of its menus from here and not from its flag. */
const languageEnvironment = (language: 'zh-CN' | 'en' | null) =>
  language === null ? {} : { LANGUAGE: language.replace('-', '_') };

/** Opens windows and notices when the last one is closed. */
export function createAppWindows(options: AppWindowsOptions): AppWindows {
  const children = new Set<ChildProcess>();
  let connections = 0;
  let everConnected = false;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  /** While a browser of ours runs, its windows are there, asleep perhaps (a hidden page may lose its connection). */
  const outlives = process.platform === 'darwin';

  const decide = (waitMs: number) => {
    clearTimeout(timer);
    if (over || connections > 0 || (children.size > 0 && !(outlives && everConnected))) return;
    timer = setTimeout(() => {
      over = true;
      options.onClosed(everConnected);
    }, waitMs);
  };

  const left = (child: ChildProcess, ok: boolean) => {
    if (!children.delete(child)) return;
    // One that failed, or whose windows we saw, is over; one that went well unseen may have handed its window on.
    decide(ok && !everConnected ? graceMs : settleMs);
  };

  return {
    open(browser, address) {
      mkdirSync(options.profileDir, { recursive: true, mode: 0o700 });
      const child = spawn(browser.path, windowFlags({ ...options, address }), {
        stdio: 'ignore',
        env: { ...process.env, ...languageEnvironment(options.language) },
      });
      over = false;
      children.add(child);
      child.once('error', () => left(child, false));
      child.once('exit', (code) => left(child, code === 0));
    },
    connected(count) {
      connections = count;
      if (count > 0) everConnected = true;
      if (everConnected) decide(graceMs);
    },
    async close() {
      over = true;
      clearTimeout(timer);
      await Promise.all([...children].map(endChild));
    },
  };
}

/** Asks a child to end and makes it when it does not. */
function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), killMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
