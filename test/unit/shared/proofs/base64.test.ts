import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '#shared/proofs/base64.ts';

describe('Base64', () => {
  it("writes what Node's does, and reads it back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
      { seed: 20261122 },
    );
    // RFC 4648 section 10
    expect(['', 'f', 'fo', 'foo', 'foobar'].map((text) => toBase64(new TextEncoder().encode(text)))).toEqual([
      '',
      'Zg==',
      'Zm8=',
      'Zm9v',
      'Zm9vYmFy',
    ]);
  });

  it('takes only one spelling', () => {
    for (const text of [
      'Zg',
      'Zg=',
      'Zh==',
      'Zm9',
      'Zm9=',
      'Zm8',
      ' Zm8=',
      'Zm8=\n',
      'Z',
      '=',
      '====',
      'Zm-v',
      'Zm9v====',
      'é',
    ])
      expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: 'base64-malformed' }) as Error);
  });
});
