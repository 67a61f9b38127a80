import {
  CodecError,
  type ExchangeItem,
  type ExchangeSound,
  type FilePiece,
  type LossCounter,
  type ParseContext,
  type SourceFile,
} from '../codec.ts';
import { claimPath, type PathClaims } from '../image/file-paths.codec.ts';
import { reasonOf, placeOf, RowError } from '../image/json-objects.codec.ts';
import { photoPath, type Reading, withoutEnding } from '../image/row-reading.codec.ts';
import { piecesOf } from '../json-rows.codec.ts';
import { segmentsOf, unknownSound } from './spans.codec.ts';

/** Endings to look for where a file says a recording's name without one, the most usual first. */
const soundEndings = [
  ...['wav', 'mp3', 'flac', 'ogg', 'opus', 'm4a', 'aac', 'webm', 'mp4', 'oga', 'mka', 'mov'],
  ...['WAV', 'MP3', 'FLAC', 'M4A', 'MP4'],
];

/** A recording that a file is about. */
export interface Recording {
  name: string;
  sound: ExchangeSound;
}

/**
 * Finds recordings by names with or without an ending; what was right once is tried first. One that is not at hand is counted and keeps
 * the first of the names it was asked by.
 */
export function createSoundFinder(reading: Reading, count = true) {
  const context: ParseContext = reading.context;
  const known = new Map<string, Recording>();
  let endings = soundEndings;
  const find = async (stem: string): Promise<Recording | null> => {
    const whole = await context.soundOf(stem);
    if (whole !== null) return { name: stem, sound: whole };
    for (const ending of endings) {
      const name = `${stem}.${ending}`;
      const sound = await context.soundOf(name);
      if (sound === null) continue;
      if (endings[0] !== ending) endings = [ending, ...soundEndings.filter((other) => other !== ending)];
      return { name, sound };
    }
    return null;
  };
  return async (...names: [string, ...string[]]): Promise<Recording> => {
    const paths = names.map(photoPath);
    const key = paths.join('\n');
    const before = known.get(key);
    if (before !== undefined) return before;
    let found: Recording | null = null;
    for (const path of paths) found ??= await find(path);
    if (found === null && count) reading.loss.add('sound-unknown');
    const recording = found ?? { name: paths[0]!, sound: unknownSound };
    known.set(key, recording);
    return recording;
  };
}

/** The name of the recording that a file beside it is about: its own without its ending. */
export const stemOf = (file: SourceFile): string => withoutEnding(file.path);

/**
 * Reads each file of a set that has one of these endings. A file that can't be read fails among others with its place, and alone with it.
 * @throws CodecError
 */
export async function readEach(
  reading: Reading,
  files: readonly SourceFile[],
  endings: RegExp,
  read: (file: SourceFile, at: (line: number) => string) => Promise<void>,
): Promise<void> {
  // One that was chosen by itself may be called anything.
  const own = files.length === 1 ? files : files.filter(({ path }) => endings.test(path));
  if (own.length === 0) throw new CodecError('not-this-format');
  for (const [i, file] of own.entries()) {
    try {
      await read(file, (line) => (own.length > 1 ? `${file.path}:${line}` : `line ${line}`));
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      if (own.length === 1) throw error;
      reading.fail(placeOf(file, error), reasonOf(error));
    }
    await reading.context.breathe(i + 1, own.length);
  }
}

/** A line with its number, from 1, without what ends it. */
export interface Line {
  text: string;
  line: number;
}

/** Characters of a line at most. */
const longestLine = 16 * 1024 * 1024;

/** The lines of a file, some at a time, so that a long file is never held whole. @throws CodecError */
export async function* linesOf(file: SourceFile): AsyncGenerator<Line[]> {
  let [rest, line] = ['', 0];
  // What a piece begins with may belong to a line that many pieces share.
  let parts: string[] = [];
  let held = 0;
  for await (const piece of piecesOf(file)) {
    if (!/[\r\n]/.test(piece)) {
      parts.push(piece);
      held += piece.length;
      if (held > longestLine) throw new CodecError('too-large', `line ${line + 1}`);
      continue;
    }
    const text = parts.join('') + piece;
    [parts, held] = [[], 0];
    // A carriage return at the end of a piece may be half of a line's end.
    const cut = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, cut).split(/\r\n|\r|\n/);
    rest = lines.pop()! + text.slice(cut);
    yield lines.map((one) => ({ text: one, line: (line += 1) }));
    parts = rest === '' ? [] : [rest];
    held = rest.length;
  }
  rest = parts.join('');
  if (rest !== '') {
    for (const one of rest.split(/\r\n|\r|\n/)) if (one !== '') yield [{ text: one, line: (line += 1) }];
  }
}

/**
 * Reads each line of a file. One that can't be taken fails by itself, with its place.
 * @throws CodecError
 */
export async function readLines(
  reading: Reading,
  file: SourceFile,
  at: (line: number) => string,
  take: (text: string, where: string) => Promise<void>,
): Promise<void> {
  for await (const lines of linesOf(file)) {
    for (const { text, line } of lines) {
      try {
        await take(text, at(line));
      } catch (error) {
        if (!(error instanceof RowError)) throw error;
        reading.fail(at(line), error.why);
      }
    }
  }
}

/** The segments of a recording and the path of the file for them beside it; null when another has that path, which is counted. */
export function fileBeside(claims: PathClaims, item: ExchangeItem, ending: string, loss: LossCounter) {
  const segments = segmentsOf(item, loss);
  const path =
    claimPath(claims, `${withoutEnding(item.name)}.${ending}`) ?? claimPath(claims, `${item.name}.${ending}`);
  if (path !== null) return { path, segments };
  loss.add('name-clash');
  if (segments.length > 0) loss.add('left-out-span', segments.length);
  return null;
}

/** A file in pieces that are not too small to be handed on. */
export function* pieced(path: string, lines: Iterable<string>): Generator<FilePiece> {
  let text = '';
  let any = false;
  for (const line of lines) {
    text += line;
    if (text.length < 64 * 1024) continue;
    yield { path, text };
    [text, any] = ['', true];
  }
  if (text !== '' || !any) yield { path, text };
}
