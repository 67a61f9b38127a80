import { describe, expect, it } from 'vitest';
import { readTokenLines, writeTokenLines } from '#renderer/features/projects/token-lines.ts';

describe('tokens as lines', () => {
  it('are read with their titles and written back', () => {
    const tokens = [{ text: '<noise>', title: 'noise' }, { text: '□', title: '缺字' }, { text: 'a=b' }];
    const lines = '<noise> = noise\n□ = 缺字\na=b';
    expect(readTokenLines(`\n  ${lines}  \n\n`)).toEqual({ ok: true, tokens });
    expect(writeTokenLines(tokens)).toBe(lines);
    expect(readTokenLines('□ ＝缺字')).toEqual({ ok: true, tokens: [{ text: '□', title: '缺字' }] });
  });

  it('are refused when one is there twice, too long, or one too many', () => {
    expect(readTokenLines('a\nb\na')).toEqual({ ok: false, token: 'a' });
    expect(readTokenLines('x'.repeat(41))).toEqual({ ok: false, token: 'x'.repeat(40) });
    const many = Array.from({ length: 51 }, (_, i) => `<${i}>`);
    expect(readTokenLines(many.join('\n'))).toEqual({ ok: false, token: '<50>' });
    expect(readTokenLines(many.slice(1).join('\n'))).toMatchObject({ ok: true });
  });
});
