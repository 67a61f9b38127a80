import { expect, it } from 'vitest';
import { fieldsInPlace } from '#shared/rules/entry-fields.rules.ts';

const body = (said: Record<string, unknown>, erased: readonly string[] = []) =>
  [
    ...['media_name', 'media_bytes', 'media_size', 'media_sound', 'media_likeness', 'object_counts', 'breaches'],
    ...['text', 'history'],
  ].map((name) => ({ name, value: said[name] ?? null, erased: erased.includes(name) }));
const names = (fields: readonly { name: string }[]) => fields.map(({ name }) => name);
const sealed = (...given: Parameters<typeof body>) => names(fieldsInPlace('submission.sealed', body(...given)));

it('shows of a submission what belongs to its modality', () => {
  expect(sealed({ media_size: {}, media_likeness: 'ff', object_counts: {} })).toEqual([
    ...['media_name', 'media_bytes', 'media_size', 'media_likeness', 'object_counts', 'breaches'],
  ]);
  const ofSound = ['media_name', 'media_bytes', 'media_sound', 'object_counts', 'breaches'];
  expect(sealed({ media_sound: {} })).toEqual(ofSound);
  const ofText = ['media_name', 'media_bytes', 'breaches', 'text', 'history'];
  expect(sealed({ text: {}, object_counts: {} })).toEqual(ofText);
  expect(sealed({ text: {}, object_counts: { harm: 1 } })).toContain('object_counts');
});

it('leaves out nothing that says something or was erased, and nothing of other kinds', () => {
  expect(sealed({ media_size: {} }, ['media_sound'])).toContain('media_sound');
  // Of which only that it was a text is known is shown as one.
  expect(sealed({ object_counts: {} }, ['text'])).toEqual(['media_name', 'media_bytes', 'breaches', 'text', 'history']);
  expect(names(fieldsInPlace('note.written', body({})))).toEqual(names(body({})));
});
