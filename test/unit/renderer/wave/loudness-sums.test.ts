import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LoudnessSums } from '#renderer/wave/loudness-sums.ts';

const rate = 8000;

test('says of every stretch what adding up its levels says, however they came', () => {
  const level = fc.integer({ min: -120, max: 0 });
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 1, maxLength: 400, size: 'max' }),
      fc.nat(400),
      fc.nat(400),
      fc.nat(400),
      (all, part, a, b) => {
        const levels = Float32Array.from(all);
        const sums = new LoudnessSums(rate);
        sums.extend(levels.slice(0, Math.min(part, levels.length)));
        sums.extend(levels);
        const first = Math.min(a, b) % levels.length;
        const last = Math.min(Math.max(first + 1, Math.max(a, b)), levels.length);
        const power = all.slice(first, last).reduce((sum, each) => sum + 10 ** (each / 10), 0) / (last - first);
        expect(sums.rms(first * 80, last * 80)).toBeCloseTo(Math.sqrt(power), 6);
      },
    ),
  );
});

test('knows nothing of what was not gone through', () => {
  const sums = new LoudnessSums(rate);
  sums.extend(Float32Array.of(-10, -10));
  expect(sums.rms(rate, 2 * rate)).toBe(0);
});
