import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { appRoot } from '#electron/core/app-root.ts';
import { isBuilt } from '#electron/launch/built-state.mjs';
import { electronExecutable } from './electron-host.ts';

/** Specs run against dist/, so it must be what the sources say; and what cannot run here is said out loud. */
export default function beforeAll(): void {
  if (!isBuilt()) {
    const build = spawnSync(process.execPath, [join(appRoot, 'electron', 'launch', 'build.mjs')], { stdio: 'inherit' });
    if (build.status !== 0) throw new Error('The build failed, so there is nothing to run browser specs against.');
  }
  if (electronExecutable() === null) {
    console.log('Electron: its specs did NOT run, because its binary is not on this machine (npm run electron:fetch).');
  }
}
