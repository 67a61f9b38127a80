import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { verifyBundle, type EvidenceBundle } from '#shared/proofs/bundle.ts';
import { formatCheckpoint } from '#shared/proofs/checkpoint.ts';
import { bodyRoot, fieldCommitment, proveFields, type Field } from '#shared/proofs/commitment.ts';
import { headerText } from '#shared/proofs/header.ts';
import { inclusionProof, rootOf } from '#shared/proofs/merkle.ts';
import { formatVerifierKey, signNote, type NoteSigner } from '#shared/proofs/note.ts';
import { sampleHeader } from '#test/support/sample-header.ts';
import { entries, growTree } from '#test/support/stored-tree.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signer: NoteSigner = {
  name: 'counterledger.example/5c1e',
  publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)),
  sign: (message) => new Uint8Array(sign(null, message, privateKey)),
};
const salt = (n: number) => new Uint8Array(createHash('sha256').update(`salt ${n}`).digest());
const body: Field[] = [
  { name: 'task', value: 'intersection-17', salt: salt(0) },
  { name: 'client', value: 'kept back', salt: salt(1) },
  { name: 'milliseconds', value: 330250, salt: salt(2) },
];
const committed = body.map((field) => ({ name: field.name, commitment: fieldCommitment(field) }));
const header = sampleHeader(bytesToHex(bodyRoot(committed)));

const index = 11;
const size = 37;
const data = entries(size);
data[index] = new TextEncoder().encode(headerText(header));
const { readNode } = growTree(data);
const root = rootOf(size, readNode);

const signedCheckpoint = (change: { origin?: string; size?: number } = {}) =>
  signNote(formatCheckpoint({ origin: signer.name, size, root, extensions: [], ...change }), signer);

const bundle: EvidenceBundle = {
  format: 'counterledger-evidence-1',
  header,
  fields: proveFields(committed, [body[0] as Field, body[2] as Field]),
  index,
  size,
  path: inclusionProof(index, size, readNode).map((hash) => bytesToHex(hash)),
  checkpoint: signedCheckpoint(),
  vkey: formatVerifierKey(signer.name, signer.publicKey),
};

/** Every value reached by changing one leaf of a JSON value a little, with the place that was changed. */
function* changes(value: unknown, place = ''): Generator<[string, unknown]> {
  if (typeof value === 'string') {
    for (const at of new Set([0, Math.floor(value.length / 2), value.length - 1])) {
      const char = value[at] === '1' ? '2' : '1';
      yield [`${place}@${at}`, value.slice(0, at) + char + value.slice(at + 1)];
    }
  } else if (typeof value === 'number') {
    yield [place, value + 1];
    yield [place, value - 1];
  } else if (value === null) {
    yield [place, '019ab000-0000-7000-8000-0000000000ff'];
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      for (const [where, changed] of changes(item, `${place}/${at}`)) yield [where, value.with(at, changed)];
      // A field may be left out: that is the point of it.
      if (!place.endsWith('fields')) yield [`${place}-${at}`, value.toSpliced(at, 1)];
    }
  } else {
    for (const [key, item] of Object.entries(value as object)) {
      for (const [where, changed] of changes(item, `${place}/${key}`))
        yield [where, { ...(value as object), [key]: changed }];
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield [`${place}/-${key}`, rest];
    }
    yield [`${place}/+`, { ...(value as object), more: 1 }];
  }
}

describe('the evidence of one entry', () => {
  it('is believed as it was made, after a journey through a file', () => {
    expect(verifyBundle(JSON.parse(JSON.stringify(bundle)))).toEqual({
      ok: true,
      header,
      index,
      fields: [
        { name: 'milliseconds', value: 330250 },
        { name: 'task', value: 'intersection-17' },
      ],
      fieldCount: 3,
      checkpoint: { origin: signer.name, size, root, extensions: [] },
      vkey: bundle.vkey,
    });
  });

  it('may show nothing of the body, and then says nothing of it', () => {
    const bare = { ...bundle, fields: [] };
    expect(verifyBundle(bare)).toMatchObject({ ok: true, fields: [], fieldCount: null });
    expect(JSON.stringify(bare)).not.toContain('intersection');
    expect(JSON.stringify(bundle)).not.toContain('kept back');
  });

  it('is refused when anything in it is changed, wherever', () => {
    let tried = 0;
    for (const [place, changed] of changes(bundle)) {
      if (verifyBundle(changed).ok) expect.fail(`a change at ${place} went unseen`);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(120);
  });

  it('says why it is refused', () => {
    const code = (change: object) => verifyBundle({ ...bundle, ...change });
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    expect(code({ format: 'counterledger-evidence-2' })).toEqual({ ok: false, code: 'malformed' });
    expect(code({ vkey: 'nobody' })).toEqual({ ok: false, code: 'key-malformed' });
    expect(code({ vkey: formatVerifierKey(signer.name, new Uint8Array(other)) })).toEqual({
      ok: false,
      code: 'checkpoint-unsigned',
    });
    const tampered = bundle.checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`);
    expect(code({ checkpoint: tampered })).toEqual({ ok: false, code: 'signature-invalid' });
    expect(code({ checkpoint: signNote('no checkpoint\n', signer) })).toEqual({
      ok: false,
      code: 'checkpoint-malformed',
    });
    expect(code({ checkpoint: 'no note' })).toEqual({ ok: false, code: 'checkpoint-malformed' });
    expect(code({ checkpoint: signedCheckpoint({ origin: 'another' }) })).toEqual({
      ok: false,
      code: 'origin-mismatch',
    });
    expect(code({ checkpoint: signedCheckpoint({ size: 38 }) })).toEqual({ ok: false, code: 'size-mismatch' });
    expect(code({ header: { ...header, offset: 420 } })).toEqual({ ok: false, code: 'not-included' });
    expect(code({ fields: [...bundle.fields].reverse() })).toEqual({ ok: false, code: 'field-mismatch' });
    expect(code({ fields: [{ ...bundle.fields[0], value: 1 }] })).toEqual({ ok: false, code: 'field-mismatch' });
  });

  it('is refused, not choked on, when it is no bundle at all', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 200_000; n++) deep = { deep };
    const long = { ...bundle, fields: [{ ...bundle.fields[0], value: 'x'.repeat(17 * 1024 * 1024) }] };
    for (const value of [
      undefined,
      null,
      1,
      'text',
      [],
      {},
      new Map(),
      deep,
      { ...bundle, header: deep },
      long,
      { ...bundle, path: Array(65).fill('ab'.repeat(32)) },
    ]) {
      expect(verifyBundle(value)).toEqual({ ok: false, code: 'malformed' });
    }
  });
});
