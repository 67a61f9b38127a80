import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';

/** What the choice of folder depends on; tests give their own. */
export interface FolderSurroundings {
  platform: NodeJS.Platform;
  environment: Record<string, string | undefined>;
  home: string;
}

const here = (): FolderSurroundings => ({ platform: process.platform, environment: process.env, home: homedir() });

/** The folder Electron takes as `userData` on each system, so that every host finds the same ledger. */
export function defaultDataDir({ platform, environment, home }: FolderSurroundings = here()): string {
  if (platform === 'win32') return join(environment['APPDATA'] || join(home, 'AppData', 'Roaming'), 'counterledger');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'counterledger');
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'counterledger');
}

/** The data folder: the flag, else `COUNTERLEDGER_DATA`, else the default one; absolute. */
export function chooseDataDir(flag: string | undefined, surroundings: FolderSurroundings = here()): string {
  return resolve(flag || surroundings.environment['COUNTERLEDGER_DATA'] || defaultDataDir(surroundings));
}

/**
 * Makes the data folder, for its owner's eyes only, when it is not there.
 *
 * @throws AppError `data/folder-unusable` when it cannot be made, is no folder or cannot be written to
 */
export function makeDataDir(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!statSync(path).isDirectory()) throw new Error('not a folder');
    // A host that finds out later would have promised a window already.
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new AppError('data/folder-unusable', { path, problem: (error as Error).message });
  }
}
