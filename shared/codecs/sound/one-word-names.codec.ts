import { withoutEnding } from '../image/row-reading.codec.ts';

/** What is named: a recording, or who speaks in it. */
type Named = 'file' | 'name';

/** A comment that says what a word stands for: `;; name Speaker_1 Speaker%201`. */
const comment = /^;; (file|name) (\S+) (\S*)\s*$/;

/** Reads names of formats whose fields hold no spaces, with the comments that say what was there before. */
export function createNamesRead() {
  const known = { file: new Map<string, string>(), name: new Map<string, string>() };
  return {
    /** Takes a line that is such a comment; false where it is none. */
    takes(line: string): boolean {
      const [, kind, word, said] = comment.exec(line) ?? [];
      if (word === undefined) return false;
      try {
        known[kind as Named].set(word, decodeURIComponent(said!));
        return true;
      } catch {
        return false;
      }
    },
    of: (kind: Named, word: string): string => known[kind].get(word) ?? word,
  };
}

/** A word with the comment that has to stand before it, if any. */
export interface OneWord {
  word: string;
  comment: string[];
}

/** Writes names as one word each, never one word for two names. */
export function createNamesWritten() {
  const words = { file: new Map<string, string>(), name: new Map<string, string>() };
  const taken = { file: new Set<string>(), name: new Set<string>() };
  const write = (kind: Named, name: string, plain: string): OneWord => {
    const known = words[kind].get(name);
    if (known !== undefined) return { word: known, comment: [] };
    const base = plain.toWellFormed().replace(/[\s\p{Cc}]/gu, '_') || '_';
    // Neither a comment nor what stands for nothing.
    let word = base.startsWith(';;') || base === '<NA>' ? `_${base}` : base;
    for (let n = 2; taken[kind].has(word); n += 1) word = `${base}_${n}`;
    words[kind].set(name, word);
    taken[kind].add(word);
    const says = word === plain ? [] : [`;; ${kind} ${word} ${encodeURIComponent(plain.toWellFormed())}\n`];
    return { word, comment: says };
  };
  return {
    /** A recording by its name without its ending, as is usual; with it where two would be called alike. */
    file(name: string): OneWord {
      const known = words.file.get(name);
      if (known !== undefined) return { word: known, comment: [] };
      const stem = withoutEnding(name);
      return write('file', name, taken.file.has(stem.replace(/[\s\p{Cc}]/gu, '_')) ? name : stem);
    },
    name: (name: string): OneWord => write('name', name, name),
  };
}
