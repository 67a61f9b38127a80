import { createHash } from 'node:crypto';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyRoot,
  fieldCommitment,
  fieldsAgree,
  proveFields,
  verifyField,
  type Field,
} from '#shared/proofs/commitment.ts';
import { emptyRoot } from '#shared/proofs/merkle.ts';
import { mth } from '#test/support/naive-merkle.ts';

const salt = (n: number) => new Uint8Array(createHash('sha256').update(`salt ${n}`).digest());
const commit = (fields: readonly Field[]) =>
  fields.map((field) => ({ name: field.name, commitment: fieldCommitment(field) }));
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

const body: Field[] = [
  { name: 'task_name', value: '路口 17', salt: salt(0) },
  { name: 'client', value: 'a client nobody is to know', salt: salt(1) },
  { name: 'pay', value: { amount: 1250, currency: 'CNY' }, salt: salt(2) },
  { name: 'media', value: ['a', 'b'], salt: salt(3) },
  { name: 'note', value: null, salt: salt(4) },
];
const committed = commit(body);
const root = bytesToHex(bodyRoot(committed));

describe('a commitment', () => {
  it('is SHA-256 over a zero, the salt, the name and the canonical value', () => {
    const expected = createHash('sha256')
      .update(Buffer.of(0))
      .update(salt(2))
      .update('pay{"amount":1250,"currency":"CNY"}')
      .digest('hex');
    expect(bytesToHex(fieldCommitment({ name: 'pay', value: { currency: 'CNY', amount: 1250 }, salt: salt(2) }))).toBe(
      expected,
    );
  });

  it('never opens as another name and value: no text can be cut in two ways', () => {
    const names = fc.stringMatching(/^[a-z][a-z_]{0,6}$/);
    fc.assert(
      fc.property(names, fc.jsonValue({ maxDepth: 1 }), (name, value) => {
        const text = name + JSON.stringify(value);
        const cuts = [...text].map((_, at) => [text.slice(0, at), text.slice(at)] as const);
        const readable = cuts.filter(([left, right]) => {
          try {
            JSON.parse(right);
            return /^[a-z][a-z_]*$/.test(left) && right.trim() === right;
          } catch {
            return false;
          }
        });
        expect(readable).toEqual([[name, JSON.stringify(value)]]);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it('refuses names outside the alphabet, short salts and values that are not JSON', () => {
    for (const name of ['', 'a1', 'A', '_a', 'a-b', 'é', 'a ', 'a\n', 'a'.repeat(65)]) {
      expect(() => fieldCommitment({ name, value: 1, salt: salt(0) })).toThrow(refusal('field-name'));
    }
    expect(() => fieldCommitment({ name: 'a', value: 1, salt: new Uint8Array(31) })).toThrow(refusal('field-salt'));
    expect(() => fieldCommitment({ name: 'a', value: Number.NaN, salt: salt(0) })).toThrow(refusal('not-json'));
  });
});

describe("a body's root", () => {
  it('is the tree head over the commitments in order of name, in whatever order they are given', () => {
    const inOrder = [...body].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    const data = inOrder.map(({ name, value, salt: s }) =>
      Buffer.concat([s, Buffer.from(name + JSON.stringify(value))]),
    );
    expect(bodyRoot(committed)).toEqual(mth(data));
    expect(bodyRoot([...committed].reverse())).toEqual(mth(data));
    expect(bodyRoot([])).toEqual(emptyRoot());
  });

  it('refuses two fields of one name', () => {
    const twice = [...committed, ...commit([{ name: 'pay', value: 0, salt: salt(9) }])];
    expect(() => bodyRoot(twice)).toThrow(refusal('field-name'));
  });
});

describe('a shown field', () => {
  it('is verified with the root alone, whichever fields and however many there are', () => {
    for (let count = 1; count <= body.length; count++) {
      const part = body.slice(0, count);
      const partRoot = bytesToHex(bodyRoot(commit(part)));
      const proofs = proveFields(commit(part), part);
      expect(proofs.map((proof) => verifyField(proof, partRoot))).toEqual(part.map(() => true));
      expect(fieldsAgree(proofs)).toBe(true);
    }
  });

  it('shows of the other fields nothing but what their commitments show', () => {
    const [pay] = proveFields(committed, [body[2] as Field]);
    const text = JSON.stringify(pay);
    for (const other of body.filter(({ name }) => name !== 'pay')) {
      expect(text).not.toContain(bytesToHex(other.salt));
      expect(text).not.toContain(`"${other.name}"`);
      if (typeof other.value === 'string') expect(text).not.toContain(other.value);
    }
    // The proof is a function of the other fields' commitments only: made without their values it is the same.
    const blind = committed.map(({ name, commitment }) => ({ name, commitment: Uint8Array.from(commitment) }));
    expect(proveFields(blind, [body[2] as Field])).toEqual([pay]);
    // And a commitment to the same value under another salt has nothing in common with it.
    const resalted = fieldCommitment({ ...(body[1] as Field), salt: salt(77) });
    expect(bytesToHex(resalted)).not.toBe(bytesToHex((committed[1] as { commitment: Uint8Array }).commitment));
  });

  it('is refused when anything about it is changed', () => {
    const [proof] = proveFields(committed, [body[0] as Field]);
    if (!proof) throw new Error('no proof');
    expect(verifyField(proof, root)).toBe(true);
    const bit = (hex: string) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
    const changed = [
      { ...proof, value: '路口 18' },
      { ...proof, value: '\ud800' },
      { ...proof, name: 'task_nam' },
      { ...proof, name: 'task name' },
      { ...proof, salt: bit(proof.salt) },
      { ...proof, salt: proof.salt.slice(2) },
      { ...proof, index: proof.index - 1 },
      { ...proof, index: proof.index + 1 },
      { ...proof, size: proof.size * 4 },
      { ...proof, size: proof.index },
      { ...proof, path: [] },
      { ...proof, path: proof.path.map(bit) },
      { ...proof, path: [...proof.path, root] },
      { ...proof, extra: 1 },
    ];
    for (const one of changed) expect(verifyField(one, root)).toBe(false);
    expect(verifyField(proof, bit(root))).toBe(false);
    expect(verifyField(proof, root.toUpperCase())).toBe(false);
    expect(verifyField(proof, '')).toBe(false);
  });

  it('is not made for a field that was not committed to', () => {
    const pay = body[2] as Field;
    expect(() => proveFields(committed, [{ ...pay, value: 1 }])).toThrow(refusal('field-mismatch'));
    expect(() => proveFields(committed, [{ ...pay, salt: salt(8) }])).toThrow(refusal('field-mismatch'));
    expect(() => proveFields(committed, [{ ...pay, name: 'payment' }])).toThrow(refusal('field-mismatch'));
  });

  it('stands beside others in the order of their names only', () => {
    const proofs = proveFields(committed, [body[0] as Field, body[1] as Field]);
    expect(proofs.map(({ name }) => name)).toEqual(['client', 'task_name']);
    expect(fieldsAgree([...proofs].reverse())).toBe(false);
    expect(fieldsAgree([...proofs, ...proofs.slice(1)])).toBe(false);
    const names = proofs.map(({ name }) => name).reverse();
    expect(fieldsAgree(proofs.map((proof, at) => ({ ...proof, name: names[at] ?? '' })))).toBe(false);
    const places = proofs.map(({ index }) => index).reverse();
    expect(fieldsAgree(proofs.map((proof, at) => ({ ...proof, index: places[at] ?? 0 })))).toBe(false);
    expect(fieldsAgree(proofs.map((proof, at) => ({ ...proof, size: proof.size + at })))).toBe(false);
  });
});
