import { expect, test } from 'vitest';
import { PeakPyramid } from '#renderer/sound/peak-pyramid.ts';
import { packPeak } from '#renderer/sound/sound-scan.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { gainToFullHeight } from '#renderer/wave/full-height.ts';
import { madeSound } from '#test/support/player-sound.ts';

const columns = 1000;
const columnFrames = 80;

/** A recording of channels, each as loud as said in its second half, of which so many columns were gone through. */
function recording(loudest: readonly number[], known = columns): Sound {
  const pyramids = loudest.map((value) => {
    const pyramid = new PeakPyramid(columnFrames, columns);
    const bytes = new Int8Array(2 * known);
    for (let at = columns; at < 2 * known; at += 2)
      [bytes[at], bytes[at + 1]] = [packPeak(-value), packPeak(value / 2)];
    pyramid.append(bytes);
    return pyramid;
  });
  const made = madeSound({ rate: 16_000, channels: loudest.length, frames: columns * columnFrames }, () => 0);
  made.peaks = (channel, from, to, count) => {
    const out = new Float32Array(2 * count).fill(Number.NaN);
    pyramids[channel]!.write(out, from, to);
    return out;
  };
  return made;
}

test.each([
  ['a loud recording stays as it is', [1], 0],
  ['a quiet one is raised to the rims, never beyond', [0.0995], 20],
  ['channels keep their proportion to each other', [0.01, 0.3], 10],
  ['noise of the last bits is not raised to speech', [0.0001], 40],
  ['silence is not raised', [0], 0],
])('%s', (_, loudest, gain) => {
  const found = gainToFullHeight(recording(loudest));
  // Peaks are kept as bytes, a hundredth off at most.
  expect(Math.abs(found - gain)).toBeLessThanOrEqual(1);
  expect(10 ** (found / 20) * Math.max(...loudest)).toBeLessThanOrEqual(1.02);
});

test('what was not gone through yet counts for nothing', () => {
  expect(gainToFullHeight(recording([0.1], 500))).toBe(0);
  expect(gainToFullHeight(recording([0.1], 0))).toBe(0);
});
