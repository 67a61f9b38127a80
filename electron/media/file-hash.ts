import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Sha256Hex } from '#shared/domain/blob.ts';

/** Files whose hash is remembered: as many as a person goes through in a day. */
const remembered = 4000;

/** SHA-256 of a file, read piece by piece. */
export async function hashFile(path: string): Promise<Sha256Hex> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/**
 * Hashes of files for looking things up, remembered as long as a file's size and time of change stay. What is sealed is hashed anew: a
 * file can be changed and its time set back.
 */
export function createFileHashes(): (path: string) => Promise<Sha256Hex> {
  const known = new Map<string, { stamp: string; hash: Promise<Sha256Hex> }>();
  return async (path) => {
    const { size, mtimeMs } = await stat(path);
    const stamp = `${size} ${mtimeMs}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.hash;
    const hash = hashFile(path);
    known.delete(path);
    known.set(path, { stamp, hash });
    if (known.size > remembered) known.delete(known.keys().next().value!);
    // One that could not be read is tried again the next time.
    hash.catch(() => known.delete(path));
    return hash;
  };
}
