import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { topics } from '#shared/contract/topics.ts';
import type { Core } from '#electron/core/core-port.ts';
import { startWorkerCore } from '#electron/core/worker-client.ts';
import { noCapabilities } from '#test/support/test-backend.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let folder: ReturnType<typeof tempDir>;
let logged: string[] = [];
const log = { info: () => undefined, error: (message: string) => void logged.push(message) };
let core: Core;

beforeEach(() => {
  folder = tempDir();
  logged = [];
});

afterEach(async () => {
  await core.close();
  folder.remove();
});

/** A worker that speaks the core's language, badly: it does what each call names. */
const badWorker = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ type, id, name }) => {
  if (type === 'close') parentPort.close();
  if (name === 'answer') parentPort.postMessage({ type: 'reply', id, reply: { ok: true, value: threadId } });
  if (name === 'throw') throw new Error('as asked');
  if (name === 'exit') process.exit(3);
});
`;

function startBadly(): Core {
  const script = join(folder.path, 'bad-worker.mjs');
  writeFileSync(script, badWorker);
  return startWorkerCore({ dataDir: folder.path, capabilities: noCapabilities, log, script: pathToFileURL(script) });
}

describe('the core in its worker', () => {
  it('opens a folder, answers, tells of changes and closes', async () => {
    core = startWorkerCore({ dataDir: folder.path, capabilities: noCapabilities, log, checkOutput: true });
    const heard: string[] = [];
    const stop = core.onChange((changed) => heard.push(...changed));
    expect(await core.call('settings.set', { theme: 'dark' })).toMatchObject({ ok: true, value: { theme: 'dark' } });
    expect(heard).toEqual(['settings']);
    stop();
    await core.call('settings.set', { theme: 'light' });
    expect(heard).toEqual(['settings']);
    expect(await core.resolveMedia('01920000-0000-7000-8000-000000000001')).toEqual({ problem: 'missing' });
    await core.close();
    expect(await core.call('settings.get', {})).toMatchObject({ ok: false, error: { code: 'host/closed' } });
  });

  it('asks the host for its capabilities, and carries their refusals', async () => {
    const capabilities = {
      ...noCapabilities,
      'host.chooseFolder': async ({ title }: { title: string }) => ({ path: `/chosen/${title}` }),
      'host.revealFile': ({ path }: { path: string }): never => {
        throw path === 'bug' ? new TypeError('oops') : new AppError('files/not-allowed', { path });
      },
    };
    core = startWorkerCore({ dataDir: folder.path, capabilities, log, checkOutput: true });
    expect(await core.call('host.chooseFolder', { title: 'a' })).toEqual({ ok: true, value: { path: '/chosen/a' } });
    expect(await core.call('host.chooseFolder', {})).toMatchObject({ ok: false, error: { code: 'host/bad-input' } });
    expect(await core.call('host.revealFile', { path: '/x' })).toEqual({
      ok: false,
      error: { code: 'files/not-allowed', details: { path: '/x' } },
    });
    expect(await core.call('host.revealFile', { path: 'bug' })).toMatchObject({
      ok: false,
      error: { code: 'host/internal' },
    });
  });

  it('answers every call with the reason when the folder cannot be opened', async () => {
    // A database of another program.
    const foreign = new Sqlite(join(folder.path, 'ledger.db'));
    foreign.exec('CREATE TABLE notes (text TEXT)');
    foreign.close();
    core = startWorkerCore({ dataDir: folder.path, capabilities: noCapabilities, log });
    const reply = await core.call('settings.get', {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'data/not-a-ledger' } });
  });

  it('refuses what cannot be sent', async () => {
    core = startBadly();
    const reply = await core.call('answer', () => undefined);
    expect(reply).toMatchObject({ ok: false, error: { code: 'host/bad-input' } });
    expect(await core.call('answer', {})).toMatchObject({ ok: true });
  });
});

describe('a worker that crashes', () => {
  it.each(['throw', 'exit'])('by %s is answered for and started once again', async (how) => {
    core = startBadly();
    const heard: string[][] = [];
    core.onChange((changed) => heard.push([...changed]));
    const before = await core.call('answer', {});
    const pending = [core.call('silence', {}), core.call(how, {}), core.call('silence', {})];
    for (const reply of await Promise.all(pending)) {
      expect(reply).toMatchObject({ ok: false, error: { code: 'host/internal' } });
    }
    const after = await core.call('answer', {});
    expect(after).toMatchObject({ ok: true });
    expect(after).not.toEqual(before);
    expect(heard).toEqual([[...topics]]);
    expect(logged).toContain('core ended by itself');
  });

  it('a second time at once is the end, and says so', async () => {
    core = startBadly();
    await core.call('throw', {});
    expect(await core.call('throw', {})).toMatchObject({ ok: false, error: { code: 'host/closed' } });
    expect(await core.call('answer', {})).toMatchObject({ ok: false, error: { code: 'host/closed' } });
  });
});
