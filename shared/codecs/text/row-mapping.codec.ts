import type { Json } from '../../domain/json.ts';
import { type Candidate, type TextAnswer, type TextItem, type TextKind, type Turn, turn } from '../../domain/text.ts';
import type { TextMapping } from '../../domain/text-mapping.ts';
import type { TextFailReason } from './text-codec.ts';
import { isObject } from './text-rows.codec.ts';

/** Longest text taken, in UTF-16 units. */
const longest = 500_000;

/** A row that does not fit its mapping. */
export class RowError extends Error {
  readonly why: TextFailReason;

  constructor(why: TextFailReason) {
    super(why);
    this.why = why;
  }
}

/** The value at a path of a row; undefined where there is none. */
export function valueAt(row: Json, path: string): Json | undefined {
  let value: Json | undefined = row;
  for (const step of stepsOf(path)) {
    if (Array.isArray(value)) value = /^\d+$/.test(step) ? value[Number(step)] : undefined;
    else if (isObject(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}

/** The steps of a path. */
export function stepsOf(path: string): string[] {
  return path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
}

/** A path of steps. */
export function pathOf(steps: readonly string[]): string {
  return steps.map((step) => step.replaceAll('.', '\\.')).join('.');
}

/**
 * The item that a row of a file asks for. Texts are taken as they are: never trimmed, never normalised.
 * @throws RowError where the row does not hold what the mapping says
 */
export function itemOf(row: Record<string, Json>, mapping: TextMapping, number: number): TextItem {
  const prompt = promptOf(row, mapping);
  const candidates = candidatesOf(row, mapping);
  if (candidates.length < leastCandidates[mapping.kind]) throw new RowError('candidates-missing');
  if (prompt.length === 0 && candidates.length === 0) throw new RowError('prompt-missing');
  return {
    version: 1,
    kind: mapping.kind,
    name: nameOf(row, mapping, number),
    prompt,
    images: imagesOf(row, mapping),
    candidates,
    machine: (mapping.machine !== null ? valueAt(row, mapping.machine) : undefined) ?? null,
    extra: row,
  };
}

/**
 * What a row says was written already; nothing for kinds of tasks that ask for no text.
 * @throws RowError where it is no text
 */
export function answerOf(row: Record<string, Json>, { kind, answer = null }: TextMapping): TextAnswer {
  const value = answer === null || !asksForText(kind) ? undefined : valueAt(row, answer);
  if (value === undefined || value === null || value === '') return {};
  const last = Array.isArray(value) ? turnsOf(value).at(-1)?.content : limited(textOf(value));
  return last === undefined ? {} : { text: last };
}

/** Whether a kind of task is answered with a text. */
export const asksForText = (kind: TextKind): boolean => kind === 'write' || kind === 'correct';

/** Answers of machines that a kind of task can't do without. */
const leastCandidates: Readonly<Record<TextKind, number>> = {
  ...{ write: 0, categorise: 0, mark: 0, converse: 0 },
  ...{ correct: 1, rate: 1, compare: 2, rank: 3 },
};

function nameOf(row: Record<string, Json>, { name }: TextMapping, number: number): string {
  const said = name === null ? undefined : valueAt(row, name);
  if (typeof said === 'string' && said !== '') return said.slice(0, 500);
  return typeof said === 'number' ? String(said) : String(number);
}

function promptOf(row: Record<string, Json>, mapping: TextMapping): Turn[] {
  const values = mapping.prompt
    .map((path) => valueAt(row, path))
    .filter((value) => value !== undefined && value !== null);
  const [only] = values;
  if (values.length === 1 && Array.isArray(only)) return turnsOf(only);
  const texts = values.map(textOf).filter((text) => text !== '');
  return texts.length === 0 ? [] : [{ role: 'user', content: limited(texts.join('\n\n')) }];
}

function candidatesOf(row: Record<string, Json>, mapping: TextMapping): Candidate[] {
  const found = mapping.candidates.flatMap((path, place) => {
    const value = valueAt(row, path);
    const modelPath = mapping.models[place] ?? null;
    const model = modelPath === null ? undefined : valueAt(row, modelPath);
    return answersOf(value).map((content) => ({
      content,
      model: typeof model === 'string' ? model.slice(0, 200) : null,
    }));
  });
  if (found.length > 8) throw new RowError('too-many-candidates');
  return found.map((each, place) => ({ id: 'abcdefgh'[place]!, ...each }));
}

/** One answer or several, each a text or the turns of a conversation. */
function answersOf(value: Json | undefined): Candidate['content'][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [limited(textOf(value))];
  if (value.length === 0) return [];
  if (value.every((each) => isObject(each) && 'role' in each)) return [turnsOf(value)];
  return value.flatMap((each) =>
    isObject(each) && typeof each['text'] === 'string' ? [limited(each['text'])] : answersOf(each),
  );
}

function imagesOf(row: Record<string, Json>, { images }: TextMapping): string[] {
  const value = images === null ? undefined : valueAt(row, images);
  const list = Array.isArray(value) ? value : [value];
  return list
    .filter((each): each is string => typeof each === 'string' && each !== '' && each.length <= 1000)
    .slice(0, 20);
}

function turnsOf(values: readonly Json[]): Turn[] {
  return values.map((value) => {
    const parsed = turn.safeParse(isObject(value) ? { role: value['role'], content: value['content'] } : value);
    if (!parsed.success) throw new RowError('turns-wrong');
    limited(parsed.data.content);
    return parsed.data;
  });
}

function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RowError('not-a-text');
}

/** @throws RowError when a text is too long, or has half a character, which no file could hold again */
function limited(text: string): string {
  if (text.length > longest) throw new RowError('too-long');
  if (!text.isWellFormed()) throw new RowError('not-unicode');
  return text;
}
