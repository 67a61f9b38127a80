import { describe, expect, it } from 'vitest';
import { matchPhotos } from '#shared/rules/photo-matching.rules.ts';

const match = (names: string[], photos: string[]) =>
  matchPhotos(
    names,
    photos.map((name) => ({ name })),
  ).map((found) => (typeof found === 'string' ? found : found.found.name));

describe('matching names to photos', () => {
  it('goes by the whole path first, then by the longest tail of it', () => {
    expect(match(['day/1.jpg'], ['day/1.jpg', 'night/1.jpg'])).toEqual(['day/1.jpg']);
    expect(match(['/data/x/day/1.jpg'], ['day/1.jpg', 'night/1.jpg'])).toEqual(['day/1.jpg']);
    expect(match(['1.jpg'], ['day/1.jpg', '2.jpg'])).toEqual(['day/1.jpg']);
    expect(match(['day/1.jpg'], ['1.jpg'])).toEqual(['1.jpg']);
    expect(match(['1.jpg'], ['1.jpg', 'night/1.jpg'])).toEqual(['1.jpg']);
    expect(match(['1.png', 'x'], ['1.jpg'])).toEqual(['none', 'none']);
  });

  it('would rather put shapes on no photo than on the wrong one', () => {
    expect(match(['1.jpg'], ['day/1.jpg', 'night/1.jpg'])).toEqual(['ambiguous']);
    expect(match(['train/1.jpg', 'val/1.jpg'], ['1.jpg'])).toEqual(['ambiguous', 'ambiguous']);
    expect(match(['train/1.jpg', '1.jpg'], ['1.jpg'])).toEqual(['ambiguous', '1.jpg']);
    expect(match(['1.jpg', '1.jpg'], ['1.jpg'])).toEqual(['ambiguous', 'ambiguous']);
    // Two folders were imported that both have it.
    expect(match(['1.jpg'], ['1.jpg', '1.jpg'])).toEqual(['ambiguous']);
  });
});
