import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import type { FilePiece, WriteSummary } from '#shared/codecs/codec.ts';
import { isMediaName } from '#shared/rules/photo-names.rules.ts';
import type { ExportTarget } from './export-target.ts';

/** A set of files that is written but does not bear its name yet. */
export interface SetDraft {
  summary: WriteSummary;
  /** How many files there are. */
  files: number;
  /** SHA-256 of the file, in hex; of a folder, that of its manifest: a line `<hash>  <path>` for each file, in order of path. */
  hash: string;
  /** Gives file or folder its name. A folder that holds something gets the files one by one; when one fails, the others are taken back. */
  publish(): void;
  /** Takes away what was written and not published. */
  discard(): Promise<void>;
}

/** A piece of a file of text, or of one that is none. */
type SetPiece = Pick<FilePiece, 'path'> & { text: string | Uint8Array };

/** Text is handed to the disk in pieces of about this many characters. */
const pieceLength = 64 * 1024;

/**
 * Writes a set beside its target under a name of its own, so that whoever reads the target sees what was there or the whole new set.
 *
 * @throws AppError `files/exists` unless `overwrite`, `files/unwritable`
 */
export async function draftSet(
  target: ExportTarget,
  text: AsyncGenerator<SetPiece, WriteSummary>,
  how: { layout: 'file' | 'folder'; overwrite: boolean; signal: AbortSignal },
): Promise<SetDraft> {
  const draft = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.part`);
  const discard = () => rm(draft, { recursive: true, force: true });
  try {
    if (how.layout === 'folder') await mkdir(draft);
    const { summary, hashes } = await pour(
      text,
      how.layout === 'folder' ? (path) => join(draft, path) : () => draft,
      how.signal,
    );
    const paths = [...hashes.keys()].sort();
    const manifest = paths.map((path) => `${hashes.get(path)!}  ${path}\n`).join('');
    const hash = how.layout === 'file' ? hashes.get('')! : createHash('sha256').update(manifest).digest('hex');
    const publish = () => {
      try {
        if (how.layout === 'file') publishFile(draft, target, how.overwrite);
        else publishFolder(draft, target, { paths, overwrite: how.overwrite });
      } catch (error) {
        throw refusalOf(error, target);
      }
    };
    return { summary, files: paths.length, hash, publish, discard };
  } catch (error) {
    await discard();
    throw refusalOf(error, target);
  }
}

/** Writes pieces to their files, which come one after another; answers the files' hashes by path. */
async function pour(
  text: AsyncGenerator<SetPiece, WriteSummary>,
  pathOf: (path: string) => string,
  signal: AbortSignal,
): Promise<{ summary: WriteSummary; hashes: Map<string, string> }> {
  const hashes = new Map<string, string>();
  let current: Awaited<ReturnType<typeof beginFile>> | null = null;
  try {
    for (;;) {
      const next = await text.next();
      if (next.done) {
        if (current !== null) hashes.set(current.path, await current.end());
        current = null;
        return { summary: next.value, hashes };
      }
      const { path, text: piece } = next.value;
      if (current?.path !== path) {
        if (current !== null) hashes.set(current.path, await current.end());
        current = null;
        signal.throwIfAborted();
        current = await beginFile(path, pathOf(checked(path)));
      }
      await current.write(piece);
      signal.throwIfAborted();
    }
  } finally {
    await current?.give();
    await text.return({ items: 0, objects: 0, loss: [] });
  }
}

/** A path below the folder that leads nowhere else. @throws AppError */
function checked(path: string): string {
  const parts = path.split('/');
  const isSafe =
    path === '' || parts.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'));
  if (!isSafe || path.includes('\\')) throw new AppError('files/unwritable', { path, problem: 'path' });
  return path;
}

async function beginFile(path: string, full: string) {
  await mkdir(dirname(full), { recursive: true });
  const file = await open(full, 'wx');
  const hash = createHash('sha256');
  let gathered = '';
  const put = async (bytes: Uint8Array) => {
    hash.update(bytes);
    await file.writeFile(bytes);
  };
  const flush = async () => {
    const bytes = Buffer.from(gathered, 'utf8');
    gathered = '';
    await put(bytes);
  };
  return {
    path,
    async write(text: string | Uint8Array): Promise<void> {
      if (typeof text === 'string') gathered += text;
      if (typeof text !== 'string' || gathered.length >= pieceLength) await flush();
      if (typeof text !== 'string') await put(text);
    },
    /** Onto the disk with all of it. */
    async end(): Promise<string> {
      try {
        await flush();
        await file.sync();
      } finally {
        await file.close();
      }
      return hash.digest('hex');
    },
    give: () => file.close(),
  };
}

function publishFile(draft: string, target: string, overwrite: boolean): void {
  if (!overwrite && existsSync(target)) throw new AppError('files/exists', { path: target });
  renameSync(draft, target);
}

function publishFolder(draft: string, target: string, how: { paths: readonly string[]; overwrite: boolean }): void {
  const there = statSync(target, { throwIfNoEntry: false });
  const isEmpty = there?.isDirectory() === true && readdirSync(target).length === 0;
  if (there === undefined || isEmpty) {
    if (isEmpty) rmdirSync(target);
    renameSync(draft, target);
    return;
  }
  if (!how.overwrite) throw new AppError('files/exists', { path: target });
  moveInto(draft, target, how.paths);
  rmSync(draft, { recursive: true, force: true });
}

/** Moves files into a folder, those of the same name aside; all or, when one fails, none. */
function moveInto(draft: string, target: string, paths: readonly string[]): void {
  const aside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.old`);
  const done: { path: string; hadOne: boolean }[] = [];
  for (const path of paths) {
    // A photo or a recording is the worker's own, whatever an export would call its file.
    if (isMediaName(basename(path))) throw new AppError('files/unwritable', { path, problem: 'photo' });
  }
  try {
    for (const path of paths) {
      const [from, to, old] = [join(draft, path), join(target, path), join(aside, path)];
      mkdirSync(dirname(to), { recursive: true });
      const hadOne = existsSync(to);
      if (hadOne) {
        if (!statSync(to).isFile()) throw new AppError('files/unwritable', { path: to, problem: 'not-a-file' });
        mkdirSync(dirname(old), { recursive: true });
        renameSync(to, old);
      }
      done.push({ path, hadOne });
      renameSync(from, to);
    }
  } catch (error) {
    for (const { path, hadOne } of done.reverse()) {
      rmSync(join(target, path), { force: true });
      if (hadOne) renameSync(join(aside, path), join(target, path));
    }
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

/** A system's error as a refusal; anything else as it is. */
function refusalOf(error: unknown, target: string): unknown {
  const code = (error as { code?: unknown }).code;
  if (error instanceof AppError || typeof code !== 'string' || code.startsWith('SQLITE')) return error;
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return new AppError('files/exists', { path: target });
  return new AppError('files/unwritable', { path: target, problem: code });
}
