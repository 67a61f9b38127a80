import type { Shape, ShapeId } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import type { Candidate, TextAnswer, TextItem } from '../../domain/text.ts';
import { passagesOf } from '../../rules/text-breaches.rules.ts';
import { categoryKey, categoryPath } from '../../rules/category-paths.rules.ts';
import { itemOf, RowError } from './row-mapping.codec.ts';
import {
  createTextLossCounter,
  type TextCodec,
  type TextLossCounter,
  type TextRead,
  type TextSealed,
} from './text-codec.ts';
import { isObject, rowsOf } from './text-rows.codec.ts';
import { candidateText, countUnheld, isAnswered, promptText, verdictOf, jsonLine } from './written-rows.codec.ts';

type Row = Record<string, Json>;

/** Names of the tags our results belong to: what a labelling configuration has to call them. */
const names = {
  textarea: 'answer',
  choices: 'category',
  taxonomy: 'category',
  pairwise: 'preference',
  ranker: 'ranking',
  labels: 'passage',
} as const;

/**
 * Label Studio's JSON of text tasks: choices, taxonomy, pairwise, ranker, rating, labels of passages (UTF-16 offsets) and text areas. A
 * task's data is `text`, `text1` and `text2` where two are compared, `items` where several are ranked or rated.
 */
export const labelStudioTextCodec: TextCodec = {
  format: 'label-studio-text',
  ending: 'json',
  choices: [{ name: 'categories', answers: ['choices', 'taxonomy'] }],
  likeness: (_path, head) =>
    /"data"\s*:/.test(head) && /"type"\s*:\s*"(?:choices|pairwise|ranker|taxonomy|labels|textarea|rating)"/.test(head)
      ? 0.9
      : 0,
  async *read(file, { newId }) {
    let number = 0;
    for await (const row of rowsOf(file)) {
      number += 1;
      if ('why' in row) yield { failed: row };
      else yield readTask(row.where, row.value, number, newId);
    }
  },
  async *write(rows, choices) {
    const loss = createTextLossCounter();
    let count = 0;
    yield { path: '', text: '[' };
    for await (const row of rows) {
      if (!isAnswered(row, loss)) continue;
      const task = row.answer.refused ? null : taskOf(row, choices['categories'] === 'taxonomy', loss);
      if (task === null) {
        if (row.answer.refused) loss.add('refused');
        else if (undecided(row)) yield { path: 'ties.jsonl', text: jsonLine(tieOf(row)) };
        continue;
      }
      yield { path: '', text: `${count === 0 ? '' : ','}\n${JSON.stringify(task)}` };
      count += 1;
    }
    yield { path: '', text: '\n]\n' };
    return { rows: count, loss: loss.list() };
  },
};

/** Whether two answers were compared and neither is better, for which a pairwise result has no place. */
function undecided({ item, answer }: TextSealed): boolean {
  const verdict = item.kind === 'compare' ? verdictOf(item, answer) : null;
  return verdict === 'tie' || verdict === 'both-bad';
}

function tieOf({ item, answer }: TextSealed): Row {
  return { ...dataOf(item, createTextLossCounter()), verdict: verdictOf(item, answer) === 'tie' ? 'tie' : 'both-bad' };
}

function taskOf(row: TextSealed, taxonomy: boolean, loss: TextLossCounter): Row | null {
  const results = resultsOf(row, taxonomy, loss);
  if (results === null) return null;
  const data = isObject(row.item.extra['data']) ? row.item.extra['data'] : {};
  return { data: { ...data, ...dataOf(row.item, loss) }, annotations: [{ result: results, ground_truth: false }] };
}

function dataOf(item: TextItem, loss: TextLossCounter): Row {
  const texts = item.candidates.map((each) => candidateText(each, loss));
  const prompt: Row = item.prompt.length === 0 ? {} : { prompt: promptText(item, loss) };
  switch (item.kind) {
    case 'compare':
      return { ...prompt, text1: texts[0] ?? '', text2: texts[1] ?? '' };
    case 'rank':
    case 'rate':
      return { ...prompt, items: item.candidates.map(({ id }, place) => ({ id, html: texts[place] ?? '' })) };
    case 'mark':
    case 'correct':
      return texts.length === 0 ? { text: promptText(item, loss) } : { ...prompt, text: texts[0]! };
    case 'write':
    case 'categorise':
    case 'converse':
      return { text: promptText(item, loss) };
  }
}

const result = (type: keyof typeof names, value: Row): Row => ({
  from_name: names[type],
  to_name: 'text',
  type,
  value,
});

