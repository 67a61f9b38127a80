import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from './ports.ts';

/** Bytes after which a new file is begun, and how many old ones are kept. */
const FULL = 1024 * 1024;
const KEPT = 3;

/** Longest line in characters: a stack trace fits, a body of an entry does not. */
const LONGEST = 8000;

/**
 * Diagnostics in `log/core.log` of the data folder, one JSON line each; four files of 1 MiB at most. It is for whoever looks into a
 * failure, so a log that cannot be written is no failure of its own. Callers never put fields of entries into it.
 */
export function createFileLog(dataDir: string, now: () => number = Date.now): Log {
  const folder = join(dataDir, 'log');
  const current = join(folder, 'core.log');
  const old = (nth: number) => join(folder, `core.${nth}.log`);

  const rotate = () => {
    if ((statSync(current, { throwIfNoEntry: false })?.size ?? 0) < FULL) return;
    rmSync(old(KEPT), { force: true });
    for (let nth = KEPT - 1; nth >= 1; nth -= 1) {
      if (statSync(old(nth), { throwIfNoEntry: false })) renameSync(old(nth), old(nth + 1));
    }
    renameSync(current, old(1));
  };

  const write = (level: 'info' | 'error', message: string, details?: Record<string, unknown>) => {
    const line = JSON.stringify({ at: new Date(now()).toISOString(), level, message, ...details });
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rotate();
      appendFileSync(current, `${line.slice(0, LONGEST)}\n`, { mode: 0o600 });
    } catch {
      // A full disk or a folder taken away: the work goes on.
    }
  };

  return {
    info: (message, details) => write('info', message, details),
    error: (message, details) => write('error', message, details),
  };
}
