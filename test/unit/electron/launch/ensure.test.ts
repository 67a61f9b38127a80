import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isInstalled } from '#electron/launch/ensure.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(root, 'node_modules'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, packages: Record<string, unknown>): void {
  writeFileSync(join(root, path), JSON.stringify({ packages }));
}

const lock = {
  '': { name: 'program' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/for-mac': { version: '1.0.0', optional: true },
};

it('is content with what the lock file names, whatever was made for other systems', () => {
  write('package-lock.json', lock);
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } });
  expect(isInstalled(root)).toBe(true);
});

it.each([
  ['nothing is installed', null],
  ['a package is missing', {}],
  ['a version differs', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
  ['the same version has other contents', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
  [
    'an optional package is of another version',
    { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' }, 'node_modules/for-mac': { version: '0.9.0' } },
  ],
])('asks for an install when %s', (_, installed) => {
  write('package-lock.json', lock);
  if (installed) write('node_modules/.package-lock.json', installed);
  expect(isInstalled(root)).toBe(false);
});

it('asks for an install when the record of the last one was cut short', () => {
  write('package-lock.json', lock);
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{"packages": {"node_mod');
  expect(isInstalled(root)).toBe(false);
});