function resultsOf(row: TextSealed, taxonomy: boolean, loss: TextLossCounter): Row[] | null {
  const { item, answer } = row;
  switch (item.kind) {
    case 'write':
    case 'correct':
      countUnheld(row, ['candidates'], loss);
      return answer.text === undefined ? leaveOut(loss) : [result('textarea', { text: [answer.text] })];
    case 'categorise': {
      countUnheld(row, ['categories', 'candidates'], loss);
      const categories = answer.categories ?? [];
      if (taxonomy) return [result('taxonomy', { taxonomy: categories.map((key): Json => categoryPath(key)) })];
      return [result('choices', { choices: categories })];
    }
    case 'compare':
      countUnheld(row, ['candidates'], loss);
      return pairwise(row, loss);
    case 'rank': {
      countUnheld(row, ['ranking', 'candidates'], loss);
      const ranking = answer.ranking ?? [];
      loss.add('tie', ranking.filter((place) => place.length > 1).length);
      return [result('ranker', { ranker: { rank: ranking.flat() } })];
    }
    case 'rate':
      countUnheld(row, ['ratings', 'candidates'], loss);
      return ratingsOf(answer, loss);
    case 'mark':
      countUnheld(row, ['passages', 'candidates'], loss);
      return labelsOf(row, loss);
    case 'converse':
      return leaveOut(loss);
  }
}

function leaveOut(loss: TextLossCounter): null {
  loss.add('other-kind');
  return null;
}

function pairwise({ item, answer }: TextSealed, loss: TextLossCounter): Row[] | null {
  const verdict = verdictOf(item, answer);
  if (verdict === null) {
    loss.add('unanswered');
    return null;
  }
  if (verdict === 'tie' || verdict === 'both-bad') {
    loss.add(verdict);
    return null;
  }
  if (verdict.strength > 1) loss.add('strength');
  // Left and right are those of the data, whatever order they were shown in.
  return [result('pairwise', { selected: verdict.better.id === item.candidates[0]?.id ? 'left' : 'right' })];
}

function ratingsOf({ ratings = {} }: TextAnswer, loss: TextLossCounter): Row[] {
  return Object.entries(ratings).flatMap(([id, given]) =>
    Object.entries(given).flatMap(([criterion, value]): Row[] => {
      if (typeof value === 'boolean') {
        const choices = [value ? 'yes' : 'no'];
        return [{ from_name: `${criterion}.${id}`, to_name: id, type: 'choices', value: { choices } }];
      }
      if (!Number.isInteger(value)) {
        loss.add('ratings');
        return [];
      }
      return [{ from_name: `${criterion}.${id}`, to_name: id, type: 'rating', value: { rating: value } }];
    }),
  );
}

/** The text passages lie in, as `dataOf` writes it. */
const markedField = ({ candidates }: TextItem): string =>
  candidates[0] ? `candidate.${candidates[0].id}` : 'prompt.0';

function labelsOf({ item, shapes }: TextSealed, loss: TextLossCounter): Row[] {
  const text = item.candidates[0] ? candidateText(item.candidates[0], loss) : (item.prompt[0]?.content ?? '');
  const marked = passagesOf({ version: 1, shapes: [...shapes] });
  const here = marked.filter(({ geometry }) => geometry.field === markedField(item));
  loss.add('passages', marked.length - here.length);
  return here.map(({ geometry: { start, end }, label }) =>
    result('labels', { start, end, text: text.slice(start, end), labels: label === null ? [] : [label] }),
  );
}

function readTask(where: string, task: Row, number: number, newId: () => string): TextRead {
  try {
    const data = task['data'];
    if (!isObject(data)) throw new RowError('columns-wrong');
    const annotations = Array.isArray(task['annotations']) ? task['annotations'] : [];
    const first = annotations.find(isObject);
    const results = (isObject(first) && Array.isArray(first['result']) ? first['result'] : []).filter(isObject);
    const kind = kindOf(results.length > 0 ? results : predictedResults(task), data);
    const item = itemOf(
      { ...data, id: task['id'] ?? null },
      { kind, name: 'id', machine: null, images: null, models: [], ...pathsOf(kind, data) },
      number,
    );
    const machine = machineOf(task);
    return { row: { where, item: { ...item, machine, extra: task }, ...answerOf(item, results, newId) } };
  } catch (error) {
    if (error instanceof RowError) return { failed: { where, why: error.why } };
    throw error;
  }
}

/** What the task's first prediction says: its results with model and score, or null without one. */
function machineOf(task: Row): Json {
  const predictions = Array.isArray(task['predictions']) ? task['predictions'] : [];
  const first = predictions.find(isObject);
  if (first === undefined || !Array.isArray(first['result']) || first['result'].length === 0) return null;
  const values = first['result'].filter(isObject).map(({ value = null }) => value);
  const [only] = values;
  const said = values.length === 1 && isObject(only) ? only : { results: values };
  const choice = strings(said['choices'] ?? null);
  if (choice.length === 1) return choice[0]!;
  if (typeof said['selected'] === 'string') return said['selected'] === 'left' ? 'a' : 'b';
  return said;
}

