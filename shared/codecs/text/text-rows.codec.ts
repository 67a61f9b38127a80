import Papa from 'papaparse';
import type { Json } from '../../domain/json.ts';
import { CodecError, type SourceFile } from '../codec.ts';
import { piecesOf } from '../json-rows.codec.ts';
import { parseJsonText } from '../json-text.ts';

/** A row of a file as it stands there, or why it is none. */
export type RawRow =
  | { where: string; value: Record<string, Json> }
  | { where: string; why: 'not-json' | 'not-an-object' | 'columns-wrong' | 'too-long' };

/** The rows of a file: JSON Lines, a JSON list or object, or a table with a header, by its ending and how it begins. */
export async function* rowsOf(file: SourceFile): AsyncGenerator<RawRow> {
  const ending = file.path.slice(file.path.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'csv' || ending === 'tsv' || ending === 'tab') yield* tableRows(await file.text());
  else if (ending === 'json') yield* jsonValues(await file.text());
  else yield* jsonLines(file);
}

/**
 * The objects of a JSON text: of a list, or of the one list that an object holds. An object without a list is one row; one of nothing but
 * texts is a row a text, with its name as `key` and the text as `text`.
 * @throws CodecError `not-json` with line and column
 */
function* jsonValues(text: string): Generator<RawRow> {
  const value = parseJsonText(text);
  if (Array.isArray(value)) yield* listed(value, '');
  else if (!isObject(value)) throw new CodecError('not-an-object');
  else {
    const lists = Object.entries(value).filter(([, inner]) => Array.isArray(inner));
    const [list] = lists;
    // What describes the list stands beside it in plain values; an object with others is itself a row.
    const isContainer = lists.length === 1 && !Object.values(value).some((inner) => isObject(inner));
    if (isContainer && list) yield* listed(list[1] as Json[], list[0]);
    else if (Object.values(value).every((inner) => typeof inner === 'string')) {
      for (const [key, inner] of Object.entries(value)) yield { where: key, value: { key, text: inner } };
    } else yield { where: '', value };
  }
}

function* listed(values: readonly Json[], name: string): Generator<RawRow> {
  for (const [place, value] of values.entries()) {
    const where = `${name}[${place}]`;
    yield isObject(value) ? { where, value } : { where, why: 'not-an-object' };
  }
}

/** The rows of a table whose first row names its columns; cells are texts as they are, line breaks and spaces too. */
function* tableRows(text: string): Generator<RawRow> {
  const [header, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  if (header === undefined) return;
  for (const [place, cells] of rows.entries()) {
    const where = `row ${place + 2}`;
    if (cells.length > header.length) yield { where, why: 'columns-wrong' };
    else yield { where, value: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])) };
  }
}

/** UTF-16 units of one line at most. */
const longestLine = 8 * 1024 * 1024;

/**
 * The objects of a file of JSON Lines, one a line; empty lines are passed over. Line ends are `\n` or `\r\n` and nothing else: U+2028 may
 * stand within a text. A line that is too long is passed over like any other that holds no row.
 */
export async function* jsonLines(file: SourceFile): AsyncGenerator<RawRow> {
  let rest = '';
  let line = 0;
  /** In a line that is too long: what there is of it is not kept. */
  let skips = false;
  for await (const piece of piecesOf(file)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      if (skips || text.length > longestLine) {
        skips = false;
        yield tooLong(line);
        continue;
      }
      const row = rowOf(text, line);
      if (row) yield row;
    }
    if (rest.length > longestLine || skips) {
      skips = true;
      rest = '';
    }
  }
  const row = skips ? tooLong(line + 1) : rowOf(rest, line + 1);
  if (row) yield row;
}

const tooLong = (line: number): RawRow => ({ where: `line ${line}`, why: 'too-long' });

function rowOf(text: string, line: number): RawRow | null {
  if (text.trim() === '') return null;
  const where = `line ${line}`;
  let value: Json;
  try {
    value = parseJsonText(text);
  } catch (error) {
    if (error instanceof CodecError) return { where, why: 'not-json' };
    throw error;
  }
  return isObject(value) ? { where, value } : { where, why: 'not-an-object' };
}

/** Whether a value is an object of named fields. */
export function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
