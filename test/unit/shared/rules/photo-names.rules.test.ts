import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, endingOf, isMediaName, skipReasonOf } from '#shared/rules/photo-names.rules.ts';

describe('names of photos', () => {
  it('are taken by their ending, in any case', () => {
    for (const name of ['a.jpg', 'a.JPEG', 'a.b.png', '照片.WebP', 'a.mpo', 'a.tif'])
      expect(skipReasonOf(name)).toBeNull();
    expect(skipReasonOf('a.svg')).toBe('svg');
    expect(skipReasonOf('a.SVGZ')).toBe('svg');
    expect(skipReasonOf('a.txt')).toBe('not-a-photo');
    expect(skipReasonOf('jpg')).toBe('not-a-photo');
    expect(skipReasonOf('.jpg')).toBe('hidden');
    expect(skipReasonOf('._a.jpg')).toBe('hidden');
    expect(skipReasonOf('caf\uFFFD.jpg')).toBe('name');
    expect(skipReasonOf('\ud800.jpg')).toBe('name');
    expect(endingOf('archive.tar.GZ')).toBe('gz');
  });

  it('takes recordings for projects of sound, and says of what is none that it is none', () => {
    for (const name of ['a.wav', 'b.MP3', 'c.opus', 'talk.m4a', 'film.mp4', 'old.wma']) {
      expect(skipReasonOf(name, 'audio')).toBeNull();
      expect(skipReasonOf(name)).toBe('not-a-photo');
      expect(isMediaName(name)).toBe(true);
    }
    expect(skipReasonOf('a.jpg', 'audio')).toBe('not-a-recording');
    expect(skipReasonOf('a.svg', 'audio')).toBe('not-a-recording');
    expect(skipReasonOf('.a.wav', 'audio')).toBe('hidden');
    expect(skipReasonOf('caf\uFFFD.wav', 'audio')).toBe('name');
    expect([isMediaName('a.jpg'), isMediaName('a.json'), isMediaName('a.TextGrid')]).toEqual([true, false, false]);
  });

  it('sort as people count', () => {
    const names = ['img10.jpg', 'img2.jpg', 'Img1.jpg', 'img02.jpg', 'b/1.jpg', 'a/10.jpg', 'a/9.jpg'];
    expect(names.sort(compareNames)).toEqual([
      'a/9.jpg',
      'a/10.jpg',
      'b/1.jpg',
      'Img1.jpg',
      'img02.jpg',
      'img2.jpg',
      'img10.jpg',
    ]);
  });

  it('have one order, with no two equal', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 12 }), (names) => {
        const sorted = [...names].sort(compareNames);
        expect([...names].reverse().sort(compareNames)).toEqual(sorted);
        expect(sorted.every((name, i) => i === 0 || compareNames(sorted[i - 1]!, name) < 0)).toBe(true);
      }),
    );
  });
});
