import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import type { Core } from '#electron/core/core-port.ts';
import type { OwnerConnection } from '#electron/core/owner-connection.ts';
import { connectToOwner } from '#electron/core/owner-connection.ts';
import { chooseSocketPath, readOwnerNote, writeOwnerNote } from '#electron/core/owner-note.ts';
import { openOwnerSocket } from '#electron/core/owner-socket.ts';
import { takeFolder } from '#electron/core/take-folder.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let folder: ReturnType<typeof tempDir>;
let children: ChildProcess[] = [];
const closers: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  folder = tempDir();
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  for (const child of children) child.kill('SIGKILL');
  children = [];
  folder.remove();
});

/** Another process that holds the folder and does not speak. */
async function silentOwner(): Promise<ChildProcess> {
  const module = JSON.stringify(join(appRoot, 'electron', 'db', 'owner-lock.ts'));
  const script = `import { takeOwnerLock } from ${module};
    if (takeOwnerLock(process.argv[1])) console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, folder.path]);
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

/** A core that says what it was asked. */
const echo: Core = {
  call: async (name, input) => ({ ok: true, value: { name, input } as never }),
  onChange: () => () => undefined,
  resolveMedia: async () => ({ problem: 'missing' }),
  resolveBlob: async () => ({ problem: 'missing' }),
  close: async () => undefined,
};

async function openEcho(dataDir: string, core: Core = echo) {
  const socket = await openOwnerSocket({
    dataDir,
    host: 'loopback',
    core,
    showWindow: async (request) => ({ opened: request === 'open', address: request === 'open' ? null : 'http://a/' }),
  });
  closers.push(socket.close);
  return socket;
}

async function connected(dataDir = folder.path): Promise<OwnerConnection> {
  const owner = await connectToOwner(dataDir);
  if (!owner) throw new Error('no owner');
  closers.push(owner.close);
  return owner;
}

describe('taking a data folder', () => {
  it('makes it, and gives it up on release', async () => {
    const dataDir = join(folder.path, 'new');
    const first = await takeFolder(dataDir);
    expect(first).toHaveProperty('lock');
    await expect(takeFolder(dataDir, 0)).rejects.toMatchObject({ code: 'host/busy' });
    if ('lock' in first) first.lock.release();
    const second = await takeFolder(dataDir, 0);
    if ('lock' in second) second.lock.release();
    expect(second).toHaveProperty('lock');
  });

  it('refuses while another process holds it, and not a moment longer, though that was killed', async () => {
    const other = await silentOwner();
    writeOwnerNote(folder.path, { pid: other.pid ?? 0, host: 'loopback', startedAt: '', socket: '/none', secret: '' });
    await expect(takeFolder(folder.path, 0)).rejects.toMatchObject({
      code: 'host/busy',
      details: { owner: `loopback, ${other.pid}` },
    });
    other.kill('SIGKILL');
    await once(other, 'exit');
    const taken = await takeFolder(folder.path, 0);
    expect(taken).toHaveProperty('lock');
    if ('lock' in taken) taken.lock.release();
  });

  it('waits for an owner that is about to go', async () => {
    const other = await silentOwner();
    setTimeout(() => other.kill('SIGKILL'), 300);
    const taken = await takeFolder(folder.path, 10_000);
    expect(taken).toHaveProperty('lock');
    if ('lock' in taken) taken.lock.release();
  });

  it('answers the way to an owner that speaks', async () => {
    await silentOwner();
    await openEcho(folder.path);
    const taken = await takeFolder(folder.path, 0);
    if (!('owner' in taken)) throw new Error('took a folder that is owned');
    closers.push(taken.owner.close);
    expect(taken.owner.owner).toEqual({ host: 'loopback', pid: process.pid });
    expect(await taken.owner.call('a.b', [1])).toEqual({ ok: true, value: { name: 'a.b', input: [1] } });
  });

  it('says why a folder cannot be one', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    await expect(takeFolder(file)).rejects.toMatchObject({ code: 'data/folder-unusable' });
  });
});

describe('the owner’s socket', () => {
  it('is for its user’s eyes only and gone when it closes', async () => {
    const socket = await openEcho(folder.path);
    const note = readOwnerNote(folder.path);
    expect(statSync(note?.socket ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(join(folder.path, 'owner.json')).mode & 0o777).toBe(0o600);
    await socket.close();
    expect(existsSync(note?.socket ?? '')).toBe(false);
    expect(readOwnerNote(folder.path)).toBeNull();
    expect(await connectToOwner(folder.path)).toBeNull();
  });

  it('takes the place of one a killed owner left', async () => {
    writeFileSync(join(folder.path, 'owner.sock'), '');
    writeFileSync(join(folder.path, 'owner.json'), '{"socket":"/gone","secret":"x"}');
    expect(await connectToOwner(folder.path)).toBeNull();
    await openEcho(folder.path);
    expect((await connected()).owner.host).toBe('loopback');
  });

  it('has a short address for a long path, in a folder of its own', async () => {
    const deep = join(folder.path, 'a-folder-with-a-long-name-'.repeat(6));
    mkdirSync(deep);
    const path = chooseSocketPath(deep);
    expect(Buffer.byteLength(path)).toBeLessThan(104);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    await openEcho(deep);
    expect((await connected(deep)).owner.pid).toBe(process.pid);
  });

  it('carries what the window is asked for', async () => {
    await openEcho(folder.path);
    const owner = await connected();
    expect(await owner.showWindow('open')).toEqual({ opened: true, address: null });
    expect(await owner.showWindow('address')).toEqual({ opened: false, address: 'http://a/' });
  });

  it('refuses what only the owner may do', async () => {
    await openEcho(folder.path);
    expect(await (await connected()).call('backups.restore', { name: 'x' })).toEqual({
      ok: false,
      error: { code: 'host/busy', details: { owner: `loopback, ${process.pid}` } },
    });
  });

  it('answers what is under way with host/closed when the owner goes', async () => {
    const socket = await openEcho(folder.path, { ...echo, call: () => new Promise(() => undefined) });
    const owner = await connected();
    const pending = owner.call('a.b', {});
    await sleep(50);
    await socket.close();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'host/closed' } });
    expect(await owner.call('a.b', {})).toMatchObject({ ok: false, error: { code: 'host/closed' } });
  });

  it('carries answers longer than a call may be', async () => {
    const long = 'x'.repeat(45_000_000);
    await openEcho(folder.path, { ...echo, call: async () => ({ ok: true, value: { long } as never }) });
    const reply = await (await connected()).call('a.b', {});
    expect(reply.ok && (reply.value as unknown as { long: string }).long.length).toBe(long.length);
  });
});
