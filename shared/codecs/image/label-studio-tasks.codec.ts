import type { Json } from '../../domain/json.ts';
import { CodecError, type SourceFile } from '../codec.ts';
import { isPlainObject, parseJsonText } from '../json-text.ts';
import { piecesOf, topLevelValues } from '../json-rows.codec.ts';

/** A task of a file. */
export interface Task {
  value: Json;
  /** Place in the list; null for a file of one task. */
  index: number | null;
}

/** The tasks of a file, one by one where it is a list of them. @throws CodecError */
export async function* tasksOf(file: SourceFile): AsyncGenerator<Task> {
  if (!(await isList(file))) {
    const value = parseJsonText(await file.text());
    if (!isPlainObject(value) || !isPlainObject(value['data'])) throw new CodecError('not-this-format');
    yield { value, index: null };
    return;
  }
  try {
    for await (const batch of topLevelValues(inObject(file), () => true)) {
      for (const { value, index } of batch) if (index !== null) yield { value, index };
    }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    // The list was read inside an object, which moves the columns of its first line.
    const place = error.place.replace(
      /^line 1, column (\d+)$/,
      (_, column) => `line 1, column ${Number(column) - opening.length}`,
    );
    throw new CodecError(error.problem, place);
  }
}

const opening = '{"tasks":';

async function* inObject(file: SourceFile): AsyncGenerator<string> {
  let isFirst = true;
  for await (const piece of piecesOf(file)) {
    yield isFirst ? opening + piece.replace(/^\uFEFF/, '') : piece;
    isFirst = false;
  }
  yield '}';
}

async function isList(file: SourceFile): Promise<boolean> {
  for await (const piece of piecesOf(file)) {
    const start = /[^\s\uFEFF]/.exec(piece)?.[0];
    if (start !== undefined) return start === '[';
  }
  throw new CodecError('not-json', 'line 1, column 1');
}
