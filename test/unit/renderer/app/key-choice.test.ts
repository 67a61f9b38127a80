import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actions } from '#renderer/app/actions.ts';
import { refusalOf, withKeys } from '#renderer/app/key-choice.ts';
import { clashes, findAction } from '#renderer/app/shortcuts.ts';
import type { Action } from '#renderer/lib/action.ts';
import { normalShortcut } from '#renderer/lib/keys.ts';
import { defaultShortcutsOf, ownKeysStore, readOwnKeys, shortcutsOf } from '#renderer/lib/own-keys.store.ts';

const run = () => undefined;
const action = (id: string, shortcut: string | string[], more: Partial<Action> = {}): Action => {
  return { id, labelKey: 'app.name', shortcut, run, ...more };
};
const next = action('work.next', ['D', 'PageDown'], { scope: 'work' });
const other = action('work.other', 'X', { scope: 'work' });
const ledger = action('ledger.x', 'Y', { scope: 'ledger' });
const everywhere = action('app.all', 'Ctrl+K', { inText: true });
const all = [next, other, ledger, everywhere];

describe('keys that an action may have', () => {
  it('are not those of another action of the same room or of everywhere, and the other one is named', () => {
    expect(refusalOf(all, next, ['x'], {})).toEqual({ reason: 'taken', by: other });
    expect(refusalOf(all, next, ['Ctrl+k'], {})).toEqual({ reason: 'taken', by: everywhere });
    expect(refusalOf(all, everywhere, ['Ctrl+Y'], {})).toBeNull();
    expect(refusalOf(all, next, ['Y'], {})).toBeNull();
    expect(refusalOf(all, action('app.new', []), ['Y'], {})).toEqual({ reason: 'taken', by: ledger });
  });

  it('are free once their owner has others, and taken once another was given them', () => {
    const own = withKeys({}, other, ['F9']);
    expect(refusalOf(all, next, ['X'], own)).toBeNull();
    expect(refusalOf(all, next, ['F9'], own)).toEqual({ reason: 'taken', by: other });
    // So a default key may be out of reach until the other one gives it back.
    const taken = withKeys(own, next, ['X']);
    expect(refusalOf(all, other, defaultShortcutsOf(other), taken)).toEqual({ reason: 'taken', by: next });
  });

  it('are not what the browser keeps, what moves the focus, or what writes where one types', () => {
    for (const keys of ['Ctrl+W', 'Ctrl+T', 'Tab', 'Enter', 'Space']) {
      expect(refusalOf(all, next, [keys], {}), keys).toEqual({ reason: 'reserved' });
    }
    expect(refusalOf(all, everywhere, ['q'], {})).toEqual({ reason: 'types' });
    expect(refusalOf(all, everywhere, ['F9'], {})).toBeNull();
    expect(refusalOf(all, action('canvas.enter', 'Enter', { scope: 'work' }), ['Enter'], {})).toBeNull();
  });
});

describe('what is kept', () => {
  it('is only what differs from the default, and nothing once that is back', () => {
    expect(withKeys({}, next, ['F9'])).toEqual({ 'work.next': ['F9'] });
    expect(withKeys({ 'work.next': ['F9'] }, next, ['D', 'PageDown'])).toEqual({});
    expect(withKeys({ 'work.next': ['F9'], 'work.other': [] }, next, null)).toEqual({ 'work.other': [] });
  });

  it('is read back, and what is no list of keys is left out', () => {
    expect(readOwnKeys({ a: ['F9'], b: [], c: 'x', d: [1], e: [''] })).toEqual({ a: ['F9'], b: [] });
    for (const nothing of [undefined, null, 3, 'x', []]) expect(readOwnKeys(nothing)).toEqual({});
  });

  it('is what a press runs', () => {
    const press = { key: 'F9', code: 'F9', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };
    const key = { ...press, isComposing: false, keyCode: 0 };
    ownKeysStore.setState({ keys: { 'work.next': ['F9'] } });
    expect(findAction(all, 'work', key, 'page', null)?.action.id).toBe('work.next');
    expect(findAction(all, 'work', { ...key, key: 'd', code: 'KeyD' }, 'page', null)).toBeNull();
    ownKeysStore.setState({ keys: {} });
    expect(findAction(all, 'work', key, 'page', null)).toBeNull();
  });
});

describe('the list as it comes', () => {
  it('clashes nowhere, and each action could be given the keys it has', () => {
    expect(clashes(actions)).toEqual([]);
    for (const each of actions) {
      const refused = refusalOf(actions, each, shortcutsOf(each, {}), {});
      expect.soft(refused, each.id).toBeNull();
    }
  });

  it('is what the hints beside buttons say', () => {
    const files = globSync('renderer/**/*.tsx');
    let seen = 0;
    for (const file of files) {
      for (const [, id = '', keys = ''] of readFileSync(file, 'utf8').matchAll(/\bof="([^"]+)" keys="([^"]+)"/g)) {
        const found = actions.find((each) => each.id === id);
        const [first = ''] = found ? defaultShortcutsOf(found) : [];
        expect.soft(normalShortcut(first), `${file}: ${id}`).toBe(normalShortcut(keys));
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(10);
  });
});
