import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether `folder` holds the package.json of this program, and not that of some package below or above it. */
function isAppRoot(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown };
  return name === 'counterledger';
}

/**
 * The folder of this program's package.json, found by walking up from `start`.
 *
 * The same code runs from source (electron/core) and from a bundle (dist/node), so no fixed number of `..` would do.
 *
 * @throws Error when no folder above `start` holds it: the program was taken apart.
 */
export function findAppRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isAppRoot(folder)) return folder;
    if (dirname(folder) === folder) throw new Error(`No counterledger package.json above ${start}`);
  }
}

/** Absolute path of the program's folder: `resources/` and `electron/db/migrations/` lie below it. */
export const appRoot: string = findAppRoot(dirname(fileURLToPath(import.meta.url)));
