import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { appRoot } from '#electron/core/app-root.ts';

/** A host running as a process of its own, from source. */
export interface HostProcess {
  process: ChildProcess;
  /** Everything it said on stderr so far. */
  said(): string;
  /** Resolves with the one-time address of the next `ready` line. */
  address: Promise<string>;
  /** Resolves with exit code or signal. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts the loopback host; `environment` replaces DISPLAY and the like, so that no test opens a window by surprise. */
export function startLoopbackProcess(args: readonly string[], environment: NodeJS.ProcessEnv = {}): HostProcess {
  const script = join(appRoot, 'electron', 'hosts', 'loopback', 'main.ts');
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...rest, LANG: 'en', ...environment },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const address = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^ready (http:\S+)$/.exec(line)?.[1];
      if (found) resolve(found);
    });
    void ended.then((how) => reject(new Error(`the host ended (${how}) before it was ready: ${said}`)));
  });
  address.catch(() => undefined);
  return { process: child, said: () => said, address, ended };
}

/** Ends a host as the system would and waits until it is gone. */
export async function endHost(host: HostProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
  if (host.process.exitCode === null && host.process.signalCode === null) host.process.kill(signal);
  return host.ended;
}
