import { describe, expect, it } from 'vitest';
import { lengthText, placeText } from '#renderer/features/work/sound/sound-time.ts';

describe('placeText', () => {
  it('cuts to hundredths and never rounds up into the next second', () => {
    expect(placeText(0, 16_000)).toBe('00:00.00');
    expect(placeText(16_000 * 59 + 15_999, 16_000)).toBe('00:59.99');
    expect(placeText(16_000 * 60, 16_000)).toBe('01:00.00');
    expect(placeText(44_100 * 3723 + 4410, 44_100)).toBe('1:02:03.10');
  });

  it('says hundredths that are whole as they are', () => {
    expect(placeText(29 * 441, 44_100)).toBe('00:00.29');
  });
});

it('says a length in seconds', () => {
  expect(lengthText(51_200, 16_000)).toBe('3.20 s');
});
