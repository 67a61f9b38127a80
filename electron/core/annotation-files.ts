import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { TextDecoder } from 'node:util';
import { AppError } from '#shared/contract/errors.ts';
import { CodecError, type SourceFile } from '#shared/codecs/codec.ts';
import type { FileHead } from '#shared/codecs/annotation-codecs.ts';
import { endingOf } from '#shared/rules/photo-names.rules.ts';

/** Endings under which formats keep annotations, and what lies beside them: class names, lists of photos. */
const annotationEndings = new Set([
  ...['json', 'xml', 'txt', 'yaml', 'yml', 'names', 'data'],
  ...['textgrid', 'eaf', 'rttm', 'ctm', 'srt', 'vtt', 'tsv', 'csv', 'jsonl'],
]);
/** Bytes of a file that is read in pieces; what is read from it stays in memory, about seven times as large. */
const maxFileBytes = 128 * 1024 * 1024;
/** Bytes of a file that is held whole while it is read: with what is parsed from it, about eight times as much. */
const maxWholeBytes = 64 * 1024 * 1024;
const maxSetBytes = 1024 * 1024 * 1024;
const maxFiles = 200_000;
const pieceBytes = 1024 * 1024;
const headBytes = 64 * 1024;
/** Files whose heads a guess is made from. */
const headsRead = 40;

/** A file with its beginning. */
export interface AnnotationFile extends SourceFile {
  /** At most its first 64 KiB, whatever their encoding; empty where it can't be read. */
  head(): Promise<string>;
}

/**
 * The annotation files of a path: the file itself with what names its classes, or those of a folder and the folders in it, in order of path. Links are not followed.
 *
 * @throws AppError `files/not-found`, `files/unreadable`, `imports/unreadable` with `too-large`, `too-many-files`
 */
export async function annotationFiles(path: string, signal: AbortSignal): Promise<AnnotationFile[]> {
  const found = await stat(path).catch((error: unknown) => refuse(path, error));
  if (found.isFile()) return withinLimits(path, await withClassNames(path, found.size));
  if (!found.isDirectory()) throw new AppError('files/unreadable', { path, problem: 'not-a-file' });
  const files: AnnotationFile[] = [];
  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    signal.throwIfAborted();
    const entries = await readdir(join(path, below), { withFileTypes: true }).catch((error: unknown) =>
      refuse(join(path, below), error),
    );
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile() && annotationEndings.has(endingOf(entry.name))) {
        const { size } = await stat(join(path, name)).catch((error: unknown) => refuse(join(path, name), error));
        files.push(annotationFile(join(path, name), name, size));
        if (files.length > maxFiles) throw tooMuch(path, 'too-many-files');
      }
    }
  }
  return withinLimits(
    path,
    files.sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
}

/** Files that name the classes of text files of numbers. */
const isClassFile = (name: string) => /^(?:classes\.txt|(?:data|dataset)\.ya?ml|.+\.names)$/i.test(name);

/**
 * One file alone. A text file may hold nothing but numbers, whose classes are named beside it or in the folder above: without those
 * every class would be a number.
 */
async function withClassNames(path: string, size: number): Promise<AnnotationFile[]> {
  const name = basename(path);
  if (endingOf(name) !== 'txt' || isClassFile(name)) return [annotationFile(path, name, size)];
  const folder = dirname(resolve(path));
  for (const [above, own] of [
    [folder, name],
    [dirname(folder), `${basename(folder)}/${name}`],
  ] as const) {
    const entries = await readdir(above, { withFileTypes: true }).catch(() => []);
    const naming = entries.filter((entry) => entry.isFile() && isClassFile(entry.name)).map((entry) => entry.name);
    if (naming.length === 0) continue;
    const files = [annotationFile(path, own, size)];
    for (const each of naming.sort()) {
      const place = join(above, each);
      files.push(annotationFile(place, each, (await stat(place).catch((error: unknown) => refuse(place, error))).size));
    }
    return files;
  }
  return [annotationFile(path, name, size)];
}

/** The beginnings of some files, to guess their format from; what can't be read has an empty one. */
export function headsOf(files: readonly AnnotationFile[]): Promise<FileHead[]> {
  // Where many lie in one folder, some from all over tell more than the first ones.
  const step = Math.max(1, Math.floor(files.length / headsRead));
  const some = files.filter((_, i) => i % step === 0).slice(0, headsRead);
  return Promise.all(some.map(async (file) => ({ path: file.path, head: await file.head() })));
}

function withinLimits(path: string, files: AnnotationFile[]): AnnotationFile[] {
  if (files.some(({ size }) => size > maxFileBytes)) throw tooMuch(path, 'too-large');
  if (files.reduce((sum, { size }) => sum + size, 0) > maxSetBytes) throw tooMuch(path, 'too-large');
  return files;
}

const tooMuch = (path: string, problem: string) => new AppError('imports/unreadable', { path, place: '', problem });

function refuse(path: string, error: unknown): never {
  if (error instanceof AppError || error instanceof CodecError) throw error;
  const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('files/not-found', { path });
  throw new AppError('files/unreadable', { path, problem: code });
}

function annotationFile(path: string, name: string, size: number): AnnotationFile {
  return {
    path: name,
    size,
    async head() {
      const handle = await open(path).catch(() => null);
      if (handle === null) return '';
      try {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
        const read = buffer.subarray(0, bytesRead);
        return new TextDecoder(encodingOf(read)).decode(read);
      } finally {
        await handle.close();
      }
    },
    async text() {
      if (size > maxWholeBytes) throw new CodecError('too-large');
      const bytes = await readFile(path).catch((error: unknown) => refuse(path, error));
      return wholeText(bytes);
    },
    async *pieces() {
      let decoder: TextDecoder | null = null;
      const handle = await open(path).catch((error: unknown) => refuse(path, error));
      try {
        for (;;) {
          // One that grew meanwhile must not go on for ever.
          const { bytesRead, buffer } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, null);
          if (bytesRead === 0) break;
          decoder ??= new TextDecoder(encodingOf(buffer.subarray(0, bytesRead)), { fatal: true });
          yield decoded(decoder, buffer.subarray(0, bytesRead), true);
        }
        if (decoder !== null) yield decoded(decoder, new Uint8Array(), false);
      } finally {
        await handle.close();
      }
    },
  };
}

/** By the mark at the beginning of a file; UTF-8 where there is none. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** @throws CodecError with the line where the text breaks */
function wholeText(bytes: Uint8Array): string {
  try {
    return decoded(new TextDecoder(encodingOf(bytes), { fatal: true }), bytes, false);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    // Half of a character at the end is not decoded at all; one within is replaced.
    const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
    const broken = text.indexOf('\uFFFD');
    const line = text.slice(0, broken < 0 ? text.length : broken).split('\n').length;
    throw new CodecError(error.problem, `line ${line}`);
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw new CodecError(decoder.encoding === 'utf-8' ? 'not-utf-8' : 'not-utf-16');
  }
}
