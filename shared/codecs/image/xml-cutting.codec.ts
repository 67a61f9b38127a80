import { CodecError } from '../codec.ts';
import { countLines } from './xml-elements.codec.ts';

/** An element cut out of a long XML text, whole. */
export interface XmlCut {
  /** `head` is what comes before the first element: the beginning of the file, not closed. */
  name: string;
  text: string;
  /** Line of the file where it begins, from 1. */
  line: number;
}

/** What is left of the file without the elements; they leave their line breaks behind. */
export interface XmlRest {
  text: string;
  /** Line where an element begins that the file does not close. */
  openSince: number | null;
}

/** Characters of one element, and of all that lies between, at most. */
const longest = 64 * 1024 * 1024;
/** Longer than any beginning of something that is looked for. */
const lookBack = 32;

/**
 * Cuts elements of some names out of an XML text that may come in pieces, so that a long file is never held whole. Comments and quoted
 * sections are stepped over. Whether an element is well formed shows when it is parsed.
 * @throws CodecError `too-large` with the line where an element, or what lies between elements, is longer than any annotation
 */
export async function* cutXml(
  pieces: AsyncIterable<string>,
  names: readonly string[],
): AsyncGenerator<XmlCut, XmlRest> {
  const cutter = createCutter(names);
  for await (const piece of pieces) yield* cutter.take(piece);
  return cutter.end();
}

interface Open {
  name: string;
  from: number;
  line: number;
}

function createCutter(names: readonly string[]) {
  const token = new RegExp(String.raw`<!--|<!\[CDATA\[|<\?|<(/?)(${names.join('|')})(?=[\s/>])`, 'g');
  let buffer = '';
  /** Searched up to here. */
  let at = 0;
  /** Handed on up to here. */
  let done = 0;
  let [line, counted] = [1, 0];
  let rest = '';
  let open: Open | null = null;
  /** What ends the comment or quoted section under way. */
  let until: string | null = null;
  /** Inside the first tag of an element: the quote that is open there, or '' for none. */
  let quote: string | null = null;
  let headGiven = false;

  const lineAt = (to: number): number => {
    line += countLines(buffer, counted, to);
    counted = to;
    return line;
  };
  const close = (end: number, found: Open): XmlCut => {
    const text = buffer.slice(found.from, end);
    rest += '\n'.repeat(countLines(text, 0, text.length));
    [open, done, at] = [null, end, end];
    return { name: found.name, text, line: found.line };
  };

  /** Goes on in the first tag of an element; its cut when the tag closes itself, false when the piece ends before the tag. */
  const throughTag = (found: Open): XmlCut | boolean => {
    for (; at < buffer.length; at += 1) {
      const char = buffer[at]!;
      if (quote !== '') {
        if (char === quote) quote = '';
      } else if (char === '"' || char === "'") quote = char;
      else if (char === '>') {
        quote = null;
        at += 1;
        return buffer[at - 2] === '/' ? close(at, found) : true;
      }
    }
    return false;
  };

  /** Begins whatever a token begins; its cut when it ends an element, false when the piece ends within it. */
  const begin = (match: RegExpExecArray): XmlCut | boolean => {
    const [text, slash, name] = match;
    at = match.index + text.length;
    if (name === undefined) {
      until = text === '<!--' ? '-->' : text === '<?' ? '?>' : ']]>';
      return true;
    }
    if (slash === '/') {
      if (open === null || open.name !== name) return true;
      const end = buffer.indexOf('>', at);
      if (end >= 0) return close(end + 1, open);
      at = match.index;
      return false;
    }
    if (open !== null) return true;
    rest += buffer.slice(done, match.index);
    done = match.index;
    open = { name, from: match.index, line: lineAt(match.index) };
    quote = '';
    return true;
  };

  const step = (): XmlCut | boolean => {
    if (until !== null) {
      const end = buffer.indexOf(until, at);
      at = end < 0 ? Math.max(at, buffer.length - until.length + 1) : end + until.length;
      if (end >= 0) until = null;
      return end >= 0;
    }
    if (open !== null && quote !== null) return throughTag(open);
    token.lastIndex = at;
    const match = token.exec(buffer);
    if (match !== null) return begin(match);
    at = Math.max(at, buffer.length - lookBack);
    return false;
  };

  return {
    *take(piece: string): Generator<XmlCut> {
      buffer += piece;
      for (let next = step(); next !== false; next = step()) {
        if (open !== null && !headGiven) {
          headGiven = true;
          yield { name: 'head', text: rest, line: 1 };
        }
        if (next !== true) yield next;
      }
      if (open === null) {
        rest += buffer.slice(done, at);
        done = at;
      }
      if (buffer.length - done > longest || rest.length > longest) throw new CodecError('too-large', `line ${line}`);
      lineAt(done);
      buffer = buffer.slice(done);
      at -= done;
      if (open !== null) open = { ...open, from: open.from - done };
      [counted, done] = [0, 0];
    },
    end(): XmlRest {
      if (open !== null) return { text: rest, openSince: open.line };
      return { text: rest + buffer.slice(done), openSince: null };
    },
  };
}
