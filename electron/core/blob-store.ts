import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sha256Hex } from '#shared/domain/blob.ts';

/** Files kept by the SHA-256 of their bytes in `attachments/ab/abcd...`: written once, never changed. */
export interface BlobStore {
  /** Keeps bytes and answers their hash. They are on the disk when it answers; the same bytes are kept once. */
  put(bytes: Uint8Array): Promise<Sha256Hex>;
  /** Where a blob lies, whether it is there or not. */
  pathOf(hash: Sha256Hex): string;
  /** The bytes; null when there is no such blob. Small ones only: it reads at once. */
  read(hash: Sha256Hex): Uint8Array | null;
  remove(hash: Sha256Hex): Promise<void>;
  /** Blobs that were last put before a time (milliseconds since the epoch). */
  putBefore(time: number): AsyncIterable<Sha256Hex>;
  /** Takes out what was being written when the program was killed. Only before anything else writes. */
  clearUnfinished(): Promise<void>;
}

const unfinished = 'unfinished';

/** A rename is on the disk only when its folder is. Windows opens no folders and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param folder `attachments/` of a data folder; made if missing */
export function createBlobStore(folder: string): BlobStore {
  mkdirSync(join(folder, unfinished), { recursive: true, mode: 0o700 });
  const pathOf = (hash: Sha256Hex): string => join(folder, hash.slice(0, 2), hash);

  async function put(bytes: Uint8Array): Promise<Sha256Hex> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const path = pathOf(hash);
    const there = await stat(path).catch(() => null);
    if (there?.size === bytes.length) {
      // As good as new: what sweeps unused blobs goes by this time.
      const now = new Date();
      await utimes(path, now, now);
      return hash;
    }
    const draft = join(folder, unfinished, randomUUID());
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const isNew = (await mkdir(dirname(path), { recursive: true, mode: 0o700 })) !== undefined;
    await rename(draft, path);
    await syncFolder(dirname(path));
    if (isNew) await syncFolder(folder);
    return hash;
  }

  return {
    put,
    pathOf,
    read(hash) {
      try {
        return readFileSync(pathOf(hash));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
    async *putBefore(time) {
      for (const shelf of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
        for (const hash of await readdir(join(folder, shelf))) {
          const { mtimeMs } = await stat(join(folder, shelf, hash));
          if (/^[0-9a-f]{64}$/.test(hash) && mtimeMs < time) yield hash;
        }
      }
    },
    async clearUnfinished() {
      for (const name of await readdir(join(folder, unfinished))) await rm(join(folder, unfinished, name));
    },
  };
}
