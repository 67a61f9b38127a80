import { readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peakPartBytes } from '#shared/contract/sounds.contract.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { createPeakStore } from '#electron/media/peak-store.ts';
import { createPeakCache } from '#renderer/sound/peak-cache.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';

const pattern = (length: number, mark: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + mark) & 255);

describe('peaks that are kept', () => {
  let project: PhotoProject;
  let first: TaskId;
  let second: TaskId;
  beforeEach(async () => {
    project = await photoProject(['a.png', 'b.png']);
    const [a, b] = await project.importAll();
    first = a!.id;
    second = b!.id;
  });
  afterEach(() => project.close());
  const cacheOf = (taskId: TaskId) => createPeakCache({ call: project.core.call as never }, taskId);

  it('come back byte for byte, in as many parts as they need', async () => {
    const cache = cacheOf(first);
    expect(await cache.load()).toBeNull();
    for (const length of [1, 100_000, peakPartBytes, 2 * peakPartBytes + 17]) {
      await cache.keep(pattern(length, length));
      expect(await cache.load()).toEqual(pattern(length, length));
    }
    expect(await cacheOf(second).load()).toBeNull();
  });

  it('are those of the content: found again under another name, and gone once the file is another', async () => {
    const bytes = pattern(5000, 1);
    await cacheOf(first).keep(bytes);
    const path = project.write('a.png', samplePng(64, 48, 9));
    utimesSync(path, 1_000_000, 1_000_000);
    expect(await cacheOf(first).load()).toBeNull();
    expect(await cacheOf(first).find()).toBeNull();
    await cacheOf(first).keep(bytes);
    writeFileSync(join(path, '..', 'b.png'), readFileSync(path));
    // Only reading all of it tells that it is the same; from then on it is known.
    expect(await cacheOf(second).load()).toBeNull();
    expect(await cacheOf(second).find()).toEqual(bytes);
    expect(await cacheOf(second).load()).toEqual(bytes);
  });

  it('may be deleted at any time, and are not of a file that is gone', async () => {
    await cacheOf(first).keep(pattern(10, 1));
    rmSync(join(project.core.dir, 'cache'), { recursive: true });
    expect(await cacheOf(first).load()).toBeNull();
    await cacheOf(first).keep(pattern(10, 2));
    expect(await cacheOf(first).find()).toEqual(pattern(10, 2));
    const path = project.write('a.png', samplePng(64, 48, 3));
    renameSync(path, `${path}.away`);
    expect(await cacheOf(first).find()).toBeNull();
  });
});

describe('the store of peaks', () => {
  const hash = (at: number) => at.toString(16).padStart(64, '0');

  it('keeps nothing of which a part is missing or out of turn', async () => {
    const folder = tempDir();
    const store = createPeakStore(folder.path, 10);
    await store.write(hash(1), 0, 3, Buffer.alloc(10));
    await store.write(hash(1), 2, 3, Buffer.alloc(4));
    expect(await store.read(hash(1), 0)).toBeNull();
    await store.write(hash(2), 0, 2, Buffer.alloc(9));
    await store.write(hash(2), 1, 2, Buffer.alloc(4));
    expect(await store.read(hash(2), 0)).toBeNull();
    await store.write(hash(3), 0, 2, Buffer.alloc(10, 1));
    expect(await store.read(hash(3), 0)).toBeNull();
    await store.write(hash(3), 1, 2, Buffer.alloc(4, 2));
    expect(await store.read(hash(3), 1)).toEqual({ parts: 2, bytes: Buffer.alloc(4, 2) });
    folder.remove();
  });

  it('keeps no more than its limit, what was used last', async () => {
    const folder = tempDir();
    const store = createPeakStore(folder.path, 100, 1000);
    for (let at = 0; at < 10; at += 1) {
      await store.write(hash(at), 0, 1, Buffer.alloc(100));
      utimesSync(join(folder.path, `${hash(at)}.peaks`), 1000 + at, 1000 + at);
    }
    expect(await store.read(hash(0), 0)).not.toBeNull();
    await store.write(hash(10), 0, 1, Buffer.alloc(100));
    expect(readdirSync(folder.path)).toHaveLength(9);
    expect(await store.read(hash(0), 0)).not.toBeNull();
    expect(await store.read(hash(1), 0)).toBeNull();
    folder.remove();
  });
});
