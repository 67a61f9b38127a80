import type {
  ExchangeItem,
  AnnotationCodec,
  ParseContext,
  ParsedSet,
  SourceFile,
  WriteSummary,
} from '#shared/codecs/codec.ts';

/** Files by path, as a format reads and writes them. */
export type Files = Readonly<Record<string, string>>;

let made = 0;

/** A UUIDv7 as a shape has it. */
export const nextShapeId = (): string => `01920000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}`;

export const sourceFile = (path: string, text: string): SourceFile => ({
  path,
  size: text.length,
  text: () => Promise.resolve(text),
});

/** The same text in small pieces, cut wherever it happens. */
export const piecewise = (path: string, text: string, length: number): SourceFile => ({
  ...sourceFile(path, text),
  async *pieces() {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
  },
});

export function parseContext(given: Partial<ParseContext> = {}): ParseContext {
  return {
    newId: nextShapeId,
    imageSize: () => Promise.resolve(null),
    soundOf: () => Promise.resolve(null),
    answers: {},
    breathe: () => Promise.resolve(),
    ...given,
  };
}

export function parseFiles(codec: AnnotationCodec, files: Files, given: Partial<ParseContext> = {}) {
  return codec.parse(
    Object.entries(files).map(([path, text]) => sourceFile(path, text)),
    parseContext(given),
  );
}

/** Writes a set and gathers its files. */
export async function writeFiles(
  codec: AnnotationCodec,
  set: { items: readonly ExchangeItem[]; labels: ParsedSet['labels']; extra?: ParsedSet['extra'] },
  choices: Readonly<Record<string, string>> = {},
): Promise<{ files: Record<string, string>; summary: WriteSummary }> {
  const usual = Object.fromEntries(codec.choices.map(({ name, answers }) => [name, answers[0]!]));
  const generator = codec.write(
    {
      labels: set.labels,
      extra: set.extra ?? {},
      async *items() {
        yield* set.items;
      },
    },
    { ...usual, ...choices },
  );
  const files = new Map<string, string>();
  for (;;) {
    const next = await generator.next();
    if (next.done) return { files: Object.fromEntries(files), summary: next.value };
    const { path, text } = next.value;
    const name = path === '' ? `set.${codec.ending}` : path;
    files.set(name, (files.get(name) ?? '') + text);
  }
}
