import { describe, expect, it } from 'vitest';
import type { AnnotationDoc, Shape, SpanGeometry } from '#shared/domain/annotation.ts';
import { transcriptCounts } from '#shared/rules/transcript-counts.rules.ts';
import {
  characterErrorRate,
  characterErrors,
  editDistance,
  graphemesOf,
} from '#shared/rules/transcript-distance.rules.ts';
import { findInTranscripts, hitsIn, replacement } from '#shared/rules/transcript-replace.rules.ts';
import { unknownTokens } from '#shared/rules/transcript-tokens.rules.ts';
import { applyChange, invertChange } from '#shared/rules/undo-journal.rules.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { seeded } from '#test/support/seeded.ts';

describe('counts of a transcript', () => {
  it('are of what a reader sees: letters with their marks, emoji and Chinese characters one each', () => {
    expect(transcriptCounts('Ça va? 今天 👨‍👩‍👧')).toEqual({ characters: 8, chinese: 2, words: 3 });
    expect(transcriptCounts('e\u0301te\u0301')).toMatchObject({ characters: 3, words: 1 });
    expect(transcriptCounts('')).toEqual({ characters: 0, chinese: 0, words: 0 });
  });

  it('leave tokens out', () => {
    const tokens = [{ text: '□' }, { text: '#er' }];
    expect(transcriptCounts('你<noise>□好 #er ok', tokens)).toEqual({ characters: 4, chinese: 2, words: 3 });
    expect(unknownTokens('□ <noise> {breath}', tokens)).toEqual(['<noise>', '{breath}']);
  });
});

/** The whole table, as the textbook has it. */
function plainDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, from] of a.entries()) {
    const next = [i + 1];
    for (const [j, to] of b.entries())
      next.push(Math.min(row[j]! + (from === to ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    row = next;
  }
  return row[b.length]!;
}

describe('the edit distance', () => {
  it('is that of the whole table, whatever the texts', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = seeded(seed);
      const letters = [...'ab今天气c'].slice(0, 2 + Math.floor(random() * 5));
      const text = (length: number) => Array.from({ length }, () => letters[Math.floor(random() * letters.length)]!);
      const a = text(Math.floor(random() ** 2 * 150));
      // Half of them alike, as corrected transcripts are.
      const b =
        random() < 0.5
          ? text(Math.floor(random() ** 2 * 150))
          : a.flatMap((each) => (random() < 0.9 ? [each] : text(Math.floor(random() * 3))));
      expect(editDistance(a, b)).toBe(plainDistance(a, b));
      expect(editDistance(b, a)).toBe(plainDistance(a, b));
    }
  });

  it('goes over graphemes', () => {
    expect(graphemesOf('👨‍👩‍👧e\u0301\r\n')).toEqual(['👨‍👩‍👧', 'e\u0301', '\r\n']);
    expect(characterErrors('caf\u00e9', 'cafe\u0301')).toEqual({ characters: 4, edits: 0 });
    expect(characterErrors('👍🏽', '👍🏿')).toEqual({ characters: 1, edits: 1 });
    expect(characterErrors('  a  b ', 'a b')).toEqual({ characters: 3, edits: 0 });
  });

  it('is the character error rate over what stands in the end', () => {
    expect(characterErrorRate(characterErrors('今天天汽', '今天天气好'))).toBe(2 / 5);
    expect(characterErrorRate(characterErrors('', ''))).toBe(0);
    expect(characterErrorRate(characterErrors('uh', ''))).toBe(Infinity);
  });

  it('of two texts of 10,000 characters is there at once', () => {
    const random = seeded(7);
    const text = () => Array.from({ length: 10_000 }, () => String.fromCodePoint(0x4e00 + Math.floor(random() * 3000)));
    const [a, b] = [text(), text()];
    editDistance(a.slice(0, 2000), b.slice(0, 2000));
    // Budget 50 ms; other tests share the machine.
    expect(cpuMs(() => expect(editDistance(a, b)).toBeGreaterThan(9000))).toBeLessThan(150);
  });
});

describe('find and replace', () => {
  const plain = { matchCase: false, wholeWord: false };
  const texts = (text: string, find: string, more = {}) =>
    hitsIn(text, { ...plain, ...more, find }).map(({ start, end }) => text.slice(start, end));
  const docOf = (...all: (string | undefined)[]): AnnotationDoc => ({
    version: 1,
    shapes: all.map((text, i): Shape => {
      const segment = shapeOf<SpanGeometry>({
        type: 'span',
        start: 1000 - i * 10,
        end: 1005,
        tier: 'A',
        channel: null,
      });
      return { ...segment, ...(text !== undefined && { text }) };
    }),
  });

  it('finds text as it is, with any sign in it', () => {
    expect(texts('Tom and tom', 'tom')).toEqual(['Tom', 'tom']);
    expect(texts('Tom and tom', 'tom', { matchCase: true })).toEqual(['tom']);
    expect(texts('a.b*c (a.b*c) axb', 'a.b*c')).toEqual(['a.b*c', 'a.b*c']);
    expect(texts('\\d [x] {y} ^ $ | ? + - /', '\\d [x] {y} ^ $ | ? + - /')).toHaveLength(1);
    expect(texts('aaaa', 'aa')).toHaveLength(2);
    expect(texts('aaaa', '')).toEqual([]);
  });

  it('finds whole words, of Chinese those that are words', () => {
    expect(texts('cat concat cat’s cat', 'cat', { wholeWord: true })).toEqual(['cat', 'cat']);
    expect(texts('今天天气很好', '天', { wholeWord: true })).toEqual([]);
    expect(texts('今天天气很好', '天气', { wholeWord: true })).toEqual(['天气']);
    expect(texts('the <noise> it', '<noise>', { wholeWord: true })).toEqual(['<noise>']);
  });

  it('lists hits in time and puts something else in their place in one step that can be taken back', () => {
    const doc = docOf('uh no uh', undefined, 'uh');
    const hits = findInTranscripts(doc, { ...plain, find: 'uh' });
    expect(hits.map(({ shape, start }) => [doc.shapes.findIndex(({ id }) => id === shape), start])).toEqual([
      [2, 0],
      [0, 0],
      [0, 6],
    ]);
    const step = replacement(doc, hits, '$& <er>')!;
    const after = applyChange(doc, step);
    expect(step.label).toBe('replace');
    expect(after.shapes.map(({ text }) => text)).toEqual(['$& <er> no $& <er>', undefined, '$& <er>']);
    expect(applyChange(after, invertChange(step))).toEqual(doc);
    expect(replacement(doc, hits, 'uh')).toBeNull();
    expect(replacement(doc, hits.slice(1, 2), '')?.edits).toHaveLength(1);
  });

  it('is there at once in 5,000 segments, whatever is looked for', () => {
    const doc = docOf(...Array.from({ length: 5000 }, () => `${'a'.repeat(30)}! 今天天气很好`));
    const took = cpuMs(() => {
      expect(findInTranscripts(doc, { ...plain, find: '(a+)+$' })).toEqual([]);
      expect(findInTranscripts(doc, { ...plain, wholeWord: true, find: '天气' })).toHaveLength(5000);
    });
    expect(took).toBeLessThan(1000);
  });
});
