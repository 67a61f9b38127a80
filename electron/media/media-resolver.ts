import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { probeMedia, refused, type ProbedMedia } from './media-probe.ts';

/** A photo as it may be read: its real path when it is inside its folder, and what is known of it. */
export interface ResolvedMedia extends ProbedMedia {
  /** Absolute, links resolved; null when the file is missing or outside its folder. */
  path: string | null;
}

export interface MediaResolver {
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

export function createMediaResolver(): MediaResolver {
  const remembered = new Map<string, { stamp: string; probed: ProbedMedia }>();

  return {
    async resolve(root, name) {
      const asked = join(root, ...name.split('/'));
      if (name.includes('\0') || !isInside(root, asked)) return { ...refused('not-allowed'), path: null };
      let path: string;
      let stamp: string;
      try {
        path = await realpath(asked);
        // The folder itself may have been exchanged for a link since it was chosen; then nothing in it is its own.
        if (!isInside(root, path)) return { ...refused('not-allowed'), path: null };
        const found = await stat(path);
        // A pipe or a device would keep whoever reads it waiting.
        if (!found.isFile()) return { ...refused('not-an-image'), path: null };
        stamp = `${found.size} ${found.mtimeMs}`;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return { ...refused(code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable'), path: null };
      }
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
