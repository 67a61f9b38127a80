import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Small pictures in the cache folder, by what they show. Anybody may delete them at any time. */
export interface ThumbStore {
  /** Null when there is none. */
  read(key: string): Promise<Buffer | null>;
  write(key: string, bytes: Buffer): Promise<void>;
}

/** Most pictures kept, some 2 kB each; the oldest go first, a tenth at a time. */
const usualLimit = 30_000;
/** Pictures written between two looks at how many there are. */
const lookAfter = 1000;

/** The name of a photo's thumbnail: another one as soon as the file is another. */
export function thumbKey(path: string, stamp: string): string {
  return createHash('sha256').update(`${path}\0${stamp}`).digest('hex');
}

/** A store in a folder, which is made when something is first written. */
export function createThumbStore(folder: string, limit = usualLimit): ThumbStore {
  let written = 0;
  let pruning: Promise<void> | null = null;
  const pathOf = (key: string) => join(folder, key.slice(0, 2), `${key}.webp`);

  const prune = async (): Promise<void> => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.webp'));
    if (names.length <= limit) return;
    const dated: { path: string; at: number }[] = [];
    for (const name of names) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (found) dated.push({ path, at: found.mtimeMs });
    }
    dated.sort((a, b) => a.at - b.at);
    for (const { path } of dated.slice(0, dated.length - Math.floor(limit * 0.9))) await rm(path, { force: true });
  };

  return {
    read: (key) => readFile(pathOf(key)).catch(() => null),
    async write(key, bytes) {
      const path = pathOf(key);
      await mkdir(join(folder, key.slice(0, 2)), { recursive: true, mode: 0o700 });
      // Whole or not at all, however the program ends.
      await writeFile(`${path}.new`, bytes, { mode: 0o600 });
      await rename(`${path}.new`, path);
      written += 1;
      if (written % Math.min(lookAfter, limit) === 1) {
        pruning ??= prune().finally(() => {
          pruning = null;
        });
        await pruning;
      }
    },
  };
}
