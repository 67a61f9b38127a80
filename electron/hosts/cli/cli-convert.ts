import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '#shared/contract/errors.ts';
import type { HostText } from '#electron/core/host-text.ts';
import { UsageError } from './usage-error.ts';

/** A conversion of annotation files, or the list of formats. Neither touches a data folder. */
export type ConvertCommand =
  | { type: 'formats' }
  | {
      type: 'convert';
      input: string;
      output: string;
      from: string | null;
      to: string | null;
      media: string | null;
      overwrite: boolean;
      answers: Record<string, string>;
      choices: Record<string, string>;
    };

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  media: { type: 'string' },
  answer: { type: 'string', multiple: true },
  choice: { type: 'string', multiple: true },
  overwrite: { type: 'boolean', default: false },
} as const;

/** Reads a command line that begins with `convert` or `formats`. @throws UsageError */
export function readConvertCommand(args: string[]): ConvertCommand {
  const problem = (what: string) => new UsageError('cli.problem', { problem: what });
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw problem((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [first, input, output, ...more] = positionals;
  if (first === 'formats' && args.length === 1) return { type: 'formats' };
  if (first !== 'convert' || input === undefined || output === undefined || more.length > 0) {
    throw problem(args.join(' '));
  }
  const pairs = (given: readonly string[]) =>
    Object.fromEntries(
      given.map((pair) => {
        const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        if (name === '' || !pair.includes('=')) throw problem(pair);
        return [name, value];
      }),
    );
  return {
    type: 'convert',
    input,
    output,
    from: values.from ?? null,
    to: values.to ?? null,
    media: values.media ?? null,
    overwrite: values.overwrite,
    answers: pairs(values.answer ?? []),
    choices: pairs(values.choice ?? []),
  };
}

const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Carries a conversion out and prints its one line; answers whether anything could be read and written. */
export async function runConvert(command: ConvertCommand, text: HostText): Promise<boolean> {
  // Loaded here: no other command needs it.
  const { convertSet, formatAbilities, formatOfOutput, isFormat } = await import('#electron/core/convert-set.ts');
  const texts = await import('#electron/core/convert-texts.ts');
  if (command.type === 'formats') {
    print({ formats: [...formatAbilities(), ...texts.textFormatAbilities()] });
    return true;
  }
  const { from, media } = command;
  const to = command.to ?? texts.textFormatOfOutput(command.output, from) ?? formatOfOutput(command.output);
  for (const [flag, name] of [
    ['--from', from ?? to ?? ''],
    ['--to', to ?? ''],
  ] as const) {
    if (!isFormat(name) && !texts.isTextFormat(name))
      throw new UsageError('cli.problem', { problem: `${flag} ${name}`.trim() });
  }
  try {
    const convert = texts.isTextFormat(to!) ? texts.convertTexts : convertSet;
    const converted = await convert({
      ...command,
      to: to!,
      input: resolve(command.input),
      output: resolve(command.output),
      media: media === null ? null : resolve(media),
    });
    print(converted);
    return converted.items > 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { path, place, problem } = error.details as { path?: string; place?: string; problem?: string };
    const where = place === undefined || place === '' ? (path ?? command.input) : place;
    const failed = [{ where, why: problem ?? error.code }];
    print({ from, to, items: 0, objects: 0, byShape: {}, failed, loss: [] });
    process.stderr.write(`${text(`errors.${error.code}`, error.details)}\n`);
    return false;
  }
}
