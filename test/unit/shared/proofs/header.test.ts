import { createHash } from 'node:crypto';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { entryHeader } from '#shared/domain/entry-header.ts';
import { headerLeaf, headerText, parseHeader } from '#shared/proofs/header.ts';
import { sampleHeader } from '#test/support/sample-header.ts';

const header = sampleHeader('ab'.repeat(32));
const text =
  '{"amends":null,"body_root":"abababababababababababababababababababababababababababababababab","format":1,' +
  '"group":null,"id":"019ab000-0000-7000-8000-000000000001","kind":"submission.sealed",' +
  '"occurred_end":"2026-11-22T01:05:30.250Z","occurred_start":"2026-11-22T01:00:00.000Z","offset":480,' +
  '"recorded_at":"2026-11-22T01:05:30.260Z","source":"measured",' +
  '"subjects":["019ab000-0000-7000-8000-00000000000a"],"version":1,"zone":"Asia/Shanghai"}';

describe('a header', () => {
  it('has this text and this leaf for ever', () => {
    expect(headerText(header)).toBe(text);
    const expected = createHash('sha256').update(Buffer.of(0)).update(text).digest('hex');
    expect(bytesToHex(headerLeaf(text))).toBe(expected);
    expect(expected).toBe('73c2ed5a4464a19ff461235b30ea91bf0936cf1c3d5a3049e4e8bc95d7aeacac');
  });

  it('reads back from its text, and from no other spelling of it', () => {
    expect(parseHeader(text)).toEqual(header);
    const malformed = expect.objectContaining({ code: 'header-malformed' }) as Error;
    for (const other of [
      '',
      'null',
      `${text} `,
      text.replace('"format":1', '"format": 1'),
      text.replace('"format":1', '"format":1.0'),
      text.replace('"format":1', '"format":2'),
      text.replace('"format":1', '"format":1,"format":1'),
      text.replace('"amends":null,', ''),
      text.replace('{', '{"aaa":1,'),
    ]) {
      expect(() => parseHeader(other)).toThrow(malformed);
    }
  });

  it('takes no field out of its bounds', () => {
    for (const wrong of [
      { id: '9b2b1a0e-7d0c-4c3a-9a53-1f1d7c1d2b11' },
      { kind: 'submission' },
      { kind: 'Submission.sealed' },
      { version: 0 },
      { occurred_start: '2026-11-22T01:00:00Z' },
      { occurred_start: '2026-11-22T09:00:00.000+08:00' },
      { occurred_start: '2026-02-30T01:00:00.000Z' },
      { occurred_end: undefined },
      { offset: 480.5 },
      { offset: 1081 },
      { source: 'guessed' },
      { subjects: ['nobody'] },
      { body_root: 'AB'.repeat(32) },
    ]) {
      expect(entryHeader.safeParse({ ...header, ...wrong }).success).toBe(false);
    }
    expect(entryHeader.safeParse({ ...header, kind: 'work.elsewhere', occurred_end: null, offset: -210 }).success).toBe(
      true,
    );
  });
});
