// Whether dist/ was built from the sources that lie here now.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { programRoot } from './node-runtime.mjs';

const sources = ['shared', 'electron', 'renderer', 'resources/locales', 'resources/icons'];
const configs = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'vite.node.config.ts'];

/**
 * Every file below a folder, as path, time and size.
 * @param {string} folder relative to the program's folder
 * @returns {string[]}
 */
function stamps(folder) {
  let entries;
  try {
    entries = readdirSync(join(programRoot, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? stamps(path) : [stamp(path)];
    });
}

/** @param {string} path relative to the program's folder */
function stamp(path) {
  const { mtimeMs, size } = statSync(join(programRoot, path));
  return `${path} ${mtimeMs} ${size}`;
}

/** Where a build leaves the digest of what it was made from. */
export const builtFromPath = join(programRoot, 'dist', '.built-from');

/** A digest of the sources' paths, times and sizes; reading their contents would cost every start a tenth of a second. */
export function sourcesDigest() {
  const lines = [...sources.flatMap(stamps), ...configs.map(stamp)];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** Whether dist/ is there and up to date. */
export function isBuilt() {
  try {
    return readFileSync(builtFromPath, 'utf8') === sourcesDigest();
  } catch {
    return false;
  }
}
