import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { browserWithDoor, displayServer, enterWindow, startDisplay } from './app-window.ts';
import { type NetworkCounters, prepareNamespace, readNetworkCounters } from './netns-counters.ts';
import { samplePng } from './sample-png.ts';

// A working session inside a network namespace that has no route anywhere, run by network.test.ts as a process of its own. Prints one
// line of JSON: what the kernel counted. `node netns-session.ts SECONDS`, as root of the namespace.

/** What a session leaves behind. */
export interface SessionReport {
  /** Counted while the program ran and nobody else did. */
  session: NetworkCounters;
  /** Counted after deliberate attempts to leave: shows that the counters count. */
  control: NetworkCounters;
  /** Host, browser and helper processes seen at once. */
  processes: number;
  /** Tasks submitted in the window. */
  submitted: number;
}

/** Calls an operation as the page's own script would. */
function callIn(page: Page, name: string, input: unknown): Promise<Record<string, string>> {
  return page.evaluate(
    async ([operation, given]) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ name: operation, input: given });
      const reply = (await (await fetch('/call', { method: 'POST', headers, body })).json()) as {
        ok: boolean;
        value: Record<string, string>;
      };
      if (!reply.ok) throw new Error(`${String(operation)}: ${JSON.stringify(reply)}`);
      return reply.value;
    },
    [name, input] as const,
  );
}

/** The work of a day in small: import, look, submit, read the ledger, back up. */
async function work(page: Page, photos: string, seconds: number): Promise<number> {
  const { projectId } = await callIn(page, 'projects.create', {
    name: 'Street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#ff0000' }],
  });
  await callIn(page, 'tasks.importFolder', { projectId, path: photos });
  const { tasks } = (await callIn(page, 'tasks.list', { projectId })) as unknown as { tasks: { id: string }[] };
  let submitted = 0;
  for (const { id: taskId } of tasks) {
    const { mediaUrl = '' } = await callIn(page, 'tasks.get', { taskId });
    await page.evaluate(async (url) => void (await createImageBitmap(await (await fetch(url)).blob())), mediaUrl);
    await callIn(page, 'tasks.submit', { taskId, journalLength: 0 });
    submitted += 1;
  }
  await callIn(page, 'ledger.verify', {});
  await callIn(page, 'backups.create', {});
  // The first start has a page of its own; a project made, the window shows its rooms.
  await callIn(page, 'settings.set', { language: 'en' });
  await page.reload();
  await page.getByRole('navigation').waitFor();
  const links = page.getByRole('navigation').getByRole('link');
  for (let at = 0; at < (await links.count()); at += 1) await links.nth(at).click();
  await sleep(seconds * 1000);
  return submitted;
}

/** How many processes of the browser and the host are in this namespace; all of them, or what was counted is not all there was. */
function countProcesses(dataDir: string): number {
  const namespace = (pid: string) => readlinkSync(`/proc/${pid}/ns/net`);
  const ours = readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir);
    } catch {
      // Gone meanwhile.
      return false;
    }
  });
  const outside = ours.filter((pid) => namespace(pid) !== namespace('self'));
  if (outside.length > 0) throw new Error(`${outside.length} processes run outside the namespace`);
  return ours.length;
}

/** Tries to leave in each way there is, in vain. Addresses are those reserved for documentation. */
async function tryToLeave(): Promise<void> {
  await once(connect(443, '192.0.2.1'), 'error');
  const six = connect(443, '2001:db8::1').on('error', () => undefined);
  await sleep(200);
  six.destroy();
  const datagram = createSocket('udp4');
  await new Promise((resolve) => datagram.send('x', 53, '192.0.2.1', () => resolve(undefined)));
  await new Promise((resolve) => datagram.send('x', 53, '127.0.0.1', () => resolve(undefined)));
  datagram.close();
}

async function session(seconds: number): Promise<SessionReport> {
  prepareNamespace();
  const folder = mkdtempSync(join(tmpdir(), 'counterledger-net-'));
  const dataDir = join(folder, 'data');
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  for (const name of ['a.png', 'b.png', 'c.png']) writeFileSync(join(photos, name), samplePng(64, 48));
  const samples = join(appRoot, 'resources', 'samples');
  if (existsSync(samples)) cpSync(samples, join(photos, 'samples'), { recursive: true });

  const server = displayServer();
  const screen = server === null ? null : await startDisplay(server);
  const host = spawn(
    process.execPath,
    [join(appRoot, 'dist', 'node', 'loopback.mjs'), '--data-dir', dataDir, '--lang', 'en'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        DISPLAY: screen?.name ?? ':none',
        CHROMIUM_PATH: browserWithDoor(folder, screen !== null),
      },
    },
  );
  try {
    const { browser, page } = await enterWindow(dataDir);
    const submitted = await work(page, photos, seconds);
    const processes = countProcesses(dataDir);
    await browser.close();
    const counted = readNetworkCounters();
    await tryToLeave();
    return { session: counted, control: readNetworkCounters(), processes, submitted };
  } finally {
    const gone = once(host, 'exit');
    if (host.exitCode === null && host.kill('SIGTERM')) await gone;
    screen?.process.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${JSON.stringify(await session(Number(process.argv[2] ?? 5)))}\n`);
process.exit(0);
