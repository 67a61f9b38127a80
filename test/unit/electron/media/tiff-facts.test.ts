import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { probeMedia } from '#electron/media/media-probe.ts';
import { sampleTiff, type SampleTiff } from '#test/support/sample-tiff.ts';
import { tempDir } from '#test/support/temp-dir.ts';

const folder = tempDir();
afterAll(() => folder.remove());

const grey: SampleTiff = { width: 3, height: 2, channels: 1, bits: 8, photometric: 1, values: [1, 2, 3, 4, 5, 6] };

async function probed(bytes: Buffer) {
  const path = join(folder.path, 'photo.tif');
  writeFileSync(path, bytes);
  return probeMedia(path);
}

describe('a TIFF', () => {
  it('says its size upright and its kind', async () => {
    const { info, mediaType } = await probed(sampleTiff({ ...grey, orientation: 6 }));
    expect(info).toMatchObject({ format: 'tiff', width: 2, height: 3, orientation: 6, problem: null });
    expect(mediaType).toBe('image/tiff');
  });

  it('that is cut off is damaged', async () => {
    const whole = sampleTiff({ ...grey });
    // The directory is at the end: moved to the front it survives a cut of the pixels.
    const directory = whole.readUInt32LE(4);
    const front = Buffer.concat([whole.subarray(0, 8), whole.subarray(directory)]);
    front.writeUInt32LE(8, 4);
    front.writeUInt32LE(5000, 8 + 2 + 5 * 12 + 8);
    expect((await probed(front)).info.problem).toBe('damaged');
    expect((await probed(whole.subarray(0, directory + 20))).info.problem).toBe('damaged');
  });

  it('of a size beyond the limits is refused by it', async () => {
    const { info, mediaType } = await probed(sampleTiff({ ...grey, claimed: { width: 90_000, height: 90_000 } }));
    expect(info.problem).toBe('too-large');
    expect(mediaType).toBeNull();
  });

  it('with a directory of nonsense is damaged', async () => {
    expect((await probed(Buffer.from('49492a00ffffff0f', 'hex'))).info.problem).toBe('damaged');
    expect((await probed(Buffer.from('49492b0008000000', 'hex'))).info.problem).toBe('damaged');
  });
});
