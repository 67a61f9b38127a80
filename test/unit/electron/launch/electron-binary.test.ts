import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorLine, runWatched } from '#electron/launch/electron-binary.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watched-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function script(text: string): string {
  const path = join(folder, 'script.mjs');
  writeFileSync(path, text);
  return path;
}

describe('runWatched', () => {
  it('gives up a script that falls silent, and not before', async () => {
    const lines: string[] = [];
    // Talks for longer than the silence it may keep, then hangs. The silence is long enough for a busy machine to start it.
    const talks = script(`
      let said = 0;
      const talk = setInterval(() => { console.log(++said); if (said === 8) clearInterval(talk); }, 350);
      setInterval(() => {}, 1000);`);
    const started = performance.now();
    expect(await runWatched(process.execPath, talks, 2500, (line) => lines.push(line))).toBe('nothing came for 2.5 s');
    expect(lines.at(-1)).toBe('8');
    expect(performance.now() - started).toBeGreaterThan(5200);
  });

  it('says in one line why a script failed', async () => {
    const fails = script(`throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND example') });`);
    expect(await runWatched(process.execPath, fails, 5000, () => {})).toBe('getaddrinfo ENOTFOUND example');
    expect(await runWatched(process.execPath, script(''), 5000, () => {})).toBeNull();
  });
});

it('takes the telling line of a printed error', () => {
  expect(errorLine('file:///a.mjs:1\nthrow x\n\nHTTPError: Response code 404 for http://a\n    at b')).toBe(
    'Response code 404 for http://a',
  );
  expect(errorLine('  out of memory\n')).toBe('out of memory');
  expect(errorLine('')).toBe('unknown');
});
