import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { findBrowser } from '#electron/hosts/loopback/find-browser.ts';
import type { SessionReport } from '#test/support/netns-session.ts';

/** How a namespace is entered: as root outright, else as the root of a user namespace. */
const enter = process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net'];

/** Why the proof cannot be made here, or null. */
function obstacle(): string | null {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (spawnSync('unshare', [...enter, 'ip', 'link', 'set', 'lo', 'up']).status !== 0) {
    return 'no network namespace can be made here (unshare and ip are needed, and the right to use them)';
  }
  if (!findBrowser()) return 'no browser';
  return existsSync(join(appRoot, 'dist', 'renderer', 'index.html')) ? null : 'dist/ is not built';
}

describe('nothing leaves this computer', () => {
  const reason = obstacle();

  it(
    'while a window is worked in, from start to end, whichever process would want it',
    { timeout: 120_000 },
    ({ skip }) => {
      if (reason !== null) return skip(reason);
      const script = join(appRoot, 'test', 'support', 'netns-session.ts');
      const seconds = process.env['COUNTERLEDGER_NETWORK_SECONDS'] ?? '5';
      const out = execFileSync('unshare', [...enter, process.execPath, script, seconds], { encoding: 'utf8' });
      const { session, control, processes, submitted } = JSON.parse(out) as SessionReport;

      expect(submitted).toBeGreaterThanOrEqual(3);
      // The host, the browser and its own processes.
      expect(processes).toBeGreaterThanOrEqual(3);
      expect(session.loopbackBytes).toBeGreaterThan(100_000);
      expect(session).toMatchObject({ unroutable: 0, versionSix: 0, datagrams: 0, otherInterfaces: [] });
      // The same counters, after trying to leave in each of these ways: they do count.
      expect(control.unroutable).toBeGreaterThanOrEqual(2);
      expect(control.versionSix).toBeGreaterThan(0);
      expect(control.datagrams).toBeGreaterThan(0);
    },
  );
});
