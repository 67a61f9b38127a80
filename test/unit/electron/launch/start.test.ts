import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSmallProgram, type SmallProgram } from '#test/support/small-program.ts';

let program: SmallProgram;

beforeEach(() => {
  program = createSmallProgram();
  program.markBuilt();
});

afterEach(() => {
  program.remove();
});

/** A stand-in for Electron's executable that answers with `lines` of shell. */
function fakeElectron(...lines: string[]): Record<string, string> {
  program.write('electron-dist/electron', ['#!/bin/sh', ...lines].join('\n'), 0o755);
  return { ELECTRON_OVERRIDE_DIST_PATH: join(program.root, 'electron-dist'), DISPLAY: ':9' };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm start', () => {
  it('hands the flags to the loopback host, and leaves stdout to it', async () => {
    const ended = await program.run(['--host', 'loopback', '--data-dir', '/d', '--port=0', '--no-open', '--lang=en']);
    expect(ended).toEqual({ code: 0, stdout: 'loopback --data-dir /d --lang en --port 0 --no-open\n', stderr: '' });
  });

  it('means paths as the owner does, who may stand elsewhere than npm runs', async () => {
    program.write('dist/node/loopback.mjs', 'console.log(process.cwd());');
    program.write('elsewhere/file', '');
    const elsewhere = join(program.root, 'elsewhere');
    const ended = await program.run(['--host', 'loopback'], { INIT_CWD: elsewhere, npm_package_name: 'counterledger' });
    expect(ended.stdout).toBe(`${elsewhere}\n`);
    const other = await program.run(['--host', 'loopback'], { INIT_CWD: elsewhere, npm_package_name: 'another' });
    expect(other.stdout).toBe(`${program.root}\n`);
  });

  it('builds when a source has changed, and not the next time', async () => {
    program.write('renderer/app/main.tsx', 'export {};');
    const first = await program.run(['--host', 'loopback']);
    expect(first.stdout).toBe('loopback \n');
    expect(first.stderr).toContain('Building the program');
    const second = await program.run(['--host', 'loopback']);
    expect(second.stderr).toBe('');
  });

  it('does not run what could not be built', async () => {
    program.write('electron/launch/build.mjs', 'process.exit(1);');
    expect(await program.run(['--host', 'loopback'])).toMatchObject({ code: 1, stdout: '' });
  });

  it('answers a flag it does not know with 2, in the language asked for', async () => {
    const ended = await program.run(['--lang', 'zh-CN', '--colour']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('不认识的参数：--colour');
  });

  it('takes Electron where it is and can show a window', async () => {
    const ended = await program.run(['--data-dir', '/d'], fakeElectron('echo "electron $*"'));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`${program.root} --data-dir /d`);
  });

  it('does not take Electron without a display, or when no window is wanted', async () => {
    const electron = fakeElectron('echo electron');
    expect((await program.run([], { ...electron, DISPLAY: '' })).stdout).toBe('loopback \n');
    expect((await program.run(['--no-open'], electron)).stdout).toBe('loopback --no-open\n');
  });

  it('opens in a browser when Electron cannot start here, unless Electron was asked for', async () => {
    const electron = fakeElectron('exit 127');
    const ended = await program.run([], electron);
    expect(ended).toMatchObject({ code: 0, stdout: 'loopback \n' });
    expect(ended.stderr).toContain('127');
    expect(await program.run(['--host', 'electron'], electron)).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('fetching Electron', () => {
  let mirror: Server;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    mirror = createServer((_request, response) => {
      asked += 1;
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      mirror.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(() => {
    mirror.close();
  });

  it('is tried once, told of, remembered, and tried again on request', async () => {
    const environment = {
      DISPLAY: ':9',
      ELECTRON_OVERRIDE_DIST_PATH: '',
      ELECTRON_MIRROR: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`,
      electron_config_cache: join(program.root, 'cache'),
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
    };
    const first = await program.run([], environment);
    expect(first).toMatchObject({ code: 0, stdout: 'loopback \n' });
    expect(first.stderr).toContain('Fetching Electron');
    expect(first.stderr).toContain('404');
    expect(asked).toBe(1);
    const second = await program.run([], environment);
    expect(second).toMatchObject({ code: 0, stdout: 'loopback \n', stderr: '' });
    expect(asked).toBe(1);
    expect(await program.run(['--fetch-electron'], environment)).toMatchObject({ code: 1, stdout: '' });
    expect(asked).toBe(2);
  });
});

describe('ending', () => {
  /** Waits for the host's process id, which the stand-in prints. */
  function hostPid(stdout: NodeJS.ReadableStream): Promise<number> {
    return new Promise((resolve) => {
      createInterface({ input: stdout }).once('line', (line) => resolve(Number(line)));
    });
  }

  async function gone(pid: number): Promise<boolean> {
    for (let tries = 0; tries < 60; tries += 1) {
      if (!isAlive(pid)) return true;
      await sleep(100);
    }
    return false;
  }

  beforeEach(() => {
    const farewell = join(program.root, 'farewell');
    program.write(
      'dist/node/loopback.mjs',
      `import { writeFileSync } from 'node:fs';
       process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(farewell)}, 'clean'); process.exit(0); });
       console.log(process.pid);
       setInterval(() => {}, 1000);`,
    );
  });

  const farewell = () =>
    existsSync(join(program.root, 'farewell')) && readFileSync(join(program.root, 'farewell'), 'utf8');

  it('passes SIGTERM and a lone SIGINT on and waits for the host to end cleanly', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const child = program.start(['--host', 'loopback']);
      if (!child.stdout) throw new Error('no stdout');
      const pid = await hostPid(child.stdout);
      child.kill(signal);
      expect(await gone(pid), signal).toBe(true);
      expect(farewell(), signal).toBe('clean');
    }
  });

  it.skipIf(process.platform === 'win32')('ends the host when npm and its shell die without a word', async () => {
    // As npm does: a shell between, which a signal ends without its child hearing of it.
    const command = `"${process.execPath}" "${join(program.root, 'electron/launch/start.mjs')}" --host loopback; true`;
    const shell = spawn('/bin/sh', ['-c', command], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await hostPid(shell.stdout);
    shell.kill('SIGTERM');
    expect(await gone(pid)).toBe(true);
    expect(farewell()).toBe('clean');
  });
});
