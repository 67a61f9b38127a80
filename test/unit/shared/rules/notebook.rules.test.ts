import { describe, expect, it } from 'vitest';
import { searchText, searchWords } from '#shared/rules/notebook.rules.ts';

describe('searching the notebook', () => {
  it('does not mind case or full-width letters', () => {
    expect(searchText(['Ｒｕｌｅ ７', null, '贴合'])).toBe('rule 7\n贴合');
    expect(searchWords('  RULE　７ 贴合 ')).toEqual(['rule', '7', '贴合']);
    expect(searchWords(' ')).toEqual([]);
  });
});
