import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AnyReply } from '#electron/core/core-port.ts';
import { chooseDataDir } from '#electron/core/data-dir.ts';
import { chooseHostLanguage, createHostText, type HostText } from '#electron/core/host-text.ts';
import { callOnce } from './cli-call.ts';
import { type CliCommand, readCliCommand } from './cli-commands.ts';
import { runConvert } from './cli-convert.ts';
import { UsageError } from './usage-error.ts';

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

/** The answer to an import that says how each row fared; anything refused is told by the exit code as well. */
interface ImportAnswer {
  read: number;
  taken: number;
  skipped: Record<string, number>;
  refused: unknown[];
  refusedRows: number;
}

/** Takes a table in by a mapping that was decided before. Paths are those of where the command line stands. */
async function importTable(command: CliCommand & { type: 'import' }, text: HostText): Promise<number> {
  let mapping: unknown;
  try {
    mapping = JSON.parse(await readFile(resolve(command.mapping), 'utf8'));
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof SyntaxError) throw new UsageError('cli.badJson', { problem: message });
    throw new UsageError('cli.noFile', { problem: message });
  }
  const how = { keepWholeFile: false, leaveOutRefused: false, dryRun: command.dryRun };
  const input = { source: { path: resolve(command.file) }, mapping, ...how };
  const reply = await callOnce(chooseDataDir(command.dataDir), 'sheets.apply', input);
  if (!reply.ok) return report(reply, text);
  const { read, taken, skipped, refused, refusedRows } = reply.value as ImportAnswer;
  process.stdout.write(`${JSON.stringify({ read, taken, skipped, refused })}\n`);
  return refusedRows > 0 ? exitCodes.refused : exitCodes.done;
}

/** What of a file of entries was taken in. */
interface EntriesAnswer {
  relation: string;
  read: number;
  taken: number;
  here: number;
  apart: number;
  attachments: number;
}

/** Takes a file of entries in. One line that does not hold, and nothing is taken; each is told with its number. */
async function importEntries(command: CliCommand & { type: 'import-entries' }, text: HostText): Promise<number> {
  const path = resolve(command.file);
  const dataDir = chooseDataDir(command.dataDir);
  const { keepApart, dryRun } = command;
  const reply = await callOnce(dataDir, 'ledger.import', { path, keepApart, dryRun });
  if (!reply.ok) {
    const { code, details } = reply.error;
    if (code !== 'ledger/lines-wrong') return report(reply, text);
    const looked = await callOnce(dataDir, 'ledger.importPreview', { path });
    if (!looked.ok) return report(looked, text);
    const { entries, wrong, faults } = looked.value as LookedAt;
    const refused = faults.map(({ line, why }) => ({ place: `line ${line}`, why }));
    process.stdout.write(`${JSON.stringify({ read: entries + wrong, taken: 0, skipped: {}, refused })}\n`);
    say(text(`errors.${code}`, details));
    return exitCodes.refused;
  }
  const { relation, read, taken, here, apart, attachments } = reply.value as EntriesAnswer;
  const skipped = Object.fromEntries(
    Object.entries({ 'already-here': here, 'kept-apart': apart }).filter(([, n]) => n > 0),
  );
  const files = attachments > 0 ? { attachments } : {};
  process.stdout.write(`${JSON.stringify({ relation, read, taken, skipped, refused: [], ...files })}\n`);
  return exitCodes.done;
}

interface LookedAt {
  entries: number;
  wrong: number;
  faults: { line: number; why: string }[];
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
    if (command.type === 'convert' || command.type === 'formats') {
      return (await runConvert(command, text)) ? exitCodes.done : exitCodes.refused;
    }
    if (command.type === 'import') return await importTable(command, text);
    if (command.type === 'import-entries') return await importEntries(command, text);
    const input = await readInput(command.input);
    return report(await callOnce(chooseDataDir(command.dataDir), command.name, input), text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(text(error.key, error.details));
    say(text('cli.usage'));
    return exitCodes.usage;
  }
}
