import { describe, expect, it } from 'vitest';
import { label } from '#shared/domain/label-set.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';

describe('labelColor', () => {
  it('gives sixteen different colours a label may have, then starts over', () => {
    const colors = Array.from({ length: 16 }, (_, place) => labelColor(place));
    expect(new Set(colors).size).toBe(16);
    for (const color of colors) expect(label.shape.color.safeParse(color).success).toBe(true);
    expect(labelColor(16)).toBe(labelColor(0));
  });
});
