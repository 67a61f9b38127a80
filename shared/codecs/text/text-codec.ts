import type { Shape } from '../../domain/annotation.ts';
import type { TextAnswer, TextItem } from '../../domain/text.ts';
import type { FilePiece, SourceFile } from '../codec.ts';

/** A row as read: what is asked, and what was answered where the file says so. */
export interface TextRow {
  /** As `line 3`. */
  where: string;
  item: TextItem;
  answer?: TextAnswer;
  /** Passages that are marked. */
  shapes?: readonly Shape[];
}

/** A row that can't be taken; the rows beside it are taken all the same. */
export interface FailedTextRow {
  where: string;
  why: TextFailReason;
}

/** Why a row of texts is not taken. */
export const textFailReasons = [
  'not-json',
  'not-an-object',
  'columns-wrong',
  'prompt-missing',
  'not-a-text',
  'not-unicode',
  'too-long',
  'candidates-missing',
  'too-many-candidates',
  'turns-wrong',
  'name-repeated',
  'offsets-wrong',
  'kind-unknown',
] as const;
export type TextFailReason = (typeof textFailReasons)[number];

export type TextRead = { row: TextRow } | { failed: FailedTextRow };

/** What a reader may ask of the program around it. */
export interface TextReadContext {
  /** Makes the ids of shapes (UUIDv7). */
  newId(): string;
  /** What the owner said of the file where it leaves something open, by the names of `asks`. */
  answers?: Readonly<Record<string, string>>;
}

/** A row that is to be written. */
export interface TextSealed {
  item: TextItem;
  answer: TextAnswer;
  shapes: readonly Shape[];
}

/**
 * What writing texts leaves behind, and how often: answers a format has no place for (`tie` and `both-bad` go to the side file), rows
 * that can't be put into it at all, columns of the row as it came, and what belongs to them.
 */
export const textLossKinds = [
  'unanswered',
  'refused',
  'tie',
  'both-bad',
  'other-kind',
  'strength',
  'criteria',
  'reason',
  'ratings',
  'ranking',
  'categories',
  'passages',
  'sources',
  'turn-ratings',
  'text',
  'system-turn',
  'turns-joined',
  'images',
  'candidates',
  'models',
  'machine',
  'field',
  'ranked-apart',
  'formula-defused',
] as const;
export type TextLossKind = (typeof textLossKinds)[number];

export interface TextLoss {
  what: TextLossKind;
  count: number;
}

/** What was written. */
export interface TextSummary {
  rows: number;
  loss: TextLoss[];
}

/** Counts what is left behind. */
export interface TextLossCounter {
  add(what: TextLossKind, count?: number): void;
  list(): TextLoss[];
}

export function createTextLossCounter(): TextLossCounter {
  const counts = new Map<TextLossKind, number>();
  return {
    add: (what, count = 1) => {
      if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count);
    },
    list: () => [...counts].map(([what, count]) => ({ what, count })),
  };
}

/** A format in which tasks of text and their answers are exchanged. */
export interface TextCodec {
  /** Name of the format in the contract and on the command line. */
  format: string;
  /** Ending of its file, without a dot. */
  ending: string;
  /** What may be chosen when writing; the first answer is the usual one. */
  choices: readonly { name: string; answers: readonly string[] }[];
  /** What the file may leave open when it is read; the first answer is the usual one. */
  asks?: readonly { name: string; answers: readonly string[] }[];
  /** How much a file looks like this format, 0 to 1, from its name and the beginning of its text. */
  likeness(path: string, head: string): number;
  /** Reads row by row, so that a file of any length is never held whole. @throws CodecError when nothing of it can be read */
  read(file: SourceFile, context: TextReadContext): AsyncGenerator<TextRead>;
  /** Writes row by row; the generator returns the summary. A side file has a path of its own (see FilePiece). */
  write(
    rows: AsyncIterable<TextSealed>,
    choices: Readonly<Record<string, string>>,
  ): AsyncGenerator<FilePiece, TextSummary>;
}
