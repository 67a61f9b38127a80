import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { appRoot } from '#electron/core/app-root.ts';

/** What a run of the command line left behind. */
export interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line from source to its end. */
export async function runCliProcess(
  args: readonly string[],
  { stdin = '', environment = {} }: { stdin?: string; environment?: NodeJS.ProcessEnv } = {},
): Promise<CliRun> {
  const script = join(appRoot, 'electron', 'hosts', 'cli', 'main.ts');
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, LANG: 'en', ...environment } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // It may have ended before it read all of it.
  child.stdin.on('error', () => undefined).end(stdin);
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}
