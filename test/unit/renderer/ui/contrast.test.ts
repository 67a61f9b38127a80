import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../renderer/ui/theme.css', import.meta.url), 'utf8');

function tokens(scheme: 'light' | 'dark'): Map<string, string> {
  const block = new RegExp(`data-mantine-color-scheme='${scheme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--cl-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['bg', 'panel', 'raised', 'rail', 'hover', 'active', 'accent-soft'];

describe.each(['light', 'dark'] as const)('%s theme', (scheme) => {
  const token = (name: string) => {
    const value = tokens(scheme).get(name);
    if (!value) throw new Error(`no token ${name}`);
    return value;
  };

  it.each(['text', 'text-2', 'text-3', 'accent-text'])('%s can be read on every surface (4.5:1)', (ink) => {
    for (const surface of surfaces) {
      expect.soft(contrast(token(ink), token(surface)), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['amber', 'red'])('%s notices can be read (4.5:1)', (tone) => {
    for (const ink of ['text', `${tone}-text`]) {
      expect.soft(contrast(token(ink), token(`${tone}-soft`)), ink).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(token(`${tone}-text`), token('panel'))).toBeGreaterThanOrEqual(4.5);
  });

  it('writes on the accent and on red readably', () => {
    for (const ground of ['accent', 'accent-hover', 'red']) {
      expect.soft(contrast(token('on-accent'), token(ground)), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('shows the edges of controls (3:1)', () => {
    for (const ground of ['bg', 'panel', 'raised']) {
      expect.soft(contrast(token('control-line'), token(ground)), ground).toBeGreaterThanOrEqual(3);
    }
  });
});
