import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import type { ExportTarget } from './export-target.ts';

/** A file that is written but does not bear its name yet. */
export interface ExportDraft {
  /** Gives the file its name: at once and whole, or not at all. */
  publish(): void;
  /** Takes away what was written and not published. */
  discard(): void;
}

/** A file being written in portions, beside the name it will bear. */
export interface ExportWriter {
  write(bytes: Uint8Array): void;
  /** Onto the disk with all of it; nothing more can be written then. */
  finish(): ExportDraft;
  /** Gives up, with nothing left behind. */
  abandon(): void;
}

/**
 * Begins a file beside `path` under a name of its own, for what is too long to be held in memory.
 *
 * @throws AppError `host/bad-input` for a path that is not absolute, `files/not-a-folder`, `files/exists` unless `overwrite`,
 * `files/unwritable`
 */
export function beginExport(path: ExportTarget, overwrite: boolean): ExportWriter {
  if (!isAbsolute(path)) throw new AppError('host/bad-input', { path: 'path', problem: 'not-absolute' });
  const folder = dirname(path);
  if (!isFolder(folder)) throw new AppError('files/not-a-folder', { path: folder });
  if (isFolder(path)) throw new AppError('files/unwritable', { path, problem: 'is-a-folder' });
  if (!overwrite && existsSync(path)) throw new AppError('files/exists', { path });

  const draft = join(folder, `.${basename(path).slice(0, 100)}.${randomUUID()}.part`);
  const discard = () => rmSync(draft, { force: true });
  const file = orRefuse(path, () => openSync(draft, 'wx'));
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const abandon = () => {
    close();
    discard();
  };
  const guarded = (work: () => void) =>
    orRefuse(path, () => {
      try {
        work();
      } catch (error) {
        abandon();
        throw error;
      }
    });
  return {
    write: (bytes) =>
      guarded(() => {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      }),
    finish() {
      guarded(() => fsyncSync(file));
      close();
      return { publish: () => publish(draft, path, overwrite), discard };
    },
    abandon,
  };
}

/**
 * Writes bytes beside `path` under a name of their own and onto the disk, to be published under the right one when whatever
 * else must stand with it (the ledger's entry) stands.
 *
 * @throws AppError as `beginExport`
 */
export function draftExport(path: ExportTarget, bytes: Uint8Array, overwrite: boolean): ExportDraft {
  const writer = beginExport(path, overwrite);
  writer.write(bytes);
  return writer.finish();
}

function orRefuse<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** False too for what can't be looked at (a name too long, a folder closed to us): writing there says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

function publish(draft: string, path: string, overwrite: boolean): void {
  try {
    if (overwrite || !linked(draft, path)) renameSync(draft, path);
    else rmSync(draft);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new AppError('files/exists', { path });
    throw unwritable(path, error);
  }
}

/**
 * A link is refused where a file of that name is, a rename is not: so that nobody's file is replaced that came in between.
 * False on file systems without links, where looking once more is all one can do.
 */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(path)) {
      throw new AppError('files/exists', { path });
    }
    return false;
  }
}

function unwritable(path: string, error: unknown): Error {
  if (error instanceof AppError) return error;
  const problem = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new AppError('files/unwritable', { path, problem });
}
