import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import { canonicalBytes, canonicalJson, isCanonicalisable, isCanonicalText } from '#shared/proofs/canonical.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 section 3.2.2 as section 3.2.4 does', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as Json;
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(new TextDecoder().decode(canonicalBytes(value))).toBe(canonicalJson(value));
  });

  it('orders keys by UTF-16 code units, as the example of section 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    const order = [...canonicalJson(value).matchAll(/:(\d)/g)].map(([, n]) => n);
    expect(order).toEqual(['2', '4', '6', '7', '1', '5', '3']);
  });

  it('writes one text for equal values, and one that reads back equal', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        fc.pre(isCanonicalisable(value));
        const text = canonicalJson(value as Json);
        expect(text).toBe(canonicalize(value));
        expect(isCanonicalText(text)).toBe(true);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it.each([
    ...[
      'null',
      '0',
      '-1',
      '1.5',
      '1e+30',
      '""',
      '"a"',
      '"\\n"',
      '"\\u0001"',
      '"\\""',
      '"€"',
      '[]',
      '{}',
      '{"a":[1,{"b":null}]}',
    ],
    '{"10":1,"9":2}',
  ])('knows %s for canonical', (text) => {
    expect(isCanonicalText(text)).toBe(true);
  });

  it.each([
    ...[
      '',
      ' 1',
      '1 ',
      '01',
      '-0',
      '1.0',
      '1e30',
      '1E+30',
      '1e400',
      '"\\u0061"',
      '"\\/"',
      '"\\u000A"',
      '"\\u000a"',
      "'a'",
    ],
    ...[
      '"\\ud800"',
      '"\ud800"',
      '"a',
      '[1, 2]',
      '[1,]',
      '{"b":1,"a":2}',
      '{"9":2,"10":1}',
      '{"a":1,"a":1}',
      '{"__proto__":1}',
    ],
    ...['{"a":{"c":1,"b":2}}', 'undefined', '{"a":"\\ud800"}', `${'['.repeat(200)}${']'.repeat(200)}`],
  ])('knows %s for something else', (text) => {
    expect(isCanonicalText(text)).toBe(false);
  });

  it('refuses what JSON cannot say exactly', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n++) deep = [deep];
    const refused: unknown[] = [
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1n,
      Symbol('s'),
      () => 1,
      'lone \ud800',
      '\udc00',
      { '\ud83d': 1 },
      { a: undefined },
      [undefined],
      Object.assign([], { length: 2 }),
      new Date(0),
      new Map(),
      new Uint8Array(2),
      { toJSON: () => 1 },
      { [Symbol('s')]: 1 },
      JSON.parse('{"__proto__":1}'),
      cycle,
      deep,
    ];
    for (const value of refused) {
      expect(() => canonicalJson(value as Json)).toThrow(expect.objectContaining({ code: 'not-json' }) as Error);
      expect(isCanonicalisable(value)).toBe(false);
      expect(() => canonicalJson([{ in: value }] as Json)).toThrow(
        expect.objectContaining({ code: 'not-json' }) as Error,
      );
    }
  });

  it('takes pairs of surrogates, minus zero and objects without a prototype', () => {
    expect(canonicalJson('\ud83d\ude00')).toBe('"😀"');
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson(Object.assign(Object.create(null) as object, { b: 1, a: [] }))).toBe('{"a":[],"b":1}');
  });
});
