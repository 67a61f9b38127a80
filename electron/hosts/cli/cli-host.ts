import type { AnyReply } from '#electron/core/core-port.ts';
import { chooseDataDir } from '#electron/core/data-dir.ts';
import { chooseHostLanguage, createHostText, type HostText } from '#electron/core/host-text.ts';
import { callOnce } from './cli-call.ts';
import { type CliCommand, readCliCommand, UsageError } from './cli-commands.ts';

const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

const say = (line: string) => process.stderr.write(`${line}\n`);

async function readInput(input: Extract<CliCommand, { type: 'call' }>['input']): Promise<unknown> {
  if ('value' in input) return input.value;
  let text = input.json;
  if (text === '-') {
    text = '';
    for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError('cli.badJson', { problem: (error as Error).message });
  }
}

/** Whether an answer says by itself that all is not well, as a verification does that found damage. */
const findsFault = (value: unknown) => (value as { ok?: unknown } | null)?.ok === false;

function report(reply: AnyReply, text: HostText): number {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
  if (!reply.ok) say(text(`errors.${reply.error.code}`, reply.error.details));
  else if (findsFault(reply.value)) say(text('cli.damageFound'));
  return reply.ok && !findsFault(reply.value) ? exitCodes.done : exitCodes.refused;
}

/** Hands over to the loopback host, which lies beside this one, as source or in the bundle. */
async function serve(flags: string[]): Promise<number> {
  const own = import.meta.url;
  const host = new URL(own.endsWith('.ts') ? '../loopback/main.ts' : './loopback.mjs', own);
  process.argv.splice(2, Infinity, ...flags);
  await import(/* @vite-ignore */ host.href);
  return exitCodes.done;
}

/** Runs the command line and answers the exit code. */
export async function runCli(args: string[]): Promise<number> {
  const text = createHostText(chooseHostLanguage(undefined));
  // Whoever reads may have had enough, such as `head`.
  process.stdout.on('error', () => process.exit(exitCodes.done));
  try {
    const command = readCliCommand(args);
    if (command.type === 'serve') return await serve(command.flags);
    if (command.type === 'help') {
      process.stdout.write(`${text('cli.usage')}\n`);
      return exitCodes.done;
    }
    const input = await readInput(command.input);
    return report(await callOnce(chooseDataDir(command.dataDir), command.name, input), text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(text(error.key, error.details));
    say(text('cli.usage'));
    return exitCodes.usage;
  }
}
