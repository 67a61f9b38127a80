import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseDataDir, defaultDataDir, makeDataDir } from '#electron/core/data-dir.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let folder: ReturnType<typeof tempDir>;

beforeEach(() => {
  folder = tempDir();
});

afterEach(() => folder.remove());

describe('defaultDataDir', () => {
  it.each([
    ['linux', {}, '/home/li/.config/counterledger'],
    ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/counterledger'],
    ['darwin', {}, '/home/li/Library/Application Support/counterledger'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/counterledger'],
    ['win32', {}, '/home/li/AppData/Roaming/counterledger'],
  ] as const)('on %s with %o', (platform, environment, expected) => {
    expect(defaultDataDir({ platform, environment, home: '/home/li' })).toBe(expected);
  });
});

describe('chooseDataDir', () => {
  const surroundings = {
    platform: 'linux',
    environment: { COUNTERLEDGER_DATA: '/from/environment' },
    home: '/h',
  } as const;

  it('takes the flag, then the environment, then the default', () => {
    expect(chooseDataDir('/flag', surroundings)).toBe('/flag');
    expect(chooseDataDir('below', surroundings)).toBe(resolve('below'));
    expect(chooseDataDir(undefined, surroundings)).toBe('/from/environment');
    expect(chooseDataDir(undefined, { ...surroundings, environment: {} })).toBe('/h/.config/counterledger');
  });
});

describe('makeDataDir', () => {
  it('makes a folder only its owner may look into', () => {
    const path = join(folder.path, 'a', 'b');
    makeDataDir(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('leaves a folder that is there as it is', () => {
    chmodSync(folder.path, 0o750);
    makeDataDir(folder.path);
    expect(statSync(folder.path).mode & 0o777).toBe(0o750);
  });

  it('says why a place cannot be one', () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) {
      expect(() => makeDataDir(path)).toThrow(expect.objectContaining({ code: 'data/folder-unusable' }) as Error);
    }
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder that cannot be written to', () => {
    chmodSync(folder.path, 0o500);
    expect(() => makeDataDir(folder.path)).toThrow(expect.objectContaining({ code: 'data/folder-unusable' }) as Error);
    chmodSync(folder.path, 0o700);
  });
});
