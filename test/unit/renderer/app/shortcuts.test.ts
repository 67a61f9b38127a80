import { afterEach, describe, expect, it, vi } from 'vitest';
import { actions } from '#renderer/app/actions.ts';
import { rooms } from '#renderer/app/rooms.ts';
import { clashes, findAction, type PressedIn } from '#renderer/app/shortcuts.ts';
import { bindingStore, runnerOf, type Action } from '#renderer/lib/action.ts';
import type { KeyPress } from '#renderer/lib/keys.ts';
import { shortcutsOf } from '#renderer/lib/own-keys.store.ts';

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
const run = () => undefined;
const action = (id: string, shortcut: string, more: Partial<Action> = {}): Action => {
  return { id, labelKey: 'app.name', shortcut, run, ...more };
};

afterEach(() => bindingStore.setState({ bound: new Map() }));

describe('the actions of the program', () => {
  it('want no key twice in the same place', () => {
    expect(clashes(actions)).toEqual([]);
  });

  it('have ids of their own, and rooms that exist', () => {
    const ids = actions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set<string>(rooms.map(({ id }) => id));
    for (const { id, scope } of actions) if (scope) expect.soft(known, id).toContain(scope);
  });

  it('leave plain letters and digits to text fields', () => {
    for (const each of actions) {
      if (!each.inText) continue;
      for (const keys of shortcutsOf(each))
        expect.soft(keys, each.id).toMatch(/^(Ctrl|Alt)\+|^(Shift\+)?F\d+$|^Escape/);
    }
  });
});

describe('clashes', () => {
  it('finds the same keys in one room and between a room and everywhere', () => {
    expect(clashes([action('a', 'Ctrl+K', { scope: 'work' }), action('b', 'Ctrl+k', { scope: 'work' })])).toHaveLength(
      1,
    );
    expect(clashes([action('a', 'w', { scope: 'work' }), action('b', 'W')])).toHaveLength(1);
  });

  it('allows the same keys in different rooms', () => {
    expect(clashes([action('a', 'w', { scope: 'work' }), action('b', 'w', { scope: 'ledger' })])).toEqual([]);
  });
});

describe('findAction', () => {
  const found = (list: Action[], key: KeyPress, where: PressedIn = 'page', before: KeyPress | null = null) =>
    findAction(list, 'work', key, where, before)?.action.id;

  it('takes the actions of this room and of everywhere', () => {
    const list = [
      action('here', 'w', { scope: 'work' }),
      action('there', 'x', { scope: 'ledger' }),
      action('all', 'y'),
    ];
    expect(found(list, press('w'))).toBe('here');
    expect(found(list, press('x'))).toBeUndefined();
    expect(found(list, press('y'))).toBe('all');
  });

  it('leaves keys to text fields unless the action is for there too', () => {
    const list = [action('plain', 'w'), action('marked', 'Ctrl+Enter', { inText: true })];
    expect(found(list, press('w'), 'text')).toBeUndefined();
    expect(found(list, press('Enter', { ctrlKey: true }), 'text')).toBe('marked');
  });

  it('leads elsewhere from a text field by keys that write nothing, and never over a dialog', () => {
    const list = [action('go', 'Alt+L', { besideText: true }), action('own', 'g', { besideText: true })];
    const alt = press('l', { altKey: true });
    expect(found(list, alt, 'text')).toBe('go');
    expect(found(list, press('g'), 'text')).toBeUndefined();
    expect(found(list, press('g'))).toBe('own');
    expect(found(list, alt, 'dialog')).toBeUndefined();
  });

  it('leads to every room of the rail from a text field', () => {
    for (const { id, shortcut } of rooms) {
      if (shortcut === undefined) continue;
      const [modifier, key = ''] = shortcut.split('+');
      const held = { ctrlKey: modifier === 'Ctrl', altKey: modifier === 'Alt' };
      expect.soft(found([...actions], press(key.toLowerCase(), held), 'text'), shortcut).toBe(`app.go-${id}`);
    }
  });

  it('never fires while an input method composes', () => {
    const list = [action('plain', 'w'), action('esc', 'Escape', { inText: true })];
    expect(found(list, press('w', { isComposing: true }))).toBeUndefined();
    expect(found(list, press('Escape', { keyCode: 229 }), 'text')).toBeUndefined();
    expect(found(list, press('Process'))).toBeUndefined();
  });

  it('prefers two strokes over one, so that the second Esc covers the window wherever the first had a use', () => {
    const list = [action('cancel', 'Escape', { scope: 'work' }), action('cover', 'Escape Escape')];
    expect(found(list, press('Escape'))).toBe('cancel');
    expect(found(list, press('Escape'), 'page', press('Escape'))).toBe('cover');
    expect(found(list, press('Escape'), 'page', press('a'))).toBe('cancel');
  });

  it('passes over actions that are not available', () => {
    const list = [action('off', 'w', { when: () => false }), action('on', 'w', { scope: 'work' })];
    expect(found(list, press('w'))).toBe('on');
  });
});

describe('runnerOf', () => {
  it('takes what a component gave, the latest first, and respects its condition', () => {
    const declared: Action = { id: 'work.x', labelKey: 'app.name' };
    expect(runnerOf(declared)).toBeNull();
    const [old, fresh] = [vi.fn<() => void>(), vi.fn<() => void>()];
    let allowed = true;
    bindingStore.setState({
      bound: new Map([['work.x', [{ current: old }, { current: { run: fresh, when: () => allowed } }]]]),
    });
    runnerOf(declared)?.();
    expect(fresh).toHaveBeenCalledOnce();
    expect(old).not.toHaveBeenCalled();
    allowed = false;
    expect(runnerOf(declared)).toBeNull();
  });
});
