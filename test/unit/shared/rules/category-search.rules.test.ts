import { describe, expect, it } from 'vitest';
import { cpuNow } from '#test/support/cpu-time.ts';
import { categoryRows, searchCategories } from '#shared/rules/category-search.rules.ts';

const rows = categoryRows([
  { key: 'sport', title: 'Sport' },
  { key: 'art' },
  { key: 'ball', title: 'Ball games', parent: 'sport' },
  { key: 'tennis', parent: 'ball' },
  { key: 'opera', title: '歌剧', parent: 'art' },
  { key: 'lost', parent: 'nowhere' },
]);
const keys = (query: string) => searchCategories(rows, query).map(({ key }) => key);

describe('categories', () => {
  it('are listed as a tree', () => {
    expect(rows.map(({ key, path }) => [...path, key].join(' / '))).toEqual([
      'sport',
      'Sport / ball',
      'Sport / Ball games / tennis',
      'art',
      'art / opera',
      'lost',
    ]);
  });

  it('are all listed once, rings among them', () => {
    const ring = categoryRows([
      { key: 'a', parent: 'b' },
      { key: 'b', parent: 'a' },
      { key: 'c', parent: 'c' },
    ]);
    expect(ring.map(({ key }) => key)).toEqual(['c', 'a', 'b']);
  });

  it('are found by any part of key, title or way, the named one first', () => {
    expect(keys('art')).toEqual(['art', 'opera']);
    expect(keys('SPORT ten')).toEqual(['tennis']);
    expect(keys('歌')).toEqual(['opera']);
    expect(keys('ball')).toEqual(['ball', 'tennis']);
    expect(keys('  ')).toHaveLength(6);
    expect(keys('nothing')).toEqual([]);
  });

  it('are found among ten thousand in a moment, however deep', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      key: `k${at}`,
      ...(at > 0 && { parent: `k${at - 1}` }),
    }));
    const begun = cpuNow();
    const deep = categoryRows(many);
    expect(deep.at(-1)?.key).toBe('k9999');
    expect(searchCategories(deep, '9999').at(0)?.key).toBe('k9999');
    expect(cpuNow() - begun).toBeLessThan(1000);
  });
});
