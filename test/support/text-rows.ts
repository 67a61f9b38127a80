import type { Shape } from '#shared/domain/annotation.ts';
import type { TextAnswer, TextItem, TextKind } from '#shared/domain/text.ts';
import type { SourceFile } from '#shared/codecs/codec.ts';
import type { TextCodec, TextLoss, TextRead, TextSealed } from '#shared/codecs/text/text-codec.ts';
import { nextShapeId, sourceFile } from './codec-files.ts';

/** Texts that formats stumble over: spaces at both ends, line separators, emoji, quotes, formulas, both directions. */
export const hardTexts = [
  ' leading and trailing ',
  'two\nlines\r\nand\u2028more',
  '😀 👨‍👩‍👧 e\u0301 “quotes” "double" \'single\'',
  "=1+2, '=3, -4, @x, ＝5",
  'שלום עולם مرحبا 你好，世界。',
  '{"json": ["inside"]}, a;b\tc',
] as const;

/** A row of a kind with everything such a row can have. */
export function sampleRow(
  kind: TextKind,
  more: { item?: Partial<TextItem>; answer?: TextAnswer; shapes?: Shape[] } = {},
): TextSealed {
  const count = { write: 0, categorise: 0, mark: 1, converse: 0, correct: 1, rate: 2, compare: 2, rank: 3 }[kind];
  const item: TextItem = {
    ...{ version: 1, kind, name: 'q1', prompt: [{ role: 'user', content: hardTexts[1] }], images: [], machine: null },
    candidates: hardTexts.slice(2, 2 + count).map((content, place) => ({ id: 'abc'[place]!, content, model: null })),
    extra: {},
    ...more.item,
  };
  return { item, answer: more.answer ?? answers[kind], shapes: more.shapes ?? (kind === 'mark' ? [passage()] : []) };
}

export function passage(start = 3, end = 11, field = 'candidate.a'): Shape {
  const geometry = { type: 'passage', field, start, end } as const;
  return { id: nextShapeId() as Shape['id'], label: 'wrong', geometry, attributes: {}, origin: 'imported' };
}

const answers: Readonly<Record<TextKind, TextAnswer>> = {
  write: { text: hardTexts[0] },
  correct: { text: hardTexts[3] },
  categorise: { categories: ['news/sport', '体育'] },
  mark: {},
  compare: { shown: ['b', 'a'], preferences: { overall: 1 } },
  rank: { ranking: [['c'], ['a'], ['b']] },
  rate: { ratings: { a: { good: true }, b: { good: false } } },
  converse: {
    turns: [
      { role: 'user', content: hardTexts[4], model: null, ratings: {} },
      { role: 'assistant', content: hardTexts[5], model: null, ratings: {} },
    ],
  },
};

/** Writes rows; files by path (`''`: the file itself) and what was said of them. */
export async function writeRows(
  codec: TextCodec,
  rows: readonly TextSealed[],
  choices: Readonly<Record<string, string>> = {},
): Promise<{ files: Record<string, string>; rows: number; loss: TextLoss[] }> {
  const files: Record<string, string> = {};
  const usual = Object.fromEntries(codec.choices.map(({ name, answers: [first = ''] }) => [name, first]));
  const writing = codec.write(listed(rows), { ...usual, ...choices });
  for (;;) {
    const step = await writing.next();
    if (step.done) return { files, ...step.value };
    files[step.value.path] = (files[step.value.path] ?? '') + step.value.text;
  }
}

async function* listed<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** Reads a file's rows. */
export async function readRows(codec: TextCodec, file: SourceFile | string): Promise<TextRead[]> {
  const source = typeof file === 'string' ? sourceFile(`rows.${codec.ending}`, file) : file;
  const read: TextRead[] = [];
  for await (const row of codec.read(source, { newId: nextShapeId })) read.push(row);
  return read;
}
