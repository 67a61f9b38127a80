import { CodecError } from '../codec.ts';

/** Reads what counts, in order. All throw CodecError `cut-off` at the end of the text, `field-wrong` where something else stands. */
export interface TokenReader {
  number(): number;
  text(): string;
  /** Whether tiers are there at all (`<exists>`). */
  flag(): string;
  /** The line of what was read last, from 1. */
  line(): number;
}

const number = /^[+-]?(?:0[xX][0-9a-fA-F]{1,13}|\d+(?:\.\d*)?(?:[eE][+-]?\d{1,4})?)/;

/**
 * Reads a TextGrid's text, long or short: only strings, numbers and flags that stand free count. Everything else (`xmin =`, `intervals [1]:`,
 * what follows a `!` in its line) is there for people. Inner quotes are doubled; strings may hold line breaks. Linear in the text.
 */
export function createTokenReader(text: string): TokenReader {
  let at = 0;
  let [line, counted] = [1, 0];
  const lineAt = (to: number): number => {
    for (let next = text.indexOf('\n', counted); next >= 0 && next < to; next = text.indexOf('\n', counted)) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
  const fail = (problem: 'cut-off' | 'field-wrong'): never => {
    throw new CodecError(problem, `line ${lineAt(at)}`);
  };

  /** Goes to the next thing that counts and says what it begins with; steps over commentary. */
  const next = (): string => {
    for (; at < text.length;) {
      const char = text[at]!;
      if (isSpace(char)) at += 1;
      else if (char === '!') at = lineEnd(text, at);
      else if (char === '"' || char === '<' || number.test(text.slice(at, at + 32))) return char;
      else at = wordEnd(text, at);
    }
    return fail('cut-off');
  };

  return {
    number() {
      const begins = next();
      if (begins === '"' || begins === '<') return fail('field-wrong');
      const end = wordEnd(text, at);
      const value = Number(number.exec(text.slice(at, end))![0].replace(/^\+/, ''));
      if (!Number.isFinite(value)) return fail('field-wrong');
      lineAt(at);
      at = end;
      return value;
    },
    text() {
      for (let begins = next(); begins !== '"'; begins = next()) fail('field-wrong');
      lineAt(at);
      const from = at + 1;
      for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 2)) {
        if (text[end + 1] === '"') continue;
        at = end + 1;
        return text.slice(from, end).replaceAll('""', '"');
      }
      return fail('cut-off');
    },
    flag() {
      if (next() !== '<') fail('field-wrong');
      lineAt(at);
      const end = wordEnd(text, at);
      const flag = text.slice(at, end);
      at = end;
      return flag;
    },
    line: () => line,
  };
}

const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function wordEnd(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && !isSpace(text[end]!)) end += 1;
  return end;
}
