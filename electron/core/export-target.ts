import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { skipReasonOf } from '#shared/rules/photo-names.rules.ts';

/** A path that an export may write to: only `exportTarget` makes one, so that no exporter forgets to ask. */
export type ExportTarget = string & { readonly exportTarget: true };

/**
 * Where an export may write, with the links of its folder resolved: never into the data folder, where it could take the place of
 * the ledger, and never over a photo, which is the worker's own.
 *
 * @throws AppError `files/not-a-folder`, `files/unwritable`, `files/exists` unless `overwrite`
 */
export async function exportTarget(dataDir: string, path: string, overwrite: boolean): Promise<ExportTarget> {
  if (!isAbsolute(path)) throw new AppError('files/not-a-folder', { path: dirname(path) });
  const asked = resolve(path);
  const folder = await realFolder(dirname(asked));
  const target = join(folder, basename(asked)) as ExportTarget;
  const refuse = (problem: string) => new AppError('files/unwritable', { path: target, problem });
  const home = await realpath(dataDir);
  if (target === home || target.startsWith(home.endsWith(sep) ? home : home + sep)) throw refuse('data-folder');
  const there = await stat(target).catch(() => null);
  if (there === null) return target;
  if (!there.isFile()) throw refuse('not-a-file');
  if (!overwrite) throw new AppError('files/exists', { path: target });
  if (skipReasonOf(basename(target)) === null) throw refuse('photo');
  return target;
}

async function realFolder(path: string): Promise<string> {
  const folder = await realpath(path).catch(() => null);
  if (folder === null || !(await stat(folder)).isDirectory()) throw new AppError('files/not-a-folder', { path });
  return folder;
}
