import { createHash } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sha256Hex, sha256Hex } from '#shared/domain/blob.ts';

/** Peaks of recordings in the cache folder, by the content that they were made of. Anybody may delete them at any time. */
export interface PeakStore {
  /** The hash of a file as it stood when it was last told; null when it never was. */
  hashOf(path: string, stamp: string): Promise<Sha256Hex | null>;
  rememberHash(path: string, stamp: string, hash: Sha256Hex): Promise<void>;
  /** A part and how many there are; null when there is nothing. */
  read(hash: Sha256Hex, part: number): Promise<{ parts: number; bytes: Buffer } | null>;
  /** Writes one part after the other; they are there when the last came. A part out of turn is left out, and so is all the rest. */
  write(hash: Sha256Hex, part: number, parts: number, bytes: Buffer): Promise<void>;
}

/** Most bytes kept: some two hundred recordings of four hours. What was used longest ago goes first, a tenth at a time. */
const usualLimit = 2_000_000_000;

/** A store in a folder, which is made when something is first written. `partBytes` is the length of all parts but the last. */
export function createPeakStore(folder: string, partBytes: number, limit = usualLimit): PeakStore {
  const pathOf = (hash: Sha256Hex) => join(folder, `${hash}.peaks`);
  const stampPathOf = (path: string, stamp: string) =>
    join(folder, 'files', createHash('sha256').update(`${path}\0${stamp}`).digest('hex'));

  const prune = async (): Promise<void> => {
    const dated: { path: string; at: number; bytes: number }[] = [];
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) dated.push({ path, at: found.mtimeMs, bytes: found.size });
    }
    let bytes = dated.reduce((sum, each) => sum + each.bytes, 0);
    if (bytes <= limit) return;
    for (const each of dated.toSorted((a, b) => a.at - b.at)) {
      if (bytes <= limit * 0.9) return;
      await rm(each.path, { force: true });
      bytes -= each.bytes;
    }
  };

  return {
    async hashOf(path, stamp) {
      const found = await readFile(stampPathOf(path, stamp), 'utf8').catch(() => '');
      return sha256Hex.safeParse(found).data ?? null;
    },
    async rememberHash(path, stamp, hash) {
      await mkdir(join(folder, 'files'), { recursive: true, mode: 0o700 });
      await writeFile(stampPathOf(path, stamp), hash, { mode: 0o600 });
    },
    async read(hash, part) {
      const path = pathOf(hash);
      const file = await open(path).catch(() => null);
      if (!file) return null;
      try {
        const { size } = await file.stat();
        const bytes = Buffer.alloc(Math.max(Math.min(partBytes, size - part * partBytes), 0));
        await file.read(bytes, 0, bytes.length, part * partBytes);
        const now = new Date();
        if (part === 0) await utimes(path, now, now).catch(() => undefined);
        return { parts: Math.ceil(size / partBytes), bytes };
      } finally {
        await file.close();
      }
    },
    async write(hash, part, parts, bytes) {
      const path = `${pathOf(hash)}.new`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (part === 0) await rm(path, { force: true });
      const there = await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      const isWhole = part === parts - 1 ? bytes.length <= partBytes : bytes.length === partBytes;
      if (there !== part * partBytes || !isWhole) return rm(path, { force: true });
      await appendFile(path, bytes, { mode: 0o600 });
      if (part < parts - 1) return;
      await rename(path, pathOf(hash));
      await prune();
    },
  };
}