function kindOf(results: readonly Row[], data: Row): TextItem['kind'] {
  const types = new Set(results.map(({ type }) => type));
  if (types.has('pairwise')) return 'compare';
  if (types.has('ranker')) return 'rank';
  if (types.has('labels') || types.has('hypertextlabels')) return 'mark';
  if ((types.has('rating') || types.has('choices')) && Array.isArray(data['items'])) return 'rate';
  if (types.has('choices') || types.has('taxonomy')) return 'categorise';
  return 'write';
}

/** What a machine's results are about says what is asked, where nobody answered yet. */
function predictedResults(task: Row): Row[] {
  const first = (Array.isArray(task['predictions']) ? task['predictions'] : []).find(isObject);
  return first !== undefined && Array.isArray(first['result']) ? first['result'].filter(isObject) : [];
}

/** Texts of a task's data: the one that configurations usually name, else the longest there is. */
function pathsOf(kind: TextItem['kind'], data: Row): { prompt: string[]; candidates: string[] } {
  const texts = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const longest = texts.toSorted(([, a], [, b]) => b.length - a.length).map(([name]) => name.replaceAll('.', '\\.'));
  const text = typeof data['text'] === 'string' ? 'text' : longest[0];
  if (kind === 'compare') return { prompt: 'prompt' in data ? ['prompt'] : [], candidates: ['text1', 'text2'] };
  if (kind === 'rank' || kind === 'rate') {
    const items = Array.isArray(data['items']) ? data['items'] : [];
    return { prompt: 'prompt' in data ? ['prompt'] : [], candidates: items.map((_, place) => `items.${place}.html`) };
  }
  return { prompt: text === undefined ? [] : [text], candidates: [] };
}

function answerOf(
  item: TextItem,
  results: readonly Row[],
  newId: () => string,
): { answer: TextAnswer; shapes?: Shape[] } {
  const answer: TextAnswer = {};
  const shapes: Shape[] = [];
  for (const { type, value, from_name: from } of results) {
    if (!isObject(value)) continue;
    if (type === 'textarea') answer.text = textOf(value['text']);
    else if (type === 'choices' && item.kind !== 'rate') answer.categories = strings(value['choices']);
    else if (type === 'taxonomy') answer.categories = lists(value['taxonomy']).map(categoryKey);
    else if (type === 'pairwise') {
      answer.shown = item.candidates.map(({ id }) => id);
      answer.preferences = { overall: value['selected'] === 'left' ? -1 : 1 };
    } else if (type === 'ranker' && isObject(value['ranker']))
      answer.ranking = ranked(value['ranker'], item.candidates);
    else if (type === 'rating' || (type === 'choices' && item.kind === 'rate')) rate(answer, String(from ?? ''), value);
    else if (type === 'labels' || type === 'hypertextlabels') shapes.push(...passagesAt(value, item, newId));
  }
  return { answer, ...(shapes.length > 0 && { shapes }) };
}

function rate(answer: TextAnswer, from: string, value: Row): void {
  const dot = from.lastIndexOf('.');
  const [criterion, id] = dot < 0 ? ['overall', 'a'] : [from.slice(0, dot), from.slice(dot + 1)];
  const said = typeof value['rating'] === 'number' ? value['rating'] : strings(value['choices'])[0] === 'yes';
  answer.ratings = { ...answer.ratings, [id]: { ...answer.ratings?.[id], [criterion]: said } };
}

function ranked(value: Row, candidates: readonly Candidate[]): string[][] {
  const known = new Set(candidates.map(({ id }) => id));
  return strings(Object.values(value)[0] ?? null)
    .filter((id) => known.has(id))
    .map((id) => [id]);
}

/** A passage of several labels is one for each: labels may overlap here. */
function passagesAt(value: Row, item: TextItem, newId: () => string): Shape[] {
  const { start, end } = value;
  const text = item.prompt[0]?.content ?? '';
  if (typeof start !== 'number' || typeof end !== 'number' || !(start >= 0 && end >= start && end <= text.length)) {
    throw new RowError('offsets-wrong');
  }
  const geometry = { type: 'passage', field: 'prompt.0', start, end } as const;
  const labels = strings(value['labels'] ?? value['hypertextlabels']);
  return (labels.length > 0 ? labels : [null]).map((label) => ({
    ...{ id: newId() as ShapeId, label, geometry: { ...geometry }, attributes: {}, origin: 'imported' },
  }));
}

const textOf = (value: Json | undefined): string =>
  Array.isArray(value) ? strings(value).join('\n') : String(value ?? '');

const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

const lists = (value: Json | undefined): string[][] => (Array.isArray(value) ? value.map(strings) : []);
