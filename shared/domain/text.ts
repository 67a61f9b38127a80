import { z } from 'zod';
import { json } from './json.ts';
import { day } from './time.ts';

/** What is asked of the worker. One project may mix them. */
export const textKind = z.enum(['write', 'categorise', 'compare', 'rank', 'rate', 'correct', 'mark', 'converse']);

/** Who says a turn, in the words of chat formats. */
export const turnRole = z.enum(['system', 'user', 'assistant']);

/** Longest text anywhere in a task, in UTF-16 units. */
const longText = z.string().max(500_000);

export const turn = z.strictObject({ role: turnRole, content: longText });

/** Names an answer of a machine within its task. */
export const candidateId = z.string().min(1).max(100);

/** One answer of a machine: a text, or the further turns of a conversation. */
export const candidate = z.strictObject({
  id: candidateId,
  content: z.union([longText, z.array(turn).min(1).max(200)]),
  /** Which model, in the words of the file; hidden while answers are compared blind. */
  model: z.string().max(200).nullable(),
});

/** One row of work as it was given: what the media is to the other tools. It never changes. */
export const textItem = z.strictObject({
  version: z.literal(1),
  kind: textKind,
  /** What the row is called in its file (an id), or its number. */
  name: z.string().min(1).max(500),
  /** What is to be answered: one user turn in the plain case. Markdown. Kept exactly: never trimmed, never normalised. */
  prompt: z.array(turn).max(200),
  /** Pictures the prompt speaks of, by their path below the folder of the imported file, with `/`. */
  images: z.array(z.string().min(1).max(1000)).max(20),
  /** Answers to compare, rank, rate, correct or mark; the first one is corrected or marked. */
  candidates: z.array(candidate).max(8),
  /** What a machine judged of it: a category, a preference, a score. Null where it said nothing. */
  machine: json,
  /** Fields of the row that have no place here; written back on export. */
  extra: z.record(z.string(), json),
});

/** How much better the second of two answers is, -3 (the first by far) to 3; 0 is a tie. */
export const preference = z.union([z.int().min(-3).max(3), z.literal('both-bad')]);

/** A source, tied to passages by shapes whose attribute `source` names it. */
export const textSource = z.strictObject({
  id: z.string().min(1).max(100),
  title: z.string().max(1000),
  address: z.string().max(4000),
  quote: z.string().max(20_000),
  /** The day it was seen; null where nobody said. */
  seen: day.nullable(),
});

/** A turn of a conversation the worker leads: what they wrote, or a model's reply recorded or pasted by them. */
export const ledTurn = z.strictObject({
  role: turnRole,
  content: longText,
  /** Of a reply: which model, and how it is rated by criterion. */
  model: z.string().max(200).nullable(),
  ratings: z.record(z.string(), z.union([z.number(), z.boolean()])),
});

/** The worker's answer. Every field is there only once something was said. */
export const textAnswer = z.strictObject({
  /** What was written or corrected. While it is written its edit history is what counts (shared/text); it is set before sealing. */
  text: longText.optional(),
  /** Refused or discarded: work done, not a skip. */
  refused: z.strictObject({ reason: z.string().min(1).max(200), words: z.string().max(20_000) }).optional(),
  /** Keys of the project's categories. */
  categories: z.array(z.string().min(1).max(500)).max(200).optional(),
  /** The order in which candidates were shown, drawn at random; `preference` counts in this order. */
  shown: z.array(candidateId).max(8).optional(),
  /** Two answers compared: by criterion, and overall under the name `overall`. */
  preferences: z.record(z.string(), preference).optional(),
  /** Candidates from best to worst; those of one place are tied. */
  ranking: z.array(z.array(candidateId).min(1)).max(8).optional(),
  /** By candidate, then by criterion. */
  ratings: z.record(candidateId, z.record(z.string(), z.union([z.number(), z.boolean()]))).optional(),
  /** Why, in the worker's words. */
  reason: z.string().max(50_000).optional(),
  sources: z.array(textSource).max(200).optional(),
  turns: z.array(ledTurn).max(200).optional(),
});

/** Names of the fields of an answer. */
export const answerField = z.enum(Object.keys(textAnswer.shape) as [keyof z.infer<typeof textAnswer>]);

/** One category a project knows; `parent` makes a tree. */
export const category = z.strictObject({
  key: z.string().min(1).max(500),
  title: z.string().max(500).optional(),
  parent: z.string().min(1).max(500).optional(),
});

/** Something answers are compared or rated by. `overall` is always there when comparing. */
export const criterion = z.strictObject({
  name: z.string().min(1).max(100),
  title: z.string().max(200).optional(),
  input: z.enum(['likert', 'yes-no', 'number']),
  /** Of likert and number; 1 to 5 where nothing is said. */
  min: z.number().optional(),
  max: z.number().optional(),
});

/** How a project counts the length of a text; clients differ. */
export const lengthUnit = z.enum(['words', 'characters', 'han', 'sentences']);

/** What a project of texts asks, beside its label set (the labels of passages). Part of a guideline's rules. */
export const textRules = z.strictObject({
  /** `words` by Intl.Segmenter, `characters` graphemes without spaces, `han` Chinese characters and other words each once. */
  lengthUnit: lengthUnit.optional(),
  shortest: z.int().nonnegative().optional(),
  longest: z.int().positive().optional(),
  requiredParts: z.array(z.string().min(1).max(500)).max(100).optional(),
  forbiddenParts: z.array(z.string().min(1).max(500)).max(1000).optional(),
  finishedSentences: z.boolean().optional(),
  requireSource: z.boolean().optional(),
  /** Taxonomy of reasons to refuse, in the order of their keys; `other` always asks for words. */
  refusals: z
    .array(z.strictObject({ key: z.string().min(1).max(200), title: z.string().max(200).optional() }))
    .max(50)
    .optional(),
  categories: z.array(category).max(10_000).optional(),
  /** Whether several categories may be chosen. */
  severalCategories: z.boolean().optional(),
  criteria: z.array(criterion).max(50).optional(),
  /** Two answers are compared as better / tie / both bad (3), or on a scale of seven. */
  preferenceScale: z.literal([3, 7]).optional(),
  requireReason: z.boolean().optional(),
  /** The machine's answer or label stays hidden until the worker's own judgement is sealed. */
  judgeFirst: z.boolean().optional(),
  /** How much of how a text came to be is kept: on by default, because it never leaves the machine unasked. */
  history: z.enum(['full', 'summary', 'off']).optional(),
});

export type TextKind = z.infer<typeof textKind>;
export type Turn = z.infer<typeof turn>;
export type Candidate = z.infer<typeof candidate>;
export type TextItem = z.infer<typeof textItem>;
export type Preference = z.infer<typeof preference>;
export type TextSource = z.infer<typeof textSource>;
export type LedTurn = z.infer<typeof ledTurn>;
export type TextAnswer = z.infer<typeof textAnswer>;
export type AnswerField = keyof TextAnswer;
export type Category = z.infer<typeof category>;
export type Criterion = z.infer<typeof criterion>;
export type LengthUnit = z.infer<typeof lengthUnit>;
export type TextRules = z.infer<typeof textRules>;
