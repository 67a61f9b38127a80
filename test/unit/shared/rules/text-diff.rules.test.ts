import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText } from '#shared/rules/text-diff.rules.ts';

const written = (before: string, after: string) =>
  diffText(before, after).map(({ parts }) =>
    parts.map(({ what, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[what]).join(''),
  );

describe('what a newer guideline changed', () => {
  it('is told by line, and by word within a line', () => {
    expect(written('Boxes hug.\nFit under 3 px.\nOld.\n', 'Boxes hug.\nFit under 2 px.\nNew rule.')).toEqual([
      'Boxes hug.',
      'Fit under [-3-]{+2+} px.',
      '[-Old.-]',
      '{+New rule.+}',
    ]);
  });

  it('is told by letter in Chinese', () => {
    expect(written('贴合误差小于3像素', '贴合误差小于2像素')).toEqual(['贴合误差小于[-3-]{+2+}像素']);
  });

  it('does not see how lines end', () => {
    expect(diffText('a\r\nb', 'a\nb\n').map(({ what }) => what)).toEqual(['same', 'same']);
    expect(diffText('', 'a').map(({ what }) => what)).toEqual(['added']);
  });

  it('keeps both texts whole', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b c', 'b d', '贴合', '贴', ''), { maxLength: 8 })
      .map((l) => l.join('\n'));
    const side = (before: string, after: string, out: 'added' | 'removed') =>
      diffText(before, after)
        .filter(({ what }) => what !== out)
        .map(({ parts }) => parts.flatMap(({ what, text: part }) => (what === out ? [] : [part])).join(''))
        .join('\n');
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(side(before, after, 'added')).toBe(before.replace(/\n$/, ''));
        expect(side(before, after, 'removed')).toBe(after.replace(/\n$/, ''));
      }),
    );
  });
});
