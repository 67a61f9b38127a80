import { describe, expect, it } from 'vitest';
import { canvasActions } from '#renderer/canvas/canvas.action.ts';
import { modes } from '#renderer/canvas/modes.ts';
import { readableOn } from '#renderer/canvas/names.ts';

describe('the actions of the canvas', () => {
  it('have names and shortcuts of their own', () => {
    const ids = canvasActions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const shortcuts = canvasActions.flatMap(({ shortcut }) => shortcut);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  it('offer every command there is', () => {
    const sent = new Set<string>();
    const listener = { can: () => true, command: (name: string) => void sent.add(name) };
    for (const action of canvasActions) action.run(listener as never);
    // A scale is given by the zoom field; the rest has a key.
    expect([...sent].sort()).toEqual(Object.keys(modes['select.idle']).sort());
  });
});

describe('the mode table', () => {
  it('lets every gesture be cancelled and never deletes or undoes in the middle of one', () => {
    for (const [state, row] of Object.entries(modes)) {
      if (state.endsWith('.idle')) continue;
      // A line under way is undone point by point.
      const back = state === 'path.drawing' ? 'step-back' : 'cancel';
      expect(row.cancel).toBe('cancel');
      expect(row.undo).toBe(back);
      expect(row.delete).toBe(back);
      expect(row['zoom-in']).toBe('run');
    }
  });
});

describe('the colour of a name', () => {
  it('has at least the contrast of AA on any colour', () => {
    const luminance = (color: string) => {
      const [r, g, b] = [1, 3, 5].map((at) => {
        const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (let value = 0; value < 4096; value += 1) {
      const color = `#${value.toString(16).padStart(3, '0').replaceAll(/./g, '$&$&')}`;
      const [dark, light] = [luminance(color), luminance(readableOn(color))].sort((a, b) => a - b) as [number, number];
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
