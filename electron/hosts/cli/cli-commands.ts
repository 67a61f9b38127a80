import { parseArgs } from 'node:util';
import type { OperationName } from '#shared/contract/contract.ts';
import { type ConvertCommand, readConvertCommand } from './cli-convert.ts';
import { UsageError } from './usage-error.ts';

/** A command line that was understood. */
export type CliCommand =
  | { type: 'call'; name: string; input: { json: string } | { value: unknown }; dataDir: string | undefined }
  | { type: 'import'; file: string; mapping: string; dryRun: boolean; dataDir: string | undefined }
  | { type: 'import-entries'; file: string; keepApart: boolean; dryRun: boolean; dataDir: string | undefined }
  | { type: 'serve'; flags: string[] }
  | ConvertCommand
  | { type: 'help' };

/** Commands that are short for one operation: the words, how many arguments follow, and the input made of them. */
const named: readonly {
  words: readonly string[];
  takes: number;
  operation: OperationName;
  input(...given: string[]): unknown;
}[] = [
  { words: ['ledger', 'verify'], takes: 0, operation: 'ledger.verify', input: () => ({}) },
  { words: ['backup'], takes: 0, operation: 'backups.create', input: () => ({}) },
  { words: ['restore'], takes: 1, operation: 'backups.restore', input: (name) => ({ name }) },
];

const options = {
  'data-dir': { type: 'string' },
  port: { type: 'string' },
  mapping: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'keep-apart': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError('cli.problem', { problem: (error as Error).message });
  }
}

/** @throws UsageError */
export function readCliCommand(args: string[]): CliCommand {
  if ((args[0] === 'convert' || args[0] === 'formats') && !args.includes('--help')) return readConvertCommand(args);
  const { values, positionals } = parse(args);
  const [first, ...rest] = positionals;
  const dataDir = values['data-dir'];
  const notUnderstood = new UsageError('cli.problem', { problem: positionals.join(' ') });
  if (values.help) return { type: 'help' };
  if (first === 'serve' && rest.length === 0) {
    const port = values.port === undefined ? [] : ['--port', values.port];
    return { type: 'serve', flags: [...(dataDir === undefined ? [] : ['--data-dir', dataDir]), ...port, '--no-open'] };
  }
  if (values.port !== undefined) throw new UsageError('cli.problem', { problem: '--port' });
  if (first === 'ledger' && rest[0] === 'import') {
    const [, file, ...more] = rest;
    if (file === undefined || more.length > 0) throw notUnderstood;
    const dryRun = values['dry-run'];
    // Entries as this program exports them say themselves what is what.
    if (values.mapping === undefined && /\.jsonl$/i.test(file)) {
      return { type: 'import-entries', file, keepApart: values['keep-apart'], dryRun, dataDir };
    }
    if (values.mapping === undefined) throw new UsageError('cli.problem', { problem: '--mapping' });
    if (values['keep-apart']) throw new UsageError('cli.problem', { problem: '--keep-apart' });
    return { type: 'import', file, mapping: values.mapping, dryRun, dataDir };
  }
  const stray = (['mapping', 'dry-run', 'keep-apart'] as const).find((name) => Boolean(values[name]));
  if (stray !== undefined) throw new UsageError('cli.problem', { problem: `--${stray}` });
  if (first === 'call') {
    const [name, text = '{}', ...more] = rest;
    if (name === undefined || more.length > 0) throw notUnderstood;
    return { type: 'call', name, input: { json: text }, dataDir };
  }
  const found = named.find(({ words }) => words.every((word, at) => word === positionals[at]));
  const given = positionals.slice(found?.words.length ?? 0);
  if (!found || given.length !== found.takes) throw notUnderstood;
  return { type: 'call', name: found.operation, input: { value: found.input(...given) }, dataDir };
}
