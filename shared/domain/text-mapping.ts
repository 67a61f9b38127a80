import { z } from 'zod';
import { textKind } from './text.ts';

/** Where a value stands in a row: names and places joined by dots, as `instances.0.input`; a dot in a name is written `\.`. */
export const rowPath = z.string().min(1).max(1000);

/** What becomes of the columns of a file of rows; what is named nowhere is kept as it is and written back on export. */
export const textMapping = z.strictObject({
  kind: textKind,
  /** Names each row; null: its number does. */
  name: rowPath.nullable(),
  /** What is asked: texts, one after the other with an empty line between, or a list of turns. */
  prompt: z.array(rowPath).max(20),
  /** Answers of machines: each a text or a list of turns, or one list of several answers. */
  candidates: z.array(rowPath).max(8),
  /** Which model gave the answer of the same place. */
  models: z.array(rowPath.nullable()).max(8),
  /** What was written already, of tasks that ask for a text: the answer is begun with it. */
  answer: rowPath.nullable().optional(),
  /** What a machine judged of the row. */
  machine: rowPath.nullable(),
  /** Paths of pictures: a text or a list of texts. */
  images: rowPath.nullable(),
});

export type TextMapping = z.infer<typeof textMapping>;
