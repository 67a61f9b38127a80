import { describe, expect, it } from 'vitest';
import type { TextMapping } from '#shared/domain/text-mapping.ts';
import { fits, roleOf, rolesFor, withRole } from '#renderer/features/work/text-exchange/column-roles.ts';

const none: TextMapping = {
  ...{ kind: 'compare', name: null, prompt: [], candidates: [], models: [], machine: null, images: null },
};

describe('what columns become', () => {
  const mapping = withRole(
    withRole(withRole(withRole(none, 'q', 'prompt'), 'a', 'candidate'), 'b', 'candidate'),
    'who',
    'model.1',
  );

  it('is kept one role a column', () => {
    expect(mapping).toEqual({ ...none, prompt: ['q'], candidates: ['a', 'b'], models: [null, 'who'] });
    expect(['q', 'a', 'b', 'who', 'x'].map((path) => roleOf(mapping, path))).toEqual([
      ...['prompt', 'candidate', 'candidate', 'model.1', 'keep'],
    ]);
    expect(withRole(mapping, 'who', 'name')).toMatchObject({ name: 'who', models: [null, null] });
  });

  it('takes a model along when its answer is none any more', () => {
    expect(withRole(mapping, 'a', 'keep')).toMatchObject({ candidates: ['b'], models: ['who'] });
    expect(withRole(mapping, 'b', 'keep')).toMatchObject({ candidates: ['a'], models: [null] });
  });

  it('may be what was written already, where a text is asked for', () => {
    const writing = withRole({ ...none, kind: 'write' }, 'out', 'answer');
    expect(roleOf(writing, 'out')).toBe('answer');
    expect(fits(writing, ['other'])).toBe(false);
    expect(withRole(writing, 'out', 'prompt')).toMatchObject({ answer: null, prompt: ['out'] });
    expect(rolesFor(writing, 'keep')).toContain('answer');
    expect(rolesFor(mapping, 'keep')).not.toContain('answer');
  });

  it('offers a model for each answer, and no ninth answer', () => {
    expect(rolesFor(mapping, 'keep')).toContain('model.1');
    expect(rolesFor(mapping, 'keep')).not.toContain('model.2');
    const full = [...'abcdefgh'].reduce((made, path) => withRole(made, path, 'candidate'), none);
    expect(rolesFor(full, 'keep')).not.toContain('candidate');
    expect(rolesFor(full, 'candidate')).toContain('candidate');
  });

  it('fits files that have every column it names', () => {
    expect(fits(mapping, ['q', 'a', 'b', 'who', 'more'])).toBe(true);
    expect(fits(mapping, ['q', 'a', 'b'])).toBe(false);
  });
});
