import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaInfo, MediaProblem } from '#shared/domain/work.ts';
import { createMediaResolver } from '#electron/media/media-resolver.ts';
import { probeMedia } from '#electron/media/media-probe.ts';
import { bombPng, samplePng } from '#test/support/sample-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';

/** A JPEG of markers alone: EXIF with an orientation, a frame header, a scan; `tail` is what follows the scan's header. */
function sampleJpeg(width: number, height: number, orientation: number, tail: Buffer): Buffer {
  const exif = Buffer.from(
    ['457869660000', '4d4d002a00000008', '0001', '011200030000000100', '000000', '00000000'].join(''),
    'hex',
  );
  exif.writeUInt16BE(orientation, 6 + 8 + 2 + 8);
  const app1 = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif]);
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const scan = Buffer.from('ffda0008010100003f00', 'hex');
  return Buffer.concat([Buffer.from('ffd8', 'hex'), app1, frame, scan, tail]);
}

const end = Buffer.from('0102030405ffd9', 'hex');

describe('resolving a photo', () => {
  let folder: ReturnType<typeof tempDir>;
  beforeEach(() => {
    folder = tempDir();
  });
  afterEach(() => folder.remove());

  const resolve = (name: string, root = folder.path) => createMediaResolver().resolve(root, name);
  const problemOf = async (bytes: Buffer | string): Promise<MediaProblem | null> => {
    writeFileSync(join(folder.path, 'photo.jpg'), bytes);
    return (await resolve('photo.jpg')).info.problem;
  };

  it('goes by the bytes, not by the name', async () => {
    writeFileSync(join(folder.path, 'photo.jpg'), samplePng(30, 20));
    expect(await resolve('photo.jpg')).toEqual({
      path: join(folder.path, 'photo.jpg'),
      mediaType: 'image/png',
      info: {
        format: 'png',
        width: 30,
        height: 20,
        orientation: 1,
        bytes: samplePng(30, 20).length,
        sound: null,
        problem: null,
      },
    });
  });

  it('tells apart in words why a photo cannot be shown', async () => {
    expect(await problemOf('')).toBe('empty');
    expect(await problemOf('<!doctype html><script>alert(1)</script>')).toBe('not-an-image');
    expect(await problemOf('just some words')).toBe('not-an-image');
    expect(await problemOf('\uFEFF <?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe(
      'unsupported-format',
    );
    expect(await problemOf(Buffer.from('49492a0008000000', 'hex'))).toBe('damaged');
    expect(await problemOf(bombPng(30_000, 30_000))).toBe('too-large');
    expect(await problemOf(bombPng(70_000, 10))).toBe('too-large');
    expect(await problemOf(bombPng(17_000, 17_000))).toBeNull();
    expect(await problemOf(bombPng(0, 10))).toBe('damaged');
    expect(await problemOf(samplePng(9, 9).subarray(0, -12))).toBe('damaged');
    expect((await resolve('nothing.jpg')).info.problem).toBe('missing');
    mkdirSync(join(folder.path, 'folder.jpg'));
    expect((await resolve('folder.jpg')).info.problem).toBe('not-an-image');
  });

  it('does not wait on a named pipe', async () => {
    execFileSync('mkfifo', [join(folder.path, 'pipe.jpg')]);
    expect((await resolve('pipe.jpg')).info.problem).toBe('not-an-image');
  });

  it('finds a PNG with one changed bit damaged, but not for its texts', async () => {
    const good = samplePng(40, 40);
    const bad = Buffer.from(good);
    bad[bad.length - 20]! ^= 1;
    expect(await problemOf(good)).toBeNull();
    expect(await problemOf(bad)).toBe('damaged');
    const text = Buffer.concat([Buffer.from([0, 0, 0, 3]), Buffer.from('tEXta\0b'), Buffer.from('deadbeef', 'hex')]);
    expect(await problemOf(samplePng(40, 40, 1, text))).toBeNull();
  });

  it('reads the size of a JPEG upright, and sees when its end is missing', async () => {
    for (const [orientation, width, height] of [
      [1, 30, 20],
      [3, 30, 20],
      [6, 20, 30],
      [8, 20, 30],
    ] as const) {
      writeFileSync(join(folder.path, 'photo.jpg'), sampleJpeg(30, 20, orientation, end));
      expect((await resolve('photo.jpg')).info).toMatchObject({ width, height, orientation, problem: null });
    }
    expect(await problemOf(sampleJpeg(30, 20, 1, end.subarray(0, -1)))).toBe('damaged');
    // A phone puts a film of several megabytes behind the photo.
    expect(await problemOf(sampleJpeg(30, 20, 1, Buffer.concat([end, Buffer.alloc(3_000_000, 7)])))).toBeNull();
    // The two bytes of the end lie on either side of the edge between two reads.
    const filling = Buffer.alloc(2 ** 20 - 1 - 5);
    expect(await problemOf(sampleJpeg(30, 20, 1, Buffer.concat([filling, end])))).toBeNull();
    expect(await problemOf(sampleJpeg(30, 20, 99, end))).toBeNull();
  });

  it('never leaves its folder', async () => {
    const outside = tempDir();
    writeFileSync(join(outside.path, 'secret.png'), samplePng(4, 4));
    const up = `../${outside.path.split('/').at(-1)!}/secret.png`;
    symlinkSync(outside.path, join(folder.path, 'out'));
    symlinkSync(join(outside.path, 'secret.png'), join(folder.path, 'link.png'));
    for (const name of [up, 'out/secret.png', 'link.png', 'a\0b.png', `${folder.path}/../x`]) {
      const answer = await resolve(name);
      expect([name, answer.path, answer.mediaType]).toEqual([name, null, null]);
      expect(['not-allowed', 'missing']).toContain(answer.info.problem);
    }
    expect((await resolve(up)).info.problem).toBe('not-allowed');
    expect((await resolve('link.png')).info.problem).toBe('not-allowed');
    outside.remove();
  });

  it('allows nothing in a folder that was exchanged for a link', async () => {
    const outside = tempDir();
    writeFileSync(join(outside.path, 'a.png'), samplePng(4, 4));
    const root = join(folder.path, 'photos');
    symlinkSync(outside.path, root);
    expect((await resolve('a.png', root)).info.problem).toBe('not-allowed');
    outside.remove();
  });

  it('remembers what it found only as long as the file stays the same', async () => {
    const resolver = createMediaResolver();
    const path = join(folder.path, 'a.png');
    writeFileSync(path, samplePng(4, 4));
    expect((await resolver.resolve(folder.path, 'a.png')).info.width).toBe(4);
    writeFileSync(join(folder.path, 'b.png'), samplePng(50, 50));
    renameSync(join(folder.path, 'b.png'), path);
    expect((await resolver.resolve(folder.path, 'a.png')).info.width).toBe(50);
    rmSync(path);
    expect((await resolver.resolve(folder.path, 'a.png')).info.problem).toBe('missing');
  });
});

const bad = testData('images/bad');
const special = testData('images/special');

describe.skipIf(bad === null || special === null)('real photos', () => {
  const probeAll = async (folder: string) => {
    const facts: Record<string, MediaInfo> = {};
    for (const name of readdirSync(folder)) facts[name] = (await probeMedia(join(folder, name))).info;
    return facts;
  };

  it('finds out what every bad one is', async () => {
    const found = await probeAll(bad!);
    expect(Object.fromEntries(Object.entries(found).map(([name, { problem }]) => [name, problem]))).toEqual({
      'berlin_02_truncated40.jpg': 'damaged',
      'bomb_30000x30000_1bit.png': 'too-large',
      'broken.png': 'damaged',
      'broken_data_stream.png': 'damaged',
      'decompression_bomb.gif': 'too-large',
      'hopper_bad_exif.jpg': null,
      'hopper_idat_after_image_end.png': null,
      'hostile_script.svg': 'unsupported-format',
      'img_2_truncated60.png': 'damaged',
      'invalid-exif.jpg': null,
      'junk_jpeg_header.jpg': null,
      'no_palette.gif': null,
      'png_decompression_dos.png': null,
      'png_named_jpg.jpg': null,
      'truncated_image.png': 'damaged',
      'truncated_jpeg.jpg': 'damaged',
      'zero_bytes.jpg': 'empty',
    });
    expect(found['png_named_jpg.jpg']).toMatchObject({ format: 'png', width: 1280, height: 720 });
    expect(found['junk_jpeg_header.jpg']).toMatchObject({ format: 'jpeg', width: 1024, height: 768 });
  });

  it('knows every special one', async () => {
    const found = await probeAll(special!);
    expect(Object.values(found).map(({ problem }) => problem)).toEqual(Object.keys(found).map(() => null));
    const short = ({ format, width, height, orientation }: MediaInfo) => `${format} ${width}x${height} ${orientation}`;
    expect(Object.fromEntries(Object.entries(found).map(([name, info]) => [name, short(info)]))).toMatchObject({
      'photo_exif3.jpg': 'jpeg 1200x900 3',
      'photo_exif6.jpg': 'jpeg 1200x900 6',
      'orientation_rectangle.jpg': 'jpeg 1x2 8',
      'hopper_orientation_6.webp': 'webp 128x128 1',
      'avif_hopper.avif': 'avif 128x128 1',
      'berlin_02_16bit.png': 'png 800x600 1',
      'berlin_02_cmyk.jpg': 'jpeg 1200x900 1',
      'berlin_02_progressive.jpg': 'jpeg 1600x1200 1',
      'frozenpond.mpo': 'jpeg 640x480 1',
      'icc_profile_big.jpg': 'jpeg 425x250 1',
      'iss634.gif': 'gif 245x245 1',
      'iss634.webp': 'webp 245x245 1',
    });
  });

  it('takes the 72 megapixel photo', async () => {
    const { info } = await probeMedia(testData('images/large/berlin_01_upscaled_71.9MP.jpg')!);
    expect(info).toMatchObject({ width: 9792, height: 7344, problem: null });
  });
});
