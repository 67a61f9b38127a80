import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Geometry, Shape } from '#shared/domain/annotation.ts';
import type {
  ExchangeItem,
  ExchangeLabel,
  Extra,
  AnnotationCodec,
  ParseContext,
  ParsedItem,
  SourceFile,
  WriteSummary,
} from '#shared/codecs/codec.ts';

interface Size {
  width: number;
  height: number;
}

let made = 0;
/** Ids that look like those of the program, each once. */
export const nextShapeId = () => `01920000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}` as Shape['id'];

export const fileOf = (path: string, text: string): SourceFile => ({
  path,
  size: Buffer.byteLength(text),
  text: async () => text.replace(/^\uFEFF/, ''),
});

/** All files of a folder, by path below it, in order. */
export function filesBelow(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => fileOf(path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')));
}

/** Reads files as the program does. `sizes`: one for every photo, or by whole path; left out: no photo is at hand. */
export function parseWith(
  codec: AnnotationCodec,
  files: readonly SourceFile[] | Readonly<Record<string, string>>,
  { sizes, answers = {} }: { sizes?: Size | Readonly<Record<string, Size>>; answers?: Record<string, string> } = {},
) {
  const list = Array.isArray(files)
    ? (files as SourceFile[])
    : Object.entries(files).map(([p, text]) => fileOf(p, text));
  const context: ParseContext = {
    newId: nextShapeId,
    imageSize: async (name) => {
      if (sizes === undefined) return null;
      if (typeof sizes['width'] === 'number') return sizes as Size;
      return Object.hasOwn(sizes, name) ? (sizes as Record<string, Size>)[name]! : null;
    },
    soundOf: async () => null,
    answers,
    breathe: async () => undefined,
  };
  return codec.parse(list, context);
}

/** Writes a set; the files by path with what the writer says of it. */
export async function writeWith(
  codec: AnnotationCodec,
  set: { items: readonly ExchangeItem[]; labels?: readonly ExchangeLabel[]; extra?: Extra },
  choices: Readonly<Record<string, string>> = {},
): Promise<{ files: Record<string, string>; summary: WriteSummary }> {
  const generator = codec.write(
    {
      labels: set.labels ?? [],
      extra: set.extra ?? {},
      async *items() {
        yield* set.items;
      },
    },
    choices,
  );
  const files = new Map<string, string>();
  for (;;) {
    const next = await generator.next();
    if (next.done) return { files: Object.fromEntries(files), summary: next.value };
    files.set(next.value.path, (files.get(next.value.path) ?? '') + next.value.text);
  }
}

export const shapeWith = (geometry: Geometry, more: Partial<Shape> = {}): Shape => ({
  id: nextShapeId(),
  label: 'car',
  geometry,
  attributes: {},
  origin: 'hand',
  ...more,
});

export const photoWith = (shapes: readonly Shape[], more: Partial<ExchangeItem> = {}): ExchangeItem => ({
  name: 'a.jpg',
  size: { width: 640, height: 480 },
  shapes,
  extra: {},
  ...more,
});

/** Items without what a file gives anew: ids, and where they were read. */
export const bare = (items: readonly (ExchangeItem | ParsedItem)[]) =>
  items.map(({ name, size, shapes, proposals, extra }) => ({
    name,
    size,
    extra,
    shapes: shapes.map(({ id: _, ...shape }) => shape),
    ...(proposals && { proposals: proposals.map(({ id: _, ...proposal }) => proposal) }),
  }));
