import { describe, expect, it } from 'vitest';
import { readCategoryLines, writeCategoryLines } from '#renderer/lib/category-lines.ts';
import { categoryKey, categoryPath } from '#shared/rules/category-paths.rules.ts';

const read = (text: string) => {
  const lines = readCategoryLines(text);
  if (!lines.ok) throw new Error(lines.problem);
  return lines.categories;
};

describe('categories as lines', () => {
  it('are flat without indentation, a slash being a sign like any other', () => {
    expect(read('news/sport\n\n体育 = Sports ')).toEqual([{ key: 'news/sport' }, { key: '体育', title: 'Sports' }]);
  });

  it('make a tree by how far they are indented, with blanks, tabs or blanks of Chinese writing', () => {
    const tree = read('money\n  rent\n    a/b\n  other\n家里\n\u3000做饭\nplants\n\tother');
    expect(tree).toEqual([
      { key: 'money' },
      { key: 'money/rent', title: 'rent', parent: 'money' },
      { key: 'money/rent/a\\/b', title: 'a/b', parent: 'money/rent' },
      { key: 'money/other', title: 'other', parent: 'money' },
      { key: '家里' },
      { key: '家里/做饭', title: '做饭', parent: '家里' },
      { key: 'plants' },
      { key: 'plants/other', title: 'other', parent: 'plants' },
    ]);
  });

  it('come back from what they were read as', () => {
    const text = 'money\n  rent = The rent\n    a/b\n  other\nplants\n  other';
    expect(writeCategoryLines(read(text))).toBe(text);
    expect(read(writeCategoryLines(read(text)))).toEqual(read(text));
  });

  it('name what is there twice, too long, or one too many', () => {
    expect(readCategoryLines('a\n  b\n  b')).toEqual({ ok: false, problem: 'twice', name: 'b' });
    expect(readCategoryLines('a'.repeat(501))).toMatchObject({ ok: false, problem: 'long' });
    const many = Array.from({ length: 10_001 }, (_, n) => `c${n}`);
    expect(readCategoryLines(many.join('\n'))).toEqual({ ok: false, problem: 'many', name: 'c10000' });
    expect(read(many.slice(1).join('\n'))).toHaveLength(10_000);
  });
});

describe('paths of categories', () => {
  it.each([[['a']], [['a/b', 'c']], [['a\\', '/b']], [['\\/', '\\\\', '']], [['']], [['体育', 'b\\c']]])(
    '%j comes back from its key',
    (names) => {
      expect(categoryPath(categoryKey(names))).toEqual(names);
    },
  );
});
