import { describe, expect, it } from 'vitest';
import { typedScale } from '#renderer/features/work/typed-scale.ts';

describe('a typed zoom', () => {
  it.each([
    ['250', 2.5],
    ['250%', 2.5],
    [' 6400 % ', 64],
    ['2.5x', 2.5],
    ['2,5×', 2.5],
    ['3倍', 3],
    ['1', 0.01],
  ])('%s', (text, scale) => expect(typedScale(text)).toBeCloseTo(scale));

  it.each(['', '%', 'x', '0', '-5', '1e3', 'fit', '12 34'])('%s is none', (text) =>
    expect(typedScale(text)).toBeNull(),
  );
});
