import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import { browserWithDoor, displayServer, enterWindow, startDisplay } from '#test/support/app-window.ts';
import { tempDir } from '#test/support/temp-dir.ts';

it('the app window of a real browser reloads, is alone, and ends the host when it is closed', async ({ skip }) => {
  const server = displayServer();
  if (server === null || !findBrowser()) return skip('needs a browser and Xvfb');
  if (!existsSync(join(appRoot, 'dist', 'renderer', 'index.html'))) return skip('dist/ is not built');

  const folder = tempDir();
  const dataDir = join(folder.path, 'data');
  const display = await startDisplay(server);
  const host = spawn(process.execPath, [join(appRoot, 'dist', 'node', 'loopback.mjs'), '--data-dir', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DISPLAY: display.name, CHROMIUM_PATH: browserWithDoor(folder.path, true) },
  });
  try {
    const { page } = await enterWindow(dataDir);
    expect(new URL(page.url())).toMatchObject({ pathname: '/', search: '' });
    expect(await page.evaluate(() => matchMedia('(display-mode: standalone)').matches)).toBe(true);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.reload();
    await page.getByRole('button').first().waitFor();
    expect(complaints).toEqual([]);
    // A page of this program can neither leave for another nor open one, nor reach the network.
    const reached = await page.evaluate(() => fetch('https://example.org/').then(String, () => 'refused'));
    expect(reached).toBe('refused');
    const gone = once(host, 'exit');
    await page.close();
    expect(await gone).toEqual([0, null]);
  } finally {
    host.kill('SIGKILL');
    display.process.kill();
    folder.remove();
  }
});
