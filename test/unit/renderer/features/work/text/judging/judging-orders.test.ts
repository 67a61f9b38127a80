import { describe, expect, it } from 'vitest';
import { movedBy, placesOf, rankingOf, standsFor } from '#renderer/features/work/text/judging/ranking-places.ts';
import { asShown, shownOrder } from '#renderer/features/work/text/judging/shown-order.ts';
import type { TextItem } from '#shared/domain/text.ts';

const item: TextItem = {
  ...{ version: 1, kind: 'compare', name: 'x', prompt: [], images: [], machine: null, extra: {} },
  candidates: ['a', 'b', 'c'].map((id) => ({ id, content: id, model: `model ${id}` })),
};

describe('the order in which answers are shown', () => {
  it('is the same for a task each time, another for others, and the one that was kept', () => {
    const orders = Array.from({ length: 600 }, (_, at) => shownOrder(`task ${at}`, item, undefined).join(''));
    expect(shownOrder('task 1', item, undefined).join('')).toBe(orders[1]);
    const counts = Map.groupBy(orders, (order) => order);
    expect(counts.size).toBe(6);
    // Each of six about a hundred times.
    for (const all of counts.values()) expect(Math.abs(all.length - 100)).toBeLessThan(45);
    expect(shownOrder('task 1', item, ['c', 'a', 'b'])).toEqual(['c', 'a', 'b']);
    expect(shownOrder('task 1', { ...item, kind: 'mark' }, undefined)).toEqual(['a', 'b', 'c']);
  });

  it('leaves the models out while one judges', () => {
    const blind = asShown(item, ['b', 'c', 'a'], true);
    expect(blind.candidates.map(({ id, model }) => [id, model])).toEqual([
      ['b', null],
      ['c', null],
      ['a', null],
    ]);
    expect(asShown(item, ['b', 'c', 'a'], false).candidates[0]?.model).toBe('model b');
  });
});

describe('places', () => {
  it('stand for a ranking with ties, free places aside', () => {
    const places = new Map([
      ['a', 4],
      ['b', 2],
      ['c', 4],
    ]);
    expect(rankingOf(places, ['a', 'b', 'c'])).toEqual([['b'], ['a', 'c']]);
    expect(standsFor(places, [['b'], ['c', 'a']])).toBe(true);
    expect(standsFor(places, [['b'], ['c'], ['a']])).toBe(false);
    expect([...placesOf([['b'], ['c', 'a']])]).toEqual([
      ['b', 1],
      ['c', 2],
      ['a', 2],
    ]);
  });

  it('are moved within what there is', () => {
    expect(movedBy(new Map([['a', 1]]), 'a', -1, 3).get('a')).toBe(1);
    expect(movedBy(new Map([['a', 1]]), 'a', 1, 3).get('a')).toBe(2);
    expect(movedBy(new Map(), 'a', -1, 3).get('a')).toBe(3);
  });
});
