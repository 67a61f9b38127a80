import { describe, expect, it } from 'vitest';
import { textLengths, usualUnit } from '#shared/text/text-lengths.ts';

describe('the length of a text', () => {
  it.each([
    ['', { words: 0, characters: 0, han: 0, sentences: 0 }],
    ['It costs 3.50 euros. Really?', { words: 5, characters: 24, han: 5, sentences: 2 }],
    // 字数: every Han character once, every other word once; punctuation is none.
    ['我有 3 个 iPhone。', { characters: 11, han: 5, sentences: 1 }],
    ['今天天气很好。我们去公园吧！', { characters: 14, han: 12, sentences: 2 }],
    // One family, one flag: one sign each for who reads.
    ['👨‍👩‍👧‍👦 🇨🇳', { words: 0, characters: 2, han: 0, sentences: 0 }],
    ['e\u0301te\u0301', { words: 1, characters: 3, han: 1, sentences: 1 }],
  ])('%s', (text, lengths) => {
    expect(textLengths(text)).toMatchObject(lengths);
  });

  it('is counted as readers of its script count it', () => {
    expect(usualUnit('今天天气很好。')).toBe('han');
    expect(usualUnit('The weather is fine today (天气).')).toBe('words');
    expect(usualUnit('')).toBe('words');
  });
});
