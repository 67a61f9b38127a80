import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { cropJpeg } from '#renderer/photo/jpeg-crop.ts';
import { afterAc, bitsAt, dcAt, indexJpeg, type JpegIndex } from '#renderer/photo/jpeg-index.ts';
import { testData } from '#test/support/test-data.ts';

/** Every block of an MCU as the decoder gets it: its DC value and the bits of its AC codes. */
function blocksOf(index: JpegIndex, column: number, row: number): string[] {
  const { components, columns, scan, positions, predictors } = index;
  const mcu = row * columns + column;
  let position = positions[mcu]!;
  return components.flatMap(({ across, down, dc, ac }, which) => {
    let value = predictors[mcu * components.length + which]!;
    return Array.from({ length: across * down }, () => {
      const found = dcAt(scan, position, dc);
      value += (found & 0xffff) - 0x8000;
      position += found >>> 16;
      const end = afterAc(scan, position, ac);
      let bits = '';
      for (let at = position; at < end; at += 1) bits += bitsAt(scan, at) >> 15;
      position = end;
      return `${value} ${bits}`;
    });
  });
}

const samples = join(appRoot, 'resources/samples/image');
const sample = readdirSync(samples, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.jpg'));
const special = (name: string) => testData(`images/special/${name}`);

function expectSameBlocks(index: JpegIndex): void {
  const { mcuWidth, mcuHeight } = index;
  const [x, y] = [Math.floor(index.width / 3), Math.floor(index.height / 3)];
  const crop = cropJpeg(index, x, y, 40, 30);
  const again = indexJpeg(crop.file);
  if (!again) throw new Error('the part is no JPEG');
  expect([again.width, again.height]).toEqual([crop.width, crop.height]);
  expect(crop.x).toBeLessThanOrEqual(x);
  expect(crop.x + crop.width).toBeGreaterThanOrEqual(Math.min(x + 40, index.width));
  for (let row = 0; row < again.rows; row += 1) {
    for (let column = 0; column < again.columns; column += 1) {
      const from = blocksOf(index, column + crop.x / mcuWidth, row + crop.y / mcuHeight);
      expect(blocksOf(again, column, row)).toEqual(from);
    }
  }
}

describe('a part of a JPEG', () => {
  it('holds the very blocks of the whole', () => {
    const index = indexJpeg(readFileSync(join(samples, sample!)));
    expect(index).not.toBeNull();
    expectSameBlocks(index!);
  });

  it
    .skipIf(special('hopper.jpg') === null)
    .each(['hopper_gray.jpg', 'pil_sample_cmyk.jpg', 'hopper_orientation_6.jpg'])('does so in %s', (name) => {
    const index = indexJpeg(readFileSync(special(name)!));
    expect(index).not.toBeNull();
    expectSameBlocks(index!);
  });

  it('is not made of a file that is cut off or none', () => {
    const file = readFileSync(join(samples, sample!));
    expect(indexJpeg(file.subarray(0, file.length / 2))).toBeNull();
    expect(indexJpeg(Buffer.from('ffd8ff', 'hex'))).toBeNull();
    expect(indexJpeg(new Uint8Array(0))).toBeNull();
  });

  it.skipIf(special('hopper.jpg') === null)('is not made of a progressive one', () => {
    expect(indexJpeg(readFileSync(special('berlin_02_progressive.jpg')!))).toBeNull();
  });
});
