import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  globalKeys,
  matchesStroke,
  normalShortcut,
  parseShortcut,
  pressedKeys,
  shownShortcut,
  type KeyPress,
} from '#renderer/lib/keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});
const matches = (shortcut: string, key: KeyPress, mac = false) => {
  const [stroke] = parseShortcut(shortcut);
  return stroke !== undefined && matchesStroke(key, stroke, mac);
};

describe('keys', () => {
  it('tells modifiers apart', () => {
    expect(matches('Ctrl+K', press('k', { ctrlKey: true }))).toBe(true);
    expect(matches('Ctrl+K', press('k'))).toBe(false);
    expect(matches('k', press('k', { ctrlKey: true }))).toBe(false);
    expect(matches('Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matches('Ctrl+Z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches('Alt+Left', press('ArrowLeft', { altKey: true }))).toBe(true);
  });

  it('takes a sign by what it types, whatever keys that needs', () => {
    expect(matches('?', press('?', { shiftKey: true }))).toBe(true);
    expect(matches('?', press('?'))).toBe(true);
    expect(matches('+', press('+', { shiftKey: true }))).toBe(true);
    expect(matches('Ctrl+Plus', press('+', { ctrlKey: true, shiftKey: true }))).toBe(true);
  });

  it('takes digits by their place and letters by place where the layout types no Latin ones', () => {
    expect(matches('Shift+1', press('!', { code: 'Digit1', shiftKey: true }))).toBe(true);
    expect(matches('1', press('&', { code: 'Digit1' }))).toBe(true);
    expect(matches('w', press('ц', { code: 'KeyW' }))).toBe(true);
    expect(matches('q', press('a', { code: 'KeyQ' }))).toBe(false);
    expect(matches('w', press('W', { shiftKey: false }))).toBe(true);
  });

  it('takes Cmd for Ctrl on a Mac', () => {
    expect(matches('Ctrl+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matches('Ctrl+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matches('Ctrl+K', press('k', { metaKey: true }), false)).toBe(false);
  });

  it('spells shortcuts one way and shows them key by key', () => {
    expect(normalShortcut('Ctrl+K')).toBe(normalShortcut('Ctrl+k'));
    expect(normalShortcut('Shift+Ctrl+Z')).toBe(normalShortcut('Ctrl+Shift+z'));
    expect(shownShortcut('Escape Escape')).toEqual([['Esc'], ['Esc']]);
    expect(shownShortcut('Alt+Left')).toEqual([['Alt', '←']]);
  });
});

describe('a key chosen for every program', () => {
  it('is written by place, with Ctrl or Alt or as a function key', () => {
    expect(globalKeys(press('†', { code: 'KeyT', altKey: true }))).toBe('Alt+T');
    expect(globalKeys(press('t', { code: 'KeyT', ctrlKey: true, altKey: true, shiftKey: true }))).toBe(
      'Ctrl+Alt+Shift+T',
    );
    expect(globalKeys(press('t', { code: 'KeyT', metaKey: true }), true)).toBe('Ctrl+T');
    expect(globalKeys(press('ArrowLeft', { code: 'ArrowLeft', altKey: true }))).toBe('Alt+Left');
    expect(globalKeys(press('F9', { code: 'F9' }))).toBe('F9');
    expect(globalKeys(press('t', { code: 'KeyT' }))).toBeNull();
    expect(globalKeys(press('Control', { code: 'ControlLeft', ctrlKey: true }))).toBeNull();
    expect(globalKeys(press('Tab', { code: 'Tab' }))).toBeNull();
  });
});

describe('what was pressed', () => {
  const key = fc.constantFrom(
    ...['a', 'Z', '?', '+', '=', '-', '[', '"', ' ', 'ArrowLeft', 'ArrowUp', 'Home', 'Delete', 'F9', 'Insert', 'ж'],
  );
  const codes: Record<string, string> = { a: 'KeyA', Z: 'KeyZ', ж: 'KeyV', ' ': 'Space' };

  it('is written as a shortcut that the same press matches', () => {
    fc.assert(
      fc.property(key, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), (typed, ctrl, alt, shift, mac) => {
        const pressed = press(typed, {
          code: codes[typed] ?? typed,
          altKey: alt,
          shiftKey: shift,
          [mac ? 'metaKey' : 'ctrlKey']: ctrl,
        });
        const written = pressedKeys(pressed, mac);
        expect(written).not.toBeNull();
        expect(matchesStroke(pressed, parseShortcut(written!)[0]!, mac)).toBe(true);
        expect(parseShortcut(written!)).toHaveLength(1);
      }),
    );
  });

  it('takes digits by their place and letters by what they type', () => {
    expect(pressedKeys(press('!', { code: 'Digit1', shiftKey: true }))).toBe('Shift+1');
    expect(pressedKeys(press('a', { code: 'KeyQ' }))).toBe('A');
    expect(pressedKeys(press('å', { code: 'KeyA', altKey: true }))).toBe('Alt+A');
    expect(pressedKeys(press('?', { code: 'Slash', shiftKey: true }))).toBe('?');
  });

  it('is nothing while only modifiers are held or an input method composes', () => {
    expect(pressedKeys(press('Shift', { shiftKey: true }))).toBeNull();
    expect(pressedKeys(press('a', { isComposing: true }))).toBeNull();
    expect(pressedKeys(press('a', { metaKey: true }))).toBeNull();
  });
});
