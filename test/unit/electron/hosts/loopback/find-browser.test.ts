import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BrowserSearch, findBrowser } from '#electron/hosts/loopback/find-browser.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a file that can be run into the folder and answers its path. */
function program(name: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, mode);
  return path;
}

/** A system on which only the named files are programs. */
function system(platform: NodeJS.Platform, environment: Record<string, string>, programs: string[]): BrowserSearch {
  return { platform, environment, isExecutable: (path) => programs.includes(path) };
}

describe('findBrowser', () => {
  it('takes the first browser on a PATH of real files, and passes over what cannot be run', () => {
    program('chromium', 0o644);
    mkdirSync(join(folder, 'chromium-browser'));
    const chrome = program('google-chrome');
    const found = withEnvironment({ PATH: folder, CHROMIUM_PATH: undefined }, () => findBrowser());
    // A machine with a browser in the standard places finds that one before Chrome on the PATH.
    expect([chrome, '/usr/bin/chromium', '/snap/bin/chromium']).toContain(found?.path);
  });

  it('prefers what CHROMIUM_PATH names', () => {
    const mine = program('my-browser');
    expect(withEnvironment({ CHROMIUM_PATH: mine }, () => findBrowser())?.path).toBe(mine);
  });

  it('opens no other browser when the named one cannot be run', () => {
    expect(
      findBrowser(system('linux', { CHROMIUM_PATH: '/no/such', PATH: '/usr/bin' }, ['/usr/bin/chromium'])),
    ).toBeNull();
  });

  it('knows the places of macOS and of Windows, for all users and for one', () => {
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    expect(findBrowser(system('darwin', { HOME: '/Users/li' }, [edge]))).toEqual({
      path: edge,
      name: 'Microsoft Edge',
    });
    const own = '/Users/li/Applications/Chromium.app/Contents/MacOS/Chromium';
    expect(findBrowser(system('darwin', { HOME: '/Users/li' }, [own]))?.path).toBe(own);
    const chrome = join('C:/Users/li/AppData/Local', 'Google/Chrome/Application/chrome.exe');
    expect(findBrowser(system('win32', { LOCALAPPDATA: 'C:/Users/li/AppData/Local' }, [chrome]))?.path).toBe(chrome);
  });

  it('answers null when there is none', () => {
    expect(findBrowser(system('linux', { PATH: '/usr/bin' }, []))).toBeNull();
    expect(findBrowser(system('linux', {}, []))).toBeNull();
  });
});

/** Runs `body` with some variables of this process changed. */
function withEnvironment<T>(changes: Record<string, string | undefined>, body: () => T): T {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return body();
  } finally {
    for (const name of Object.keys(changes)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
