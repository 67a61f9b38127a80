import { afterEach, describe, expect, it } from 'vitest';
import { actions } from '#renderer/app/actions.ts';
import { digitOf, judgingKey } from '#renderer/features/work/text/judging/judging-keys.ts';
import type { KeyPress } from '#renderer/lib/keys.ts';
import { ownKeysStore } from '#renderer/lib/own-keys.store.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, isComposing: false, keyCode: 0 },
  ...more,
});

afterEach(() => ownKeysStore.setState({ keys: {} }));

describe('the keys one judges by', () => {
  it('stand in the list of all actions', () => {
    const ids = new Set(actions.map(({ id }) => id));
    for (const id of ['text.answer-1', 'text.more', 'text.raise', 'text.take-back', 'text.scroll-back'])
      expect(ids).toContain(id);
  });

  it('are digits by their place, arrows with and without Shift, and nothing while one composes', () => {
    expect(digitOf(judgingKey(press('&', { code: 'Digit1' })))).toBe('1');
    expect(judgingKey(press('ArrowUp'))).toBe('above');
    expect(judgingKey(press('ArrowUp', { shiftKey: true }))).toBe('raise');
    expect(judgingKey(press('Backspace'))).toBe('take-back');
    expect(judgingKey(press('ArrowUp', { ctrlKey: true }))).toBeNull();
    expect(judgingKey(press('1', { code: 'Digit1', isComposing: true }))).toBeNull();
  });

  it('are those their owner gave them', () => {
    ownKeysStore.setState({ keys: { 'text.answer-1': ['Z'], 'text.more': [] } });
    expect(digitOf(judgingKey(press('z')))).toBe('1');
    expect(judgingKey(press('1', { code: 'Digit1' }))).toBeNull();
    expect(judgingKey(press('ArrowRight'))).toBeNull();
  });
});
