import { doccanoCodec } from './doccano.codec.ts';
import { withLists } from './json-list.codec.ts';
import { labelStudioTextCodec } from './label-studio-text.codec.ts';
import { ownLinesCodec } from './own-lines.codec.ts';
import type { TextCodec } from './text-codec.ts';
import { textFormats, type TextFormat } from './text-formats.ts';
import { textCsvCodec, textTsvCodec } from './text-table.codec.ts';
import { messagesCodec, promptResponseCodec, trlPreferenceCodec, trlUnpairedCodec } from './trl.codec.ts';

/** Every format of texts by its name. */
export const textCodecs: Readonly<Record<TextFormat, TextCodec>> = {
  jsonl: withLists(ownLinesCodec),
  'prompt-response': withLists(promptResponseCodec),
  messages: withLists(messagesCodec),
  'trl-preference': withLists(trlPreferenceCodec),
  'trl-unpaired': withLists(trlUnpairedCodec),
  doccano: withLists(doccanoCodec),
  'label-studio-text': labelStudioTextCodec,
  csv: textCsvCodec,
  tsv: textTsvCodec,
};

/** The format a file looks like most; null where it is like none, and its columns have to be mapped. */
export function guessTextFormat(path: string, head: string): TextFormat | null {
  const guesses = textFormats
    .map((format) => ({ format, likeness: textCodecs[format].likeness(path, head) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  return guesses[0] && guesses[0].likeness > 0 ? guesses[0].format : null;
}
