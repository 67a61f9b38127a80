import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appRoot, findAppRoot } from '#electron/core/app-root.ts';

it('finds the folder that holds this program', () => {
  expect(existsSync(join(appRoot, 'electron', 'core', 'app-root.ts'))).toBe(true);
});

it('walks past packages of other names and says so when there is nothing above', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'root-')));
  try {
    mkdirSync(join(folder, 'dist', 'node'), { recursive: true });
    writeFileSync(join(folder, 'dist', 'package.json'), '{"name":"something-else"}');
    expect(() => findAppRoot(join(folder, 'dist', 'node'))).toThrow('No counterledger package.json above');
    writeFileSync(join(folder, 'package.json'), '{"name":"counterledger"}');
    expect(findAppRoot(join(folder, 'dist', 'node'))).toBe(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
