import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Topic } from '#shared/contract/topics.ts';
import { appRoot } from '#electron/core/app-root.ts';
import { runCliProcess } from '#test/support/cli-process.ts';
import { endHost, type HostProcess, startLoopbackProcess } from '#test/support/host-process.ts';
import { openPage, openStream } from '#test/support/loopback-browser.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { eventually } from '#test/support/eventually.ts';

let folder: ReturnType<typeof tempDir>;
let dataDir: string;
let host: HostProcess | null;

beforeEach(() => {
  folder = tempDir();
  dataDir = join(folder.path, 'data');
  host = null;
});

afterEach(async () => {
  if (host) await endHost(host, 'SIGKILL');
  folder.remove();
});

const cli = (...args: string[]) => runCliProcess(['--data-dir', dataDir, ...args]);

describe('the command line', () => {
  it('prints one reply on stdout and nothing else, there or on stderr', async () => {
    const run = await cli('call', 'settings.set', '{"theme":"dark"}');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse((await cli('call', 'settings.get')).stdout)).toMatchObject({
      ok: true,
      value: { theme: 'dark' },
    });
  });

  it('takes the data folder from the environment, and from the flag before that', async () => {
    const environment = { COUNTERLEDGER_DATA: join(folder.path, 'other') };
    const run = await runCliProcess(['call', 'settings.get'], { environment });
    expect(JSON.parse(run.stdout)).toMatchObject({ value: { dataDir: environment.COUNTERLEDGER_DATA } });
    const flagged = await runCliProcess(['call', 'settings.get', '--data-dir', dataDir], { environment });
    expect(JSON.parse(flagged.stdout)).toMatchObject({ value: { dataDir } });
  });

  it('exits with 1 and the code when the operation is refused, and says it in words', async () => {
    const run = await runCliProcess(['--data-dir', dataDir, 'call', 'settings.nothing'], {
      environment: { LANG: 'zh_CN.UTF-8' },
    });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, error: { code: 'host/unknown-operation' } });
    expect(run.stderr).toMatch(/\p{Script=Han}/u);
  });

  it('exits with 2 and the usage when the command line is not understood', async () => {
    for (const args of [['bogus'], ['call', 'settings.get', '{'], []]) {
      const run = await cli(...args);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain('ledger verify');
    }
    expect(await cli('--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it('answers a folder that cannot be opened with its code', async () => {
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(dataDir, '');
    const run = await cli('call', 'settings.get');
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, error: { code: 'data/folder-unusable' } });
    expect(run.stderr).toContain(dataDir);
  });

  it('says nothing when whoever reads has had enough', async () => {
    const script = join(appRoot, 'electron', 'hosts', 'cli', 'main.ts');
    const child = spawn(process.execPath, [script, '--data-dir', dataDir, 'call', 'operations.list']);
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([0, '']);
  });
});

describe('beside an open window', () => {
  it('changes what the window shows, at once', async () => {
    host = startLoopbackProcess(['--data-dir', dataDir, '--no-open']);
    const heard: Topic[] = [];
    const stop = await openStream(await openPage(await host.address), ({ topics }) => heard.push(...topics));
    const run = await cli('call', 'settings.set', '{"theme":"dark"}');
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true });
    await eventually(() => expect(heard).toEqual(['settings']));
    stop();
  });

  it('refuses what cannot be done then, and says who has the folder', async () => {
    host = startLoopbackProcess(['--data-dir', dataDir, '--no-open']);
    await host.address;
    for (const args of [
      ['restore', 'x'],
      ['call', 'backups.restore', '{"name":"x"}'],
    ]) {
      const run = await cli(...args);
      expect(run.code).toBe(1);
      const owner = `loopback, ${host.process.pid}`;
      expect(JSON.parse(run.stdout)).toEqual({ ok: false, error: { code: 'host/busy', details: { owner } } });
    }
  });

  it('is one of several callers', async () => {
    host = startLoopbackProcess(['--data-dir', dataDir, '--no-open']);
    await host.address;
    const runs = await Promise.all(['a', 'b', 'c'].map((key) => cli('call', 'settings.set', `{"ui":{"${key}":1}}`)));
    expect(runs.map((run) => run.code)).toEqual([0, 0, 0]);
    const { value } = JSON.parse((await cli('call', 'settings.get')).stdout) as { value: { ui: object } };
    expect(value.ui).toEqual({ a: 1, b: 1, c: 1 });
  });
});

describe('serve', () => {
  it('prints the address and stays until it is told to end', async () => {
    const script = join(appRoot, 'electron', 'hosts', 'cli', 'main.ts');
    const child = spawn(process.execPath, [script, 'serve', '--data-dir', dataDir]);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const page = await openPage(line.replace(/^ready /, ''));
    expect((await page.post('{"name":"settings.get","input":{}}')).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
