import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileLog } from '#electron/core/log.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => dir.remove());

it('writes a line of JSON for each message, for its owner’s eyes only', () => {
  const log = createFileLog(dir.path, () => 0);
  log.error('operation failed', { operation: 'a.b', error: 'Error: x\n  at y' });
  const path = join(dir.path, 'log', 'core.log');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    level: 'error',
    message: 'operation failed',
    operation: 'a.b',
    error: 'Error: x\n  at y',
  });
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('begins a new file when one is full, and keeps four in all', () => {
  const log = createFileLog(dir.path);
  for (let n = 0; n < 900; n += 1) log.info('x'.repeat(7900), { n });
  const files = readdirSync(join(dir.path, 'log')).sort();
  expect(files).toEqual(['core.1.log', 'core.2.log', 'core.3.log', 'core.log']);
  for (const file of files) expect(statSync(join(dir.path, 'log', file)).size).toBeLessThan(1.1 * 1024 * 1024);
});

it('does not fail when it cannot be written', () => {
  writeFileSync(join(dir.path, 'log'), 'a file where the folder should be');
  expect(() => createFileLog(dir.path).info('hello')).not.toThrow();
});
