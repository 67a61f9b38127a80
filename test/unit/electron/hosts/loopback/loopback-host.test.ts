import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOwnerNote } from '#electron/core/owner-note.ts';
import { endHost, type HostProcess, startLoopbackProcess } from '#test/support/host-process.ts';
import { openPage, openStream, rawRequest } from '#test/support/loopback-browser.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { eventually } from '#test/support/eventually.ts';

let folder: ReturnType<typeof tempDir>;
let dataDir: string;
let hosts: HostProcess[];
let taken: Server | null;

beforeEach(() => {
  folder = tempDir();
  dataDir = join(folder.path, 'data');
  hosts = [];
  taken = null;
});

afterEach(async () => {
  await Promise.all(hosts.map((host) => endHost(host, 'SIGKILL')));
  taken?.close();
  folder.remove();
});

function start(args: string[], environment?: NodeJS.ProcessEnv): HostProcess {
  const host = startLoopbackProcess(['--data-dir', dataDir, ...args], environment);
  hosts.push(host);
  return host;
}

/** A program that stands for the browser: it notes how it was called, does `act`, and stays or goes. */
function fakeBrowser(act: string): NodeJS.ProcessEnv {
  const path = join(folder.path, 'browser');
  writeFileSync(
    path,
    `#!/bin/sh\nprintf '%s\\n' "$@" >> '${folder.path}/called'\necho $$ > '${folder.path}/pid'\n${act}\n`,
  );
  chmodSync(path, 0o755);
  return { CHROMIUM_PATH: path, DISPLAY: ':none' };
}

const called = () => (existsSync(join(folder.path, 'called')) ? readFileSync(join(folder.path, 'called'), 'utf8') : '');
const appAddress = async () => {
  const found = await eventually(() => {
    const addresses = [...called().matchAll(/^--app=(\S+)$/gm)].map((match) => match[1]);
    expect(addresses.length).toBeGreaterThan(0);
    return addresses.at(-1);
  });
  return found ?? '';
};
const browserPid = () => Number(readFileSync(join(folder.path, 'pid'), 'utf8'));
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the address', () => {
  it('works once, leaves a strict cookie and an address without the token', async () => {
    const address = await start(['--no-open']).address;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?t=[\w-]{43}$/);
    const { port, pathname, search } = new URL(address);
    const host = `127.0.0.1:${port}`;
    const open = () => rawRequest(Number(port), { path: pathname + search, headers: { host } });
    const first = await open();
    expect(first).toMatchObject({ status: 303, headers: { location: '/', 'cache-control': 'no-store' } });
    const cookie = first.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(new RegExp(`^counterledger-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
    const again = await open();
    expect(again.status).toBe(401);
    expect(again.body.toString()).toMatch(/Start Counterledger again[\s\S]*重新启动/);
    // The window that has the cookie may load itself anew, from that address too.
    const reload = { path: pathname + search, headers: { host, cookie: cookie.split(';')[0] ?? '' } };
    expect((await rawRequest(Number(port), reload)).status).toBe(303);
  });

  it('is on the port asked for; one that is taken is said', async () => {
    taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = start(['--no-open', '--port', String(port)]);
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain(String(port));
    taken.close();
    expect(new URL(await start(['--no-open', '--port', String(port)]).address).port).toBe(String(port));
  });

  it.runIf(existsSync('/proc/net/tcp'))('is not to be reached from beyond this computer', async () => {
    const { port } = new URL(await start(['--no-open']).address);
    const hex = Number(port).toString(16).toUpperCase().padStart(4, '0');
    const listening = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`:${hex} 00000000:0000 0A`));
    expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${hex}`]);
    expect(readFileSync('/proc/net/tcp6', 'utf8')).not.toContain(`:${hex} `);
  });

  it.each([
    [['--port', '70000'], '--port 70000'],
    [['--port', 'x'], '--port x'],
    [['--lang', 'fr'], '--lang fr'],
    [['--bogus'], 'bogus'],
  ])('with %o is not understood', async (args, said) => {
    const host = start(args);
    expect(await host.ended).toBe(2);
    expect(host.said()).toContain(said);
  });
});

