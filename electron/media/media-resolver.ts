import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { MediaProblem } from '#shared/domain/work.ts';
import { probeMedia, refused, type ProbedMedia } from './media-probe.ts';

/** A photo as it may be read: its real path when it is inside its folder, and what is known of it. */
export interface ResolvedMedia extends ProbedMedia {
  /** Absolute, links resolved; null when the file is missing or outside its folder. */
  path: string | null;
}

/** Where a photo is, before anything looks into it. */
export type LocatedMedia =
  | { path: string; /** Changes with the file. */ stamp: string }
  | { path: null; problem: MediaProblem; stamp?: undefined };

export interface MediaResolver {
  /** Finds a photo like `resolve`, without opening it. */
  locate(root: string, name: string): Promise<LocatedMedia>;
  /**
   * Resolves a photo by its folder and its path below it. What leads outside the folder, by `..` or by a link, is
   * `not-allowed`. Probing is remembered as long as the file's size and time of change stay.
   */
  resolve(root: string, name: string): Promise<ResolvedMedia>;
}

/** Photos whose facts are remembered: as many as a person goes through in a day. */
const rememberedProbes = 4000;

/** Whether an absolute path is below a folder (or is it). */
export function isInside(root: string, path: string): boolean {
  const below = relative(root, path);
  return below === '' || (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below));
}

async function locate(root: string, name: string): Promise<LocatedMedia> {
  const asked = join(root, ...name.split('/'));
  if (name.includes('\0') || !isInside(root, asked)) return { path: null, problem: 'not-allowed' };
  try {
    const path = await realpath(asked);
    // The folder itself may have been exchanged for a link since it was chosen; then nothing in it is its own.
    if (!isInside(root, path)) return { path: null, problem: 'not-allowed' };
    const found = await stat(path);
    // A pipe or a device would keep whoever reads it waiting.
    if (!found.isFile()) return { path: null, problem: 'not-an-image' };
    return { path, stamp: `${found.size} ${found.mtimeMs}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { path: null, problem: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
  }
}

export function createMediaResolver(): MediaResolver {
  const remembered = new Map<string, { stamp: string; probed: ProbedMedia }>();

  return {
    locate,
    async resolve(root, name) {
      const file = await locate(root, name);
      if (file.stamp === undefined) return { ...refused(file.problem), path: null };
      const { path, stamp } = file;
      const known = remembered.get(path);
      if (known?.stamp === stamp) return { ...known.probed, path };
      const probed = await probeMedia(path);
      remembered.delete(path);
      remembered.set(path, { stamp, probed });
      if (remembered.size > rememberedProbes) remembered.delete(remembered.keys().next().value!);
      return { ...probed, path };
    },
  };
}
