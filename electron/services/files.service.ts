import { access, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { compareNames, endingOf, skipReasonOf } from '#shared/rules/photo-names.rules.ts';
import type { Handlers } from '#electron/core/ports.ts';
import { surveyFolder } from '#electron/media/folder-survey.ts';

/** Names listed at most; a folder with more is told to be cut. */
const listedLimit = 5000;

/** What lies in a folder of this machine: for the folder browser, and before one is taken in. Reads names, never contents. */
export function createFilesService(): Handlers<'files.browse' | 'files.survey'> {
  return {
    'files.browse': ({ path, endings }) => (path === null ? startingPlaces() : browse(path, new Set(endings))),
    'files.survey': ({ path }, { signal }) => survey(path, signal),
  };
}

async function survey(path: string, signal: AbortSignal) {
  if (!isAbsolute(path)) throw new AppError('files/not-found', { path });
  return surveyFolder(resolve(path), signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return refuse(error, path);
  });
}

async function browse(path: string, endings: ReadonlySet<string>) {
  if (!isAbsolute(path)) throw new AppError('files/not-found', { path });
  const folder = resolve(path);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => refuse(error, path));
  const folders: string[] = [];
  const files: string[] = [];
  let [photos, recordings] = [0, 0];
  for (const entry of entries) {
    // Whoever looks for a hidden folder can type its path.
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) folders.push(entry.name);
    else if (entry.isSymbolicLink()) await sortLink(join(folder, entry.name), entry.name, folders);
    else if (entry.isFile()) {
      if (skipReasonOf(entry.name, 'image') === null) photos += 1;
      else if (skipReasonOf(entry.name, 'audio') === null) recordings += 1;
      if (endings.has(endingOf(entry.name))) files.push(entry.name);
    }
  }
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: cut(folders).map((name) => ({ name, path: join(folder, name) })),
    files: await withSizes(folder, cut(files)),
    photos,
    recordings,
    cut: folders.length > listedLimit || files.length > listedLimit,
  };
}

/** A link to a folder can be walked into by hand, so it is listed as one; a link to a file is not offered. */
async function sortLink(path: string, name: string, folders: string[]): Promise<void> {
  const target = await stat(path).catch(() => null);
  if (target?.isDirectory()) folders.push(name);
}

function cut(names: string[]): string[] {
  return names.sort(compareNames).slice(0, listedLimit);
}

async function withSizes(folder: string, names: readonly string[]) {
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      return { name, path, bytes: found?.size ?? 0 };
    }),
  );
}

function refuse(error: unknown, path: string): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') throw new AppError('files/not-found', { path });
  if (code === 'ENOTDIR') throw new AppError('files/not-a-folder', { path });
  throw new AppError('files/unreadable', { path, problem: code ?? 'unreadable' });
}

/** Where looking begins: home and the usual folders in it, then drives and what is mounted. */
async function startingPlaces() {
  const home = homedir();
  const inHome = ['Pictures', 'Desktop', 'Documents', 'Downloads'].map((name) => join(home, name));
  const candidates = [home, ...inHome, ...(await drives())];
  const found = await Promise.all(
    candidates.map((path) =>
      access(path).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return {
    path: '',
    parent: null,
    folders: found.flat().map((path) => ({ name: basename(path) || path, path })),
    files: [],
    photos: 0,
    recordings: 0,
    cut: false,
  };
}

async function drives(): Promise<string[]> {
  if (process.platform === 'win32') return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZAB', (letter) => `${letter}:\\`);
  const mounts = process.platform === 'darwin' ? ['/Volumes'] : ['/media', `/media/${basename(homedir())}`, '/mnt'];
  const below = await Promise.all(
    mounts.map(async (mount) => {
      const names = await readdir(mount, { withFileTypes: true }).catch(() => []);
      return names.filter((entry) => entry.isDirectory()).map((entry) => join(mount, entry.name));
    }),
  );
  return [...below.flat(), '/'];
}
