import { describe, expect, it } from 'vitest';
import { accelerator, createGlobalKey } from '#electron/hosts/electron/global-key.ts';

describe('accelerator', () => {
  it('writes keys as Electron does, Ctrl as Cmd on a Mac', () => {
    expect(accelerator('Ctrl+Alt+T')).toBe('CommandOrControl+Alt+T');
    expect(accelerator('Alt+Shift+Space')).toBe('Alt+Shift+Space');
    expect(accelerator('F9')).toBe('F9');
    expect(accelerator('Ctrl+Left')).toBe('CommandOrControl+Left');
  });

  it('takes no key that would then be missing from every other program', () => {
    for (const keys of ['T', 'Shift+T', 'Space', 'Ctrl', 'Ctrl+', 'Ctrl+Ctrl+T', 'Hyper+T', 'Ctrl+tt', 'F25', '']) {
      expect(accelerator(keys), keys).toBeNull();
    }
  });
});

describe('the global key', () => {
  it('is one at a time; a refused one leaves the one before', () => {
    const held = new Set<string>();
    const shortcuts = {
      register: (keys: string) => keys !== 'Alt+X' && !!held.add(keys),
      unregister: (keys: string) => void held.delete(keys),
    };
    const key = createGlobalKey(shortcuts, () => undefined);
    expect(key.set('Alt+T')).toBe(true);
    expect(key.set('Alt+T')).toBe(true);
    expect(key.set('Alt+X')).toBe(false);
    expect(key.set('T')).toBe(false);
    expect([...held]).toEqual(['Alt+T']);
    expect(key.set('Ctrl+Alt+T')).toBe(true);
    expect([...held]).toEqual(['CommandOrControl+Alt+T']);
    expect(key.set(null)).toBe(true);
    expect([...held]).toEqual([]);
  });
});
