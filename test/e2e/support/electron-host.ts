import { once } from 'node:events';
import { join } from 'node:path';
import { _electron as electron } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { findElectron } from '#electron/launch/electron-binary.mjs';
import type { HostStart, RunningHost } from './running-host.ts';

/** Path of the Electron binary, or null where there is none and its specs cannot run. */
export function electronExecutable(): string | null {
  return findElectron();
}

/** Starts the built Electron host on a data folder and waits for its window. */
export async function startElectron(start: HostStart): Promise<RunningHost> {
  const executablePath = electronExecutable();
  if (executablePath === null) throw new Error('There is no Electron binary here; npm run electron:fetch fetches it.');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await electron.launch({
    executablePath,
    cwd: appRoot,
    args: [
      ...asRoot,
      join(appRoot, 'dist', 'node', 'electron.mjs'),
      '--data-dir',
      start.dataDir,
      '--lang',
      start.lang,
      ...start.flags,
    ],
  });
  const page = await app.firstWindow();
  start.onPage(page);
  await page.setViewportSize({ width: 1366, height: 768 });
  const host = app.process();
  return {
    page,
    async kill(signal) {
      const gone = once(host, 'exit');
      host.kill(signal);
      await gone;
    },
    close: () => app.close(),
  };
}
