import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile, type LedgerWork, type StatementRow } from '#shared/rules/reconciliation.rules.ts';

const work = (key: string, more: Partial<LedgerWork> = {}): LedgerWork => ({
  key,
  ids: [key],
  name: `${key}.jpg`,
  day: '2026-11-10',
  count: 1,
  amount: { minor: 6000, currency: 'CNY' },
  ...more,
});
const row = (more: Partial<StatementRow>): StatementRow => ({
  id: null,
  name: null,
  date: null,
  count: null,
  amount: null,
  ...more,
});
const outcomes = (rows: StatementRow[], works: LedgerWork[]) => {
  const result = reconcile(rows, works);
  return [result.rows.map(({ outcome }) => outcome), result.missing];
};

describe('a row that names its work', () => {
  it('is found by id, by name, by file name and without its ending, however it is written', () => {
    const works = [work('a', { name: 'day 1/IMG_0001.JPG' }), work('b'), work('c')];
    const rows = [row({ name: ' img_0001 ' }), row({ name: 'B.JPG' }), row({ id: 'c', count: 1 })];
    expect(outcomes(rows, works)).toEqual([['matched', 'matched', 'matched'], []]);
  });

  it('goes with the work of its own day first', () => {
    const works = [work('a', { name: 'x', day: '2026-11-09' }), work('b', { name: 'x', day: '2026-11-10' })];
    const { rows, missing } = reconcile([row({ name: 'x', date: '2026-11-10' })], works);
    expect([rows[0]!.works, missing]).toEqual([['b'], ['a']]);
  });

  it('says in what it differs, and compares only what it says', () => {
    const amount = { minor: 4800, currency: 'CNY' };
    const { rows } = reconcile([row({ name: 'a', date: '2026-11-11', count: 2, amount })], [work('a')]);
    expect(rows[0]).toMatchObject({ outcome: 'different', differs: ['date', 'count', 'amount'] });
    expect(reconcile([row({ name: 'a', amount })], [work('a', { amount: null })]).rows[0]!.outcome).toBe('matched');
  });
});

describe('a row that names nothing', () => {
  it('stands for the work of its day, together with the others of that day', () => {
    const works = [work('a'), work('b', { count: 4 }), work('c', { day: '2026-11-11' })];
    const rows = [row({ date: '2026-11-10', count: 2 }), row({ date: '2026-11-10', count: 3 })];
    expect(outcomes(rows, works)).toEqual([['matched', 'matched'], ['c']]);
    expect(outcomes([row({ date: '2026-11-10', count: 4 })], works)[0]).toEqual(['different']);
    expect(outcomes([row({ date: '2026-11-12', count: 4 })], works)[0]).toEqual(['extra']);
  });

  it('without a day stands for everything that is left', () => {
    const works = [work('a'), work('b', { day: '2026-11-11' }), work('c')];
    const rows = [row({ count: 2 }), row({ name: 'c' })];
    expect(outcomes(rows, works)).toEqual([['matched', 'matched'], []]);
  });
});

const day = fc.constantFrom('2026-11-10', '2026-11-11', '2026-11-12');
const name = fc.constantFrom('a', 'b', 'B ', 'x/a.jpg', 'c');
const amount = fc.option(fc.constantFrom(100, 200).map((minor) => ({ minor, currency: 'CNY' })));
const someRow = fc.record({
  id: fc.option(fc.constantFrom('0', '1', 'nobody')),
  name: fc.option(name),
  date: fc.option(day),
  count: fc.option(fc.nat(3)),
  amount,
});
const someWorks = fc
  .array(fc.record({ name, day, count: fc.integer({ min: 1, max: 3 }), amount }), { maxLength: 8 })
  .map((works) => works.map((each, at): LedgerWork => ({ ...each, key: String(at), ids: [String(at)] })));

describe('any statement against any ledger', () => {
  it('gives each row one outcome, and each piece of work one place', () => {
    fc.assert(
      fc.property(fc.array(someRow, { maxLength: 8 }), someWorks, (rows, works) => {
        const result = reconcile(rows, works);
        expect(result.rows).toHaveLength(rows.length);
        for (const { outcome, works: held, differs } of result.rows) {
          expect(held.length === 0).toBe(outcome === 'extra');
          expect(differs.length > 0).toBe(outcome === 'different');
        }
        const held = new Set(result.rows.flatMap((each) => each.works));
        expect([...held, ...result.missing].sort()).toEqual(works.map(({ key }) => key).sort());
      }),
    );
  });

  it('says the same in whatever order they come', () => {
    const told = (rows: StatementRow[], works: LedgerWork[]) => {
      const result = reconcile(rows, works);
      return {
        rows: result.rows.map((each, at) => JSON.stringify([rows[at], each])).sort(),
        missing: [...result.missing].sort(),
      };
    };
    const shuffled = fc.tuple(fc.array(someRow, { maxLength: 8 }), someWorks).chain(([rows, works]) => {
      const order = <T>(all: T[]) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      return fc.tuple(fc.constant(rows), fc.constant(works), order(rows), order(works));
    });
    fc.assert(
      fc.property(shuffled, ([rows, works, otherRows, otherWorks]) => {
        expect(told(otherRows, otherWorks)).toEqual(told(rows, works));
      }),
    );
  });
});
