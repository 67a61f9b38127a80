import type { PassageGeometry, Shape, ShapeId } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import type { TextAnswer, TextItem } from '../../domain/text.ts';
import { passagesOf } from '../../rules/text-breaches.rules.ts';
import { offsetsIn, offsetsOut, type OffsetUnit } from '../../text/offsets.ts';
import { itemOf, RowError } from './row-mapping.codec.ts';
import {
  createTextLossCounter,
  type TextCodec,
  type TextLossCounter,
  type TextRead,
  type TextSealed,
} from './text-codec.ts';
import { rowsOf } from './text-rows.codec.ts';
import { candidateText, countFields, countUnheld, isAnswered, jsonLine, promptText } from './written-rows.codec.ts';

/** `[start, end, label]` of passages, whole labels of a text, or texts written to it. */
type Label = readonly Json[];

/**
 * doccano's JSON Lines: `text` with `label` as passages `[[start, end, "X"]]`, as classes `["X"]`, or as texts written to it. Offsets count
 * code points, or graphemes where the project of doccano is set so, and whole labels may be classes or texts: the file does not say which, its
 * owner does.
 */
export const doccanoCodec: TextCodec = {
  format: 'doccano',
  ending: 'jsonl',
  choices: [
    { name: 'offsets', answers: ['code-point', 'grapheme'] },
    { name: 'columns', answers: ['drop', 'keep'] },
  ],
  asks: [
    { name: 'offsets', answers: ['code-point', 'grapheme'] },
    { name: 'labels', answers: ['classes', 'texts'] },
  ],
  likeness: (_path, head) => (/^\s*\{[^\n]*"text"\s*:/.test(head) && /"labels?"\s*:\s*\[/.test(head) ? 0.8 : 0),
  async *read(file, { newId, answers = {} }) {
    let number = 0;
    for await (const row of rowsOf(file)) {
      number += 1;
      if ('why' in row) yield { failed: row };
      else yield readRow(row, number, newId, answers);
    }
  },
  async *write(rows, choices) {
    const loss = createTextLossCounter();
    let count = 0;
    for await (const row of rows) {
      if (!isAnswered(row, loss)) continue;
      const label = row.answer.refused
        ? null
        : labelOf(row, choices['offsets'] === 'grapheme' ? 'grapheme' : 'code-point', loss);
      if (label === null) {
        loss.add(row.answer.refused ? 'refused' : 'other-kind');
        continue;
      }
      // What is marked is the first answer; a corrected draft is the text itself.
      const held = row.item.candidates.length <= 1;
      countUnheld(row, ['categories', 'passages', ...(held ? (['candidates'] as const) : [])], loss);
      const own = { text: textOf(row.item, loss), label: [...label] };
      if (choices['columns'] !== 'keep') countFields(row, own, loss);
      count += 1;
      yield { path: '', text: jsonLine(choices['columns'] === 'keep' ? { ...row.item.extra, ...own } : own) };
    }
    return { rows: count, loss: loss.list() };
  },
};

/** The text that passages lie in: the first answer of a machine, or what is asked where there is none. */
const markedField = ({ candidates }: TextItem): string =>
  candidates[0] ? `candidate.${candidates[0].id}` : 'prompt.0';

function textOf(item: TextItem, loss: TextLossCounter): string {
  return item.candidates[0] ? candidateText(item.candidates[0], loss) : promptText(item, loss);
}

function labelOf(row: TextSealed, unit: OffsetUnit, loss: TextLossCounter): Label | null {
  const { item, answer, shapes } = row;
  switch (item.kind) {
    case 'mark': {
      const field = markedField(item);
      const text = textOf(item, loss);
      const offset = offsetsOut(text, unit);
      const marked = passagesOf({ version: 1, shapes: [...shapes] });
      const here = marked.filter(({ geometry, label }) => geometry.field === field && label !== null);
      loss.add('passages', marked.length - here.length);
      return here.map(({ geometry: { start, end }, label }) => [offset(start), offset(end), label]);
    }
    case 'categorise':
      return answer.categories ?? [];
    case 'write':
    case 'correct':
      return answer.text === undefined ? null : [answer.text];
    case 'compare':
    case 'rank':
    case 'rate':
    case 'converse':
      return null;
  }
}

function readRow(
  { where, value }: { where: string; value: Record<string, Json> },
  number: number,
  newId: () => string,
  answers: Readonly<Record<string, string>>,
): TextRead {
  const label = value['label'] ?? value['labels'] ?? [];
  const mapping = { name: 'id', prompt: ['text'], candidates: [], models: [], machine: null, images: null };
  try {
    if (!Array.isArray(label)) throw new RowError('columns-wrong');
    const written = answers['labels'] === 'texts';
    const passages = label.some((each) => Array.isArray(each));
    const item = itemOf(value, { ...mapping, kind: passages ? 'mark' : written ? 'write' : 'categorise' }, number);
    if (written && !passages) return { row: { where, item, answer: textsOf(label) } };
    if (!passages) return { row: { where, item, answer: categoriesOf(label) } };
    return {
      row: {
        where,
        item,
        answer: {},
        shapes: shapesOf(label, item, newId, answers['offsets'] === 'grapheme' ? 'grapheme' : 'code-point'),
      },
    };
  } catch (error) {
    if (error instanceof RowError) return { failed: { where, why: error.why } };
    throw error;
  }
}

function categoriesOf(label: Label): TextAnswer {
  if (!label.every((each) => typeof each === 'string')) throw new RowError('columns-wrong');
  return label.length === 0 ? {} : { categories: [...label] };
}

/** What was written to a text: the first, since a task has one answer. */
function textsOf(label: Label): TextAnswer {
  const [first] = label;
  if (first === undefined) return {};
  if (typeof first !== 'string') throw new RowError('columns-wrong');
  return { text: first };
}

function shapesOf(label: Label, item: TextItem, newId: () => string, unit: OffsetUnit): Shape[] {
  const inside = offsetsIn(item.prompt[0]?.content ?? '', unit);
  return label.map((each): Shape => {
    const [from, to, name] = Array.isArray(each) ? each : [];
    if (typeof from !== 'number' || typeof to !== 'number' || typeof name !== 'string')
      throw new RowError('columns-wrong');
    const [start, end] = [inside(from), inside(to)];
    if (start === null || end === null || end < start) throw new RowError('offsets-wrong');
    const geometry: PassageGeometry = { type: 'passage', field: 'prompt.0', start, end };
    return { id: newId() as ShapeId, label: name, geometry, attributes: {}, origin: 'imported' };
  });
}
