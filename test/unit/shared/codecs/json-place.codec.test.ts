import { describe, expect, it } from 'vitest';
import { placeOfBadJson } from '#shared/codecs/json-place.codec.ts';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['', 'line 1, column 1'],
    ['{"a": [}', 'line 1, column 8'],
    ['{"a": 1\n "b"', 'line 2, column 2'],
    ['[1,\n2,\n]', 'line 3, column 1'],
    ['{"a" 1}', 'line 1, column 6'],
    ['{1: 2}', 'line 1, column 2'],
    ['[01]', 'line 1, column 3'],
    ['["a\nb"]', 'line 1, column 2'],
    ['["\\x"]', 'line 1, column 2'],
    ['{"a": tru}', 'line 1, column 7'],
    ['[1]]', 'line 1, column 4'],
    ['[1}', 'line 1, column 3'],
    ['{"a":1', 'line 1, column 7'],
    ['{"a":1}\n x', 'line 2, column 2'],
  ])('of %j is %s', (text, place) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(placeOfBadJson(text)).toBe(place);
  });
});
