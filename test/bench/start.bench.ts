import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { browserWithDoor, displayServer, enterWindow, startDisplay } from '#test/support/app-window.ts';
import { family, pss } from '#test/support/process-memory.ts';
import { openTestBackend } from '#test/support/test-backend.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import type { BenchRow } from './bench-row.ts';

const runs = 7;
/** Milliseconds after which a window has come to rest. */
const restMs = 4000;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** What one start took, in milliseconds from the start of the process, and what it holds at rest, in MB (PSS, all processes). */
interface Start {
  firstPaint: number;
  whole: number;
  atRest: number;
}

/** First and largest contentful paint of a page, as wall-clock milliseconds. */
function paints(page: Page): Promise<{ first: number; whole: number }> {
  return page.evaluate(async () => {
    const whole = await new Promise<number>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      });
    });
    const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { first: performance.timeOrigin + first, whole: performance.timeOrigin + whole };
  });
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** A door left open by the window before would be knocked at in vain. */
const shutDoor = (dataDir: string) => rmSync(join(dataDir, 'cache', 'browser', 'DevToolsActivePort'), { force: true });

async function startOnce(dataDir: string, environment: NodeJS.ProcessEnv): Promise<Start> {
  shutDoor(dataDir);
  const started = Date.now();
  const host = spawn(process.execPath, [join(appRoot, 'dist', 'node', 'loopback.mjs'), '--data-dir', dataDir], {
    env: environment,
    stdio: 'ignore',
  });
  // Nobody looks in before it has come to rest: that would be measured too.
  await sleep(restMs);
  const { browser, page } = await enterWindow(dataDir);
  const { first, whole } = await paints(page);
  const atRest = pss(family(host.pid ?? 0));
  await browser.close();
  await end(host);
  return { firstPaint: first - started, whole: whole - started, atRest };
}

/** The same browser with a page of one word, through a bare file. */
async function startBlank(folder: string, environment: NodeJS.ProcessEnv, program: string): Promise<Start> {
  const profile = join(folder, 'cache', 'browser');
  mkdirSync(profile, { recursive: true });
  shutDoor(folder);
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><button>blank</button>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const started = Date.now();
  const flags = ['--no-first-run', '--disable-background-networking', '--disable-sync', '--disable-extensions'];
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : [];
  const child = spawn(
    program,
    [`--app=http://127.0.0.1:${port}/`, `--user-data-dir=${profile}`, '--window-size=1366,768', ...flags, ...asRoot],
    { env: environment, stdio: 'ignore' },
  );
  await sleep(restMs);
  const { browser, page } = await enterWindow(folder);
  const { first, whole } = await paints(page);
  const atRest = pss(family(child.pid ?? 0));
  await browser.close();
  await end(child);
  server.close();
  return { firstPaint: first - started, whole: whole - started, atRest };
}

/** From the start of the loopback host to its app window, on the sample project; beside the same browser with a blank page. */
export async function run(): Promise<BenchRow[]> {
  const server = displayServer();
  if (!server) throw new Error('Xvfb is not installed, so no window can be opened.');
  const display = await startDisplay(server);
  const folder = tempDir();
  const core = await openTestBackend();
  try {
    const program = browserWithDoor(folder.path, true);
    const environment = { ...process.env, DISPLAY: display.name, CHROMIUM_PATH: program, LANG: 'en' };
    await core.call('settings.set', { language: 'en' });
    await core.call('projects.createSample', { language: 'en' });
    const dataDir = core.dir;
    await core.backend.close();

    const [own, blank]: [Start[], Start[]] = [[], []];
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= runs; round += 1) {
      const loopback = await startOnce(dataDir, environment);
      const bare = await startBlank(folder.path, environment, program);
      if (round > 0) {
        own.push(loopback);
        blank.push(bare);
      }
    }
    const row = (name: string, part: keyof Start, unit: string, budget?: string): BenchRow => ({
      name: `start: ${name}`,
      value: median(own.map((each) => each[part])),
      unit,
      reference: { name: 'blank app window of the same browser', value: median(blank.map((each) => each[part])) },
      ...(budget === undefined ? {} : { budget }),
    });
    return [
      row('process start to first paint, loopback', 'firstPaint', 'ms'),
      row('process start to whole window, loopback', 'whole', 'ms', '800 ms'),
      row('memory at rest, all processes (PSS)', 'atRest', 'MB', '250 MB above the blank page'),
    ];
  } finally {
    display.process.kill();
    folder.remove();
    rmSync(core.dir, { recursive: true, force: true });
  }
}
