import { expect, it } from 'vitest';
import { fieldsInPlace } from '#shared/rules/entry-fields.rules.ts';

const body = (said: Record<string, unknown>, erased: readonly string[] = []) =>
  ['media_name', 'media_bytes', 'media_size', 'media_sound', 'media_likeness', 'breaches', 'text', 'history'].map(
    (name) => ({ name, value: said[name] ?? null, erased: erased.includes(name) }),
  );
const names = (fields: readonly { name: string }[]) => fields.map(({ name }) => name);
const sealed = (...given: Parameters<typeof body>) => names(fieldsInPlace('submission.sealed', body(...given)));

it('shows of a submission what belongs to its modality', () => {
  expect(sealed({ media_size: {}, media_likeness: 'ff' })).toEqual([
    ...['media_name', 'media_bytes', 'media_size', 'media_likeness', 'breaches'],
  ]);
  expect(sealed({ media_sound: {} })).toEqual(['media_name', 'media_bytes', 'media_sound', 'breaches']);
  expect(sealed({ text: {} })).toEqual(['media_name', 'breaches', 'text', 'history']);
});

it('leaves out nothing that says something or was erased, and nothing of other kinds', () => {
  expect(sealed({ text: {}, media_bytes: 7 })).toContain('media_bytes');
  expect(sealed({ media_size: {} }, ['media_sound'])).toContain('media_sound');
  // Of which only that it was a text is known is shown as one.
  expect(sealed({}, ['text'])).toEqual(['media_name', 'breaches', 'text', 'history']);
  expect(names(fieldsInPlace('note.written', body({})))).toEqual(names(body({})));
});
