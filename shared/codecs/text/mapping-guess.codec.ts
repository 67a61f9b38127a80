import type { Json } from '../../domain/json.ts';
import type { TextKind } from '../../domain/text.ts';
import type { TextMapping } from '../../domain/text-mapping.ts';
import { pathOf, valueAt } from './row-mapping.codec.ts';
import { isObject } from './text-rows.codec.ts';

/** A column of a file of rows. */
export interface RowColumn {
  path: string;
  /** What stands in it in the first row that has it. */
  sample: string;
  /** Of the rows looked at, how many have it. */
  rows: number;
}

const deepest = 4;
const mostColumns = 200;
const sampleLength = 200;

/** The columns of some rows: every place where a text, a number or a list of turns stands, in the order they come. */
export function columnsOf(rows: readonly Record<string, Json>[]): RowColumn[] {
  const columns = new Map<string, RowColumn>();
  for (const row of rows) {
    for (const [path, value] of leavesOf(row, [])) {
      const known = columns.get(path);
      if (known) known.rows += 1;
      else if (columns.size < mostColumns) columns.set(path, { path, sample: sampleOf(value), rows: 1 });
    }
  }
  return [...columns.values()];
}

function* leavesOf(value: Json, steps: readonly string[]): Generator<[string, Json]> {
  const inner = isObject(value)
    ? Object.entries(value)
    : Array.isArray(value)
      ? value.map((each, at) => [String(at), each] as const)
      : [];
  const isList = Array.isArray(value) && (value.length === 0 || !isObject(value[0]) || 'role' in value[0]);
  if (steps.length > 0 && (inner.length === 0 || isList || steps.length >= deepest)) yield [pathOf(steps), value];
  else for (const [step, each] of inner) yield* leavesOf(each, [...steps, step]);
}

function sampleOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > sampleLength ? `${text.slice(0, sampleLength).toWellFormed()}…` : text;
}

/** Names under which files keep what is asked, what machines answered and judged, the likeliest first; the last step of a path counts. */
const known = {
  name: ['id', 'id_', 'uid', 'uuid', 'task_id', 'question_id', 'idx', 'name'],
  prompt: ['prompt', 'instruction', 'question', 'query', 'messages', 'conversations', 'text', 'content', 'input'],
  context: ['input', 'context'],
  two: [
    ['chosen', 'rejected'],
    ['response_a', 'response_b'],
    ['answer_a', 'answer_b'],
    ['response_1', 'response_2'],
    ['output_1', 'output_2'],
    ['text1', 'text2'],
  ],
  several: ['responses', 'answers', 'completions', 'candidates', 'outputs'],
  one: ['response', 'completion', 'answer', 'output', 'draft', 'predictions'],
  machine: ['label', 'category', 'prediction', 'score', 'preference', 'machine'],
  images: ['image', 'images', 'image_path'],
} as const;

/** What a file's columns seem to be; what is wrong with it its owner says. */
export function guessMapping(columns: readonly RowColumn[], rows: readonly Record<string, Json>[]): TextMapping {
  const find = (names: readonly string[], not: readonly string[] = []): string | null => {
    for (const name of names) {
      const found = columns.find(({ path }) => path.toLowerCase().split('.').at(-1) === name && !not.includes(path));
      if (found) return found.path;
    }
    return null;
  };
  const pair = known.two
    .map((names) => names.map((name) => find([name])))
    .find((paths) => paths.every((path) => path !== null));
  const one = pair ? null : (find(known.several) ?? find(known.one));
  const candidates = pair ? (pair as string[]) : one === null ? [] : [one];
  const prompt = find(known.prompt, candidates);
  const context = prompt === null ? null : find(known.context, [...candidates, prompt]);
  const counts = rows.map((row) => candidates.reduce((sum, path) => sum + sizeOf(valueAt(row, path)), 0));
  const machine = find(known.machine);
  const models = candidates.map((path) => modelOf(path, columns));
  const parts = [prompt, context].filter((path) => path !== null);
  return {
    kind: kindOf(Math.max(0, ...counts), machine !== null),
    name: find(known.name),
    prompt: parts,
    candidates,
    models,
    machine,
    images: find(known.images),
  };
}

/**
 * The mapping for another kind of task: a single answer in the file is what was written already where a text is to be written, and what a machine
 * answered where that is to be corrected or judged.
 */
export function forKind(mapping: TextMapping, kind: TextKind): TextMapping {
  const { candidates, models, answer = null } = mapping;
  const [only] = candidates;
  if (kind === 'write' && only !== undefined && candidates.length === 1 && answer === null)
    return { ...mapping, kind, answer: only, candidates: [], models: [] };
  if (kind !== 'write' && mapping.kind === 'write' && answer !== null && candidates.length < 8)
    return { ...mapping, kind, answer: null, candidates: [...candidates, answer], models: [...models, null] };
  return { ...mapping, kind };
}

/** The column that names the model of an answer: `model_a` beside `response_a`, `chosen_model` beside `chosen`; `model` where there is no other. */
function modelOf(candidate: string, columns: readonly RowColumn[]): string | null {
  const last = candidate.toLowerCase().split('.').at(-1)!;
  const [, end] = /(?:_|^[a-z]+)([a-z]|\d)$/.exec(last) ?? [];
  const names = [
    ...(end === undefined ? ['model', 'model_name'] : [`model_${end}`, `model${end}`]),
    ...[`${last}_model`, `model_${last}`],
  ];
  return columns.find(({ path }) => names.includes(path.toLowerCase().split('.').at(-1)!))?.path ?? null;
}

function sizeOf(value: Json | undefined): number {
  if (value === undefined || value === null) return 0;
  return Array.isArray(value) && !value.every((each) => isObject(each) && 'role' in each) ? value.length : 1;
}

function kindOf(candidates: number, judged: boolean): TextKind {
  if (candidates >= 3) return 'rank';
  if (candidates === 2) return 'compare';
  if (candidates === 1) return 'correct';
  return judged ? 'categorise' : 'write';
}
