import type { Json } from '../domain/json.ts';
import { CodecError, type SourceFile } from './codec.ts';
import { parseJsonText } from './json-text.ts';

/** A value of the outermost object of a file: an element of a list, or what is no list whole. */
export interface TopLevelValue {
  key: string;
  /** Place in its list; null for what is no list. */
  index: number | null;
  value: Json;
}

/** The text of a file, in pieces where it offers that. */
export function piecesOf(file: SourceFile): AsyncIterable<string> {
  return file.pieces?.() ?? wholeText(file);
}

async function* wholeText(file: SourceFile): AsyncGenerator<string> {
  yield await file.text();
}

/** Characters of one element at most: a single object of more is no annotation. */
const longestElement = 64 * 1024 * 1024;
const space = /[ \t\r\n]/;

/**
 * Walks through a JSON text whose outermost value is an object, list element by list element, so that a file is never held whole: what
 * is kept at once is a piece and one element. Answers a batch for each piece.
 *
 * @param wanted whether the elements of a list are to be parsed; those of others are stepped over
 * @throws CodecError `not-json` with line and column; `not-an-object` when the outermost value is something else
 */
export async function* topLevelValues(
  pieces: AsyncIterable<string>,
  wanted: (key: string) => boolean,
): AsyncGenerator<TopLevelValue[]> {
  const walker = createWalker(wanted);
  for await (const piece of pieces) {
    const batch = walker.take(piece);
    if (batch.length > 0) yield batch;
  }
  walker.end();
}

type State =
  | 'start'
  | 'key-or-end'
  | 'key'
  | 'colon'
  | 'value'
  | 'element-or-end'
  | 'element'
  | 'after-element'
  | 'after-value'
  | 'end';

/** A scanner that remembers where it is between two pieces. Only what is taken is parsed, by the runtime's own parser. */
function createWalker(wanted: (key: string) => boolean) {
  let text = '';
  let at = 0;
  let state: State = 'start';
  let key = '';
  let index = 0;
  let scan: Scan | null = null;
  let [line, lineStart] = [1, 0];
  let batch: TopLevelValue[] = [];

  const fail = (): never => {
    throw new CodecError('not-json', `line ${line}, column ${at - lineStart + 1}`);
  };
  const parsed = (from: number, started: Scan): Json => {
    try {
      return parseJsonText(text.slice(from, at));
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      const [, l, c] = /line (\d+), column (\d+)/.exec(error.place) ?? ['', '1', '1'];
      const column = Number(c) + (l === '1' ? started.column - 1 : 0);
      throw new CodecError('not-json', `line ${started.line + Number(l) - 1}, column ${column}`);
    }
  };

  /** Goes on to the end of the value begun; false when the piece ends before it. */
  const scanned = (begun: Scan): boolean => {
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 10) [line, lineStart] = [line + 1, at + 1];
      if (begun.inString) {
        if (begun.escaped) begun.escaped = false;
        else if (code === 92) begun.escaped = true;
        else if (code === 34) {
          begun.inString = false;
          if (begun.depth === 0) return (at += 1) > 0;
        }
      } else if (code === 34) begun.inString = true;
      else if (code === 123 || code === 91) begun.depth += 1;
      else if (code === 125 || code === 93) {
        // The bracket that ends a bare number or word belongs to whatever holds it.
        if (begun.depth === 0) return true;
        begun.depth -= 1;
        if (begun.depth === 0) return (at += 1) > 0;
      } else if (begun.depth === 0 && (code === 44 || code <= 32)) {
        return true;
      }
    }
    return false;
  };

  const begin = (): Scan => ({ from: at, line, column: at - lineStart + 1, depth: 0, inString: false, escaped: false });

  /** What a finished scan brought. */
  const finish = (done: Scan): void => {
    if (at === done.from) fail();
    if (state === 'key') {
      key = String(parsed(done.from, done));
      state = 'colon';
    } else if (state === 'element') {
      if (wanted(key)) batch.push({ key, index, value: parsed(done.from, done) });
      index += 1;
      state = 'after-element';
    } else {
      batch.push({ key, index: null, value: parsed(done.from, done) });
      state = 'after-value';
    }
  };

  const step = (char: string): void => {
    switch (state) {
      case 'start':
        if (char === '\uFEFF') at += 1;
        else if (char === '{') [state, at] = ['key-or-end', at + 1];
        else throw new CodecError('not-an-object', `line ${line}`);
        return;
      case 'key-or-end':
        if (char === '}') [state, at] = ['end', at + 1];
        else state = 'key';
        return;
      case 'key':
        if (char !== '"') fail();
        scan = begin();
        return;
      case 'colon':
        if (char !== ':') fail();
        [state, at] = ['value', at + 1];
        return;
      case 'value':
        if (char === '[') [state, at, index] = ['element-or-end', at + 1, 0];
        else scan = begin();
        return;
      case 'element-or-end':
        if (char === ']') [state, at] = ['after-value', at + 1];
        else state = 'element';
        if (state === 'after-value') batch.push({ key, index: null, value: [] });
        return;
      case 'element':
        scan = begin();
        return;
      case 'after-element':
        if (char === ',') [state, at] = ['element', at + 1];
        else if (char === ']') [state, at] = ['after-value', at + 1];
        else fail();
        return;
      case 'after-value':
        if (char === ',') [state, at] = ['key', at + 1];
        else if (char === '}') [state, at] = ['end', at + 1];
        else fail();
        return;
      case 'end':
        fail();
    }
  };

  return {
    take(piece: string): TopLevelValue[] {
      batch = [];
      // What stands before the value under way is no longer needed.
      const kept = scan === null ? at : scan.from;
      if (text.length - kept > longestElement) throw new CodecError('too-large', `line ${scan?.line ?? line}`);
      text = text.slice(kept) + piece;
      at -= kept;
      lineStart -= kept;
      if (scan !== null) scan.from = 0;
      while (at < text.length) {
        if (scan !== null) {
          if (!scanned(scan)) break;
          const done: Scan = scan;
          scan = null;
          finish(done);
          continue;
        }
        const char = text[at]!;
        if (!space.test(char)) step(char);
        else {
          if (char === '\n') [line, lineStart] = [line + 1, at + 1];
          at += 1;
        }
      }
      return batch;
    },
    end(): void {
      if (state !== 'end') fail();
    },
  };
}

/** A value under way: where it began and how deep its brackets are. */
interface Scan {
  from: number;
  line: number;
  column: number;
  depth: number;
  inString: boolean;
  escaped: boolean;
}
