import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probedFor, probeMedia } from '#electron/media/media-probe.ts';
import {
  id3,
  opusHead,
  sampleAac,
  sampleFlac,
  sampleMp3,
  sampleMp4,
  sampleOgg,
  sampleWav,
  sampleWebm,
} from '#test/support/sample-sounds.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { cpuNow } from '#test/support/cpu-time.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

const probe = (bytes: Buffer) => {
  const path = join(folder.path, 'recording');
  writeFileSync(path, bytes);
  return probeMedia(path);
};
const soundOf = async (bytes: Buffer) => (await probe(bytes)).info.sound;

describe('what a recording says of itself', () => {
  it('is told from its bytes, whatever format it has', async () => {
    expect(await probe(sampleWav({ rate: 8000, channels: 2, frames: 500 }))).toEqual({
      mediaType: 'audio/wav',
      info: {
        format: 'wav',
        width: null,
        height: null,
        orientation: 1,
        bytes: 2044,
        sound: { codec: 'pcm-s16', rate: 8000, channels: 2, frames: 500 },
        problem: null,
      },
    });
    expect(await soundOf(sampleWav({ bits: 8, tag: 7, frames: 9 }))).toMatchObject({ codec: 'ulaw', frames: 9 });
    expect(await soundOf(sampleWav({ bits: 32, tag: 3, frames: 9 }))).toMatchObject({ codec: 'pcm-f32', frames: 9 });
    const mp3 = { codec: 'mp3', rate: 44_100, channels: 2 };
    expect(await soundOf(sampleMp3(5))).toEqual({ ...mp3, frames: null });
    expect(await soundOf(Buffer.concat([id3(5000), id3(70_000), sampleMp3(40, 40)]))).toEqual({
      ...mp3,
      frames: 40 * 1152,
    });
    expect(await soundOf(sampleAac(3))).toEqual({ codec: 'aac', rate: 22_050, channels: 1, frames: null });
    expect(await soundOf(sampleFlac(2 ** 33 + 1))).toMatchObject({ frames: 2 ** 33 + 1 });
    expect(await soundOf(sampleFlac(1_000_000))).toEqual({
      codec: 'flac',
      rate: 96_000,
      channels: 6,
      frames: 1_000_000,
    });
    expect(await soundOf(sampleOgg(opusHead(2, 312), 48_312))).toEqual({
      codec: 'opus',
      rate: 48_000,
      channels: 2,
      frames: 48_000,
    });
    expect(await soundOf(sampleMp4())).toEqual({ codec: 'opus', rate: 48_000, channels: 2, frames: 96_000 });
    expect(await soundOf(sampleMp4({ entry: 'mp4a', scale: 1000, length: 3000 }))).toEqual({
      codec: 'aac',
      rate: 44_100,
      channels: 2,
      frames: 132_300,
    });
    expect(await soundOf(sampleWebm({ codec: 'A_VORBIS' }))).toEqual({
      codec: 'vorbis',
      rate: 32_000,
      channels: 3,
      frames: 80_000,
    });
    expect((await probe(sampleWebm())).mediaType).toBe('audio/webm');
  });

  it('is believed no further than the file goes', async () => {
    const cut = sampleWav({ frames: 1000 }).subarray(0, 44 + 2 * 300 + 1);
    expect(await soundOf(cut)).toMatchObject({ frames: 300 });
    for (const claimed of [0, 0xffff_ffff, 2_000_000_000]) {
      expect(await soundOf(sampleWav({ frames: 77, claimed }))).toMatchObject({ frames: 77 });
    }
    expect(await soundOf(sampleMp3(4, 0xffff_ffff))).toMatchObject({ frames: null });
    expect(await soundOf(sampleOgg(opusHead(1, 400), 400))).toMatchObject({ frames: null });
    expect(await soundOf(sampleMp4({ length: 0xffff_ffff }))).toMatchObject({ frames: null });
  });

  it('tells in words why it cannot be opened', async () => {
    const problemOf = async (bytes: Buffer | string) => {
      const { info, mediaType } = await probe(Buffer.from(bytes as string));
      expect(mediaType === null).toBe(info.problem !== null);
      return [info.problem, info.format, info.sound?.codec ?? null];
    };
    expect(await problemOf(sampleMp4({ handler: 'vide' }))).toEqual(['no-sound', 'mp4', null]);
    expect(await problemOf(sampleWebm({ type: 1 }))).toEqual(['no-sound', 'webm', null]);
    expect(await problemOf(sampleMp4({ entry: 'alac' }))).toEqual(['unsupported-format', 'mp4', 'alac']);
    expect(await problemOf(sampleWav({ tag: 17, bits: 8 }))).toEqual(['unsupported-format', 'wav', 'IMA ADPCM']);
    expect(await problemOf(sampleWav({ frames: 0 }))).toEqual(['damaged', 'wav', null]);
    expect(await problemOf(sampleWav({ rate: 3 }))).toEqual(['damaged', 'wav', null]);
    expect(await problemOf(sampleWav({ channels: 12 }))).toEqual(['too-large', 'wav', 'pcm-s16']);
    expect(await problemOf(sampleFlac(96_000 * 86_401))).toEqual(['too-large', 'flac', 'flac']);
    expect(await problemOf('FORM\0\0\0\0AIFF')).toEqual(['unsupported-format', 'aiff', null]);
    expect(await problemOf('#!AMR\n')).toEqual(['unsupported-format', 'amr', null]);
    expect(await problemOf(Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'))).toEqual([
      'unsupported-format',
      'wma',
      null,
    ]);
    expect(await problemOf('RIFF and other words')).toEqual(['not-an-image', null, null]);
    expect(await problemOf(Buffer.from('fffb5000 and no second frame'))).toEqual(['not-an-image', null, null]);
  });

  it('is no photo, and a photo is no recording', async () => {
    const [sound, photo, words] = [
      await probe(sampleWav()),
      await probe(samplePng(30, 20)),
      await probe(Buffer.from('words')),
    ];
    const seen = (modality: 'image' | 'audio') =>
      [sound, photo, words].map((probed) => {
        const { info, mediaType } = probedFor(modality, probed);
        return [info.problem, info.format, mediaType];
      });
    expect(seen('audio')).toEqual([
      [null, 'wav', 'audio/wav'],
      ['not-a-recording', 'png', null],
      ['not-a-recording', null, null],
    ]);
    expect(seen('image')).toEqual([
      ['not-an-image', 'wav', null],
      [null, 'png', 'image/png'],
      ['not-an-image', null, null],
    ]);
  });

  it('never throws, hangs or reads without end, whatever is altered in a file', async () => {
    let seed = 11;
    const below = (n: number) => {
      seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    const files = [
      sampleWav({ frames: 400 }),
      Buffer.concat([id3(300), sampleMp3(6, 6)]),
      sampleAac(8),
      sampleFlac(900),
      sampleOgg(opusHead(1, 12), 900),
      sampleMp4({ entry: 'mp4a' }),
      sampleWebm(),
    ];
    for (const file of files) {
      for (let round = 0; round < 250; round += 1) {
        let bytes = Buffer.from(file);
        for (let change = below(4); change >= 0; change -= 1) {
          const at = below(Math.min(bytes.length, 700));
          if (below(6) === 0) bytes = bytes.subarray(0, at + 1);
          else if (below(2) === 0) bytes[at]! ^= 1 << below(8);
          else if (at + 4 <= bytes.length) bytes.writeUInt32BE([0xffff_ffff, 0x7fff_ffff, 0, 1, 8][below(5)]!, at);
        }
        const before = cpuNow();
        const { info } = await probe(bytes);
        expect(cpuNow() - before).toBeLessThan(500);
        if (info.problem === null) expect(info.sound).not.toBeNull();
        expect(info.problem).not.toBe('unreadable');
      }
    }
  });
});

const audio = testData('audio');

describe.skipIf(audio === null)('real recordings', () => {
  const probeAll = async (name: string) => {
    const found: Record<string, string | null> = {};
    for (const file of readdirSync(join(audio!, name))) {
      const { sound, problem } = (await probeMedia(join(audio!, name, file))).info;
      found[file] = sound === null ? problem : `${sound.codec} ${sound.rate} ${sound.channels} ${sound.frames}`;
    }
    return found;
  };

  it('are known by rate, channels and length', async () => {
    expect(await probeAll('formats')).toEqual({
      'mono_c0.opus': 'opus 48000 1 24260',
      'stereo.mp3': 'mp3 8000 2 9216',
      'stereo_8k.wav': 'pcm-s16 8000 2 8000',
    });
    expect(await probeAll('bad')).toEqual({
      'empty_speech.wav': 'pcm-s16 16000 1 16000',
      'text_named.wav': 'not-an-image',
      'truncated.wav': 'pcm-f32 16000 1 159990',
    });
    expect(await probeAll('praatio')).toMatchObject({ 'bobby_32bit_48khz.wav': 'pcm-s32 48000 1 57342' });
    expect(await probeAll('telephone8k')).toMatchObject({ 'ami_trn01_trn04_stereo_ulaw.wav': 'ulaw 8000 2 240001' });
    // 62 minutes, by the table at its beginning.
    expect((await probeAll('long'))['long_open_mix.mp3']).toBe('mp3 16000 1 59539968');
  });
});