describe('the host', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends cleanly on %s and leaves the folder free', async (signal) => {
    const host = start(['--no-open']);
    await openPage(await host.address);
    expect(await endHost(host, signal)).toBe(0);
    expect(readOwnerNote(dataDir)).toBeNull();
    expect(existsSync(join(dataDir, 'ledger.db-wal'))).toBe(false);
    await openPage(await start(['--no-open']).address);
  });

  it('starts again at once after a kill', async () => {
    const host = start(['--no-open']);
    await (await openPage(await host.address)).post('{"name":"settings.set","input":{"theme":"dark"}}');
    expect(await endHost(host, 'SIGKILL')).toBe('SIGKILL');
    const page = await openPage(await start(['--no-open', '--lang', 'zh-CN']).address);
    const settings = JSON.parse((await page.post('{"name":"settings.get","input":{}}')).body.toString()) as object;
    expect(settings).toMatchObject({ ok: true, value: { theme: 'dark' } });
    const asked = await page.post('{"name":"host.capabilities","input":{}}');
    expect(JSON.parse(asked.body.toString())).toMatchObject({ value: { host: 'loopback', language: 'zh-CN' } });
  });

  it('stays up without a display or a browser, and says so', async () => {
    const bare = start([]);
    await bare.address;
    await eventually(() => expect(bare.said()).toContain('no display'));
    await openPage(await bare.address);
    await endHost(bare);
    const display = start([], { DISPLAY: ':none', CHROMIUM_PATH: '/none' });
    await display.address;
    await eventually(() => expect(display.said()).toContain('No Chromium'));
    expect(display.process.exitCode).toBeNull();
  });

  it('refuses a data folder that cannot be one', async () => {
    writeFileSync(dataDir, '');
    const host = start(['--no-open']);
    expect(await host.ended).toBe(1);
    expect(host.said()).toContain(dataDir);
  });
});

describe('the window', () => {
  it('closed by its user ends the host', async () => {
    const host = start([], fakeBrowser('exec sleep 60'));
    const page = await openPage(await appAddress());
    const disconnect = await openStream(page, () => undefined);
    process.kill(browserPid());
    disconnect();
    expect(await host.ended).toBe(0);
  });

  it('closed while another browser has the address open leaves the host to that one', async () => {
    const host = start([], fakeBrowser('exec sleep 60'));
    const window = await openStream(await openPage(await appAddress()), () => undefined);
    const other = await openStream(await openPage(await host.address), () => undefined);
    process.kill(browserPid());
    window();
    await sleep(1000);
    expect(host.process.exitCode).toBeNull();
    other();
    expect(await host.ended).toBe(0);
  });

  it('is closed when the host is told to end', async () => {
    const host = start([], fakeBrowser('exec sleep 60'));
    await appAddress();
    await sleep(100);
    expect(isAlive(browserPid())).toBe(true);
    expect(await endHost(host)).toBe(0);
    expect(isAlive(browserPid())).toBe(false);
  });

  it('that asks for no less is killed', async () => {
    const host = start([], fakeBrowser('trap "" TERM; while :; do sleep 0.1; done'));
    await appAddress();
    await sleep(100);
    expect(await endHost(host)).toBe(0);
    expect(isAlive(browserPid())).toBe(false);
  });

  it('that does not open leaves the address standing', async () => {
    const host = start([], fakeBrowser('exit 7'));
    await eventually(() => expect(host.said()).toContain('did not open its window'));
    await openPage(await host.address);
  });

  it('handed to a browser that runs already keeps the host up until its connection ends', async () => {
    const host = start([], fakeBrowser('exit 0'));
    const page = await openPage(await appAddress());
    const disconnect = await openStream(page, () => undefined);
    await sleep(1000);
    expect(host.process.exitCode).toBeNull();
    disconnect();
    expect(await host.ended).toBe(0);
  });
});

describe('a second start on the same folder', () => {
  it('gets an address from the first when it opens no window', async () => {
    const first = start(['--no-open']);
    const page = await openPage(await first.address);
    const second = start(['--no-open']);
    const address = await second.address;
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain(String(first.process.pid));
    expect((await openPage(address)).port).toBe(page.port);
  });

  it('has the first open another window', async () => {
    const first = start([], fakeBrowser('exec sleep 60'));
    await appAddress();
    const second = start([]);
    expect(await second.ended).toBe(0);
    await eventually(() => expect(called().match(/--app=/g)).toHaveLength(2));
    expect((await openPage(await appAddress())).port).toBe((await openPage(await first.address)).port);
  });
});
