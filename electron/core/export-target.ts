import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { isMediaName } from '#shared/rules/photo-names.rules.ts';

/** A path that an export may write to: only `exportTarget` makes one, so that no exporter forgets to ask. */
export type ExportTarget = string & { readonly exportTarget: true };

/**
 * Where an export may write, with the links of its folder resolved: never into the data folder, where it could take the place of
 * the ledger, and never over a photo, which is the worker's own. A folder has to be empty unless `overwrite`; null for the data folder where
 * none is touched.
 *
 * @throws AppError `files/not-a-folder`, `files/unwritable`, `files/exists` unless `overwrite`
 */
export async function exportTarget(
  dataDir: string | null,
  path: string,
  overwrite: boolean,
  layout: 'file' | 'folder' = 'file',
): Promise<ExportTarget> {
  if (!isAbsolute(path)) throw new AppError('files/not-a-folder', { path: dirname(path) });
  const asked = resolve(path);
  const folder = await realFolder(dirname(asked));
  const target = join(folder, basename(asked)) as ExportTarget;
  const refuse = (problem: string) => new AppError('files/unwritable', { path: target, problem });
  const home = dataDir === null ? null : await realpath(dataDir);
  // Nor, for a folder, around it: the files would be laid into whatever has their names.
  const touches = home !== null && (isWithin(home, target) || (layout === 'folder' && isWithin(target, home)));
  if (touches) throw refuse('data-folder');
  const there = await stat(target).catch(() => null);
  if (there === null) return target;
  if (layout === 'folder') {
    if (!there.isDirectory()) throw refuse('not-a-folder');
    if (!overwrite && (await readdir(target)).length > 0) throw new AppError('files/exists', { path: target });
    return target;
  }
  if (!there.isFile()) throw refuse('not-a-file');
  if (!overwrite) throw new AppError('files/exists', { path: target });
  if (isMediaName(basename(target))) throw refuse('photo');
  return target;
}

const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

async function realFolder(path: string): Promise<string> {
  const folder = await realpath(path).catch(() => null);
  if (folder === null || !(await stat(folder)).isDirectory()) throw new AppError('files/not-a-folder', { path });
  return folder;
}
