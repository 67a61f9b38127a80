import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '#shared/proofs/base64.ts';
import { formatVerifierKey, parseVerifierKey, signNote, verifyNote, type NoteSigner } from '#shared/proofs/note.ts';

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

/** The example that Go's `note` package is documented with. */
const peterKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterText =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const peterNote = `${peterText}\n${peterLine}`;

const publicBytes = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32));

/** A signer with Node's own Ed25519, as the ledger's key is used. */
function nodeSigner(name: string): NoteSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    name,
    publicKey: publicBytes(publicKey),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

describe('the known note', () => {
  it('verifies with the known key', () => {
    expect(verifyNote(peterNote, peterKey)).toBe(peterText);
    const key = parseVerifierKey(peterKey);
    expect(formatVerifierKey(key.name, key.publicKey)).toBe(peterKey);
  });

  it('is written the same by the known signing key', () => {
    // PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz, as published with the example.
    const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const publicKey = publicBytes(createPublicKey(privateKey));
    expect(formatVerifierKey('PeterNeumann', publicKey)).toBe(peterKey);
    expect(
      signNote(peterText, {
        name: 'PeterNeumann',
        publicKey,
        sign: (message) => new Uint8Array(sign(null, message, privateKey)),
      }),
    ).toBe(peterNote);
  });

  it('does not verify with any one character of it changed', () => {
    for (let at = 0; at < peterNote.length; at++) {
      const char = peterNote[at] === 'A' ? 'B' : 'A';
      const changed = peterNote.slice(0, at) + char + peterNote.slice(at + 1);
      expect(() => verifyNote(changed, peterKey)).toThrow(expect.objectContaining({ name: 'ProofError' }) as Error);
    }
  });
});

describe('signing and verifying', () => {
  const signer = nodeSigner('ledger.example/7f3a');
  const vkey = formatVerifierKey(signer.name, signer.publicKey);

  it('goes round, with empty lines and Chinese in the text', () => {
    const text = '对账簿\n\nsecond paragraph\n\n\n';
    expect(verifyNote(signNote(text, signer), vkey)).toBe(text);
  });

  it('passes over other keys, also those of the same name, but not a bad signature of its own', () => {
    const other = nodeSigner(signer.name);
    const text = 'text\n';
    const ownLine = signNote(text, signer).slice(text.length + 1);
    const otherLine = signNote(text, other).slice(text.length + 1);
    const unknownKind = `— elsewhere ${toBase64(new Uint8Array(3000))}\n`;
    expect(verifyNote(`${text}\n${otherLine}${unknownKind}${ownLine}`, vkey)).toBe(text);
    expect(() => verifyNote(`${text}\n${otherLine}`, vkey)).toThrow(refusal('note-unsigned'));
    const bad = signNote('other\n', signer).slice('other\n'.length + 1);
    expect(() => verifyNote(`${text}\n${bad}`, vkey)).toThrow(refusal('signature-invalid'));
    expect(() => verifyNote(`${text}\n${ownLine}${bad}`, vkey)).toThrow(refusal('signature-invalid'));
  });

  it('refuses texts and names that a note cannot hold', () => {
    for (const text of ['', 'no newline', 'tab\there\n', 'cr\r\n', 'nul\u0000\n', 'lone \ud800\n']) {
      expect(() => signNote(text, signer)).toThrow(refusal('note-malformed'));
    }
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085b', 'a\u3000b', 'a\nb', 'a\u0001b']) {
      expect(() => signNote('text\n', { ...signer, name })).toThrow(refusal('key-malformed'));
      expect(() => formatVerifierKey(name, signer.publicKey)).toThrow(refusal('key-malformed'));
    }
  });

  it('refuses a signer whose signature does not hold', () => {
    expect(() => signNote('text\n', { ...signer, sign: () => new Uint8Array(64) })).toThrow(
      refusal('signature-invalid'),
    );
    expect(() => signNote('text\n', { ...signer, sign: (m) => signer.sign(m).slice(1) })).toThrow(
      refusal('signature-invalid'),
    );
    expect(() => signNote('text\n', { ...signer, publicKey: nodeSigner('x').publicKey })).toThrow(
      refusal('signature-invalid'),
    );
  });

  it('believes no key under which one signature would hold for every text', () => {
    // The neutral point as key and as R, with S = 0: it satisfies the bare equation whatever the message is.
    const neutral = Uint8Array.of(1, ...new Uint8Array(31));
    const weak = formatVerifierKey('weak', neutral);
    const signature = Uint8Array.of(...parseVerifierKey(weak).id, ...neutral, ...new Uint8Array(32));
    expect(() => verifyNote(`text\n\n— weak ${toBase64(signature)}\n`, weak)).toThrow(refusal('signature-invalid'));
  });

  it('refuses notes that are not in form', () => {
    const note = signNote('text\n', signer);
    const line = note.slice('text\n\n'.length);
    for (const malformed of [
      '',
      'text\n',
      'text\n\n',
      `text\n${line}`,
      note.slice(0, -1),
      `${note}\n`,
      `${note}trailing\n`,
      note.replace('—', '-'),
      note.replace('— ', '—  '),
      note.replaceAll('\n', '\r\n'),
      note.replace(/=*\n$/, '\n').replace(/\n$/, '!\n'),
      `text\n\n— ${signer.name} \n`,
      `text\n\n— ${signer.name} AAAAAA==\n`,
      `text\n\n${line.repeat(65)}`,
      `${'x'.repeat(256 * 1024)}\n\n${line}`,
    ]) {
      expect(() => verifyNote(malformed, vkey)).toThrow(refusal('note-malformed'));
    }
  });

  it('refuses keys that are not in form', () => {
    const [name = '', id = ''] = vkey.split('+');
    const key = vkey.slice(name.length + id.length + 2);
    const ecdsa = toBase64(Uint8Array.of(2, ...signer.publicKey));
    for (const malformed of [
      '',
      name,
      `${name}+${id}`,
      `${name}x+${id}+${key}`,
      `${name}+00000000+${key}`,
      `${name}+${id.toUpperCase()}x+${key}`,
      `${vkey}=`,
      `+${id}+${key}`,
      `${name}+${id}+${ecdsa}`,
      `${name}+${id}+${key.slice(4)}`,
      `${vkey}\n`,
      `a ${vkey}`,
    ]) {
      expect(() => verifyNote('text\n', malformed)).toThrow(refusal('key-malformed'));
    }
  });
});
