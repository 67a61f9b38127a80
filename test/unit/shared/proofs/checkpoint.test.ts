import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '#shared/proofs/base64.ts';
import { formatCheckpoint, parseCheckpoint } from '#shared/proofs/checkpoint.ts';
import { verifyNote } from '#shared/proofs/note.ts';

const malformed = expect.objectContaining({ code: 'checkpoint-malformed' }) as Error;

/** The example of the C2SP text on checkpoints. */
const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const checkpoint = {
  origin: 'example.com/behind-the-sofa',
  size: 20852163,
  root: fromBase64('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='),
  extensions: [],
};

describe('a checkpoint', () => {
  it('reads and writes the known example', () => {
    expect(parseCheckpoint(text)).toEqual(checkpoint);
    expect(formatCheckpoint(checkpoint)).toBe(text);
  });

  it('keeps extension lines and sizes up to 2^53 - 1', () => {
    const large = { ...checkpoint, size: Number.MAX_SAFE_INTEGER, extensions: ['one', 'two words'] };
    expect(parseCheckpoint(formatCheckpoint(large))).toEqual(large);
    expect(parseCheckpoint(formatCheckpoint({ ...checkpoint, size: 0 })).size).toBe(0);
  });

  it('has one spelling', () => {
    const [origin = '', size = '', root = ''] = text.split('\n');
    for (const lines of [
      [],
      [''],
      [origin, ''],
      [origin, size, ''],
      [origin, size, root],
      ['', size, root, ''],
      [origin, `0${size}`, root, ''],
      [origin, `+${size}`, root, ''],
      [origin, `-1`, root, ''],
      [origin, '1e3', root, ''],
      [origin, ' 1', root, ''],
      [origin, '9007199254740992', root, ''],
      [origin, '', root, ''],
      [origin, size, root.slice(0, -1), ''],
      [origin, size, root.slice(4), ''],
      [origin, size, '!', ''],
      [origin, size, root, '', ''],
      [origin, size, root, '', 'ext', ''],
      [origin, size, root, 'a\tb', ''],
      [origin, size, root, 'x'.repeat(1025), ''],
      [origin, size, root, ...Array.from({ length: 17 }, () => 'x'), ''],
      [origin, size, root, 'x'.repeat(1_000_000), ''],
    ]) {
      expect(() => parseCheckpoint(lines.join('\n'))).toThrow(malformed);
    }
  });

  it('is not written when it could not be read', () => {
    for (const wrong of [
      { origin: '' },
      { origin: 'a\nb' },
      { size: -1 },
      { size: 1.5 },
      { size: 2 ** 53 },
      { root: hexToBytes('00') },
      { extensions: [''] },
      { extensions: ['a\nb'] },
    ]) {
      expect(() => formatCheckpoint({ ...checkpoint, ...wrong })).toThrow(malformed);
    }
  });

  it('is the text of a signed note', () => {
    const note = `${text}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n`;
    // Its key is not published with the example; that the note splits into text and signature shows in what is refused.
    const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(() => verifyNote(note, other)).toThrow(expect.objectContaining({ code: 'note-unsigned' }) as Error);
  });
});
